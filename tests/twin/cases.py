"""Random flows, people and worlds from a seed: what the engine and the simulator are compared on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from drumbeat.core.delivery import Refused
from drumbeat.core.facts import COMPANY_REPLY, STOP_WHEN, WEAK_REPLY
from drumbeat.core.frequency import FrequencyCap
from drumbeat.core.pacing import Caps, stable_hash
from drumbeat.core.simulate import DECIDED, Arrival
from drumbeat.core.touch import FailureReason
from tests.twin.forks import ANSWERS, FORKS
from tests.twin.stop_rules import a_stop_rule

START = datetime(2026, 3, 26, 7, 30, tzinfo=UTC)  # a Thursday, three days before clocks change in Europe
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "")
TAGS = ("vip", "cold")
ACTIONS = ("list", "other_sequence", "suppress", "webhook", "webhook")
LISTS = ("Hot", "Fair 2026")
EXITS = ("off", "pause", "finish")
DELAYS = ("0m", "0m", "10m", "5h", "1d", "2d", "3wd", "1w")
OFFICE = {day: [["09:00", "17:00"]] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
ODD = {
    "thursday": [["07:00", "08:00"], ["22:00", "24:00"]],
    "friday": [["00:00", "02:30"]],
    "sunday": [["01:00", "03:30"]],
}
WINDOWS = (None, None, OFFICE, ODD)
HOLIDAYS = (None, {"countries": ["DE-BY", "US"], "days": ["2026-03-26", "2026-03-30"]})
WARM_UPS = (None, None, {"start": 1, "step": 1, "per_days": 2, "top": 3})
SPACINGS = (0, 0, 0, 7, 300, 9_000)
WORKSPACE_CAPS = (Caps(), Caps(), Caps(per_minute=1), Caps(per_hour=1, per_day=2), Caps(per_day=3))
COMPANIES = ("acme.test", "acme.test", "umbrella.test", "")
"""By the domain of the address; "" is one that nobody shares."""
FREQUENCIES = (None, None, FrequencyCap(1, 5), FrequencyCap(2, 5))


@dataclass(frozen=True)
class PersonCase:
    name: str
    zone: str
    tags: tuple[str, ...]
    stage: str
    email: bool
    suppressed: bool
    company: str


@dataclass(frozen=True)
class SenderCase:
    window: Any
    zone: str
    per_minute: int | None
    per_hour: int | None
    per_day: int | None
    warm_up: dict[str, int] | None
    spacing_seconds: int


@dataclass(frozen=True)
class Case:
    seed: int
    document: dict[str, Any]
    settings: dict[str, Any]
    people: tuple[PersonCase, ...]
    senders: tuple[SenderCase, ...]
    frequency: FrequencyCap | None
    workspace_caps: Caps
    company_limit: int | None
    until: datetime = field(default=START + timedelta(days=45))


def a_case(seed: int) -> Case:
    chance = Random(seed)
    case = Case(
        seed=seed,
        document=_document(chance),
        settings={
            "exit_on_reply": chance.choice(EXITS),
            "exit_on_meeting": chance.choice(EXITS),
            "exit_on_call": chance.choice(EXITS),
            "exit_on_conversion": chance.choice(EXITS),
            "exit_on_company_reply": Random(f"company {seed}").choice(EXITS),
            "stop_when": a_stop_rule(Random(f"stop {seed}")),
            "window": chance.choice(WINDOWS),
            "holidays": Random(f"holidays {seed}").choice(HOLIDAYS),
            "jitter_seconds": chance.choice((0, 0, 600)),
        },
        people=tuple(
            _person(chance, i, Random(f"company {seed} {i}").choice(COMPANIES))
            for i in range(chance.randint(1, 9))
        ),
        senders=tuple(
            _sender(
                chance,
                Random(f"warm-up {seed} {i}").choice(WARM_UPS),
                Random(f"spacing {seed} {i}").choice(SPACINGS),
            )
            for i in range(chance.choice((1, 1, 2)))
        ),
        frequency=Random(f"frequency {seed}").choice(FREQUENCIES),
        workspace_caps=Random(f"workspace {seed}").choice(WORKSPACE_CAPS),
        company_limit=Random(f"company limit {seed}").choice((None, None, 1, 3)),
    )
    # Which of several senders gets a place that they share depends on who was served last: not the simulator's.
    return case if len(case.senders) == 1 else replace(case, workspace_caps=Caps())


def _person(chance: Random, i: int, company: str) -> PersonCase:
    return PersonCase(
        name=f"P{i}",
        zone=chance.choice(ZONES),
        tags=tuple(tag for tag in TAGS if chance.random() < 0.4),
        stage=chance.choice(("", "new", "won")),
        email=chance.random() < 0.9,
        suppressed=chance.random() < 0.1,
        company=company,
    )


def _sender(chance: Random, warm_up: dict[str, int] | None, spacing_seconds: int) -> SenderCase:
    return SenderCase(
        window=chance.choice(WINDOWS),
        zone=chance.choice(ZONES),
        per_minute=chance.choice((None, None, 1)),
        per_hour=chance.choice((None, None, 2)),
        per_day=chance.choice((None, 1, 3, 50)),
        warm_up=warm_up,
        spacing_seconds=spacing_seconds,
    )


def _document(chance: Random) -> dict[str, Any]:
    keys = [f"s{i}" for i in range(chance.randint(1, 7))]
    return {"format": 1, "steps": [_step(chance, keys, i) for i in range(len(keys))]}


def _ahead(chance: Random, keys: list[str], i: int) -> str | None:
    """A later step or the end: every such flow ends."""
    following = keys[i + 1 :]
    return following[0] if following and chance.random() < 0.7 else chance.choice([*following, None])


def _way(chance: Random, keys: list[str], i: int) -> Any:
    target = _ahead(chance, keys, i)
    return chance.choice(
        [
            {"kind": "go_on"},
            {"kind": "finish"},
            {"kind": "step", "step": target} if target else {"kind": "finish"},
        ]
    )


def _condition(chance: Random) -> dict[str, Any]:
    rules = [
        {"field": "tag", "operator": "equals", "value": chance.choice(TAGS)},
        {"field": "stage", "operator": "equals", "value": chance.choice(("new", "won"))},
        {"field": "event.replied", "operator": "happened"},
        {"field": "event.meeting_booked", "operator": "not_happened"},
        {"field": "company", "operator": "is_empty"},
        {"field": "list", "operator": "equals", "value": chance.choice(LISTS)},
    ]
    return {
        "combinator": chance.choice(("and", "or")),
        "negated": chance.random() < 0.2,
        "rules": chance.sample(rules, chance.randint(1, 2)),
    }


def _step(chance: Random, keys: list[str], i: int) -> dict[str, Any]:
    kind = chance.choice(
        (
            "email",
            "email",
            "email",
            "task",
            "condition",
            "tag",
            "set_field",
            "set_stage",
            "notify",
            "end",
            *FORKS,
            *ACTIONS,
        )
    )
    step: dict[str, Any] = {
        "key": keys[i],
        "kind": kind,
        "delay": chance.choice(DELAYS),
        "next": _ahead(chance, keys, i),
    }
    if chance.random() < 0.2:
        step["only_if"] = _condition(chance)
    if chance.random() < 0.3:
        step["on_skip"], step["on_failure"] = _way(chance, keys, i), _way(chance, keys, i)
    if kind in FORKS:
        return step | FORKS[kind](chance, lambda: _ahead(chance, keys, i), keys[: i + 1])
    return step | _own(chance, kind, keys, i)


def _own(chance: Random, kind: str, keys: list[str], i: int) -> dict[str, Any]:
    if kind == "email":
        return {"content": {"subject": f"Hello {i}", "text": "Hi."}}
    if kind == "condition":
        named = [
            {"name": f"b{n}", "condition": _condition(chance), "next": _ahead(chance, keys, i)}
            for n in range(2)
        ]
        return {"branches": named}
    return _SIMPLE[kind](chance)


_SIMPLE: dict[str, Callable[[Random], dict[str, Any]]] = {
    "task": lambda chance: {
        "title": "Call",
        "waits": chance.random() < 0.6,
        "when_not_done": chance.choice(("wait", "skip", "escalate")),
        "give_up_after": "3d",
    },
    "tag": lambda chance: {"action": chance.choice(("add", "remove")), "tag": chance.choice(TAGS)},
    "set_field": lambda chance: {"field": "company", "value": chance.choice(("Acme", "Umbrella"))},
    "set_stage": lambda chance: {"stage": chance.choice(("new", "won"))},
    "notify": lambda chance: {"text": "Look", "by": chance.choice((["in_app"], ["in_app", "email"]))},
    "list": lambda chance: {"action": chance.choice(("add", "remove")), "list": chance.choice(LISTS)},
    "other_sequence": lambda chance: {"action": chance.choice(("enroll", "finish")), "sequence": "Other"},
    "suppress": lambda chance: {"channel": chance.choice((None, "email", "sms"))},
    "webhook": lambda chance: {"url": "https://hooks.example.com/drumbeat"},
    "end": lambda chance: {"goal": chance.random() < 0.5},
}


@dataclass(frozen=True)
class ScriptedWorld:
    """Answers by a hash of who, what and how often: the same for both sides."""

    seed: int

    def _roll(self, *parts: object) -> int:
        return stable_hash(self.seed, *parts) % 100

    def deliver(self, person_id: int, step: str, visit: int, attempt: int) -> Refused | None:
        roll = self._roll("deliver", person_id, step, visit, attempt)
        if roll < 80:
            return None
        if roll < 90:
            return Refused(permanent=False, of_sender=False, reason=FailureReason.REJECTED_TEMPORARY)
        dead = roll >= 96
        return Refused(
            permanent=True, of_sender=False, reason=FailureReason.REJECTED_PERMANENT, dead_address=dead
        )

    def after_sent(self, person_id: int, step: str, visit: int, at: datetime) -> Iterable[Arrival]:
        roll = self._roll("after", person_id, step, visit)
        wait = timedelta(minutes=1 + self._roll("wait", person_id, step, visit) * 97)
        kind = _ANSWERS.get(roll // 5)
        yield Arrival(at + wait, person_id, "task_completed", step)
        if kind is not None:
            yield Arrival(at + wait / 2, person_id, kind, step)

    def after_asked(self, person_id: int, step: str, visit: int, at: datetime) -> Iterable[Arrival]:
        roll = self._roll("asked", person_id, step, visit)
        if roll < 80:
            wait = timedelta(minutes=1 + roll)
            yield Arrival(at + wait, person_id, DECIDED, step, answer=ANSWERS[roll % len(ANSWERS)])


_ANSWERS = {
    0: "replied",
    1: "replied",
    2: "replied",
    3: "opted_out",
    4: "meeting_booked",
    5: "call_logged",
    6: "converted",
    7: WEAK_REPLY,
    8: "out_of_office",
    9: "auto_replied",
    10: "custom",
    11: "replied",
    12: COMPANY_REPLY,
    13: STOP_WHEN,
}
