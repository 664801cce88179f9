"""Flows that may be published, and a small shell that leads one enrollment through them, action by action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from drumbeat.core.advance import (
    FATES,
    Act,
    AskDecision,
    Effect,
    Escalate,
    Fate,
    GiveUpDecision,
    GiveUpTask,
    Look,
    PlanTouch,
    StopTouch,
    look,
    seen,
)
from drumbeat.core.conditions import EventFact
from drumbeat.core.delay import Delay, DelayUnit, parse_delay
from drumbeat.core.enrollment import Enrollment
from drumbeat.core.facts import (
    WEAK_REPLY,
    DecisionFacts,
    Exit,
    Facts,
    SequenceState,
    TouchFacts,
    Verb,
    VerbKind,
)
from drumbeat.core.flow import (
    GO_ON,
    NO_DELAY,
    AiDecideStep,
    AiQualifyStep,
    Arm,
    Branch,
    ConditionStep,
    EmailStep,
    EndStep,
    Flow,
    GoToStep,
    NamedBranch,
    NotifyStep,
    SetFieldStep,
    SetStageStep,
    SplitStep,
    Step,
    TagStep,
    TaskStep,
    WaitForStep,
    Way,
    WayKind,
    ways_out,
)
from drumbeat.core.touch import SETTLED, UNHANDED, TouchKind, TouchStatus
from tests.support.flows import KEYS, a_condition, a_rule
from tests.support.standing import MONDAY, an_enrollment, some_facts

ONE_HOUR, ONE_DAY = Delay(1, DelayUnit.HOURS), Delay(1, DelayUnit.DAYS)
DELAYS = tuple(map(parse_delay, ("0m", "0m", "10m", "5h", "1d", "2d", "3wd", "1w")))
CONDITIONS = (
    a_condition(),
    a_condition(a_rule("tag", "equals", "vip")),
    a_condition(a_rule("stage", "equals", "won"), negated=True),
    a_condition(a_rule("event.opened", "happened"), a_rule("company", "is_empty"), combinator="or"),
)
KINDS_OF_STEPS = (
    "email",
    "email",
    "email",
    "task",
    "condition",
    "split",
    "wait_for",
    "go_to",
    "ai_decide",
    "ai_qualify",
    "tag",
    "set_field",
    "set_stage",
    "notify",
    "end",
)


@st.composite
def publishable_flows(draw: st.DrawFn) -> Flow:
    """Draw a flow of kinds that run, in which every circle takes time; most steps lead to the next one."""
    keys = KEYS[: draw(st.integers(1, 6))]
    order = {key: place for place, key in enumerate(keys)}
    lower = zip(keys, (*keys[1:], None), strict=True)
    return Flow(keys[0], {key: _slow(_a_step(draw, key, below, keys), order) for key, below in lower})


def _a_step(draw: st.DrawFn, key: str, below: str | None, keys: tuple[str, ...]) -> Step:
    to = st.sampled_from((below, below, below, None, *keys))
    ways = st.sampled_from((GO_ON, GO_ON, Way(WayKind.FINISH), *(Way(WayKind.STEP, other) for other in keys)))
    base: dict[str, Any] = {
        "key": key,
        "delay": draw(st.sampled_from(DELAYS)),
        "next": draw(to),
        "only_if": draw(st.sampled_from((None,) * 9 + CONDITIONS)),
        "on_skip": draw(ways),
        "on_failure": draw(ways),
    }
    match draw(st.sampled_from(KINDS_OF_STEPS)):
        case "email":
            return EmailStep(**base)
        case "task":
            gives_up: Any = st.sampled_from(("wait", "skip", "escalate"))
            return TaskStep(
                **base, waits=draw(st.booleans()), when_not_done=draw(gives_up), give_up_after=ONE_HOUR
            )
        case "condition":
            branch = st.builds(Branch, name=st.just("b"), condition=st.sampled_from(CONDITIONS), next=to)
            return ConditionStep(**base, branches=tuple(draw(st.lists(branch, max_size=2))))
        case "split" | "wait_for" | "go_to" | "ai_decide" | "ai_qualify" as kind:
            return draw(_A_FORK[kind](base, to, st.sampled_from(keys)))
        case kind:
            return _AN_ACTION[kind](base)


_To = st.SearchStrategy[str | None]
_A_FORK: dict[str, Callable[[dict[str, Any], _To, st.SearchStrategy[str]], st.SearchStrategy[Step]]] = {
    "split": lambda base, to, back: st.builds(
        lambda x, y: SplitStep(
            **base, arms=(Arm(name="x", weight=3, next=x), Arm(name="y", next=y), Arm(name="z", weight=0))
        ),
        to,
        to,
    ),
    "wait_for": lambda base, to, back: st.builds(
        lambda event, timed_out: WaitForStep(**base, event=event, time_limit=ONE_DAY, timed_out=timed_out),
        st.sampled_from(("opened", "replied", "meeting_booked", "task_completed", "custom")),
        to,
    ),
    "go_to": lambda base, to, back: st.builds(
        lambda target, most: GoToStep(**base, target=target, max_rounds=most),
        back,
        st.sampled_from((1, 2, 3)),
    ),
    "ai_decide": lambda base, to, back: st.builds(
        lambda x, y: AiDecideStep(
            **base, question="?", branches=(NamedBranch(name="x", next=x), NamedBranch(name="y", next=y))
        ),
        to,
        to,
    ),
    "ai_qualify": lambda base, to, back: st.builds(
        lambda x, y: AiQualifyStep(**base, question="?", qualified=x, unqualified=y), to, to
    ),
}
ANSWERS = ("x", " Y ", "qualified", "unclear", "nonsense", "")
_AN_ACTION: dict[str, Callable[[dict[str, Any]], Step]] = {
    "tag": lambda base: TagStep(**base, tag="vip"),
    "set_field": lambda base: SetFieldStep(**base, field="company", value="Acme"),
    "set_stage": lambda base: SetStageStep(**base, stage="won"),
    "notify": lambda base: NotifyStep(**base, text="Look"),
    "end": lambda base: EndStep(**base),
}


def _slow(step: Step, order: dict[str, int]) -> Step:
    backwards = any(key is not None and order[key] <= order[step.key] for key in ways_out(step))
    return replace(step, delay=ONE_HOUR) if backwards and not step.delay.value else step


@st.composite
def bounded_flows(draw: st.DrawFn) -> Flow:
    """Draw a flow in which only a go-to with a maximum leads back: every other way leads on or to the end."""
    flow = draw(publishable_flows())
    order = {key: place for place, key in enumerate(flow.steps)}
    onwards = {key: _Onwards(order, key) for key in order}
    return Flow(flow.start, {key: _rewired(step, onwards[key]) for key, step in flow.steps.items()})


@dataclass(frozen=True)
class _Onwards:
    """Keeps ways to later steps; any other leads to the end."""

    order: dict[str, int]
    key: str

    def __call__(self, target: str | None) -> str | None:
        return target if target is not None and self.order[target] > self.order[self.key] else None


def _rewired(step: Step, onwards: _Onwards) -> Step:
    changes: dict[str, Any] = {"next": onwards(step.next)}
    for name in ("on_skip", "on_failure"):
        way = getattr(step, name)
        to_step = way.kind is WayKind.STEP and onwards(way.step) is not None
        changes[name] = way if to_step or way.kind is not WayKind.STEP else Way()
    match step:
        case ConditionStep():
            changes["branches"] = tuple(replace(one, next=onwards(one.next)) for one in step.branches)
        case AiDecideStep():
            changes["branches"] = tuple(replace(one, next=onwards(one.next)) for one in step.branches)
        case SplitStep():
            changes["arms"] = tuple(replace(one, next=onwards(one.next)) for one in step.arms)
        case WaitForStep():
            changes["timed_out"] = onwards(step.timed_out)
        case AiQualifyStep():
            changes |= {"qualified": onwards(step.qualified), "unqualified": onwards(step.unqualified)}
        case GoToStep():
            changes["delay"] = NO_DELAY
        case _:
            pass
    return replace(step, **changes)


KINDS = (
    "replied",
    "opted_out",
    "bounced",
    "complained",
    "meeting_booked",
    "converted",
    "call_logged",
    "opened",
    "out_of_office",
    WEAK_REPLY,
)
EXITS = st.sampled_from(Exit)
SETTINGS = st.fixed_dictionaries(
    {
        "exit_on_reply": EXITS,
        "exit_on_meeting": EXITS,
        "exit_on_call": EXITS,
        "exit_on_conversion": EXITS,
        "postpone_on_out_of_office": st.booleans(),
        "jitter_seconds": st.sampled_from((0, 3600)),
    }
)
RUNS_OR_NOT = (SequenceState.ACTIVE, SequenceState.PAUSED)
OUTCOMES = (*sorted(SETTLED), TouchStatus.SENDING, TouchStatus.INTERRUPTED, TouchStatus.PLANNED)
"""What may become of a touch that is out; `planned`: a person sends an interrupted one again."""
ASKED = (*VerbKind, *(VerbKind.PAUSE, VerbKind.RESUME, VerbKind.APPROVE) * 4)
VERBS = st.builds(Verb, kind=st.sampled_from(ASKED), shift=st.booleans())
ACTIONS = st.sampled_from(
    ("wait", "wait", "wait", "settle", "settle", "decide", "hear", "ask", "sender", "change")
).flatmap(lambda kind: st.tuples(st.just(kind), _VALUES[kind]))
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "wait": st.sampled_from((0, 1, 60, 24 * 60, 3 * 24 * 60, 8 * 24 * 60, 40 * 24 * 60)),
    "settle": st.sampled_from((TouchStatus.SENT,) * 6 + OUTCOMES),
    "decide": st.sampled_from(ANSWERS),
    "hear": st.sampled_from(("opened",) * 20 + KINDS),
    "ask": VERBS,
    "sender": st.sampled_from((True, True, False)),
    "change": SETTINGS | st.fixed_dictionaries({"state": st.sampled_from(RUNS_OR_NOT)}),
}
STARTS = st.sampled_from(("active", "active", "active", "pending_review"))


@dataclass
class Walk:
    """One enrollment, what is known about it, and the touches that its looks planned."""

    flow: Flow
    enrollment: Enrollment
    facts: Facts = field(default_factory=some_facts)
    now: datetime = MONDAY
    touches: dict[tuple[str, int], TouchFacts] = field(default_factory=dict)
    decisions: dict[tuple[str, int], DecisionFacts] = field(default_factory=dict)

    @classmethod
    def begin(cls, flow: Flow, state: str) -> Walk:
        return cls(flow, an_enrollment(flow.start, state))

    @property
    def key(self) -> tuple[str, int]:
        return self.enrollment.step or "", self.enrollment.visit

    def known(self) -> Facts:
        return replace(self.facts, touch=self.touches.get(self.key), decision=self.decisions.get(self.key))

    def do(self, action: tuple[str, Any]) -> Verb | None:
        """Let something happen; a verb is returned for the look that it belongs to."""
        kind, value = action
        match kind:
            case "wait":
                self.now += timedelta(minutes=value)
            case "settle":
                self._settle(value)
            case "decide":
                asked = self.decisions.get(self.key)
                if asked is not None and asked.decided_at is None:
                    self.decisions[self.key] = replace(asked, answer=value, decided_at=self.now)
            case "hear":
                self._hear(value)
            case "sender":
                sender = replace(self.facts.senders[1], enabled=value)
                self.facts = replace(self.facts, senders={1: sender})
            case "change":
                self.facts = replace(self.facts, sequence=replace(self.facts.sequence, **value))
        return value if isinstance(value, Verb) else None

    def _hear(self, kind: str) -> None:
        counts = {**self.facts.counts, kind: self.facts.counts.get(kind, 0) + 1}
        events = dict(self.facts.view.events)
        for scope in ("", "enrollment"):
            known = events.get((kind, scope), EventFact(0, self.now, self.now))
            events[kind, scope] = EventFact(known.count + 1, known.first_at, self.now)
        self.facts = replace(
            self.facts,
            counts=counts,
            view=replace(self.facts.view, events=events),
            returns_at=self.now + timedelta(days=9),
        )

    def _settle(self, status: TouchStatus) -> None:
        touch = self.touches.get(self.key)
        if touch is None or touch.status in SETTLED:
            return
        if status is TouchStatus.PLANNED and touch.status is not TouchStatus.INTERRUPTED:
            return
        settled_at = self.now if status in SETTLED else None
        handed = status not in (TouchStatus.PLANNED, TouchStatus.CANCELLED)
        self.touches[self.key] = replace(touch, status=status, settled_at=settled_at, handed=handed)
        if status is TouchStatus.SENT:
            self.facts = replace(self.facts, last_sent_at=self.now)

    def look(self, verb: Verb | None = None) -> Look:
        """Look, and carry out what is decided."""
        before, taken = self.key, look(self.enrollment, self.flow, self.known(), self.now, verb)
        self.enrollment = taken.enrollment
        touch = self.touches.get(before)
        if touch and touch.status in UNHANDED and FATES[taken.enrollment.state] is Fate.CANCEL:
            self.touches[before] = replace(touch, status=TouchStatus.CANCELLED, settled_at=self.now)
        for effect in taken.effects:
            self._carry_out(effect)
        return taken

    def _carry_out(self, effect: Effect) -> None:
        place = ("", 0) if isinstance(effect, Act | StopTouch) else (effect.step, effect.visit)
        match effect:
            case PlanTouch():
                self.touches[effect.step, effect.visit] = TouchFacts(
                    status=TouchStatus.SCHEDULED if effect.kind is TouchKind.TASK else TouchStatus.PLANNED,
                    created_at=self.now,
                    sender_id=effect.sender_id,
                )
            case Act():
                self.facts = replace(self.facts, view=seen(self.facts.view, effect.step))
            case GiveUpTask():
                self.touches[place] = replace(
                    self.touches[place], status=TouchStatus.SKIPPED, settled_at=self.now
                )
            case Escalate():
                assert not self.touches[place].escalated
                self.touches[place] = replace(self.touches[place], escalated=True)
            case AskDecision():
                assert place not in self.decisions
                self.decisions[place] = DecisionFacts(asked_at=self.now)
            case GiveUpDecision():
                self.decisions[place] = replace(self.decisions[place], decided_at=self.now)
