"""`/healthz` as a load balancer asks it."""

import dataclasses
import socket
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from drumbeat.api import health
from drumbeat.clock import SystemClock
from drumbeat.environment import environment
from drumbeat.models import Worker

pytestmark = pytest.mark.django_db

HERE = f"{socket.gethostname()}-7-aa"
ELSEWHERE = "another-machine-7-aa"


@pytest.fixture
def under_serve(monkeypatch):
    def choose(serve):
        chosen = dataclasses.replace(environment(), serve=serve)
        monkeypatch.setattr(health, "environment", lambda: chosen)

    return choose


def worker(name, silent_seconds):
    now = SystemClock().now()
    seen_at = now - timedelta(seconds=silent_seconds)
    Worker.objects.create(name=name, pid=7, started_at=datetime(2026, 1, 1, tzinfo=UTC), seen_at=seen_at)


@pytest.mark.parametrize(
    ("serve", "name", "silent_seconds", "status", "alive"),
    [
        pytest.param(True, HERE, 3, 200, True, id="serve with its worker is healthy"),
        pytest.param(True, HERE, 31, 503, False, id="serve whose worker is silent is not"),
        pytest.param(True, ELSEWHERE, 3, 503, False, id="a worker of another machine is not serve's own"),
        pytest.param(True, None, 0, 503, False, id="serve whose worker never came is not"),
        pytest.param(False, None, 0, 200, False, id="web alone needs no worker"),
        pytest.param(False, ELSEWHERE, 3, 200, True, id="web alone reports any worker"),
    ],
)
def test_health_depends_on_what_belongs_together(
    client, under_serve, serve, name, silent_seconds, status, alive
):
    under_serve(serve)
    if name:
        worker(name, silent_seconds)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (status, {"web": True, "database": True, "worker": alive})


def test_a_database_that_is_away_makes_it_unhealthy(client, monkeypatch):
    def fails(*_args, **_options):
        raise OperationalError("away")

    monkeypatch.setattr(health, "_worker_is_alive", fails)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["database"]) == (503, False)


def test_it_sets_no_cookie_and_may_not_be_kept(client):
    answer = client.get("/healthz")
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_it_only_answers_questions(client):
    assert client.post("/healthz").status_code == 405
