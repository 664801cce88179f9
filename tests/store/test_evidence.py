"""What comes from outside counts once."""

import pytest
from django.db import IntegrityError

from drumbeat.models import Event, InboundMail
from drumbeat.store import evidence
from tests.support.outreach import NOW, an_outreach

pytestmark = pytest.mark.django_db


@pytest.fixture
def outreach():
    return an_outreach()


def an_event(outreach, **more):
    values = {"kind": "replied", "source": "mail", "occurred_at": NOW, "received_at": NOW}
    return Event(workspace=outreach.workspace, **(values | more))


def test_an_event_with_an_external_id_counts_once_per_workspace_and_source(outreach):
    theirs = an_outreach("Theirs", sender="rep@theirs.test")

    counted = [
        evidence.add_event(an_event(outreach, external_id="7")),
        evidence.add_event(an_event(outreach, external_id="7", kind="bounced")),
        evidence.add_event(an_event(outreach, external_id="7", source="crm")),
        evidence.add_event(an_event(theirs, external_id="7")),
        evidence.add_event(an_event(outreach)),
        evidence.add_event(an_event(outreach)),
    ]

    assert counted == [True, False, True, True, True, True]


def test_an_event_that_cannot_be_stored_is_a_fault_and_not_a_repetition(outreach):
    with pytest.raises(IntegrityError):
        evidence.add_event(an_event(outreach, external_id="7", kind=None))


def test_a_mail_that_somebody_read_meanwhile_is_not_blamed(outreach):
    mail = InboundMail.objects.create(
        source="smtp", external_id="1", raw=b"", received_at=NOW, processed_at=NOW
    )

    evidence.count_fault(mail.pk, "late", 3, NOW)

    mail.refresh_from_db()
    assert (mail.tries, mail.fault) == (0, "")
