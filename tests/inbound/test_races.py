"""Several at once on the same rows: each mail has its effect once, and nobody waits in a circle; on both databases."""

from datetime import datetime

import pytest

from drumbeat.actions.contacts import erasing
from drumbeat.inbound import intake, tracking
from drumbeat.inbound.arrivals import Arrival, keep
from drumbeat.models import Contact, ContactFact, Event, Hit, InboundMail, Message, Notification
from drumbeat.store import erasing as erasing_rows
from drumbeat.store import tracking as tracking_rows
from tests.inbound.test_tracking import AT, JUDGED_AT, a_hit
from tests.support.arriving import message_id_of
from tests.support.installation import ON_POSTGRESQL, Call
from tests.support.letters import a_mail
from tests.support.outreach import ADDRESS, NOW, an_outreach
from tests.support.processes import until
from tests.support.racing import waits_for_a_lock

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


class TestErasingWhileOpensAreJudged:
    """Both hold the contact first, so that none waits for what the other has."""

    pytestmark = pytest.mark.parametrize("installation", ON_POSTGRESQL, indirect=True)

    @pytest.fixture
    def opened(self, installation):
        outreach = an_outreach()
        tracking.store([a_hit(outreach.sent.mark)])
        return outreach

    def test_the_judge_leaves_whom_somebody_erases(self, opened, monkeypatch):
        judged = []

        def erase_slowly(contact, now):
            judged.append(Call(tracking.judge_once, JUDGED_AT).result())
            erase_rows(contact, now)

        erase_rows = erasing_rows.erase
        monkeypatch.setattr(erasing_rows, "erase", erase_slowly)
        erasing.erase(opened.owner, opened.contact.pk, ADDRESS, NOW)

        assert judged == [0]
        assert not Contact.objects.filter(pk=opened.contact.pk).exists()
        assert not Hit.objects.exists()

    def test_erasing_waits_for_the_judge(self, opened, monkeypatch):
        begun = []

        def conclude_slowly(judged, now):
            begun.append(Call(erasing.erase, opened.owner, opened.contact.pk, ADDRESS, NOW))
            until(waits_for_a_lock)
            conclude(judged, now)

        conclude = tracking_rows.conclude
        monkeypatch.setattr(tracking_rows, "conclude", conclude_slowly)

        assert tracking.judge_once(JUDGED_AT) == 1
        begun[0].result()
        assert not Contact.objects.filter(pk=opened.contact.pk).exists()
        assert not Event.objects.filter(source="tracking").exists()


def test_an_open_that_is_stored_while_its_contact_is_erased_is_dropped(installation):
    outreach = an_outreach()
    erasing.erase(outreach.owner, outreach.contact.pk, ADDRESS, NOW)
    tracking_rows.add([("k1", outreach.sent.pk, "open", 0, 0, "", "get", "", AT, "")])

    assert tracking.judge_once(JUDGED_AT) == 0
    assert not Hit.objects.exists()
