"""Getting in: passwords, links that people hand over, and what ends a session."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from drumbeat.actions import members
from drumbeat.actions.members import first as first_member
from drumbeat.actions.members import invitations, sign_in
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.models import AuditEntry, LinkPurpose, Member, Notification, Role, SignInToken, User
from tests.support.office import an_owner, another_owner

pytestmark = pytest.mark.django_db

LOGIN = "/_allauth/browser/v1/auth/login"
CHANGE = "/_allauth/browser/v1/account/password/change"
GOOD = "correct horse 12"
OTHER = "battery staple 9"


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def now():
    return SystemClock().now()


@pytest.fixture
def owner():
    member = an_owner()
    member.user.email = "mira@ours.test"
    member.user.set_password(GOOD)
    member.user.save()
    return member


def post(client, path, **body):
    return client.post(path, body, content_type="application/json")


def signs_in(email="mira@ours.test", password=GOOD):
    client = Client()
    return client, post(client, LOGIN, email=email, password=password)


def is_in(client):
    return client.get("/api/session").status_code == 200


def a_colleague(owner, email="kim@ours.test", role=Role.REP):
    user = User.objects.create(email=email)
    user.set_password(OTHER)
    user.save()
    return Member.objects.create(
        workspace=owner.workspace, user=user, name="Kim", role=role, created_at=owner.created_at
    )


def test_a_password_signs_in_and_the_session_gets_a_new_id(owner):
    client = Client()
    client.session.save()
    planted = client.session.session_key
    client.cookies["sessionid"] = str(planted)
    post(client, LOGIN, email="Mira@Ours.test", password=GOOD)
    assert is_in(client)
    assert client.session.session_key != planted


def test_known_and_unknown_addresses_are_answered_alike(owner):
    wrong, unknown = signs_in(password="nope"), signs_in("nobody@ours.test", "nope")
    assert wrong[1].status_code == unknown[1].status_code == 400
    assert wrong[1].content == unknown[1].content


def test_after_five_wrong_passwords_even_the_right_one_waits(owner):
    for _ in range(5):
        signs_in(password="nope")
    client, answer = signs_in()
    assert answer.json()["errors"][0]["code"] == "too_many_login_attempts"
    assert not is_in(client)


def test_nobody_signs_up_and_no_other_door_of_the_library_is_open(client):
    for path in ("auth/signup", "auth/password/request", "account/email", "config"):
        assert client.post(f"/_allauth/browser/v1/{path}").status_code == 404


def test_a_new_password_ends_all_other_sessions_and_keeps_this_one(owner):
    here, _ = signs_in()
    elsewhere, _ = signs_in()
    assert post(here, CHANGE, current_password=GOOD, new_password=OTHER).status_code == 200
    assert (is_in(here), is_in(elsewhere)) == (True, False)


@pytest.mark.parametrize(
    "password",
    [
        pytest.param("short", id="short"),
        pytest.param("password12", id="common"),
        pytest.param("mira@ours.test", id="the own address"),
    ],
)
def test_weak_passwords_are_refused(owner, password):
    client, _ = signs_in()
    assert post(client, CHANGE, current_password=GOOD, new_password=password).status_code == 400


def test_a_deactivated_member_is_out_at_once_with_session_key_and_link(owner, now):
    kim = a_colleague(owner)
    client, _ = signs_in("kim@ours.test", OTHER)
    link = sign_in.create(kim, now)
    members.change(owner, kim.pk, members.MemberChange(is_active=False), now)
    assert not is_in(client)
    with pytest.raises(DomainError, match="may not sign in"):
        sign_in.use(link, now)
    members.change(owner, kim.pk, members.MemberChange(is_active=True), now)
    assert is_in(client)


FIRST = {
    "name": "Mira Castell",
    "email": "Mira@Castell.test",
    "password": GOOD,
    "workspace": "Castell & Co",
    "time_zone": "Europe/Berlin",
}


class TestClaim:
    def test_the_holder_of_the_link_becomes_the_owner_and_is_signed_in(self, client, now):
        owner = an_owner()
        token, unused = first_member.link_token(now), first_member.link_token(now)
        assert post(client, "/api/claim/look", token=token).status_code == 204
        assert post(client, "/api/claim", token=token, **FIRST).status_code == 204
        session = client.get("/api/session").json()
        assert (session["email"], session["workspace"]["name"]) == ("mira@castell.test", "Castell & Co")
        assert session["member_id"] == owner.pk
        assert first_member.link_token(now) is None
        again = post(Client(), "/api/claim", token=unused, **FIRST)
        assert again.json()["code"] == "sign_in_link_invalid"

    def test_what_is_refused_leaves_the_link_as_it_is(self, client, now):
        an_owner()
        token = first_member.link_token(now)
        weak = post(client, "/api/claim", token=token, **{**FIRST, "password": "password12"})
        assert list(weak.json()["fields"]) == ["password"]
        assert post(client, "/api/claim", token=token, **FIRST).status_code == 204

    def test_a_link_does_what_it_was_made_for_and_nothing_else(self, client, now):
        owner = an_owner()
        for purpose in (LinkPurpose.SIGN_IN, LinkPurpose.PASSWORD):
            token = sign_in.create(owner, now, purpose)
            assert post(client, "/api/claim", token=token, **FIRST).status_code == 422
        claim = first_member.link_token(now)
        assert client.post(f"/sign-in/{claim}").status_code == 410
        assert post(client, "/api/password-links/use", token=claim, password=GOOD).status_code == 422


class TestInvitation:
    def test_somebody_new_chooses_a_password_and_is_a_member(self, client, owner, now):
        _, token = invitations.invite(owner, "Kim@ours.test", Role.REP, now)
        shown = post(client, "/api/invitations/look", token=token).json()
        assert (shown["email"], shown["is_known"]) == ("kim@ours.test", False)
        assert (
            post(client, "/api/invitations/accept", token=token, name="Kim", password=OTHER).status_code
            == 204
        )
        assert client.get("/api/session").json()["role"] == "rep"
        assert post(Client(), "/api/invitations/look", token=token).json()["code"] == "invitation_invalid"

    def test_the_link_alone_never_opens_an_account_that_exists(self, client, owner, now):
        elsewhere = another_owner()
        kim = a_colleague(elsewhere)
        _, token = invitations.invite(owner, "kim@ours.test", Role.VIEWER, now)
        wrong = post(client, "/api/invitations/accept", token=token, name="Kim", password="guessed it 123")
        assert wrong.json()["code"] == "password_wrong"
        assert not is_in(client)
        assert (
            post(client, "/api/invitations/accept", token=token, name="Kim", password=OTHER).status_code
            == 204
        )
        assert client.get("/api/session").json()["workspace"]["id"] == owner.workspace_id
        assert {each["id"] for each in client.get("/api/workspaces").json()} == {
            owner.workspace_id,
            kim.workspace_id,
        }

    def test_an_open_session_of_the_address_joins_without_a_password(self, owner, now):
        a_colleague(another_owner())
        client, _ = signs_in("kim@ours.test", OTHER)
        _, token = invitations.invite(owner, "kim@ours.test", Role.VIEWER, now)
        assert post(client, "/api/invitations/accept", token=token, name="Kim").status_code == 204

    def test_it_ends_withdrawn_replaced_or_after_a_week(self, owner, now):
        row, withdrawn = invitations.invite(owner, "a@ours.test", Role.REP, now)
        invitations.withdraw(owner, row.pk, now)
        _, replaced = invitations.invite(owner, "b@ours.test", Role.REP, now)
        _, fresh = invitations.invite(owner, "b@ours.test", Role.REP, now)
        for token, at in ((withdrawn, now), (replaced, now), (fresh, now + timedelta(days=8))):
            with pytest.raises(DomainError, match="used, withdrawn"):
                invitations.look(token, at)
        assert invitations.look(fresh, now + timedelta(days=6)).email == "b@ours.test"

    def test_nobody_invites_above_their_own_rights(self, client, owner, now):
        owner.narrowed_to = frozenset({"users.create", "users.view"})
        with pytest.raises(DomainError, match="beyond your own rights"):
            invitations.invite(owner, "kim@ours.test", Role.ADMIN, now)


class TestPasswordLink:
    def test_it_sets_a_password_ends_all_sessions_and_tells_the_member(self, client, owner, now):
        kim = a_colleague(owner)
        before, _ = signs_in("kim@ours.test", OTHER)
        token = members.password_link(owner, kim.pk, now)
        assert post(client, "/api/password-links/use", token=token, password=GOOD).status_code == 204
        assert (is_in(client), is_in(before)) == (True, False)
        assert Notification.objects.get(member=kim).kind == "password_changed"
        acts = list(AuditEntry.objects.order_by("id").values_list("act", "via"))
        assert acts[-2:] == [("member.password_link", "cli"), ("member.password_set", "password link")]

    def test_no_admin_opens_the_account_of_somebody_who_works_elsewhere_too(self, owner, now):
        kim = a_colleague(owner)
        early = members.password_link(owner, kim.pk, now)
        _, token = invitations.invite(another_owner(), "kim@ours.test", Role.ADMIN, now)
        invitations.accept(token, "Kim", now, password="", signed_in=kim.user, proves=lambda *_: None)
        with pytest.raises(DomainError, match="other workspaces too"):
            members.password_link(owner, kim.pk, now)
        with pytest.raises(DomainError):  # and what was made before ended with the joining
            members.set_password(early, GOOD, now)

    def test_a_second_link_ends_the_first(self, owner, now):
        kim = a_colleague(owner)
        first, second = (members.password_link(owner, kim.pk, now) for _ in range(2))
        with pytest.raises(DomainError):
            members.set_password(first, GOOD, now)
        members.set_password(second, GOOD, now)

    def test_only_hashes_are_kept(self, owner, now):
        token = members.password_link(owner, owner.pk, now)
        assert token not in str(list(SignInToken.objects.values()))


def test_every_answer_says_what_a_page_may_load(client, owner):
    for path in ("/healthz", "/api/session", "/sign-in/none", "/u/none", "/nothing", "/static/none.js"):
        answer = client.get(path)
        policy = answer["Content-Security-Policy"]
        assert "script-src 'self';" in policy or "default-src 'none';" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "Referrer-Policy" in answer
