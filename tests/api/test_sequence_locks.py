"""A password on a sequence: whoever wants to change it gives it, on every way in; nobody else is in the way."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from drumbeat.actions import sequences
from drumbeat.actions.members import keys
from drumbeat.actions.sequences import files as sequence_files
from drumbeat.actions.sequences import locks
from drumbeat.core.document import write_document
from drumbeat.core.errors import DomainError
from drumbeat.models import AuditEntry, Enrollment, Member, Role, Sequence, User
from tests.support.office import a_lead, a_mailbox, an_active_sequence, an_owner, another_owner, two_mails

pytestmark = pytest.mark.django_db
SECRET = "correct horse"
FLOW = write_document(two_mails())


@pytest.fixture
def owner(client):
    cache.clear()
    member = an_owner()
    client.force_login(member.user)
    a_mailbox(member)
    return member


@pytest.fixture
def sequence(owner):
    """A guarded sequence that runs; the owner's own object has it not open."""
    made = an_active_sequence(owner)
    locks.set_password(
        Member.objects.select_related("workspace").get(pk=owner.pk), made.pk, SECRET, timezone.now()
    )
    return made


def ask(client, method, path, body=None, **headers):
    return getattr(client, method)(
        f"/api/{path}", body or {}, content_type="application/json", headers=headers
    )


CHANGES = [
    pytest.param("put", "/draft", {"document": FLOW, "revision": 1}, id="the working copy"),
    pytest.param("patch", "/positions", {"positions": {}}, id="where its nodes stand"),
    pytest.param("post", "/versions", {}, id="publishing"),
    pytest.param("post", "/restore", {"version": 1, "revision": 1}, id="restoring"),
    pytest.param("patch", "/settings", {"exit_on_call": "finish"}, id="settings"),
    pytest.param("patch", "", {"name": "Other"}, id="its name"),
    pytest.param("patch", "", {"tags": ["x"]}, id="its tags"),
    pytest.param("post", "/pause", {}, id="pausing"),
    pytest.param("post", "/activate", {}, id="activating"),
    pytest.param("post", "/archive", {}, id="archiving"),
    pytest.param("delete", "", {}, id="deleting"),
]


@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
def test_every_change_takes_the_password(client, sequence, method, path, body):
    at = f"sequences/{sequence.pk}{path}"
    before = Sequence.objects.values().get()
    locked = ask(client, method, at, body)
    assert (locked.status_code, locked.json()["code"]) == (403, "sequence_locked")
    assert Sequence.objects.values().get() == before
    wrong = ask(client, method, at, body, **{"Sequence-Password": "something else"})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "sequence_password_wrong")
    given = ask(client, method, at, body, **{"Sequence-Password": SECRET})
    assert given.status_code in (200, 201) or given.json()["code"] == "sequence_in_use"


def test_a_file_is_applied_with_the_password_alone(client, owner, sequence):
    text = sequence_files.export(owner, sequence.pk).text.replace("review: false", "review: true")
    assert ask(client, "post", "sequence-files/apply", {"text": text}).json()["code"] == "sequence_locked"
    assert ask(client, "post", "sequence-files/diff", {"text": text}).status_code == 200
    assert (
        ask(
            client, "post", "sequence-files/apply", {"text": text}, **{"Sequence-Password": SECRET}
        ).status_code
        == 200
    )
    assert SECRET not in sequence_files.export(owner, sequence.pk).text


def test_reading_enrolling_cloning_and_handling_enrollments_take_none(client, owner, sequence):
    shown = client.get(f"/api/sequences/{sequence.pk}").json()
    assert (shown["guarded"], shown["unlocked"]) == (True, False)
    lead = a_lead(owner)
    assert (
        ask(client, "post", "enroll", {"sequence_id": sequence.pk, "contact_ids": [lead.pk]}).status_code
        == 200
    )
    ids = list(Enrollment.objects.values_list("pk", flat=True))
    assert ask(client, "post", "enrollments/pause", {"ids": ids}).json()["counts"] == {"done": 1}
    copy = ask(client, "post", f"sequences/{sequence.pk}/duplicate")
    assert (copy.status_code, copy.json()["guarded"]) == (201, False)


