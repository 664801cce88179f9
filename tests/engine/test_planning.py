"""The planner in a thread beside the waves: plans what is due, says so, survives a fault, is seen when it stalls."""

import threading
from contextlib import nullcontext

import pytest
from django.db import OperationalError

from drumbeat.clock import SystemClock
from drumbeat.engine import planning, worker
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.engine.planning import Planning
from drumbeat.engine.renewal import Renewal
from drumbeat.environment import environment
from drumbeat.models import Enrollment, Touch, Worker
from drumbeat.store import enrollments
from tests.support.campaign import NOW, a_campaign
from tests.support.hand_wire import HandWire

pytest_plugins = ["tests.support.installed"]

PATIENCE = 20
NEVER = 3_600.0


class Standing:
    def now(self):
        return NOW


@pytest.fixture
def planned():
    return threading.Event()


def test_what_is_due_is_planned_and_told(installation, planned):
    a_campaign(3)
    with Planning(Standing(), planned.set, NEVER):
        assert planned.wait(PATIENCE)
    assert Touch.objects.count() == 3


def test_who_asks_for_a_look_waits_for_no_idle_time(installation, planned, monkeypatch):
    looked = [threading.Event(), threading.Event()]
    campaign = a_campaign(1)
    Enrollment.objects.update(next_step_at=None)
    plan_once = Planner.plan_once

    def seen(self, now):
        found = plan_once(self, now)
        next(one for one in looked if not one.is_set()).set()
        return found

    monkeypatch.setattr(Planner, "plan_once", seen)
    with Planning(Standing(), planned.set, NEVER) as beside:
        assert looked[0].wait(PATIENCE)
        Enrollment.objects.update(woken_at=NOW, next_step_at=NOW)
        beside.look()
        assert planned.wait(PATIENCE)
    assert campaign.touch().status == "planned"


def test_a_database_that_is_away_is_tried_again(installation, planned, monkeypatch):
    a_campaign(1)
    monkeypatch.setattr(planning, "AFTER_A_FAULT_SECONDS", 0)
    lock_due, failed = enrollments.lock_due, threading.Event()

    def away(*args):
        if not failed.is_set():
            failed.set()
            raise OperationalError("the connection is lost")
        return lock_due(*args)

    monkeypatch.setattr(enrollments, "lock_due", away)
    with Planning(Standing(), planned.set, NEVER):
        assert planned.wait(PATIENCE)
    assert (failed.is_set(), Touch.objects.count()) == (True, 1)


def test_a_worker_whose_planner_stalls_does_not_call_itself_well(installation, planned, monkeypatch):
    begun, free = threading.Event(), threading.Event()

    def endless(*_):
        begun.set()
        assert free.wait(PATIENCE)
        return 0

    monkeypatch.setattr(planning, "STALLED_AFTER_SECONDS", -1.0)
    monkeypatch.setattr(Planner, "plan_once", endless)
    with Planning(Standing(), planned.set, 0) as beside:
        assert begun.wait(PATIENCE)
        a_loop(beside).round(NOW)
        free.set()
    assert not Worker.objects.exists()
    a_loop(Planner()).round(NOW)
    assert Worker.objects.exists()


def test_the_loop_itself_plans_on_sqlite_and_a_thread_on_postgresql(installation):
    beside = worker._planner(SystemClock(), threading.Event(), environment())
    assert isinstance(beside, Planning if installation.is_postgresql else nullcontext)


def test_a_loop_beside_a_planner_plans_nothing_itself(installation, planned):
    a_campaign(1)
    a_loop(Planning(Standing(), planned.set, NEVER)).round(NOW)
    assert not Touch.objects.exists()
    a_loop(Planner()).round(NOW)
    assert Touch.objects.exists()


def a_loop(planner) -> worker.Loop:
    return worker.Loop("worker", planner, Dispatcher("worker", HandWire()), Renewal(lambda: None))
