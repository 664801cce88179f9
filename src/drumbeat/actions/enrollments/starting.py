"""What triggers found, carried out: contacts enrolled, each with a line that says what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drumbeat.actions.enrollments.automatic import CHAIN, enroll_in_each, led_on, may_follow
from drumbeat.actions.enrollments.elsewhere import LOOP
from drumbeat.core.triggers.matching import MOST_STARTS_A_DAY
from drumbeat.store import trigger_matches

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


def start(workspace_id: int, matches: Sequence[Match], now: datetime) -> int:
    """Enroll whom starts met, in the caller's transaction, and return how many began.

    Of several starts of one sequence the first counts.
    """
    if not matches:
        return 0
    by_sequence: dict[int, dict[int, Match]] = {}
    for match in matches:
        by_sequence.setdefault(match.sequence_id, {}).setdefault(match.contact_id, match)
    sources = {
        id_: {met.contact_id: _source(met) for met in some.values()} for id_, some in by_sequence.items()
    }
    often = trigger_matches.started_since(
        sources, {match.contact_id for match in matches}, now - timedelta(days=1)
    )
    free = {
        id_: {
            contact_id: source
            for contact_id, source in some.items()
            if _is_free(id_, source) and often.get((id_, contact_id), 0) < MOST_STARTS_A_DAY
        }
        for id_, some in sources.items()
    }
    answers = enroll_in_each(free, now)
    lines = [
        trigger_matches.Line(id_, contact_id, match.place, match.kind, answers[id_].get(contact_id, LOOP))
        for id_, some in sorted(by_sequence.items())
        for contact_id, match in some.items()
    ]
    trigger_matches.write(workspace_id, lines, now)
    return sum(line.answer in trigger_matches.STARTED for line in lines)


def _source(match: Match) -> str:
    return SOURCE if match.led_by is None else led_on(match.chain, match.led_by)


def _is_free(sequence_id: int, source: str) -> bool:
    return not source.startswith(CHAIN) or may_follow(sequence_id, source)
