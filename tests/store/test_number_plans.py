"""Whoever writes from a number is found by an index; a claim asks as often for many texts as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import world
from drumbeat.actions import number_stops
from drumbeat.engine.planner import Planner
from drumbeat.models import Contact, PhoneCallback, Touch
from drumbeat.store import claims, phone_callbacks
from tests.support import phoning
from tests.support.texts import a_number, a_whatsapp, an_sms, texting

pytestmark = pytest.mark.django_db
NOW = world.START
MANY = 2_500


@pytest.fixture
def owner():
    return world.a_workspace()


def test_a_number_leads_to_its_contacts_by_an_index(owner):
    ids = world.contacts(owner.workspace, MANY)
    for n, id_ in enumerate(ids[:500]):
        Contact.objects.filter(id=id_).update(phone_normal=f"+1415666{n:04}", whatsapp=f"+1415777{n:04}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plan = number_stops.with_number(owner.workspace_id, "+14156660007").explain()
    assert "contact_phone_once" in plan
    assert "contact_by_whatsapp" in plan
    plan = number_stops.with_number(owner.workspace_id, "+5511987654321").explain()
    assert "contact_phone_once" in plan
    assert "contact_by_whatsapp" in plan


def test_unread_callbacks_are_found_by_an_index(owner):
    account = phoning.an_account(owner)
    PhoneCallback.objects.bulk_create(
        PhoneCallback(account=account, digest=str(n), received_at=NOW, look_at=None if n % 100 else NOW)
        for n in range(MANY)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows = PhoneCallback.objects.filter(look_at__isnull=False, look_at__lte=NOW).order_by("look_at", "id")
    assert "phone_callback_unread" in rows.explain()
    assert len(phone_callbacks.unread(10, NOW)) == 10
    with CaptureQueriesContext(connection) as asked:
        assert phone_callbacks.unreadable(account.pk) == 0
    with connection.cursor() as cursor:
        explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
        cursor.execute(explain + asked.captured_queries[0]["sql"])
        assert "phone_callback_unread" in str(cursor.fetchall())


def queries_of(number):
    claims.lease_senders("w.1", 10, NOW)
    with CaptureQueriesContext(connection) as asked:
        claim = claims.claim(number.pk, "w.1", "w.2", 100, NOW, NOW + timedelta(minutes=1))
    return len(claim.touches), len(asked)


def test_a_claim_asks_as_often_for_many_texts_as_for_one(owner):
    account = phoning.an_account(owner)
    one, many = (a_number(owner, account, channel) for channel in ("sms", "whatsapp"))
    texting(owner, [""], [an_sms()])
    Planner().plan_once(NOW)
    texting(owner, [""] * 20, [a_whatsapp()])
    Planner().plan_once(NOW)
    assert Touch.objects.count() == 21
    (few, asked_few), (lots, asked_lots) = queries_of(one), queries_of(many)
    assert (few, lots) == (1, 20)
    assert asked_lots <= asked_few + 1  # and when each was last heard of
