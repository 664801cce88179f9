"""The health of a sequence: the most pressing sentence wins."""
# ruff: noqa: E501 - a row of a table is a line

from datetime import UTC, datetime

import pytest

from drumbeat.core.facts import SequenceState
from drumbeat.core.health import Health, HealthFacts, Level, Link, health_of

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
AT = NOW.isoformat()
ALL = HealthFacts(
    state=SequenceState.ACTIVE,
    people=9,
    ever=12,
    blocked={"interrupted": 1, "sender_unavailable": 2, "missing_data": 3, "error": 4},
    pending_review=5,
    next_send_at=NOW,
    planned_today=6,
    down=7,
    down_until=NOW,
    emergency_stopped_by="Kim",
)


def but(**more):
    from dataclasses import replace

    return replace(ALL, **more)


ORDER = [
    (ALL, "emergency_stop", "doctor"),
    (but(emergency_stopped_by=None), "blocked_interrupted", "enrollments"),
    (but(emergency_stopped_by=None, blocked={"sender_unavailable": 2, "error": 1}), "blocked_sender_unavailable", "senders"),
    (but(emergency_stopped_by=None, blocked={"missing_data": 2}), "blocked_missing_data", "enrollments"),
    (but(emergency_stopped_by=None, blocked={}), "sender_down", "senders"),
    (but(emergency_stopped_by=None, blocked={}, down=0), "waiting_for_review", "review"),
    (but(emergency_stopped_by=None, blocked={}, down=0, pending_review=0), "next_send", None),
    (HealthFacts(state=SequenceState.ACTIVE, people=3, ever=3), "waits", None),
    (HealthFacts(state=SequenceState.ACTIVE, ever=3), "all_finished", None),
    (HealthFacts(state=SequenceState.ACTIVE), "nobody", None),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "code", "room"), ORDER, ids=[code for _, code, _ in ORDER])
def test_the_most_pressing_comes_first(facts, code, room):
    health = health_of(facts)
    assert (health.code, health.link.room if health.link else None) == (code, room)


def test_a_block_leads_to_the_people_it_concerns():
    facts = but(emergency_stopped_by=None, blocked={"error": 4})
    filter_ = {"state": "blocked", "reason": "error"}
    assert health_of(facts) == Health(
        Level.PROBLEM, "blocked_error", {"count": 4}, Link("enrollments", filter_)
    )


def test_arguments_are_texts_and_numbers():
    facts = but(emergency_stopped_by=None, blocked={}, down_until=None)
    assert health_of(facts).args == {"count": 7, "until": ""}
    facts = but(emergency_stopped_by=None, blocked={}, down=0, pending_review=0)
    assert health_of(facts).args == {"at": AT, "planned_today": 6}


@pytest.mark.parametrize(
    ("facts", "health"),
    [
        pytest.param({"is_empty": True, "errors": 1}, Health(Level.QUIET, "draft_empty", link=Link("steps")), id="empty"),
        pytest.param({"errors": 2}, Health(Level.PROBLEM, "draft_errors", {"count": 2}, Link("steps")), id="with errors"),
        pytest.param({"errors": 0}, Health(Level.GOOD, "draft_ready"), id="ready"),
    ],
)  # fmt: skip
def test_a_draft_says_how_far_it_is(facts, health):
    assert health_of(HealthFacts(state=SequenceState.DRAFT, **facts)) == health


def test_what_a_person_did_names_them():
    paused = HealthFacts(state=SequenceState.PAUSED, people=3, changed_by="Kim", changed_at=NOW)
    assert health_of(paused) == Health(Level.WAITING, "paused", {"by": "Kim", "at": AT, "people": 3})
    archived = HealthFacts(state=SequenceState.ARCHIVED)
    assert health_of(archived) == Health(Level.QUIET, "archived", {"by": "", "at": ""})
