"""Random stop rules, over what the people of a case are and what its steps and answers change."""

from __future__ import annotations

from random import Random
from typing import Any

_RULES: tuple[dict[str, Any], ...] = (
    {"field": "tag", "operator": "equals", "value": "vip"},
    {"field": "tag", "operator": "equals", "value": "cold"},
    {"field": "stage", "operator": "equals", "value": "won"},
    {"field": "company", "operator": "equals", "value": "Acme"},
    {"field": "list", "operator": "equals", "value": "Hot"},
    {"field": "event.replied", "operator": "happened"},
    {"field": "event.call_logged", "operator": "happened"},
    {"field": "event.custom", "operator": "happened"},
)
_REST: tuple[dict[str, Any], ...] = (
    {"field": "stage", "operator": "not_equals", "value": "new"},
    {"field": "tag", "operator": "not_equals", "value": "cold"},
    {"field": "event.meeting_booked", "operator": "not_happened"},
)
_ACTIONS: tuple[dict[str, Any], ...] = (
    {"kind": "tag", "tag": "vip"},
    {"kind": "tag", "action": "remove", "tag": "cold"},
    {"kind": "set_stage", "stage": "won"},
    {"kind": "set_field", "field": "company", "value": "Umbrella"},
    {"kind": "list", "list": "Hot"},
    {"kind": "notify", "text": "It is over", "by": ["in_app", "email"]},
    {"kind": "suppress"},
    {"kind": "other_sequence", "sequence": "Other"},
    {"kind": "webhook", "url": "https://hooks.example.com/stopped"},
    {"kind": "task", "title": "Look after"},
)


def a_stop_rule(chance: Random) -> dict[str, Any] | None:
    """Draw one for two cases of three. Events come as facts: `form_submitted` only says that the rule has one."""
    if chance.random() < 1 / 3:
        return None
    entries: list[dict[str, Any]] = [_entry(chance) for _ in range(chance.randint(1, 2))]
    if chance.random() < 0.5:
        entries.append({"event": "form_submitted"})
    rule: dict[str, Any] = {"any": entries, "actions": chance.sample(_ACTIONS, chance.randint(0, 4))}
    if chance.random() < 0.4:
        rule["all"] = {"rules": [chance.choice(_REST)]}
    return rule


def _entry(chance: Random) -> dict[str, Any]:
    rules = chance.sample(_RULES, chance.choice((1, 1, 2)))
    return {"becomes": {"combinator": chance.choice(("and", "or")), "rules": rules}}
