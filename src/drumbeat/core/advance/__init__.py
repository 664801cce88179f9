"""Where an enrollment moves: the one place, for product, simulator and *Why?* alike, so none drifts apart.

`advance` asks its rules in order; the first that answers makes the move. `look` repeats it until the
enrollment waits. `outcome` holds what a move is made of, `standing` the rules of every look, `awaiting` what is out,
`walking` the step at hand with a table of one function per kind (a module per family), `step_moves` the ways on,
`verbs` what people ask.
"""

from drumbeat.core.advance.acting import unreachable_after
from drumbeat.core.advance.looking import MOST_MOVES, advance, look, seen
from drumbeat.core.advance.outcome import (
    CHOICES,
    FATES,
    Act,
    AskDecision,
    Effect,
    Entry,
    Escalate,
    Fate,
    GiveUpDecision,
    GiveUpTask,
    Look,
    PlanTouch,
    StopTouch,
    Transition,
)
from drumbeat.core.advance.stopping import read_by

__all__ = [
    "CHOICES",
    "FATES",
    "MOST_MOVES",
    "Act",
    "AskDecision",
    "Effect",
    "Entry",
    "Escalate",
    "Fate",
    "GiveUpDecision",
    "GiveUpTask",
    "Look",
    "PlanTouch",
    "StopTouch",
    "Transition",
    "advance",
    "look",
    "read_by",
    "seen",
    "unreachable_after",
]
