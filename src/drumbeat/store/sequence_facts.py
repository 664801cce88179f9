"""Live settings of sequences, as far as a decision may know them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from drumbeat.core.facts import Exit, SequenceFacts, SequenceState
from drumbeat.core.holidays import NO_HOLIDAYS, Holidays, learn
from drumbeat.core.triggers import StopWhen, read_stop_when
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import sql
from drumbeat.store.readings import Reading
from drumbeat.store.senders import window_of


def load_sequences(ids: Iterable[int]) -> dict[int, SequenceFacts]:
    """Return the live settings of the sequences, by id."""
    return {row[0]: _sequence(dict(zip(_SEQUENCE, row, strict=True))) for row in _SEQUENCES.fetch(ids)}


_SEQUENCE = (
    "id",
    "status",
    "exit_on_reply",
    "exit_on_meeting",
    "exit_on_call",
    "exit_on_conversion",
    "exit_on_company_reply",
    "postpone_on_out_of_office",
    "stop_when",
    "window",
    "holidays",
    "jitter_seconds",
    "review",
    "sender_id",
    "track_opens",
    "track_clicks",
    "workspace__allows_tracking",
)
_SEQUENCES = Reading(lambda ids: SequenceRow.objects.filter(sql.among("id", ids)).values_list(*_SEQUENCE))


@lru_cache(maxsize=1 << 10)
def _stop_rule(text: str) -> StopWhen:
    return read_stop_when(json.loads(text))


def stop_rule_of(document: object) -> StopWhen | None:
    """Return the stop rule of a sequence as it was kept."""
    return None if document is None else _stop_rule(json.dumps(document))


@lru_cache(maxsize=1 << 10)
def _holidays(text: str) -> Holidays:
    return Holidays.kept(json.loads(text))


def holidays_of(document: object) -> Holidays:
    """Return the holidays of a sequence as they were kept."""
    return NO_HOLIDAYS if document is None else _holidays(json.dumps(document))


def _sequence(row: Mapping[str, Any]) -> SequenceFacts:
    return SequenceFacts(
        id=row["id"],
        state=SequenceState(row["status"]),
        exit_on_reply=Exit(row["exit_on_reply"]),
        exit_on_meeting=Exit(row["exit_on_meeting"]),
        exit_on_call=Exit(row["exit_on_call"]),
        exit_on_conversion=Exit(row["exit_on_conversion"]),
        exit_on_company_reply=Exit(row["exit_on_company_reply"]),
        postpone_on_out_of_office=row["postpone_on_out_of_office"],
        stop_when=stop_rule_of(row["stop_when"]),
        window=window_of(row["window"]),
        holidays=holidays_of(row["holidays"]),
        jitter_seconds=row["jitter_seconds"],
        review=row["review"],
        sender_id=row["sender_id"],
        track_opens=row["track_opens"] and row["workspace__allows_tracking"],
        track_clicks=row["track_clicks"] and row["workspace__allows_tracking"],
    )


def learn_holidays(now: datetime) -> None:
    """Learn, before a transaction asks for them, when the holidays of this and next year fall in running sequences."""
    rows = SequenceRow.objects.filter(status=SequenceState.ACTIVE, holidays__isnull=False)
    kept = (holidays_of(document) for document in rows.values_list("holidays", flat=True))
    learn({code for holidays in kept for code in holidays.countries}, (now.year, now.year + 1))
