"""Several at the same work: what one takes no other takes, and what is limited stays limited."""

from collections import Counter
from threading import Barrier

from drumbeat.actions import enrollments as enrolling
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.models import Budget, Enrollment, JournalEntry, SenderProfile, Touch, Workspace
from drumbeat.store import claims, leases
from tests.support import judge
from tests.support.campaign import NOW, a_campaign
from tests.support.hand_wire import HandWire
from tests.support.installation import Call

pytest_plugins = ["tests.support.installed"]

CAP, THREADS = 37, 8


def plan() -> None:
    planner = Planner()
    while planner.plan_once(NOW):
        pass


def together(count, function):
    """Call `function(number)` in `count` threads that begin at the same moment; return what each returned."""
    barrier = Barrier(count)

    def begin(number):
        barrier.wait(30)
        return function(number)

    calls = [Call(begin, number) for number in range(count)]
    return [call.result() for call in calls]


def test_a_senders_cap_holds_against_claims_at_the_same_moment(installation):
    """They all hold the sender's lease, as workers would whose clocks or leases are broken."""
    campaign = a_campaign(80, cap_per_day=CAP)
    plan()
    sender_id = campaign.senders[0].pk
    claims.lease_senders("worker.lease", 1, NOW)

    def claim(number):
        found = []
        for turn in range(20):
            token = f"worker.{number}.{turn}"
            found += [
                one.touch_id for one in claims.claim(sender_id, "worker.lease", token, 3, NOW, NOW).touches
            ]
        return found

    claimed = [touch_id for found in together(THREADS, claim) for touch_id in found]

    assert len(claimed) == len(set(claimed)) == CAP
    assert Budget.objects.get(unit="day").used == CAP


def test_a_workspaces_cap_holds_across_its_senders_from_the_first_message_on(installation):
    """Every sender opens the bucket of the day in the same moment."""
    campaign = a_campaign(80, senders=THREADS)
    Workspace.objects.filter(id=campaign.workspace_id).update(cap_per_day=CAP)
    plan()
    wires = [HandWire() for _ in range(THREADS)]

    def send(number):
        dispatcher = Dispatcher(f"worker{number}", wires[number], batch=4)
        for _ in range(12):
            dispatcher.turn(NOW, wait_seconds=0)
            wires[number].end_all()

    together(THREADS, send)

    transmitted = Counter(touch_id for wire in wires for touch_id in wire.transmitted)
    assert sum(transmitted.values()) == CAP
    assert set(transmitted.values()) == {1}
    assert Budget.objects.get(scope=f"workspace:{campaign.workspace_id}", unit="day").used == CAP


def test_what_a_dead_worker_had_claimed_keeps_its_places_under_the_cap(installation):
    """All of today's places were claimed when it died; the next worker sends exactly these messages today."""
    a_campaign(20, cap_per_day=7)
    plan()
    dead = Dispatcher("dead", HandWire(prompt=False))
    for _ in range(3):
        dead.turn(NOW, wait_seconds=0)
    leases.expire("dead")

    wire = HandWire()
    dispatcher = Dispatcher("next", wire)
    for _ in range(40):
        dispatcher.turn(NOW, wait_seconds=0)
        wire.end_all()

    assert len(wire.transmitted) == len(set(wire.transmitted)) == 7
    assert Budget.objects.get(unit="day").used == 7


def test_two_dispatchers_never_hold_the_same_touch_or_sender(installation):
    campaign = a_campaign(60, senders=6)
    plan()
    wires = [HandWire(prompt=False), HandWire(prompt=False)]

    def claim(number):
        dispatcher = Dispatcher(f"worker{number}", wires[number], batch=10)
        for _ in range(6):
            dispatcher.turn(NOW, wait_seconds=0)

    together(2, claim)

    claimed = [*wires[0].preparing, *wires[1].preparing]
    assert len(claimed) == len(set(claimed)) == 60
    owners = Touch.objects.values_list("sender_id", "lease_token")
    holders = {(sender_id, token.partition(".")[0]) for sender_id, token in owners}
    assert len(holders) == len(campaign.senders)


def test_two_planners_plan_each_step_once(installation):
    campaign = a_campaign(120)

    def work(number):
        planner = Planner()
        looked = 0
        while count := planner.plan_once(NOW, limit=10):
            looked += count
        return looked

    looked = together(2, work)

    assert sum(looked) == 120
    assert Touch.objects.count() == 120
    entries = JournalEntry.objects.filter(rule="planned").values_list("enrollment_id", flat=True)
    assert sorted(entries) == sorted(Enrollment.objects.values_list("id", flat=True))
    assert campaign.touch(5).status == "planned"
    assert judge.forgotten() == []


def test_two_who_enroll_the_same_people_enroll_each_once(installation):
    campaign = a_campaign(40)
    Enrollment.objects.all().delete()
    people = list(campaign.contact_ids)

    def enroll(number):
        asked = people if number else people[::-1]
        answer = enrolling.enroll(campaign.owner, campaign.sequence_id, asked, NOW)
        return answer.counts()

    answers = Counter[str]()
    for counts in together(4, enroll):
        answers.update(counts)

    assert answers == {"enrolled": 40, "already_enrolled": 120}
    unfinished = Enrollment.objects.exclude(state="finished").values_list("contact_id", flat=True)
    assert sorted(unfinished) == sorted(people)


def test_a_sender_served_by_nobody_is_leased_by_one_of_many(installation):
    campaign = a_campaign(8, senders=4)
    plan()

    found = together(4, lambda number: claims.lease_senders(f"worker{number}.1", 2, NOW))

    leased = [sender_id for ids in found for sender_id in ids]
    assert sorted(leased) == sorted(set(leased))
    assert set(leased) <= {sender.pk for sender in campaign.senders}
    assert SenderProfile.objects.exclude(lease_token="").count() == len(leased)
