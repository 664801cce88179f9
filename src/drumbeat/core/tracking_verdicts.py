"""Whether a person or a machine fetched the picture or a link of a mail. Total, and a table: each sign has its weight.

Signs come from the fetch and from all other fetches of the same mail. In doubt it was a machine: what decides by
itself must have been a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from drumbeat.core.tracking_agents import Agent, read_agent

JUDGED_AFTER = timedelta(seconds=15)
"""How long a fetch waits for others of its mail that tell what it is."""
TOO_SOON = timedelta(seconds=10)
SOON = timedelta(seconds=60)
NEAR_TRAP = timedelta(seconds=60)
REPEATS, REPEATED_WITHIN = 3, timedelta(seconds=5)
BURSTS = ((2, timedelta(seconds=2)), (3, timedelta(seconds=10)))
"""So many different links within so much time are no person's."""
TRAP = 0
"""The number of the link that no person sees."""


class FetchKind(StrEnum):
    OPEN = "open"
    CLICK = "click"


class How(StrEnum):
    GET = "get"
    HEAD = "head"
    PREFETCH = "prefetch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One fetch. `link` counts from 1, `links` is how many the mail has."""

    kind: FetchKind
    at: datetime
    how: How = How.GET
    agent: str = ""
    link: int = TRAP
    links: int = 0

    @property
    def is_of_trap(self) -> bool:
        return self.kind is FetchKind.CLICK and self.link == TRAP


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason`: the sign that weighs most, "" for a person."""

    is_human: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    fetch: Fetch
    all: Sequence[Fetch]
    delivered_at: datetime | None
    tracks_opens: bool

    def within(self, span: timedelta) -> Sequence[Fetch]:
        """Return the fetches of the mail that near to this one, itself included."""
        return [one for one in self.all if abs(one.at - self.fetch.at) <= span]

    def links_within(self, span: timedelta) -> int:
        return len(
            {one.link for one in self.within(span) if one.kind is FetchKind.CLICK and one.link != TRAP}
        )

    def is_after_delivery_by(self, span: timedelta) -> bool:
        return self.delivered_at is not None and self.fetch.at - self.delivered_at < span


Sees = Callable[[_Case], bool]


def _by(agent: Agent) -> Sees:
    return lambda case: read_agent(case.fetch.agent) is agent


def _by_way(how: How) -> Sees:
    return lambda case: case.fetch.how is how


def _hidden_link(case: _Case) -> bool:
    """It was touched near to this, or by who calls himself the same."""
    return any(
        one.is_of_trap and (one.agent == case.fetch.agent or abs(one.at - case.fetch.at) <= NEAR_TRAP)
        for one in case.all
    )


def _too_soon(case: _Case) -> bool:
    return case.is_after_delivery_by(TOO_SOON)


def _all_links(case: _Case) -> bool:
    most = max((one.links for one in case.all), default=0)
    return most > 1 and case.links_within(JUDGED_AFTER) >= most


def _burst(case: _Case) -> bool:
    return any(case.links_within(span) >= most for most, span in BURSTS)


def _repeated(case: _Case) -> bool:
    same = (case.fetch.kind, case.fetch.link)
    return sum((one.kind, one.link) == same for one in case.within(REPEATED_WITHIN)) >= REPEATS


def _soon(case: _Case) -> bool:
    return case.is_after_delivery_by(SOON)


def _no_open(case: _Case) -> bool:
    if case.fetch.kind is FetchKind.OPEN or not case.tracks_opens:
        return False
    return not any(one.kind is FetchKind.OPEN and one.at <= case.fetch.at for one in case.all)


_ENOUGH = 2
SIGNS: tuple[tuple[str, int, Sees], ...] = (
    ("apple_proxy", 2, _by(Agent.APPLE_PROXY)),
    ("gmail_proxy", 2, _by(Agent.GMAIL_PROXY)),
    ("yahoo_proxy", 2, _by(Agent.YAHOO_PROXY)),
    ("image_proxy", 2, _by(Agent.IMAGE_PROXY)),
    ("bot", 2, _by(Agent.BOT)),
    ("no_browser", 2, _by(Agent.NO_BROWSER)),
    ("head", 2, _by_way(How.HEAD)),
    ("prefetch", 2, _by_way(How.PREFETCH)),
    ("hidden_link", 2, _hidden_link),
    ("too_soon", 2, _too_soon),
    ("all_links", 2, _all_links),
    ("burst", 2, _burst),
    ("repeated", 2, _repeated),
    ("no_open", 1, _no_open),
    ("soon", 1, _soon),
)
"""In the order in which people are told of them; two halves make a whole."""
REASONS = tuple(reason for reason, _, _ in SIGNS)


def judge(
    fetch: Fetch, all: Sequence[Fetch], *, delivered_at: datetime | None = None, tracks_opens: bool = False
) -> Verdict:
    """Judge a fetch by itself and by `all` fetches of its mail, among which it is itself."""
    case = _Case(fetch=fetch, all=all, delivered_at=delivered_at, tracks_opens=tracks_opens)
    seen: list[str] = []
    weight = 0
    for reason, weighs, sees in SIGNS:
        if sees(case):
            seen.append(reason)
            weight += weighs
        if weight >= _ENOUGH:
            return Verdict(False, seen[0])
    return Verdict(True)
