"""What cannot be handled is set aside alone: its neighbours go out, and it comes back once it is mended."""

from datetime import timedelta
from pathlib import Path

import pytest

from drumbeat.core.enrollment import BlockReason
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.models import Budget, Contact, Enrollment, Message, SequenceVersion, Touch
from drumbeat.models import Worker as WorkerRow
from drumbeat.store import claims, effects, flows, leases
from tests.support import judge
from tests.support.campaign import NOW, Campaign, a_campaign
from tests.support.crash_worker import Worker, crew, start
from tests.support.hand_wire import HandWire
from tests.support.processes import until
from tests.support.smtp import serving

pytest_plugins = ["tests.support.installed"]

PARKED = ("blocked", BlockReason.ERROR.value)
MENDED = NOW + timedelta(minutes=6)


def standing(campaign: Campaign) -> list[tuple[str, str]]:
    rows = Enrollment.objects.filter(sequence_id=campaign.sequence_id).order_by("contact_id")
    return list(rows.values_list("state", "reason"))


def plan(now=NOW) -> None:
    planner = Planner()
    while planner.plan_once(now):
        pass


def send(now=NOW) -> list[int]:
    """Let a worker claim and hand over what it can; return the contacts that got something."""
    wire = HandWire()
    dispatcher = Dispatcher("worker", wire)
    for _ in range(5):
        dispatcher.turn(now, wait_seconds=0)
    wire.end_all()
    dispatcher.turn(now, wait_seconds=0, claim=False)
    leases.release_all("worker")
    touches = Touch.objects.in_bulk(wire.transmitted)
    return sorted(touches[id_].contact_id or 0 for id_ in wire.transmitted)


def break_version(campaign: Campaign, document: object) -> object:
    kept = SequenceVersion.objects.get(id=campaign.version.pk).document
    SequenceVersion.objects.filter(id=campaign.version.pk).update(document=document)
    flows.load_flow.cache_clear()
    return kept


BROKEN = [
    pytest.param({"format": 99, "steps": []}, id="a document of a later release"),
    pytest.param({"steps": "none"}, id="a document that is none"),
    pytest.param([], id="no document at all"),
]


@pytest.mark.parametrize("document", BROKEN)
def test_a_version_that_cannot_be_read_parks_its_own_enrollments(installation, document):
    sound, broken = a_campaign(2), a_campaign(2)
    kept = break_version(broken, document)

    plan()

    assert standing(broken) == [PARKED] * 2
    assert all(Enrollment.objects.filter(sequence_id=broken.sequence_id).values_list("fault", flat=True))
    assert send() == sound.contact_ids

    break_version(broken, kept)
    plan(MENDED)
    assert send(MENDED) == broken.contact_ids


@pytest.mark.parametrize("document", BROKEN)
def test_a_version_that_breaks_after_planning_parks_what_was_planned(installation, document):
    campaign = a_campaign(3)
    sound = a_campaign(2)
    Touch.objects.update(sender=campaign.senders[0])
    plan()
    Touch.objects.update(sender=campaign.senders[0])
    kept = break_version(campaign, document)

    assert send() == sound.contact_ids

    assert standing(campaign) == [PARKED] * 3
    assert judge.forgotten() == []
    break_version(campaign, kept)
    plan(MENDED)
    assert send(MENDED) == campaign.contact_ids


def test_an_enrollment_at_a_step_that_does_not_exist_parks_alone(installation):
    campaign = a_campaign(3)
    Enrollment.objects.filter(contact_id=campaign.contact_ids[1]).update(step="nowhere")

    plan()

    assert standing(campaign)[1] == PARKED
    assert send() == [campaign.contact_ids[0], campaign.contact_ids[2]]


def test_an_enrollment_whose_move_cannot_be_written_parks_alone(installation, monkeypatch):
    campaign = a_campaign(3)
    poison = campaign.enrollment(1).pk
    carry_out = effects.carry_out

    def failing(wanted, *rest):
        if any(row.value.id == poison for row, _ in wanted):
            raise KeyError("no such member")
        carry_out(wanted, *rest)

    monkeypatch.setattr(effects, "carry_out", failing)
    plan()

    assert standing(campaign)[1] == PARKED
    assert send() == [campaign.contact_ids[0], campaign.contact_ids[2]]


def test_a_sent_message_that_cannot_be_kept_is_sent_all_the_same(installation):
    """PostgreSQL takes no NUL; the message has left, and those beside it have too."""
    text = "{% if contact.first_name == 'First1' %}{{ '%00' | url_decode }}{% endif %}Hello"
    campaign = a_campaign(3, text=text)
    plan()

    assert send() == campaign.contact_ids
    assert set(Touch.objects.values_list("status", flat=True)) == {"sent"}
    assert Message.objects.count() == 3


def test_a_text_that_cannot_be_merged_fails_alone_and_uses_no_budget(installation):
    text = "{% if contact.first_name == 'First1' %}{% for i in (1..9999999) %}x{% endfor %}{% endif %}Hello"
    campaign = a_campaign(3, text=text, cap_per_day=2)
    plan()

    assert send() == [campaign.contact_ids[0], campaign.contact_ids[2]]
    assert (campaign.touch(1).status, campaign.touch(1).reason) == ("failed", "render_error")
    assert Budget.objects.get(unit="day").used == 2


def test_a_message_that_kills_its_worker_is_parked_after_three_deaths_alone(installation, tmp_path):
    """Once in company, three times alone; the others go out, each once."""
    log = tmp_path / "judge"
    with serving(log) as server, crew(installation) as workers:
        campaign = a_campaign(8, port=server.port)
        Contact.objects.filter(id=campaign.contact_ids[3]).update(first_name="Deadly")
        deaths = 0
        while not (is_parked(campaign) and len(judge.delivered(log)) == 7):
            workers.append(start(installation, deadly="Deadly"))
            if not survives(workers[-1], campaign, log):
                deaths += 1
                name = WorkerRow.objects.get(pid=workers[-1].pid).name
                leases.expire(name)
        assert workers[-1].terminate() == 0

    assert deaths == claims.DEATHS_ALONE + 1
    assert standing(campaign).count(PARKED) == 1
    assert standing(campaign)[3] == PARKED
    assert campaign.touch(3).mark not in judge.delivered(log)
    assert set(judge.delivered(log).values()) == {1}


def survives(worker: Worker, campaign: Campaign, log: Path) -> bool:
    """Wait until the worker dies (False) or has done all that can be done."""
    until(lambda: worker.ended is not None or (is_parked(campaign) and len(judge.delivered(log)) == 7))
    return worker.ended is None


def is_parked(campaign: Campaign) -> bool:
    return PARKED in standing(campaign)
