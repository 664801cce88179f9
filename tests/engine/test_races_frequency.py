"""Several senders write to the same people at once: the frequency cap holds, whoever comes first."""

from collections import Counter

from bench import world
from drumbeat.core.frequency import UNDER_WAY_FOR
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, SenderProfile, Touch, Workspace
from drumbeat.store import claims
from tests.engine.test_races_shared import THREADS, together
from tests.support.campaign import NOW, a_campaign
from tests.support.hand_wire import HandWire

pytest_plugins = ["tests.support.installed"]

PEOPLE, MOST = 30, 2


def the_same_people_in_many_sequences():
    """Plan a message to each of them by each of eight senders, all due now."""
    first = a_campaign(PEOPLE)
    for _ in range(THREADS - 1):
        other = a_campaign(0)
        world.enroll(other.version, list(first.contact_ids), step="mail_0")
        enrolled = Enrollment.objects.filter(version=other.version)
        enrolled.update(chosen_sender=other.senders[0])
    Workspace.objects.update(frequency_cap=MOST, frequency_cap_days=7)
    planner = Planner()
    while planner.plan_once(NOW):
        pass
    assert Touch.objects.count() == PEOPLE * THREADS
    return list(SenderProfile.objects.filter(touches__isnull=False).distinct().order_by("id"))


def test_claims_of_the_same_contacts_at_the_same_moment_keep_the_cap(installation):
    """What is claimed and not handed over counts already."""
    senders = the_same_people_in_many_sequences()

    def claim(number):
        token, found = f"worker{number}.lease", []
        SenderProfile.objects.filter(id=senders[number].pk).update(lease_token=token)
        for turn in range(30):
            claimed = claims.claim(senders[number].pk, token, f"worker{number}.{turn}", 5, NOW, NOW)
            found += [one.contact_id for one in claimed.touches]
        return found

    counts = Counter(contact_id for found in together(THREADS, claim) for contact_id in found)

    assert max(counts.values()) <= MOST
    assert len(counts) == PEOPLE
    held = Touch.objects.filter(lease_token="").values_list("hold_reason", flat=True)
    assert set(held) == {"frequency_cap"}


def test_workers_that_send_to_the_same_people_send_each_as_much_as_the_cap_allows(installation):
    the_same_people_in_many_sequences()
    wires = [HandWire() for _ in range(THREADS)]

    def send(number):
        dispatcher = Dispatcher(f"worker{number}", wires[number], batch=4)
        for minute in range(4):
            for _ in range(20):
                dispatcher.turn(NOW + minute * UNDER_WAY_FOR, wait_seconds=0)
                wires[number].end_all()

    together(THREADS, send)

    transmitted = [touch_id for wire in wires for touch_id in wire.transmitted]
    people = Counter(Touch.objects.filter(id__in=transmitted).values_list("contact_id", flat=True))
    assert len(transmitted) == len(set(transmitted))
    assert set(people.values()) == {MOST}
    assert len(people) == PEOPLE
