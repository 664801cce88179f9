"""Simulations over HTTP: few people at once, many as a job that a process of its own carries out."""

import os
import subprocess
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from drumbeat.actions.sequences import simulation_jobs
from drumbeat.engine import jobs, simulations
from drumbeat.models import Job, Role
from drumbeat.store import jobs as jobs_stored
from drumbeat.store import leases
from tests.support.office import a_lead, a_mailbox, an_active_sequence, an_owner, another_owner
from tests.support.outreach import a_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def now():
    """After whatever is asked here, however slow the machine."""
    return timezone.now() + timedelta(minutes=10)


@pytest.fixture
def sequence(owner):
    a_mailbox(owner)
    return an_active_sequence(owner)


@pytest.fixture
def asked(client, owner, sequence):
    client.force_login(owner.user)

    def ask(status=200, **body):
        answer = client.post(
            f"/api/sequences/{sequence.pk}/simulations", body, content_type="application/json"
        )
        assert answer.status_code == status, answer.content
        return answer.json()

    return ask


@pytest.fixture
def in_place(monkeypatch):
    """Let the process that a worker would start do its work here, and now."""
    started = []

    class Done:
        def poll(self):
            return 0

    def spawn(job):
        started.append(job.pk)
        simulations.carry_out(job.pk, job.lease_token, parent=os.getppid())
        return Done()

    monkeypatch.setattr(simulations, "spawn", spawn)
    return started


def work(now):
    """Let a worker do every job that is due; activating a sequence left one too."""
    while jobs.run_once(now):
        pass


def test_few_people_are_simulated_at_once(asked, owner):
    kim = a_lead(owner, "kim@example.com")
    told = asked(contact_ids=[kim.pk])
    assert (told["job_id"], told["state"]) == (None, "done")
    simulation = told["simulation"]
    assert (simulation["of"], simulation["people"], simulation["messages"]) == ("contacts", 1, 2)
    assert simulation["ends"] == [{"state": "finished", "reason": "completed", "people": 1}]
    assert [step["done"] for step in simulation["steps"]] == [1, 1]


def test_a_script_says_how_people_behave(asked):
    script = {"stories": [{"contact": "2", "event": "replied", "step": "hello", "after": "1h"}]}
    ends = {end["reason"]: end["people"] for end in asked(people=3, script=script)["simulation"]["ends"]}
    assert ends == {"completed": 2, "replied": 1}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param({"people": 10_001}, "request_unreadable", id="too many people"),
        pytest.param({"people": 1, "list_id": 1}, "simulation_invalid", id="two kinds of people"),
        pytest.param(
            {"script": {"rates": [{"event": "sang", "percent": 1}]}}, "script_invalid", id="no event"
        ),
        pytest.param({"surprise": 1}, "request_unreadable", id="an unknown field"),
    ],
)
def test_what_cannot_be_simulated_is_refused(asked, body, code):
    assert asked(422, **body)["code"] == code


def test_many_people_are_a_job_whose_result_is_fetched(asked, client, in_place, now):
    told = asked(202, people=600)
    assert (told["state"], told["simulation"]) == ("waiting", None)
    at = f"/api/simulations/{told['job_id']}"
    assert client.get(at).json()["state"] == "waiting"
    work(now)
    done = client.get(at).json()
    assert (done["state"], done["percent"], done["fault"]) == ("done", 100, "")
    assert (done["simulation"]["of"], done["simulation"]["messages"]) == ("imagined", 1200)
    assert in_place == [told["job_id"]]


def test_the_job_keeps_ids_and_no_address(asked, owner, monkeypatch, in_place, client, now):
    monkeypatch.setattr(simulation_jobs, "AT_ONCE", 0)
    kim = a_lead(owner, "kim@example.com")
    story = {"contact": "kim@example.com", "event": "replied", "step": "hello"}
    told = asked(202, contact_ids=[kim.pk], script={"stories": [story]})
    arguments = Job.objects.get(pk=told["job_id"]).arguments
    assert "example.com" not in str(arguments)
    work(now)
    simulation = client.get(f"/api/simulations/{told['job_id']}").json()["simulation"]
    assert (simulation["of"], simulation["ends"][0]["reason"]) == ("contacts", "replied")


