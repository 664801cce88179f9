"""Workers are killed, stopped and cut off from the database at random: no message twice, none lost, nothing forgotten.

A seed decides who, how and when; when is counted in messages that the server took. `make soak` tries many seeds.
"""

import random
import signal
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from drumbeat.models import Worker as WorkerRow
from drumbeat.store import leases
from tests.support import judge
from tests.support.campaign import a_campaign
from tests.support.crash_worker import Fate, Worker, crew, start
from tests.support.installation import ON_POSTGRESQL, Installation
from tests.support.processes import until
from tests.support.smtp import serving

pytest_plugins = ["tests.support.installed"]
pytestmark = pytest.mark.crash

STEPS, SENDERS, CONNECTIONS, TROUBLES = 2, 3, 4, 3


def chaos(installation: Installation, log: Path, seed: int, people: int) -> None:
    chance = random.Random(seed)
    with serving(log) as server, crew(installation) as workers:
        a_campaign(people, port=server.port, steps=STEPS, senders=SENDERS, cap_per_day=10 * people)
        workers += [start(installation) for _ in range(4 if installation.is_postgresql else 1)]
        for moment in sorted(chance.sample(range(1, people * STEPS - 10), TROUBLES)):
            until(partial(has_come_to, log, moment))
            trouble = chance.choice([kill, kill, halt, cut_off] if installation.is_postgresql else [kill])
            trouble(installation, workers, chance)
        for one in workers:
            one.send(signal.SIGCONT)
        until(at_rest, patience=90)
        for one in workers:
            if one.ended is None:
                assert one.terminate() == 0
    in_doubt = TROUBLES * SENDERS * CONNECTIONS
    assert judge.faults(log, enrolled=people, steps=STEPS, doubt_at_most=in_doubt) == []


def has_come_to(log: Path, count: int) -> bool:
    assert judge.forgotten() == []
    return len(judge.delivered(log)) >= count or judge.all_is_done()


def at_rest() -> bool:
    assert judge.forgotten() == []
    return judge.all_is_done()


def running(workers: list[Worker]) -> list[Worker]:
    return [one for one in workers if one.ended is None and not one.stands_still]


def time_is_over(worker: Worker) -> None:
    """End its leases, as twenty seconds of silence would."""
    for name in WorkerRow.objects.filter(pid=worker.pid).values_list("name", flat=True):
        leases.expire(name)


def kill(installation: Installation, workers: list[Worker], chance: random.Random) -> None:
    victim = chance.choice(running(workers))
    victim.send(signal.SIGKILL)
    victim.join()
    if installation.is_postgresql:
        time_is_over(victim)
    workers.append(start(installation))


def halt(installation: Installation, workers: list[Worker], chance: random.Random) -> None:
    """Stop it so long that others take over; it goes on later and believes that nothing happened."""
    victim = chance.choice(running(workers))
    victim.send(signal.SIGSTOP)
    until(lambda: victim.stands_still)
    time_is_over(victim)
    workers.append(start(installation))


def cut_off(installation: Installation, workers: list[Worker], chance: random.Random) -> None:
    """End every session of the database but this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_to_the_workers_each_message_leaves_once(installation, tmp_path, seed):
    chaos(installation, tmp_path / "judge", seed, people=30)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200))
def test_each_message_leaves_once_over_many_seeds(installation, tmp_path, seed):
    chaos(installation, tmp_path / "judge", seed, people=150)


@pytest.mark.parametrize("installation", ON_POSTGRESQL, indirect=True)
def test_a_worker_whose_sessions_were_ended_while_it_was_idle_still_stops_in_order(installation):
    with crew(installation, 1) as workers:
        (one,) = workers
        until(lambda: WorkerRow.objects.filter(pid=one.pid).exists())
        one.send(signal.SIGSTOP)
        until(lambda: one.stands_still)
        cut_off(installation, workers, random.Random(1))
        one.send(signal.SIGTERM)
        one.send(signal.SIGCONT)
        assert one.join() == 0


@pytest.mark.parametrize("installation", ON_POSTGRESQL, indirect=True)
def test_who_stands_still_in_a_transaction_loses_it_before_its_leases_end(installation):
    with connection.cursor() as cursor:
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        (shown,) = cursor.fetchone()
    assert timedelta(seconds=int(shown.removesuffix("s"))) < leases.LEASE


@pytest.mark.parametrize("point", ["C4:1", "C5:2", "C7:3", "C9:2"])
@pytest.mark.parametrize("installation", ON_POSTGRESQL, indirect=True)
def test_a_worker_that_stood_still_past_its_leases_sends_nothing_twice(installation, tmp_path, point):
    log = tmp_path / "judge"
    with serving(log) as server, crew(installation) as workers:
        a_campaign(12, port=server.port)
        workers.append(start(installation, Fate.read(point, signal.SIGSTOP)))
        until(lambda: workers[0].stands_still)
        time_is_over(workers[0])
        workers.append(start(installation))
        until(at_rest)
        workers[0].send(signal.SIGCONT)
        until(at_rest)
        assert [one.terminate() for one in workers] == [0, 0]
    assert judge.faults(log, enrolled=12, steps=1, doubt_at_most=CONNECTIONS) == []


def restart(postgresql, installation: Installation, log: Path, people: int) -> None:
    with serving(log) as server, crew(installation) as workers:
        a_campaign(people, port=server.port, steps=STEPS, senders=SENDERS)
        workers += [start(installation) for _ in range(2)]
        until(partial(has_come_to, log, people // 2))
        postgresql.restart("immediate")
        connection.close()
        until(survived, patience=60)
        for one in workers:
            assert one.terminate() == 0
    assert judge.faults(log, enrolled=people, steps=STEPS, doubt_at_most=2 * SENDERS * CONNECTIONS) == []


def survived() -> bool:
    try:
        return at_rest()
    except DatabaseError:
        connection.close()
        return False


@pytest.mark.parametrize("installation", ON_POSTGRESQL, indirect=True)
def test_after_a_hard_restart_of_the_database_the_workers_go_on_by_themselves(
    postgresql, installation, tmp_path
):
    restart(postgresql, installation, tmp_path / "judge", people=40)


@pytest.mark.soak
@pytest.mark.parametrize("run", range(20))
@pytest.mark.parametrize("installation", ON_POSTGRESQL, indirect=True)
def test_many_hard_restarts(postgresql, installation, tmp_path, run):
    restart(postgresql, installation, tmp_path / "judge", people=40 + 10 * run)
