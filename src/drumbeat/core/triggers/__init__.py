"""What starts and stops sequences by itself: events, conditions that turn true, and what must hold besides.

`form` holds the values, `reading` their JSON form, `listening` says which events concern a rule, `matching` which meet
it, `starts` joins triggers and criteria, `sentence` says a rule to people.
"""

from drumbeat.core.triggers.form import (
    NARROWED_BY,
    Becomes,
    Entry,
    Happening,
    StopAction,
    StopWhen,
    Trigger,
)
from drumbeat.core.triggers.reading import read_stop_when, read_trigger, write_stop_when, write_trigger

__all__ = [
    "NARROWED_BY",
    "Becomes",
    "Entry",
    "Happening",
    "StopAction",
    "StopWhen",
    "Trigger",
    "read_stop_when",
    "read_trigger",
    "write_stop_when",
    "write_trigger",
]