def test_a_simulation_that_is_at_work_can_be_cancelled(asked, client, in_place, now):
    job_id = asked(202, people=600)["job_id"]
    assert client.delete(f"/api/simulations/{job_id}").status_code == 204
    work(now)
    assert in_place == []
    assert client.get(f"/api/simulations/{job_id}").json()["state"] == "cancelled"


def test_only_who_asked_and_who_edits_sequences_ends_a_simulation(asked, client, owner):
    job_id = asked(202, people=600)["job_id"]
    client.force_login(a_member(owner.workspace, "Viewer", Role.VIEWER).user)
    assert client.get(f"/api/simulations/{job_id}").status_code == 200
    assert client.delete(f"/api/simulations/{job_id}").status_code == 403
    client.force_login(owner.user)
    assert client.delete(f"/api/simulations/{job_id}").status_code == 204


def test_only_some_simulations_are_at_work_at_a_time_and_old_ones_go(asked, now):
    for _ in range(simulation_jobs.MOST_AT_A_TIME):
        asked(202, people=600)
    assert asked(422, people=600)["code"] == "simulation_busy"
    Job.objects.update(finished_at=now - timedelta(days=2), state="done")
    asked(202, people=600)
    assert Job.objects.filter(kind="simulation").count() == 1


def test_what_fails_later_says_why(asked, client, sequence, in_place, now):
    job_id = asked(202, people=600)["job_id"]
    type(sequence).objects.filter(pk=sequence.pk).update(current_version=None)
    Job.objects.filter(pk=job_id).update(arguments={**Job.objects.get(pk=job_id).arguments, "version": 7})
    work(now)
    told = client.get(f"/api/simulations/{job_id}").json()
    assert (told["state"], told["fault"]) == ("failed", "There is no version 7 in this workspace.")


def test_a_worker_starts_one_process_at_a_time(asked, monkeypatch, now):
    class Busy:
        def poll(self):
            return None

    monkeypatch.setattr(simulations, "_children", [Busy()])
    job_id = asked(202, people=600)["job_id"]
    work(now)
    job = Job.objects.get(pk=job_id)
    assert (job.state, job.lease_token, job.not_before) == ("waiting", "", now + simulations.LATER)


def test_a_process_that_keeps_dying_is_not_started_for_ever(asked, client, monkeypatch, now):
    class Dead:
        def poll(self):
            return -9

    started = []

    def spawn(job):
        started.append(job.pk)
        return Dead()

    monkeypatch.setattr(simulations, "spawn", spawn)
    job_id = asked(202, people=600)["job_id"]
    for _ in range(simulations.MOST_STARTS + 1):
        work(now)
        Job.objects.filter(pk=job_id).update(lease_until=None)
    assert len(started) == simulations.MOST_STARTS
    assert (
        client.get(f"/api/simulations/{job_id}").json()["fault"]
        == "The process that simulated died three times."
    )


def test_the_lease_is_kept_however_long_a_virtual_day_takes(asked, in_place, monkeypatch, now):
    renewed = threading.Event()
    simulate = simulation_jobs.carry_out

    def slowly(job, clock):
        assert renewed.wait(10)
        simulate(job, clock)

    monkeypatch.setattr(leases, "RENEW_EVERY", timedelta(milliseconds=10))
    monkeypatch.setattr(jobs_stored, "renew", lambda job: renewed.set())
    monkeypatch.setattr(simulation_jobs, "carry_out", slowly)
    job_id = asked(202, people=600)["job_id"]
    work(now)
    assert Job.objects.get(pk=job_id).state == "done"


def test_a_process_without_the_lease_does_nothing(asked, now):
    job_id = asked(202, people=600)["job_id"]
    simulations.carry_out(job_id, "somebody else's", parent=1)
    assert Job.objects.get(pk=job_id).state == "waiting"


def test_the_process_is_this_program_again(monkeypatch):
    commands = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, env: commands.append(command))
    simulations.spawn(Job(pk=7, lease_token="token"))
    assert commands[0][-2:] == ["7", "token"]


def test_other_workspaces_see_nothing(asked, client, now):
    theirs = Job.objects.create(
        workspace=another_owner().workspace, kind="simulation", created_at=now, not_before=now
    )
    assert client.get(f"/api/simulations/{theirs.pk}").status_code == 404
    assert client.delete(f"/api/simulations/{theirs.pk}").status_code == 404
