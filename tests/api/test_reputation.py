"""What became of a sender's mail, as it is shown."""

import pytest

from drumbeat.actions import senders
from drumbeat.models import SenderProfile, SenderRecord
from tests.support.office import NOW, a_mailbox, another_owner

pytestmark = pytest.mark.django_db


def counted(sender, **numbers):
    return SenderRecord.objects.create(sender=sender, counted_at=NOW, **numbers)


def test_counts_come_with_rates_and_limits(client, owner):
    sender = a_mailbox(owner)
    counted(sender, sent=200, bounced=6, level="warning")
    (shown,) = client.get("/api/sender-records").json()
    assert (shown["sender_id"], shown["days"], shown["sent"], shown["level"]) == (
        sender.pk,
        7,
        200,
        "warning",
    )
    assert shown["measures"][0] == {
        "measure": "bounced",
        "cases": 6,
        "rate": 0.03,
        "warning": 0.02,
        "hold": 0.05,
    }
    assert shown["measures"][2]["hold"] is None
    assert "6 of 200 messages" in shown["text"]


def test_a_held_sender_is_shown_as_held_until_a_person_releases_it(client, owner):
    sender = a_mailbox(owner)
    counted(sender, sent=100, bounced=9, level="hold", held_at=NOW)
    SenderProfile.objects.update(down_reason="reputation", down_text="9 of 100 came back.")
    (shown,) = client.get("/api/sender-records").json()
    assert (shown["level"], shown["text"]) == ("hold", "9 of 100 came back.")

    senders.enable(owner, sender.pk, NOW)

    (shown,) = client.get("/api/sender-records").json()
    assert (shown["level"], shown["sent"]) == ("quiet", 0)


def test_records_of_other_workspaces_are_theirs(client, owner):
    counted(a_mailbox(another_owner(), "them@theirs.test"))
    assert client.get("/api/sender-records").json() == []
