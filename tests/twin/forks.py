"""Random steps that choose where the flow goes on: splits, waits, rounds, decisions."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

Ahead = Callable[[], str | None]
ANSWERS = ("b0", " B1 ", "b0, I insist", "qualified", "unqualified", "unclear", "")
EVENTS = ("replied", "replied", "meeting_booked", "task_completed", "custom", "auto_replied", "opened")


def _split(chance: Random, ahead: Ahead, back: list[str]) -> dict[str, Any]:
    return {
        "arms": [{"name": f"a{n}", "weight": weight, "next": ahead()} for n, weight in enumerate((3, 0, 1))]
    }


def _wait_for(chance: Random, ahead: Ahead, back: list[str]) -> dict[str, Any]:
    return {
        "event": chance.choice(EVENTS),
        "time_limit": chance.choice(("0m", "6h", "2d", "1w")),
        "timed_out": ahead(),
    }


def _go_to(chance: Random, ahead: Ahead, back: list[str]) -> dict[str, Any]:
    return {"target": chance.choice(back), "max_rounds": chance.choice((1, 2, 3))}


def _ai_decide(chance: Random, ahead: Ahead, back: list[str]) -> dict[str, Any]:
    named = [{"name": f"b{n}", "next": ahead()} for n in range(2)]
    return {"question": "Who is it?", "branches": named, "time_limit": chance.choice(("0m", "30m", "1d"))}


def _ai_qualify(chance: Random, ahead: Ahead, back: list[str]) -> dict[str, Any]:
    return {"question": "Does it fit?", "qualified": ahead(), "unqualified": ahead()}


FORKS: dict[str, Callable[[Random, Ahead, list[str]], dict[str, Any]]] = {
    "split": _split,
    "wait_for": _wait_for,
    "go_to": _go_to,
    "ai_decide": _ai_decide,
    "ai_qualify": _ai_qualify,
}
"""By kind: what such a step has of its own. `ahead` draws a later step or the end, `back` are those so far."""
