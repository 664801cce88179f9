"""Real mail through the intake: all of it is read, and without our mark none stops or suppresses anybody."""

import pytest

from drumbeat.core.incoming import Word
from drumbeat.inbound import intake
from drumbeat.inbound.arrivals import Arrival, keep
from drumbeat.models import ContactFact, InboundMail, Message, Suppression
from tests.support.corpora import OPEN, rows
from tests.support.outreach import NOW, an_outreach

pytestmark = pytest.mark.django_db

KINDS = ("mime-robustness", "complaint-arf", "auto-reply", "bounce-unparsed", "bounce-negative", "reply-eml")


def letters(kind):
    return [(OPEN / row["file"]).read_bytes() for row in rows("manifest.jsonl") if row["kind"] == kind]


def run(raws, to):
    for raw in raws:
        keep(Arrival("smtp", "", (to,), raw), NOW)
    while intake.process_once(NOW, limit=100):
        pass


@pytest.mark.parametrize("kind", [*KINDS, "bounce-dsn"])
def test_every_mail_is_read_and_none_proves_anything(kind):
    outreach = an_outreach()

    run(letters(kind), outreach.sender.address)

    assert not InboundMail.objects.filter(processed_at=None).exists()
    assert set(InboundMail.objects.values_list("fault", flat=True)) == {""}
    assert not Suppression.objects.exists()
    assert not ContactFact.objects.exists()


def test_a_complaint_that_comes_to_our_token_suppresses_at_once():
    reports = [raw for raw in letters("complaint-arf") if b"message/feedback-report" in raw]
    assert reports
    for number, raw in enumerate(reports):
        outreach = an_outreach(f"Workspace {number}", sender=f"rep{number}@ours.test")

        run([raw], f"rep{number}+b-{outreach.sent.mark}@ours.test")

        message = Message.objects.get(workspace=outreach.workspace)
        assert message.kind == Word.COMPLAINT
        assert Suppression.objects.get(workspace=outreach.workspace).reason == "complaint"


def test_an_auto_reply_never_counts_as_a_reply():
    outreach = an_outreach()

    run(letters("auto-reply"), f"rep+r-{outreach.sent.mark}@ours.test")

    assert {"auto_replied", "out_of_office"} >= set(ContactFact.objects.values_list("kind", flat=True))
    assert ContactFact.objects.exists()
