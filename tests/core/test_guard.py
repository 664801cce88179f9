"""The last question before a touch leaves: each gate, their order, and what closes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.facts import SequenceState
from drumbeat.core.frequency import FrequencyCap, Recent
from drumbeat.core.guard import Answer, Drop, Go, GuardFacts, Hold, may_send
from drumbeat.core.touch import HoldReason, SkipReason
from drumbeat.core.window import OFFICE_HOURS, OpenHours, Window
from tests.support.standing import MONDAY, after

UTC = ZoneInfo("UTC")
OPEN = (OpenHours(OFFICE_HOURS, UTC),)
FREE = GuardFacts()
CALL = GuardFacts(contact_facing=False)
STOPPED = Hold(None, HoldReason.EMERGENCY_STOP)
WITHHELD = Hold(None, HoldReason.SEQUENCE_PAUSED)
EVENING = after(hours=11)
LATER = EVENING + timedelta(hours=1)
GATES: dict[str, tuple[dict[str, Any], Answer]] = {
    "the workspace is stopped": ({"emergency_stopped": True}, STOPPED),
    "the sequence is paused": ({"sequence_state": SequenceState.PAUSED}, WITHHELD),
    "the sequence is a draft": ({"sequence_state": SequenceState.DRAFT}, WITHHELD),
    "the sequence is archived": ({"sequence_state": SequenceState.ARCHIVED}, WITHHELD),
    "a fact is not heard yet": ({"waits_for_look": True}, WITHHELD),
    "the sender is disabled": ({"sender_enabled": False}, Hold(None, HoldReason.SENDER_DOWN)),
    "the sender is sick": ({"sender_down_until": LATER}, Hold(LATER, HoldReason.SENDER_DOWN)),
    "the suppression store is silent": (
        {"compliance_retry_at": LATER},
        Hold(LATER, HoldReason.COMPLIANCE_UNAVAILABLE_STUB),
    ),
    "the contact is suppressed": ({"unreachable": SkipReason.SUPPRESSED}, Drop(SkipReason.SUPPRESSED)),
    "the window is closed": ({"hours": OPEN}, Hold(after(1), HoldReason.WINDOW)),
    "it is night where the phone is": ({"quiet": OPEN}, Hold(after(1), HoldReason.QUIET_HOURS)),
    "the contact had enough": (
        {"recent": Recent(FrequencyCap(1, 2), (EVENING,))},
        Hold(EVENING + timedelta(days=2), HoldReason.FREQUENCY_CAP),
    ),
}
"""In the order of the gates. The moment is Monday at eight in the evening."""
OF_CONTACTS = list(GATES)[list(GATES).index("the suppression store is silent") :]


@pytest.mark.parametrize(
    ("changes", "answer"), [pytest.param(*gate, id=name) for name, gate in GATES.items()]
)
def test_each_gate_holds_or_drops(changes, answer):
    assert may_send(replace(FREE, **changes), EVENING) == answer


def test_where_nothing_holds_it_goes():
    assert may_send(FREE, EVENING) == Go(None)


@given(names=st.sets(st.sampled_from(sorted(GATES)), min_size=1))
def test_of_several_gates_the_first_answers(names):
    changes: dict[str, Any] = {}
    expected = None
    for name, (change, answer) in GATES.items():
        if name in names:
            changes = change | changes
            expected = expected or answer
    assert may_send(replace(FREE, **changes), EVENING) == expected


@given(names=st.sets(st.sampled_from(sorted(GATES))))
def test_what_does_not_face_the_contact_passes_all_gates_but_those_of_contacts(names):
    changes: dict[str, Any] = {}
    expected = None
    for name, (change, answer) in GATES.items():
        if name in names:
            changes = change | changes
            expected = expected or (None if name in OF_CONTACTS else answer)
    assert may_send(replace(CALL, **changes), EVENING) == (expected or Go(None))


@pytest.mark.parametrize(
    ("down_until", "answer"),
    [
        pytest.param(EVENING + timedelta(seconds=1), False, id="before"),
        pytest.param(EVENING, True, id="at the moment"),
        pytest.param(EVENING - timedelta(days=1), True, id="long after"),
    ],
)
def test_a_sick_sender_is_asked_again_at_its_time(down_until, answer):
    answered = may_send(replace(FREE, sender_down_until=down_until), EVENING)
    assert isinstance(answered, Go) is answer


def test_in_an_open_window_it_may_leave_until_it_closes():
    assert may_send(replace(FREE, hours=OPEN), MONDAY) == Go(after(hours=8))


def test_what_never_opens_is_withheld():
    never = (*OPEN, OpenHours(Window(((),) * 5 + (OFFICE_HOURS.days[0],) * 2), UTC))
    assert may_send(replace(FREE, hours=never), MONDAY) == Hold(None, HoldReason.WINDOW)


def test_without_an_answer_about_suppression_nothing_leaves():
    silent = replace(FREE, compliance_retry_at=LATER, unreachable=None)
    assert may_send(silent, LATER + timedelta(days=1)) == Hold(LATER, HoldReason.COMPLIANCE_UNAVAILABLE_STUB)
