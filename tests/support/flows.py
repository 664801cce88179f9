"""Builders and Hypothesis strategies for flows, conditions and what conditions read.

A builder fills in what a test does not name, so that the step has content. `flows()` draws any flow that a
document can hold: branches, loops and dead ends included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, get_args
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from drumbeat.core.conditions import (
    CONTACT_FIELDS,
    EVENTS,
    OPERATORS,
    Condition,
    ConditionView,
    EventFact,
    FieldType,
    Group,
    Operator,
    Rule,
    fold,
)
from drumbeat.core.conditions.fields import OPERANDS, Operand, type_of
from drumbeat.core.delay import Delay, DelayUnit, parse_delay
from drumbeat.core.document.plain import LARGEST_NUMBER
from drumbeat.core.flow import (
    AiDecideStep,
    AiQualifyStep,
    Arm,
    Branch,
    Channel,
    ConditionStep,
    EmailContent,
    EmailStep,
    EndStep,
    Flow,
    GoToStep,
    Hints,
    JobType,
    ListStep,
    NamedBranch,
    NotifyStep,
    OtherSequenceStep,
    SetFieldStep,
    SetStageStep,
    SmsStep,
    SplitStep,
    Step,
    SuppressStep,
    TagStep,
    TaskStep,
    VoiceStep,
    WaitForStep,
    Way,
    WayKind,
    WebhookStep,
    WhatsAppStep,
)
from drumbeat.core.step_fields import FileRef

CUSTOM_FIELDS = {
    "custom.note": FieldType.TEXT,
    "custom.seats": FieldType.NUMBER,
    "custom.renewal": FieldType.DATE,
    "custom.trial": FieldType.BOOLEAN,
}
KEYS = ("a", "b", "c", "d", "e", "f", "g", "h")
ZONES = tuple(
    map(ZoneInfo, ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Asia/Kolkata"))
)


def a_rule(field: str, operator: str, value: Any = None, **more: Any) -> Rule:
    return Rule(field=field, operator=Operator(operator), value=value, **more)


def a_condition(*rules: Rule | Group, combinator: Any = "and", negated: bool = False) -> Condition:
    return Group(combinator=combinator, negated=negated, rules=rules)


def an_email(key: str = "hello", *, after: str = "0m", text: str = "Good morning.", **more: Any) -> EmailStep:
    content = more.pop("content", EmailContent(subject="Hello", text=text))
    return EmailStep(key=key, delay=parse_delay(after), content=content, **more)


def a_line(*steps: Step) -> Flow:
    """Chain the steps in their order; the last one leads to the end."""
    following = [step.key for step in steps[1:]]
    chained = [replace(step, next=key) for step, key in zip(steps, [*following, None], strict=True)]
    return a_flow(*chained)


def a_flow(*steps: Step) -> Flow:
    """Take the steps as they are; the first one starts."""
    return Flow(steps[0].key if steps else None, {step.key: step for step in steps})


_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def texts(max_size: int = 20) -> st.SearchStrategy[str]:
    """Draw text that a document can hold: no NUL, no lone surrogate."""
    return st.text(_LETTERS, max_size=max_size)


def delays() -> st.SearchStrategy[Delay]:
    return st.builds(Delay, st.integers(0, 500), st.sampled_from(DelayUnit))


def moments() -> st.SearchStrategy[datetime]:
    return st.datetimes(timezones=st.just(UTC))


def near_days() -> st.SearchStrategy[date]:
    return st.dates(date(2026, 2, 20), date(2026, 3, 10))


_WORDS = st.sampled_from(
    ("vip", "VIP ", "Straße", "STRASSE", "ﬁrst", "first", "", " ", "2026-03-01")
) | texts(6)
_NUMBERS = st.sampled_from((0, 1, 1.0, 5, -3, 0.5)) | st.integers(1 - 2**53, 2**53 - 1)
_VALUES = {
    FieldType.TEXT: _WORDS,
    FieldType.NUMBER: _NUMBERS,
    FieldType.DATE: near_days().map(date.isoformat),
    FieldType.BOOLEAN: st.booleans(),
    FieldType.NAMES: _WORDS,
}
_ANY_VALUE = st.one_of(
    st.none(), _WORDS, _NUMBERS, st.booleans(), st.lists(_WORDS | _NUMBERS, max_size=3).map(tuple)
)
FIELDS = (*CONTACT_FIELDS, *CUSTOM_FIELDS, "tag", "list", *(f"event.{kind}" for kind in sorted(EVENTS)))


@cache
def rules(steps: tuple[str, ...] = KEYS) -> st.SearchStrategy[Rule]:
    """Draw rules that `check_condition` accepts, and now and then any rule at all."""
    step = st.none() | st.sampled_from(steps)
    fitting = [
        st.builds(
            Rule,
            field=st.sampled_from([field for field in FIELDS if type_of(field, CUSTOM_FIELDS) is kind]),
            operator=st.sampled_from([each for each in operators if OPERANDS[each] is shape]),
            value=_fitting(kind, shape),
            step=step if kind is FieldType.EVENT else st.none(),
            days=st.none() | st.integers(0, 30) if kind is FieldType.EVENT else st.none(),
        )
        for kind, operators in OPERATORS.items()
        for shape in {OPERANDS[each]: None for each in operators}
    ]
    anything = st.builds(
        Rule,
        field=st.sampled_from(FIELDS),
        operator=st.sampled_from(Operator),
        value=_ANY_VALUE,
        step=step,
        days=st.none() | st.integers(0, 3650),
    )
    return st.one_of(*fitting, anything)


def _fitting(kind: FieldType, shape: Operand) -> st.SearchStrategy[Any]:
    values = _VALUES.get(kind, st.none())
    match shape:
        case Operand.NOTHING:
            return st.none()
        case Operand.ONE:
            return values
        case Operand.MANY:
            return st.lists(values, min_size=1, max_size=3).map(tuple)
        case Operand.PAIR:
            return st.tuples(values, values).map(lambda pair: tuple(sorted(pair)))
        case Operand.DAYS:
            return st.integers(-40, 40)


@cache
def conditions(steps: tuple[str, ...] = KEYS) -> st.SearchStrategy[Condition]:
    joined = st.sampled_from(("and", "or"))

    def group(entries: st.SearchStrategy[Any]) -> st.SearchStrategy[Group]:
        return st.builds(
            Group,
            combinator=joined,
            negated=st.booleans(),
            rules=st.lists(entries, max_size=3).map(tuple),
        )

    return group(st.recursive(rules(steps), group, max_leaves=5))


def event_facts() -> st.SearchStrategy[EventFact]:
    near = st.builds(datetime.combine, near_days(), st.times(), st.just(UTC))
    return st.builds(EventFact, st.integers(0, 3), near, near | moments())


def views(steps: tuple[str, ...] = KEYS) -> st.SearchStrategy[ConditionView]:
    """Draw what conditions may read: fields of their own type, some missing, some of a wrong one."""
    value = st.one_of(st.none(), _WORDS, _NUMBERS, st.floats(), st.booleans(), near_days(), moments())
    names = sorted((*CONTACT_FIELDS, *CUSTOM_FIELDS))
    scopes = st.sampled_from(("", "enrollment", *(f"step:{key}" for key in steps)))
    return st.builds(
        ConditionView,
        fields=st.dictionaries(st.sampled_from(names), value, max_size=8),
        tags=st.frozensets(_WORDS.map(fold), max_size=3),
        lists=st.frozensets(_WORDS, max_size=3),
        events=st.dictionaries(st.tuples(st.sampled_from(sorted(EVENTS)), scopes), event_facts(), max_size=8),
        zone=st.sampled_from(ZONES),
        in_flow=st.booleans(),
    )


@st.composite
def flows(draw: st.DrawFn, kinds: tuple[str, ...] = (), max_steps: int = len(KEYS)) -> Flow:
    """Draw any flow that a document can hold; `kinds` narrows the kinds of its steps."""
    keys = KEYS[: draw(st.integers(0, max_steps))]
    if not keys:
        return Flow(None, {})
    steps = draw(_step_lists(kinds or tuple(STEPS), keys))
    return Flow(draw(st.sampled_from(keys)), {key: replace(step, key=key) for key, step in steps})


@cache
def _step_lists(kinds: tuple[str, ...], keys: tuple[str, ...]) -> st.SearchStrategy[Any]:
    step = st.one_of(*(steps(kind, keys) for kind in kinds))
    return st.tuples(*(st.tuples(st.just(key), step) for key in keys)).flatmap(st.permutations)


@cache
def steps(kind: str, keys: tuple[str, ...] = KEYS) -> st.SearchStrategy[Any]:
    """Draw steps of one kind, called like the first of the keys, that lead to any of them."""
    parts = _PLAIN[STEPS[kind]] if STEPS[kind] in _PLAIN else _branching(STEPS[kind], keys)
    return st.builds(STEPS[kind], **_base(keys), **parts)


def _base(keys: tuple[str, ...]) -> dict[str, Any]:
    way = st.sampled_from((Way(), Way(WayKind.FINISH), *(Way(WayKind.STEP, key) for key in keys)))
    return {
        "key": st.just(keys[0]),
        "name": texts(),
        "delay": delays(),
        "next": _to(keys),
        "only_if": st.none() | conditions(keys),
        "on_skip": way,
        "on_failure": way,
    }


def _to(keys: Sequence[str]) -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, *keys))


_HINTS = st.builds(Hints, angle=texts(), call_to_action=texts(), value_proposition=texts())
_FILES = st.lists(st.builds(FileRef, id=st.integers(1, LARGEST_NUMBER), name=texts()), max_size=2).map(tuple)
_CONTENT = st.builds(
    EmailContent,
    subject=texts(),
    text=texts(200),
    html=texts(200),
    mjml=texts(200),
    preheader=texts(),
    layout=st.sampled_from(("default", "plain", "branded")),
    attachments=_FILES,
)
_WRITTEN: dict[str, Any] = {
    "job_type": st.sampled_from(JobType),
    "written_by": st.sampled_from(("person", "agent")),
    "hints": _HINTS,
    "sender": st.none() | texts(),
}
_NAMES = texts(12)
_PLAIN: dict[type[Any], dict[str, Any]] = {
    EmailStep: {**_WRITTEN, "content": st.none() | _CONTENT},
    SmsStep: {**_WRITTEN, "text": texts()},
    WhatsAppStep: {
        **_WRITTEN,
        "text": texts(),
        "template_id": st.none() | texts(),
        "template_variables": st.dictionaries(texts(5), texts(5), max_size=2),
    },
    VoiceStep: {
        **_WRITTEN,
        "script": texts(),
        "on_human": st.sampled_from(("hang_up", "read", "connect")),
        "on_machine": st.sampled_from(("leave_script", "hang_up")),
        "retries": st.integers(0, 10),
        "retry_after": delays(),
    },
    TaskStep: {
        "task_kind": st.sampled_from(("to_do", "call")),
        "title": texts(),
        "text": texts(),
        "assignee": st.none() | texts(),
        "due_in": delays(),
        "waits": st.booleans(),
        "when_not_done": st.sampled_from(("wait", "skip", "escalate")),
        "give_up_after": delays(),
    },
    NotifyStep: {
        "to": texts(),
        "by": st.lists(st.sampled_from(("in_app", "email", "sms")), max_size=2).map(tuple),
        "text": texts(),
    },
    TagStep: {"action": st.sampled_from(("add", "remove")), "tag": texts()},
    SetFieldStep: {"field": texts(), "value": st.none() | texts() | _NUMBERS | st.booleans()},
    SetStageStep: {"stage": texts()},
    ListStep: {"action": st.sampled_from(("add", "remove")), "list": texts()},
    OtherSequenceStep: {"action": st.sampled_from(("enroll", "finish")), "sequence": texts()},
    WebhookStep: {"url": texts(), "body": texts()},
    SuppressStep: {"channel": st.none() | st.sampled_from(Channel)},
    EndStep: {"goal": st.booleans()},
}


def _branching(kind: type[Any], keys: tuple[str, ...]) -> dict[str, Any]:
    to = _to(keys)
    many: dict[type[Any], dict[str, Any]] = {
        ConditionStep: {"branches": _several(Branch, name=_NAMES, condition=conditions(keys), next=to)},
        SplitStep: {
            "arms": _several(Arm, name=_NAMES, weight=st.integers(0, 1000), next=to),
            "automatic_winner": st.booleans(),
        },
        WaitForStep: {
            "event": st.sampled_from(sorted(EVENTS)) | texts(),
            "time_limit": delays(),
            "timed_out": to,
        },
        GoToStep: {
            "target": st.sampled_from(("", *keys)),
            "max_rounds": st.none() | st.integers(1, 1000),
        },
        AiDecideStep: {
            "question": texts(),
            "branches": _several(NamedBranch, name=_NAMES, description=texts(), next=to),
            "time_limit": delays(),
        },
        AiQualifyStep: {"question": texts(), "qualified": to, "unqualified": to, "time_limit": delays()},
    }
    return many[kind]


def _several(kind: type[Any], **parts: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.builds(kind, **parts), max_size=3).map(tuple)


STEPS: dict[str, Any] = {kind(key="a").kind: kind for kind in get_args(Step)}
