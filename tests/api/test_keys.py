"""Bearer keys: what they open, and what keeps them shut."""

from datetime import timedelta

import pytest
from django.utils import timezone

from drumbeat.actions.members import keys
from drumbeat.core.errors import DomainError
from drumbeat.models import ApiKey, Role
from tests.support.office import an_owner, another_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return an_owner()


def asks(client, token, path="/api/session", method="get"):
    return getattr(client, method)(path, headers={"Authorization": f"Bearer {token}"})


def test_a_key_acts_as_its_member_without_a_csrf_token(client, owner):
    key, token = keys.create(owner, "CI", timezone.now())
    client.handler.enforce_csrf_checks = True
    assert asks(client, token).json()["member_id"] == owner.pk
    assert asks(client, token, "/api/emergency-stop", "post").status_code == 200
    assert ApiKey.objects.get(pk=key.pk).last_used_at is not None


def test_only_a_hash_is_kept(owner):
    _, token = keys.create(owner, "CI", timezone.now())
    secret = token.split("_", 2)[2]
    assert not any(secret in str(value) for row in ApiKey.objects.values() for value in row.values())


def test_a_key_never_widens_its_member(client, owner):
    _, token = keys.create(owner, "reader", timezone.now(), role=Role.VIEWER)
    assert asks(client, token, "/api/emergency-stop", "post").json()["code"] == "not_permitted"
    _, admin = keys.create(owner, "admin", timezone.now(), role=Role.ADMIN)
    owner.role = Role.VIEWER
    owner.save()
    assert asks(client, admin, "/api/emergency-stop", "post").status_code == 403


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda key, token: token[:-1] + ("a" if token[-1] != "a" else "b"), id="another secret"),
        pytest.param(lambda key, token: "", id="nothing"),
        pytest.param(lambda key, token: "db_", id="no prefix"),
        pytest.param(lambda key, token: token.replace(key.prefix, "0" * 10), id="an unknown prefix"),
        pytest.param(lambda key, token: "dé_" + token[3:], id="letters no key has"),
    ],
)
def test_other_texts_open_nothing(client, owner, spoil):
    key, token = keys.create(owner, "CI", timezone.now())
    assert asks(client, spoil(key, token).encode().decode("latin-1")).status_code == 401


def test_a_revoked_an_expired_and_an_inactive_users_key_open_nothing(client, owner):
    now = timezone.now()
    revoked, first = keys.create(owner, "revoked", now)
    keys.revoke(owner, revoked.pk, now)
    _, second = keys.create(owner, "expired", now, expires_at=now + timedelta(hours=1))
    ApiKey.objects.filter(name="expired").update(expires_at=now)
    assert asks(client, first).status_code == asks(client, second).status_code == 401
    _, third = keys.create(owner, "good", now)
    owner.user.is_active = False
    owner.user.save()
    assert asks(client, third).status_code == 401


def test_a_key_of_another_workspace_is_not_there_to_revoke(owner):
    key, _ = keys.create(owner, "CI", timezone.now())
    with pytest.raises(DomainError, match="no key"):
        keys.revoke(another_owner(), key.pk, timezone.now())
