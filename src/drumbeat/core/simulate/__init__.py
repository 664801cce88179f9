"""A flow, many contacts, virtual time: where would everybody go, and when would what leave?

The same `look` and `may_send` as the engine, over values instead of rows. `cast` holds who takes part and
what comes of it, `run` the changing state, `planning` and `sending` the two halves of a moment, `outbox` what
waits for a sender.
"""

from drumbeat.core.simulate.cast import (
    DECIDED,
    Arrival,
    AskedMove,
    JournalLine,
    Person,
    SimulatedSender,
    Simulation,
    World,
)
from drumbeat.core.simulate.simulation import simulate

__all__ = [
    "DECIDED",
    "Arrival",
    "AskedMove",
    "JournalLine",
    "Person",
    "SimulatedSender",
    "Simulation",
    "World",
    "simulate",
]
