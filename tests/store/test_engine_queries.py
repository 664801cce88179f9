"""What the hot paths cost: a fixed number of queries whatever the batch, and indexes whatever the table."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench import scale, world
from bench.null_wire import NullWire
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, SenderProfile, Touch
from drumbeat.store import claims, enrollments, leases, outcomes, touch_rows

pytestmark = pytest.mark.django_db(transaction=True)


def enroll_people(count, name="Bench"):
    owner = world.a_workspace()
    sender = SenderProfile.objects.filter(kind="null").first() or world.a_sender(owner.workspace)
    version = world.a_sequence(owner, sender, name)
    first = Enrollment.objects.count()
    world.enroll(version, world.contacts(owner.workspace, count, first=first))
    return sender


def queries_of(work):
    with CaptureQueriesContext(connection) as captured:
        work()
    return [query["sql"] for query in captured.captured_queries]


def cost_of_one_batch(count):
    """Plan and send `count` people in one batch each; return how many statements either took."""
    enroll_people(count, f"Batch of {count}")
    planner, dispatcher = Planner(), Dispatcher(f"w{count}", NullWire(), batch=200)
    planning = queries_of(lambda: planner.plan_once(world.START))
    sending = queries_of(lambda: [dispatcher.turn(world.START) for _ in range(5)])
    dispatcher.turn(world.START, claim=False)  # gives the sender back
    while planner.plan_once(world.START):
        pass
    assert Touch.objects.filter(status="sent").count() >= count
    return len(planning), len(sending)


def test_a_batch_of_two_hundred_costs_as_many_queries_as_one_of_five():
    cost_of_one_batch(3)  # fills the caches of flows and statements
    planned_few, sent_few = cost_of_one_batch(5)
    planned_many, sent_many = cost_of_one_batch(200)
    assert planned_few == planned_many
    assert abs(sent_few - sent_many) <= 3, "a wave more or less, by the clock"


def test_plans_and_claims_leave_the_disk_to_the_commit_of_the_wave_that_hands_over():
    sender = enroll_people(3)
    planned = queries_of(lambda: Planner().plan_once(world.START))
    token = leased(sender, "w")
    taken = []
    took = queries_of(lambda: taken.extend(claimed(sender, token, "w.2")))
    handed = queries_of(lambda: outcomes.wave([], taken, world.START))
    assert len(taken) == 3
    asks = [[one for one in each if "synchronous" in one] for each in (planned, took, handed)]
    if connection.vendor == "postgresql":
        assert asks == [["SET LOCAL synchronous_commit = off"]] * 2 + [[]]
    else:
        assert asks == [["PRAGMA synchronous = NORMAL", "PRAGMA synchronous = FULL"]] * 2 + [[]]
        assert planned[0] == took[1] == "PRAGMA synchronous = NORMAL", "before the transaction begins"
        assert planned[-1] == took[-1] == "PRAGMA synchronous = FULL", "after it has ended"


def plan_of(statements):
    """Return what the database says it would do for these statements."""
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    lines = []
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(explain + statement.replace("%", "%%"), [])
            lines += [str(row) for row in cursor.fetchall()]
    return "\n".join(lines)


def the_statements(work, start="SELECT"):
    with transaction.atomic():
        return [s for s in queries_of(work) if s.lstrip().upper().startswith(start)]


def check_plans(rows):
    """Fill both queues with `rows` rows and look at how they are read."""
    owner = world.a_workspace()
    sender = world.a_sender(owner.workspace)
    version = world.a_sequence(owner, sender)
    world.enroll(version, world.contacts(owner.workspace, rows), due_at=world.LATER)
    scale._fill(sender, 1, rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    now = world.START + timedelta(minutes=1)
    due = plan_of(the_statements(lambda: enrollments.lock_due(now, 200, enrollments.Rotation())))
    claim = plan_of(the_statements(lambda: touch_rows.next_ids(sender.pk, 100, now)))
    assert "enrollment_due" in due
    assert "enrollment_woken" in due
    assert "touch_claim" in claim
    for table in ("drumbeat_enrollment", "drumbeat_touch"):
        for plan in (due, claim):
            assert f"Seq Scan on {table}" not in plan
            assert f"SCAN {table}" not in plan.replace(f"SCAN {table} USING", "")


def test_the_queues_are_read_by_their_indexes():
    check_plans(20_000)


def test_a_hand_over_finds_its_touches_by_their_ids_though_the_database_knows_little_of_what_waits():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE drumbeat_touch")  # while it is empty
    sender = enroll_people(600)
    planner = Planner()
    while planner.plan_once(world.START):
        pass
    taken = claimed(sender, leased(sender, "w"), "w.2")
    plan = plan_of(the_statements(lambda: outcomes.hand_over(taken, world.START), "UPDATE"))
    assert ("drumbeat_touch_pkey" if connection.vendor == "postgresql" else "INTEGER PRIMARY KEY") in plan
    for of_all_that_waits in ("touch_claim", "touch_of_contact", "touch_to_address", "touch_leased"):
        assert of_all_that_waits not in plan


@pytest.mark.soak
def test_the_queues_are_read_by_their_indexes_with_a_million_rows():
    check_plans(1_000_000)


def test_a_touch_whose_worker_died_is_claimed_again_alone():
    sender = enroll_people(4)
    Planner().plan_once(world.START)
    token = leased(sender, "dead")
    first = claimed(sender, token, "dead.9")
    assert len(first) == 4
    assert claimed(sender, token, "dead.10") == ()
    leases.expire("dead")
    token = leased(sender, "heir")
    assert len(claimed(sender, token, "heir.2")) == 1
    assert Touch.objects.get(pk=claimed_ids("heir.2")[0]).deaths == 1


def leased(sender, worker):
    token = f"{worker}.1"
    assert claims.lease_senders(token, 1, world.START) == [sender.pk]
    return token


def claimed(sender, lease, token):
    return claims.claim(sender.pk, lease, token, 50, world.START, world.START).touches


def claimed_ids(token):
    return list(Touch.objects.filter(lease_token=token).values_list("pk", flat=True))


def test_a_live_lease_keeps_a_sender_from_others():
    sender = enroll_people(1)
    Planner().plan_once(world.START)
    leased(sender, "first")
    assert claims.lease_senders("second.1", 5, world.START) == []
    leases.expire("first")
    assert claims.lease_senders("second.1", 5, world.START) == [sender.pk]
