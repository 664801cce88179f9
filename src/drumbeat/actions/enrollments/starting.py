"""What triggers found, carried out: contacts enrolled, each with a line that says what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drumbeat.actions.enrollments import Answer
from drumbeat.actions.enrollments.automatic import CHAIN, enroll_automatically, led_on, may_follow
from drumbeat.actions.enrollments.elsewhere import LOOP
from drumbeat.core.triggers.matching import MOST_STARTS_A_DAY
from drumbeat.store import enrolling, trigger_matches

SOURCE = "trigger"


@dataclass(frozen=True, slots=True)
class Match:
    """That a start of a sequence met a contact. `led_by`: the sequence whose run made it happen, begun by `chain`."""

    sequence_id: int
    contact_id: int
    place: int
    kind: str
    led_by: int | None = None
    chain: str = ""


def start(workspace_id: int, matches: Sequence[Match], now: datetime) -> None:
    """Enroll whom starts met, in the caller's transaction; of several starts of one sequence the first counts."""
    if not matches:
        return
    by_sequence: dict[int, dict[int, Match]] = {}
    for match in matches:
        by_sequence.setdefault(match.sequence_id, {}).setdefault(match.contact_id, match)
    for sequence_id in sorted(by_sequence):
        enrolling.hold_sequence(sequence_id)
    enrolling.lock_contacts(workspace_id, sorted({match.contact_id for match in matches}))
    lines: list[trigger_matches.Line] = []
    for sequence_id, met in sorted(by_sequence.items()):
        lines += _start(sequence_id, met, now)
    trigger_matches.write(workspace_id, lines, now)


def _start(sequence_id: int, met: dict[int, Match], now: datetime) -> Iterable[trigger_matches.Line]:
    sources = {id_: _source(match) for id_, match in met.items()}
    often = trigger_matches.started_since(sequence_id, sources, now - timedelta(days=1))
    free = {
        id_: source
        for id_, source in sources.items()
        if _is_free(sequence_id, source) and often.get(id_, 0) < MOST_STARTS_A_DAY
    }
    answers: dict[int, str] = {id_: answer.value for id_, answer in _enroll(sequence_id, free, now).items()}
    for id_, match in met.items():
        yield trigger_matches.Line(sequence_id, id_, match.place, match.kind, answers.get(id_, LOOP))


def _enroll(sequence_id: int, sources: dict[int, str], now: datetime) -> dict[int, Answer]:
    return enroll_automatically(sequence_id, sources, now) if sources else {}


def _source(match: Match) -> str:
    return SOURCE if match.led_by is None else led_on(match.chain, match.led_by)


def _is_free(sequence_id: int, source: str) -> bool:
    return not source.startswith(CHAIN) or may_follow(sequence_id, source)
