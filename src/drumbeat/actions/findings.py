"""What an examination finds: one answer each, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


STOPS_NOTHING = frozenset(
    {
        "consumers_near",
        "inbound_behind",
        "inbound_poison",
        "job_failed",
        "mailbox_down",
        "phone_account_unproven",
        "phone_account_untold",
        "phone_callbacks_unreadable",
        "provider_no_unsubscribe",
        "provider_silent",
        "provider_unfetched",
        "text_media_lost",
    }
)
"""What is wrong, and keeps no message from leaving."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer: `code` is stable, `text` what is so, `fix` what to do about it.

    The same in pieces, for who says it in other words: `name` and `object_id` of what is concerned,
    `reason` as a code, `at` a moment, `detail` as others said it.
    """

    level: Level
    code: str
    text: str
    count: int | None = None
    fix: str = ""
    name: str = ""
    object_id: int | None = None
    reason: str = ""
    at: datetime | None = None
    detail: str = ""

    @property
    def stops(self) -> bool:
        """Say whether it keeps messages from leaving."""
        return self.level in (Level.WARNING, Level.ERROR) and self.code not in STOPS_NOTHING
