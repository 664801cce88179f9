"""What comes from outside as the stop rule of the simulated sequence sees it: the trigger engine's part."""

from __future__ import annotations

from datetime import datetime

from drumbeat.core.conditions import ConditionView, holds
from drumbeat.core.evolve import evolve
from drumbeat.core.triggers import Happening, StopWhen
from drumbeat.core.triggers.matching import Happened, meets


def is_met_by(kind: str, rule: StopWhen | None, view: ConditionView, now: datetime) -> bool:
    """Say whether an event of this kind meets the rule. Arrivals have no names, so only entries without one fit."""
    if rule is None:
        return False
    event = Happened(kind, {})
    if not any(isinstance(entry, Happening) and meets(entry, event) for entry in rule.any):
        return False
    return rule.all is None or holds(rule.all, evolve(view, in_flow=False), now)
