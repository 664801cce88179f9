"""A rehearsal of a sequence: people, a scripted outside, virtual time, and what came of it.

`script` says how the outside behaves, `world` plays it to the simulator, `running` lets time pass, `report` counts
what came, `picture` draws that. Whatever moves or sends is the simulator's, and so the engine's.
"""

from drumbeat.core.rehearsal.report import DayVolume, End, Report, StepTally, Waiting
from drumbeat.core.rehearsal.running import Cast, Told, rehearse
from drumbeat.core.rehearsal.script import (
    NOBODY_ANSWERS,
    USUAL,
    Rate,
    Script,
    Story,
    fit,
    read_script,
    script_schema,
    write_script,
)

__all__ = [
    "NOBODY_ANSWERS",
    "USUAL",
    "Cast",
    "DayVolume",
    "End",
    "Rate",
    "Report",
    "Script",
    "StepTally",
    "Story",
    "Told",
    "Waiting",
    "fit",
    "read_script",
    "rehearse",
    "script_schema",
    "write_script",
]