def test_a_session_stays_open_until_the_password_changes(client, owner, sequence):
    assert ask(client, "post", f"sequences/{sequence.pk}/unlock", {"password": SECRET}).status_code == 204
    assert client.get(f"/api/sequences/{sequence.pk}").json()["unlocked"]
    assert ask(client, "post", f"sequences/{sequence.pk}/pause").status_code == 200
    locks.set_password(owner, sequence.pk, "another one", timezone.now(), old=SECRET)
    assert ask(client, "post", f"sequences/{sequence.pk}/resume").json()["code"] == "sequence_locked"


def test_a_program_sends_it_with_each_request(client, owner, sequence):
    client.logout()
    _, key = keys.create(owner, "Robot", timezone.now())
    headers = {"Authorization": f"Bearer {key}"}
    assert (
        ask(client, "post", f"sequences/{sequence.pk}/pause", **headers).json()["code"] == "sequence_locked"
    )
    headers["Sequence-Password"] = SECRET
    assert ask(client, "post", f"sequences/{sequence.pk}/pause", **headers).status_code == 200


def test_tries_are_counted_though_each_is_refused(client, sequence):
    codes = [
        ask(client, "post", f"sequences/{sequence.pk}/unlock", {"password": f"guess {n}"}).json()["code"]
        for n in range(7)
    ]
    assert codes == ["sequence_password_wrong"] * 5 + ["throttled"] * 2
    assert ask(client, "post", f"sequences/{sequence.pk}/unlock", {"password": SECRET}).status_code == 429


def test_tries_with_a_file_are_counted_whatever_key_they_carry(client, owner, sequence):
    text = sequence_files.export(owner, sequence.pk).text
    codes = [
        ask(
            client,
            "post",
            "sequence-files/apply",
            {"text": text},
            **{"Sequence-Password": f"guess {n}", "Idempotency-Key": f"try-{n}"},
        ).json()["code"]
        for n in range(7)
    ]
    assert codes == ["sequence_password_wrong"] * 5 + ["throttled"] * 2


def test_changing_it_takes_the_old_one_or_an_admin(client, owner, sequence):
    at = f"sequences/{sequence.pk}/password"
    assert ask(client, "put", at, {"password": "another one"}).json()["code"] == "sequence_locked"
    assert (
        ask(client, "put", at, {"password": "another one", "old": "no idea"}).json()["code"]
        == "sequence_password_wrong"
    )
    assert ask(client, "put", at, {"password": "another one", "old": SECRET}).status_code == 204
    user = User.objects.create(email="mira@ours.test", password="!")
    mira = Member.objects.create(
        workspace=owner.workspace, user=user, name="Mira", role=Role.MANAGER, created_at=timezone.now()
    )
    with pytest.raises(DomainError, match=r"settings\.edit"):
        locks.set_password(mira, sequence.pk, None, timezone.now(), reset=True)
    fresh = Member.objects.select_related("workspace").get(pk=owner.pk)
    locks.set_password(fresh, sequence.pk, None, timezone.now(), reset=True)
    assert Sequence.objects.get().password == ""
    assert [
        (e.before, e.after) for e in AuditEntry.objects.filter(act="sequences.password").order_by("id")
    ] == [
        ({"guarded": False}, {"guarded": True, "reset": False}),
        ({"guarded": True}, {"guarded": True, "reset": False}),
        ({"guarded": True}, {"guarded": False, "reset": True}),
    ]


def test_it_is_kept_as_a_hash(sequence):
    kept = Sequence.objects.get().password
    assert kept
    assert SECRET not in kept
    assert not any(SECRET in str(entry.after) for entry in AuditEntry.objects.all())


@pytest.mark.parametrize("password", ["short", "x" * 201])
def test_a_password_has_a_length(owner, sequence, password):
    with pytest.raises(DomainError, match="8 to 200"):
        locks.set_password(owner, sequence.pk, password, timezone.now(), old=SECRET)


def test_nobody_opens_what_is_elsewhere(client, sequence):
    client.force_login(another_owner().user)
    member = another_owner("Third")
    with pytest.raises(DomainError, match="There is no sequence"):
        locks.unlock(member, sequence.pk, SECRET)


def test_a_sequence_without_one_asks_for_none(client, owner):
    made = sequences.create(owner, "Open", timezone.now())
    assert locks.unlock(owner, made.pk, "anything") == ""
    assert (
        ask(
            client, "patch", f"sequences/{made.pk}", {"name": "Still"}, **{"Sequence-Password": "x"}
        ).status_code
        == 200
    )
