"""Words of numbers that send: their channels, and how they stand with the carriers of the United States."""

from __future__ import annotations

from enum import StrEnum


class Registration(StrEnum):
    """A2P 10DLC or toll-free verification, as people say it or as carriers' refusals tell (30032, 30034 …)."""

    UNKNOWN = ""
    PENDING = "pending"
    REGISTERED = "registered"
    REFUSED = "refused"
