"""Mail to people's own addresses is counted by domain and mailbox provider, and told of before it is too much."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.actions import doctor, reputation
from drumbeat.core import consumers
from drumbeat.engine import records
from drumbeat.models import Message, SenderRecord
from drumbeat.store import consumer_counts
from tests.support import office
from tests.support.office import NOW

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def owner():
    return office.an_owner()


@pytest.fixture
def senders(owner):
    return [
        office.a_mailbox(owner, address) for address in ("a@ours.test", "b@mail.ours.test", "c@theirs.test")
    ]


def wrote(owner, sender, *addresses, at=NOW - HOUR, **more):
    lead = owner.workspace.contact_set.first() or office.a_lead(owner)
    Message.objects.bulk_create(
        Message(
            workspace_id=owner.workspace_id,
            **{"contact": lead, "channel": "email", "direction": "out", **more},
            sender=sender,
            to_address=address,
            occurred_at=at,
        )
        for address in addresses
    )


def counted(sender):
    return SenderRecord.objects.get(sender=sender).to_consumers


def test_addresses_of_people_are_told_apart_by_their_provider(owner, senders):
    wrote(owner, senders[0], "x@gmail.com", "y@GoogleMail.com", "x@yahoo.co.uk", "x@aol.com", "x@hotmail.fr")
    wrote(owner, senders[0], "x@company.test", "gmail.com@company.test", "x@notgmail.com.test")
    records.judge_once(NOW)
    assert counted(senders[0]) == {"gmail": 2, "yahoo": 2, "outlook": 1}
    assert counted(senders[1]) == {}


def test_only_mail_of_the_last_day_that_left_to_contacts_counts(owner, senders):
    wrote(owner, senders[0], "x@gmail.com", at=NOW - 25 * HOUR)
    wrote(owner, senders[0], "x@gmail.com", direction="in")
    wrote(owner, senders[0], "x@gmail.com", channel="sms")
    wrote(owner, senders[0], "x@gmail.com", contact=None)
    wrote(owner, senders[0], "x@gmail.com", at=NOW - 23 * HOUR)
    records.judge_once(NOW)
    assert counted(senders[0]) == {"gmail": 1}
    records.judge_once(NOW + 2 * HOUR)
    assert counted(senders[0]) == {}


def test_a_domain_is_warned_of_with_all_its_senders_from_four_fifths_on(owner, senders, monkeypatch):
    monkeypatch.setattr(consumers, "WARN_FROM", 4)
    wrote(owner, senders[0], *["x@gmail.com"] * 2)
    wrote(owner, senders[1], "x@gmail.com")
    wrote(owner, senders[2], *["x@gmail.com"] * 3)
    records.judge_once(NOW)
    assert near(owner) == []
    wrote(owner, senders[1], "x@gmail.com")
    records.judge_once(NOW)
    [found] = near(owner)
    assert (found.name, found.reason, found.count) == ("ours.test", "gmail", 4)
    told = reputation.of(owner)
    assert {id_: [one.sent for one in record.consumers] for id_, record in told.items()} == {
        senders[0].pk: [4],
        senders[1].pk: [4],
        senders[2].pk: [3],
    }
    assert "ours.test has sent 4 mails" in told[senders[0].pk].consumers[0].text


def near(owner):
    return [one for one in doctor.examine(owner, NOW) if one.code == "consumers_near"]


def test_the_count_takes_as_many_statements_for_many_senders_as_for_few(owner, senders):
    def taken():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            consumer_counts.note(NOW)
        return len(caught)

    records.judge_once(NOW)
    wrote(owner, senders[0], "x@gmail.com")
    few = taken()
    more = [office.a_mailbox(owner, f"m{number}@ours.test") for number in range(12)]
    records.judge_once(NOW)
    for sender in (*senders, *more):
        wrote(owner, sender, "x@gmail.com", "x@yahoo.com")
    assert taken() == few


def test_only_the_mail_of_the_day_is_looked_at(owner, senders):
    with CaptureQueriesContext(connection) as caught:
        consumer_counts.note(NOW)
    [counting] = [one["sql"] for one in caught.captured_queries if "CASE WHEN" in one["sql"]]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off")
            cursor.execute(f"EXPLAIN {counting}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {counting}")
        plan = str(cursor.fetchall())
        if connection.vendor == "postgresql":
            cursor.execute("RESET enable_seqscan")
    assert "message_sent" in plan
