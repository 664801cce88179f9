"""Draws how an enrollment moves, by letting the core move one from every state under every kind of news.

What stands in `docs/explanation/life-of-an-enrollment.md` between the marks is written by `python -m tools.pages`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from drumbeat.core.advance import Transition, advance
from drumbeat.core.advance.verbs import obey
from drumbeat.core.conditions import ConditionView
from drumbeat.core.enrollment import BlockReason, Enrollment, EnrollmentState, PauseReason
from drumbeat.core.facts import (
    DecisionFacts,
    Exit,
    Facts,
    SenderFacts,
    SequenceFacts,
    SequenceState,
    TouchFacts,
    Verb,
    VerbKind,
)
from drumbeat.core.flow import (
    NO_DELAY,
    AiQualifyStep,
    AiStep,
    Arm,
    Channel,
    ConditionStep,
    EmailContent,
    EmailStep,
    EndStep,
    Flow,
    GoToStep,
    SplitStep,
    Step,
    TagStep,
    TaskStep,
    WaitForStep,
)
from drumbeat.core.stops import STOP_RULES
from drumbeat.core.touch import SkipReason, TouchStatus

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
_SENDER = SenderFacts(id=1, channel=Channel.EMAIL, zone=ZoneInfo("UTC"))
_STEPS: tuple[Step | None, ...] = (
    EmailStep(key="here", content=EmailContent(subject="Hello", text="Hello")),
    TaskStep(key="here", title="Call"),
    TagStep(key="here", tag="called"),
    TaskStep(key="here", title="Call", when_not_done="escalate", give_up_after=NO_DELAY),
    ConditionStep(key="here"),
    SplitStep(key="here", arms=(Arm(name="a"),)),
    WaitForStep(key="here", time_limit=NO_DELAY),
    GoToStep(key="here", target="here", max_rounds=1),
    AiQualifyStep(key="here", question="Does it fit?"),
    EndStep(key="here", goal=True),
    None,
)


@dataclass(frozen=True, slots=True)
class Move:
    before: str
    rule: str
    after: str
    reason: str


def moves() -> set[Move]:
    """Return every move from one state, by rule and reason, that the core made."""
    found = set()
    for step in _STEPS:
        flow = Flow("here", {"here": step}) if step else Flow(None, {})
        for enrollment in _standing(step):
            for facts in _news(step):
                found |= {
                    _move(enrollment, moved) for moved in _asked(enrollment, flow, facts) if moved.entry
                }
    return found


def _asked(enrollment: Enrollment, flow: Flow, facts: Facts) -> Iterator[Transition]:
    yield advance(enrollment, flow, facts, NOW)
    for kind in VerbKind:
        if moved := obey(enrollment, facts, Verb(kind=kind), NOW):
            yield moved


def _move(before: Enrollment, moved: Transition) -> Move:
    assert moved.entry is not None
    return Move(before.state.value, moved.entry.rule, moved.enrollment.state.value, moved.entry.reason)


def _standing(step: Step | None) -> Iterator[Enrollment]:
    """Yield an enrollment in each state that is not over, with each reason that the state has."""
    any_of: dict[str, Any] = {
        "id": 1,
        "step": step.key if step else None,
        "visits": {"here": 1},
        "origin_at": NOW,
        "approved_at": NOW,
    }
    yield Enrollment(state=EnrollmentState.PENDING_REVIEW, **{**any_of, "approved_at": None})
    yield Enrollment(state=EnrollmentState.ACTIVE, **any_of)
    if step is not None:
        yield Enrollment(state=EnrollmentState.AWAITING, **any_of)
    for reason in PauseReason:
        resumes = NOW if reason is PauseReason.OUT_OF_OFFICE else None
        for approved_at in (NOW, None):
            known = {**any_of, "approved_at": approved_at, "resume_at": resumes}
            yield Enrollment(state=EnrollmentState.PAUSED, reason=reason, **known)
    for cause in BlockReason:
        yield Enrollment(state=EnrollmentState.BLOCKED, reason=cause, next_step_at=NOW, **any_of)


def _news(step: Step | None) -> Iterator[Facts]:
    """Yield what an enrollment may find at a look: nothing new, then one thing at a time."""
    calm = Facts(
        sequence=SequenceFacts(id=1, postpone_on_out_of_office=True),
        view=ConditionView(),
        senders={1: _SENDER},
        workspace_sender_id=1,
    )
    yield calm
    yield replace(calm, senders={})
    yield replace(calm, contact_deleted=True)
    yield replace(calm, sequence=SequenceFacts(id=1, state=SequenceState.ARCHIVED))
    yield replace(calm, counts={"out_of_office": 1}, returns_at=NOW + timedelta(days=3))
    yield replace(calm, counts={"weak_reply": 1})
    for reason in (SkipReason.SUPPRESSED, SkipReason.NO_ADDRESS):
        yield replace(calm, unreachable={Channel.EMAIL: reason})
    for rule in STOP_RULES:
        for exit_ in (Exit.FINISH, Exit.PAUSE) if rule.setting else (Exit.FINISH,):
            settings = {rule.setting: exit_} if rule.setting else {}
            sequence = SequenceFacts(id=1, **settings)  # type: ignore[arg-type]
            yield replace(calm, counts={rule.kind: 1}, sequence=sequence)
    if isinstance(step, AiStep):
        yield replace(calm, decision=DecisionFacts(asked_at=NOW, decided_at=NOW))
    if isinstance(step, EmailStep | TaskStep):
        for status in TouchStatus:
            yield replace(calm, touch=TouchFacts(status=status, created_at=NOW, settled_at=NOW, sender_id=1))


def diagram() -> str:
    """Return the states as Mermaid: one arrow per pair of states, named by the rules that make the move."""
    rules: Mapping[tuple[str, str], set[str]] = defaultdict(set)
    for move in moves():
        if move.before != move.after or move.rule not in _STAYS:
            rules[move.before, move.after].add(move.rule)
    places = [state.value for state in EnrollmentState]
    arrows = sorted(rules, key=lambda pair: (places.index(pair[0]), places.index(pair[1])))
    lines = [f"  {before} --> {after}: {', '.join(sorted(rules[before, after]))}" for before, after in arrows]
    begins = ["  [*] --> pending_review: enrolled, with review", "  [*] --> active: enrolled"]
    return "\n".join(["stateDiagram-v2", *begins, *lines, "  finished --> [*]"])


_STAYS = frozenset({"paused"})
"""A pause that gets another reason is none of the arrows that people look for."""
