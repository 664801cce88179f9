"""The link that signs in: once, by a press, not by being fetched."""

from datetime import timedelta

import pytest
from django.test import Client

from drumbeat.actions import workspaces
from drumbeat.actions.members import sign_in
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.models import SignInToken, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return SystemClock().now()


@pytest.fixture
def owner(now):
    user = User.objects.create(email="robin@demo.test", password="!")
    return workspaces.create_workspace("Ours", user, "Robin", now)


@pytest.fixture
def token(owner, now):
    return sign_in.create(owner, now)


def signed_in(client):
    return "_auth_user_id" in client.session


def test_looking_at_the_link_shows_a_button_and_uses_nothing_up(client, token):
    for _ in range(3):
        answer = client.get(f"/sign-in/{token}")
        assert answer.status_code == 200
        assert b"<button" in answer.content
    assert not signed_in(client)


def test_the_button_signs_in_and_leads_to_the_first_room(client, token, owner):
    answer = client.post(f"/sign-in/{token}")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(owner.user_id)
    assert client.get("/api/session").json()["member_id"] == owner.pk


def test_in_the_demo_the_button_leads_to_the_board(client, token, monkeypatch, tmp_path):
    monkeypatch.setattr("drumbeat.api.board.received.file_in", lambda data: tmp_path)
    assert client.post(f"/sign-in/{token}")["Location"] == "/live"


def test_a_link_works_once(client, token):
    client.post(f"/sign-in/{token}")
    second = Client()
    for answer in (second.post(f"/sign-in/{token}"), second.get(f"/sign-in/{token}")):
        assert answer.status_code == 410
        assert b"<button" not in answer.content
    assert not signed_in(second)


def test_another_page_cannot_press_the_button(token):
    guarded = Client(enforce_csrf_checks=True)
    assert guarded.post(f"/sign-in/{token}").status_code == 403
    assert not signed_in(guarded)


def test_the_form_of_the_page_itself_works(token):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(f"/sign-in/{token}").content.decode()
    secret = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert browser.post(f"/sign-in/{token}", {"csrfmiddlewaretoken": secret}).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_made_up_token_opens_nothing(client, method):
    assert getattr(client, method)("/sign-in/made-up").status_code == 410


def test_a_link_ends_after_a_day(token, now):
    assert sign_in.is_usable(token, now + timedelta(hours=23))
    assert not sign_in.is_usable(token, now + timedelta(hours=25))
    with pytest.raises(DomainError, match="more than a day old"):
        sign_in.use(token, now + timedelta(hours=25))


def test_who_may_not_sign_in_keeps_the_link_unused(token, owner, now):
    User.objects.filter(id=owner.user_id).update(is_active=False)
    with pytest.raises(DomainError, match="may not sign in"):
        sign_in.use(token, now)
    assert sign_in.is_usable(token, now)


def test_only_the_hash_is_kept(token):
    assert token not in SignInToken.objects.get().hash
