"""Several workers read the same mails: each has its effect once, on both databases."""

from datetime import datetime

from drumbeat.inbound import intake
from drumbeat.inbound.arrivals import Arrival, keep
from drumbeat.models import ContactFact, Event, InboundMail, Message, Notification
from tests.support.arriving import message_id_of
from tests.support.installation import Call
from tests.support.letters import a_mail
from tests.support.outreach import ADDRESS, NOW, an_outreach

pytest_plugins = ["tests.support.installed"]

MAILS = 25
WORKERS = 4


def read_all(now: datetime) -> int:
    looked_at = 0
    while found := intake.process_once(now, limit=5):
        looked_at += found
    return looked_at


def test_workers_share_the_mails_and_none_counts_twice(installation):
    outreach = an_outreach()
    ours = message_id_of(outreach)
    for n in range(MAILS):
        raw = a_mail(f"Answer {n}", answers=ours, message_id=f"{n}@example.com")
        for way in ("one", "another"):
            keep(Arrival("smtp", ADDRESS, ("rep@ours.test",), f"X-Way: {way}\r\n".encode() + raw), NOW)

    workers = [Call(read_all, NOW) for _ in range(WORKERS)]
    for worker in workers:
        worker.result()

    assert not InboundMail.objects.filter(processed_at=None).exists()
    assert set(InboundMail.objects.values_list("fault", "tries")) == {("", 0)}
    assert Message.objects.count() == Event.objects.count() == Notification.objects.count() == MAILS
    assert ContactFact.objects.get(kind="replied", scope="").count == MAILS


def test_a_redelivery_at_the_same_moment_is_stored_once(installation):
    an_outreach()
    arrival = Arrival("smtp", ADDRESS, ("rep@ours.test",), a_mail())

    stored = [call.result() for call in [Call(keep, arrival, NOW) for _ in range(WORKERS)]]

    assert sorted(stored) == [False, False, False, True]
    assert InboundMail.objects.count() == 1
