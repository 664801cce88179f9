"""What a provider tells of a mail, and what it means: the same words as for a bounce that comes by mail.

A provider's own "hard" is believed only where what the other server said allows it; its "soft" always.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from drumbeat.core.bounce_judgement import judge
from drumbeat.core.bounce_reasons import HARD, BounceReason
from drumbeat.core.bounces import FailedRecipient
from drumbeat.core.facts import EventKind
from drumbeat.core.incoming import Word
from drumbeat.core.smtp_codes import find_status

MARK = "drumbeat"
"""The name under which a provider keeps our mark beside a mail."""
DEFERRED = "deferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event in the words that all providers share. `finality`: hard or soft where the provider says it.

    `at` is an ISO moment or "". `raw` is what the provider itself wrote.
    """

    kind: str
    at: str = ""
    event_id: str = ""
    message_id: str = ""
    mark: str = ""
    recipient: str = ""
    reject_reason: str = ""
    description: str = ""
    answer: str = ""
    finality: str = ""
    url: str = ""
    user_agent: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def external_id(self) -> str:
        """The same for every delivery of the same event."""
        if self.event_id and len(self.event_id) <= 150:
            return f"{self.kind}:{self.event_id}"
        said = self.to_json() if not self.raw else {"kind": self.kind, "raw": self.raw}
        return "sha256:" + hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """`kind` is the event's word; `word` what follows as for a mail that says so, None for nothing."""

    kind: str
    word: Word | None = None
    failed: FailedRecipient | None = None


_PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "delivered": EventKind.DELIVERED.value,
        "deferred": DEFERRED,
        "opened": EventKind.OPENED.value,
        "clicked": EventKind.CLICKED.value,
    }
)
_FAILURES = frozenset({"bounced", "rejected", "failed"})
_FINALITY: tuple[tuple[tuple[str, ...], Mapping[str, str]], ...] = (
    (("Type",), {"HardBounce": "hard", "SoftBounce": "soft", "BadEmailAddress": "hard"}),
    (("event-data", "severity"), {"permanent": "hard", "temporary": "soft"}),
    (("event",), {"hard_bounce": "hard", "soft_bounce": "soft", "invalid_email": "hard"}),
    (("type",), {"activity.hard_bounced": "hard", "activity.soft_bounced": "soft", "blocked": "soft"}),
    (("status",), {"hard_bounced": "hard", "soft_bounced": "soft"}),
    (("data", "bounce", "type"), {"Permanent": "hard", "Transient": "soft", "Undetermined": "soft"}),
    (("bounce", "bounceType"), {"Permanent": "hard", "Transient": "soft", "Undetermined": "soft"}),
    (("hard_bounce",), {"True": "hard", "False": "soft"}),
    (("bounce_class",), {"10": "hard", "30": "hard", "90": "hard"}),
)
"""Where providers write whether a failure is final, and in which words."""
_NAMED: Mapping[str, BounceReason] = MappingProxyType(
    {
        "blocked": BounceReason.FILTERED,
        "timed_out": BounceReason.TEMPORARY,
        "other": BounceReason.OTHER,
    }
)
_VAGUE = frozenset({BounceReason.OTHER, BounceReason.FILTERED})


def finality_of(raw: Mapping[str, Any]) -> str:
    """Return hard or soft where the provider's own words say it, else "". Total."""
    for path, words in _FINALITY:
        found: Any = raw
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        if word := words.get(str(found)):
            return word
    return ""


def read_told(stored: Mapping[str, Any]) -> Told:
    """Return what `to_json` gave."""
    return Told(**stored)


def meaning_of(told: Told, recipient: str = "") -> Meaning | None:
    """Return what follows, None for what says nothing of a mail. `recipient`: whom the mail was for."""
    if told.kind in _PLAIN:
        return Meaning(kind=_PLAIN[told.kind])
    if told.kind == "complained" or (told.kind in _FAILURES and told.reject_reason == "spam"):
        return Meaning(kind=EventKind.COMPLAINED.value, word=Word.COMPLAINT)
    if told.kind == "unsubscribed" or (told.kind in _FAILURES and told.reject_reason == "unsubscribed"):
        return Meaning(kind=EventKind.OPTED_OUT.value, word=Word.OPT_OUT)
    if told.kind not in _FAILURES:
        return None
    failed = _failed(told, told.recipient or recipient)
    word = Word.BOUNCE if failed.hard else Word.SOFT_BOUNCE
    return Meaning(kind=EventKind.BOUNCED.value, word=word, failed=failed)


def _failed(told: Told, address: str) -> FailedRecipient:
    words = " ".join(f"{told.answer} {told.description}".split())
    status = find_status(words)
    return FailedRecipient(address, _reason(told, status, words), status, words[:500])


def _reason(told: Told, status: str, words: str) -> BounceReason:
    said = judge(status, words, in_fields=bool(told.answer))
    if told.finality == "soft":
        return BounceReason.TEMPORARY if said in HARD else said
    if said in HARD or said not in _VAGUE:
        return said
    if told.finality == "hard" or _on_a_list_of_the_dead(told):
        return BounceReason.USER_UNKNOWN
    return _NAMED.get(told.reject_reason, said)


def _on_a_list_of_the_dead(told: Told) -> bool:
    """The provider itself refused to try: the address bounced for good before, or cannot exist."""
    return told.kind == "rejected" and told.reject_reason in {"bounced", "invalid"}


def happened_at(told_at: str, received_at: datetime) -> datetime:
    """Return when it happened, never later than it was told."""
    try:
        at = datetime.fromisoformat(told_at)
    except ValueError:
        return received_at
    return min(at, received_at) if at.tzinfo else received_at
