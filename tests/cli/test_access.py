"""What an operator does to let people and programs in."""

import pytest

from drumbeat.actions.members import keys, sign_in
from drumbeat.clock import SystemClock
from drumbeat.models import LinkPurpose, Member, User
from tests.support.office import NOW, an_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return an_owner()


def test_key_create_prints_the_key_and_nothing_else(run, owner):
    code, data = run("key", "create", "CI", "--role", "admin")
    assert (code, list(data)) == (0, ["key"])
    member = keys.member_of(data["key"], SystemClock().now())
    assert member is not None
    assert (member.pk, member.narrowed_role) == (owner.pk, "admin")


def test_keys_are_listed_without_their_secret_and_revoked_by_number(run, owner):
    text = run("key", "create", "CI", "--right", "contacts.view", "--days", "3")[1]["key"]
    (shown,) = run("key", "list")[1]
    assert (shown["name"], shown["rights"], shown["revoked_at"]) == ("CI", ["contacts.view"], None)
    assert text.split("_", 2)[2] not in str(shown)
    assert run("key", "revoke", str(shown["id"]))[0] == 0
    assert keys.member_of(text, SystemClock().now()) is None


def test_a_key_for_a_role_that_does_not_exist_is_refused(run, owner):
    code, data = run("key", "create", "CI", "--role", "king")
    assert (code, data["error"]["code"]) == (1, "role_unknown")


def test_sign_in_prints_a_link_for_the_owner_or_any_member(run, owner):
    token = run("sign-in")[1]["link"].rpartition("/")[2]
    assert sign_in.use(token, SystemClock().now()) == owner.user
    other = User.objects.create(email="kim@ours.test")
    Member.objects.create(workspace=owner.workspace, user=other, name="Kim", created_at=NOW)
    data = run("sign-in", "Kim@ours.test")[1]
    assert data["email"] == "kim@ours.test"
    assert run("sign-in", "nobody@ours.test")[1]["error"]["code"] == "not_found"


def test_migrate_prints_the_claim_link_until_somebody_used_it(run, say, owner):
    token = run("migrate")[1]["claim_link"].rpartition("/")[2]
    assert sign_in.member_of(token, SystemClock().now(), LinkPurpose.CLAIM) == owner
    assert "/welcome/" in say("migrate")[1]
    User.objects.update(email="kim@ours.test")
    assert run("migrate")[1]["claim_link"] is None
