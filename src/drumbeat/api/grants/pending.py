"""What a browser was sent to a provider for: kept in its session under a name that only the answer brings back.

So an answer that somebody else began, or that comes twice, is nobody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest

PATH = "/oauth/callback"
LASTS = timedelta(minutes=15)
MOST = 5
"""Questions that one session may have open: one for each tab, within reason."""
_KEY = "grants_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A question that is open."""

    workspace_id: int
    provider: str
    address: str
    verifier: str
    back_to: str
    uses: tuple[str, ...]
    name: str


def keep(request: HttpRequest, state: str, waiting: Waiting, now: datetime) -> None:
    """Remember a question under its `state`; the oldest beyond MOST is forgotten."""
    kept: dict[str, Any] = request.session.get(_KEY, {})
    kept[state] = {"at": now.isoformat(), **asdict(waiting), "uses": list(waiting.uses)}
    newest = sorted(kept.items(), key=lambda each: str(each[1]["at"]))[-MOST:]
    request.session[_KEY] = dict(newest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a provider gave for another account than the one that was typed, until a person says which is meant."""

    id: str
    waiting: Waiting
    account: str
    sealed: str


_HELD = "grants_held"


def hold(request: HttpRequest, held: Held, now: datetime) -> None:
    """Keep it; the oldest beyond MOST is forgotten."""
    kept: dict[str, Any] = request.session.get(_HELD, {})
    kept[held.id] = {"at": now.isoformat(), **asdict(held)}
    newest = sorted(kept.items(), key=lambda each: str(each[1]["at"]))[-MOST:]
    request.session[_HELD] = dict(newest)


def held(request: HttpRequest, now: datetime) -> list[Held]:
    """Return what waits for a word, of this browser alone."""
    kept: dict[str, Any] = request.session.get(_HELD, {})
    fresh = {id_: one for id_, one in kept.items() if now < datetime.fromisoformat(one["at"]) + LASTS}
    if fresh != kept:
        request.session[_HELD] = fresh
    return [_read(one) for one in fresh.values()]


def _read(kept: Mapping[str, Any]) -> Held:
    waiting = Waiting(**kept["waiting"] | {"uses": tuple(kept["waiting"]["uses"])})
    return Held(id=kept["id"], waiting=waiting, account=kept["account"], sealed=kept["sealed"])


def drop(request: HttpRequest, held_id: str) -> None:
    """Forget one."""
    kept: dict[str, Any] = request.session.get(_HELD, {})
    request.session[_HELD] = {id_: one for id_, one in kept.items() if id_ != held_id}


def take(request: HttpRequest, state: str, now: datetime) -> Waiting | None:
    """Return the question and forget it; None for one that is unknown, or was answered. Raises TooLate.

    It is forgotten at once: the same answer that comes again while a provider is asked must not use its code up.
    """
    kept: dict[str, Any] = request.session.get(_KEY, {})
    found = kept.pop(state, None)
    if found is None:
        return None
    request.session[_KEY] = kept
    _remember(request, state, "", now)
    try:
        request.session.save()
    except UpdateError as gone:
        raise SessionInterrupted("signed out while the answer was on its way") from gone
    asked_at = datetime.fromisoformat(found.pop("at"))
    if asked_at + LASTS <= now:
        raise TooLate
    return Waiting(**found | {"uses": tuple(found["uses"])})


class TooLate(Exception):
    """The question was asked longer than LASTS ago."""


_ANSWERED = "grants_answered"


def answered(request: HttpRequest, state: str, where: str, now: datetime) -> None:
    """Remember where an answer led, for the case that the browser brings it again; the oldest are forgotten."""
    if state in request.session.get(_ANSWERED, {}):
        _remember(request, state, where, now)


def _remember(request: HttpRequest, state: str, where: str, now: datetime) -> None:
    kept: dict[str, Any] = request.session.get(_ANSWERED, {}) | {state: {"at": now.isoformat(), "to": where}}
    newest = sorted(kept.items(), key=lambda each: str(each[1]["at"]))[-MOST:]
    request.session[_ANSWERED] = dict(newest)


def led_to(request: HttpRequest, state: str) -> str | None:
    """Return where this answer led when it came first, "" while that is being found out, None for a new one."""
    found = request.session.get(_ANSWERED, {}).get(state)
    return None if found is None else str(found["to"])
