"""Who may do what, and that no verb reaches a row of another workspace."""

import pytest

from drumbeat.actions import access, emergency, enrollments, lists, senders, sequences, settings
from drumbeat.actions import contacts as contact_verbs
from drumbeat.core.errors import DomainError
from drumbeat.models import Role
from tests.support.office import NOW, a_draft, a_lead, a_mailbox, an_owner, another_owner
from tests.support.outreach import a_member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "allowed", "denied"),
    [
        pytest.param(Role.ADMIN, "users.delete", None, id="an admin may everything"),
        pytest.param(
            Role.MANAGER, "sequences.delete", "users.edit", id="a manager builds, users are not hers"
        ),
        pytest.param(Role.REP, "enrollments.create", "sequences.edit", id="a rep works with what is there"),
        pytest.param(Role.VIEWER, "enrollments.view", "enrollments.edit", id="a viewer only looks"),
        pytest.param("guest", None, "sequences.view", id="an unknown role may nothing"),
    ],
)
def test_roles(role, allowed, denied):
    member = an_owner()
    member.role = role
    if allowed:
        access.require(member, allowed)
    if denied:
        with pytest.raises(DomainError) as refused:
            access.require(member, denied)
        assert refused.value.code == "not_permitted"


VERBS = {
    "sender": lambda m: senders.add(m, "x@ours.test", NOW, name="X", smtp="smtp://127.0.0.1:25"),
    "contact": lambda m: contact_verbs.add(m, {"email": "x@example.com"}, NOW),
    "list": lambda m: lists.create(m, "X", NOW),
    "sequence": lambda m: sequences.create(m, "X", NOW),
    "enroll": lambda m: enrollments.enroll(m, 1, [1], NOW),
    "stop all": lambda m: emergency.stop_all(m, NOW),
    "setting": lambda m: settings.change(m, "name", "X", NOW),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_viewer_changes_nothing(verb):
    viewer = a_member(an_owner().workspace, "viewer", Role.VIEWER)
    with pytest.raises(DomainError) as refused:
        VERBS[verb](viewer)
    assert refused.value.code == "not_permitted"


SEALED = {
    "read": lambda m, s, c: sequences.read_draft(m, s.pk),
    "save": lambda m, s, c: sequences.save_draft(m, s.pk, {}, NOW, revision=1),
    "publish": lambda m, s, c: sequences.publish(m, s.pk, NOW),
    "activate": lambda m, s, c: sequences.activate(m, s.pk, NOW),
    "pause": lambda m, s, c: sequences.pause(m, s.pk, NOW),
    "resume": lambda m, s, c: sequences.resume(m, s.pk, NOW),
    "archive": lambda m, s, c: sequences.archive(m, s.pk, NOW),
    "delete": lambda m, s, c: sequences.delete(m, s.pk, NOW),
    "clone": lambda m, s, c: sequences.clone(m, s.pk, NOW),
    "enroll": lambda m, s, c: enrollments.enroll(m, s.pk, [c.pk], NOW),
    "find a sequence": lambda m, s, c: sequences.find(m, str(s.pk)),
    "find a contact": lambda m, s, c: contact_verbs.find(m, c.email),
    "find a sender": lambda m, s, c: senders.find(m, "rep@ours.test"),
}


@pytest.mark.parametrize("verb", SEALED)
def test_another_workspace_s_rows_do_not_exist(verb):
    owner, stranger = an_owner(), another_owner()
    a_mailbox(owner)
    sequence, contact = a_draft(owner), a_lead(owner)
    with pytest.raises(DomainError) as refused:
        SEALED[verb](stranger, sequence, contact)
    assert refused.value.code == "not_found"
