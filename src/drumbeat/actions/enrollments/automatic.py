"""Enrolling contacts when nobody asked for each by hand: flows, triggers, imports, new contacts.

The rules are the same whatever asks: an earlier run forbids another one unless the sequence says otherwise. A sequence
that led here by flows and triggers alone is never entered again: sequences that enroll one another come to an end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drumbeat.actions.enrollments import blocked_in_each, insert, must_reach, not_free, unreached
from drumbeat.core.enroll_answers import Answer
from drumbeat.core.flow import Channel
from drumbeat.core.touch import SkipReason
from drumbeat.models import TAKES_PEOPLE, Reenrollment
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import enrolling

CHAIN = "flow:"
_LONGEST_SOURCE = 40


def enroll_automatically(sequence_id: int, sources: Mapping[int, str], now: datetime) -> dict[int, Answer]:
    """Enroll the contacts that are keys of `sources`, each with what led to it; return the answer for each.

    Call it in a transaction. It locks the contacts, in id order.
    """
    return enroll_in_each({sequence_id: sources}, now)[sequence_id]


def enroll_in_each(wanted: Mapping[int, Mapping[int, str]], now: datetime) -> dict[int, dict[int, Answer]]:
    """Do it for several sequences of one workspace; what all of them ask of their contacts is read once."""
    held = enrolling.hold_sequences(wanted)
    taking = {id_: wanted[id_] for id_, row in held.items() if row.status in TAKES_PEOPLE}
    answers = {id_: dict.fromkeys(sources, Answer.SEQUENCE_NOT_ACTIVE) for id_, sources in wanted.items()}
    if not taking:
        return answers
    workspace_id = held[next(iter(taking))].workspace_id
    contact_ids = sorted({id_ for sources in taking.values() for id_ in sources})
    ground = _Ground.of(
        enrolling.lock_contacts(workspace_id, contact_ids), {id_: held[id_] for id_ in taking}, taking
    )
    for sequence_id in sorted(taking):
        answers[sequence_id] = _enroll(held[sequence_id], taking[sequence_id], ground, now)
    return answers


@dataclass(slots=True)
class _Ground:
    """What is known of the contacts once they are locked: where they run, what they heard, how they are reached."""

    known: frozenset[int]
    runs: enrolling.Runs
    facts: enrolling.Heard
    ends: Mapping[tuple[int, int], datetime]
    blocked: Mapping[int, Mapping[int, Mapping[Channel, SkipReason]]]

    @classmethod
    def of(
        cls,
        known: Sequence[int],
        sequences: Mapping[int, SequenceRow],
        wanted: Mapping[int, Mapping[int, str]],
    ) -> _Ground:
        once = [id_ for id_, row in sequences.items() if row.reenrollment != Reenrollment.ALWAYS]
        return cls(
            frozenset(known),
            enrolling.runs_of(known),
            enrolling.facts_of(known),
            enrolling.last_ends(once, known) if once else {},
            blocked_in_each({id_: wanted[id_] for id_, row in sequences.items() if must_reach(row)}, known),
        )


def _enroll(
    sequence: SequenceRow, sources: Mapping[int, str], ground: _Ground, now: datetime
) -> dict[int, Answer]:
    known = sorted(ground.known.intersection(sources))
    refused = unreached(sequence, ground.blocked.get(sequence.pk, {}))
    refused |= _had_it(sequence, known, ground, now)
    refused |= not_free(sequence, known, ground.runs, refused)
    by_source: dict[str, list[int]] = {}
    for contact_id in known:
        if contact_id not in refused:
            by_source.setdefault(sources[contact_id], []).append(contact_id)
    made = {
        contact_id
        for source, contact_ids in by_source.items()
        for contact_id in insert(sequence, contact_ids, now, source=source, facts=ground.facts)
    }
    for contact_id in made:
        ground.runs.setdefault(contact_id, []).append((sequence.pk, sequence.one_at_a_time))
    enrolled = Answer.WAITING_FOR_REVIEW if sequence.review else Answer.ENROLLED
    met = {id_: enrolled if id_ in made else refused.get(id_, Answer.ALREADY_ENROLLED) for id_ in known}
    return dict.fromkeys(sources, Answer.NOT_FOUND) | met


def led_on(source: str, sequence_id: int) -> str:
    """Return the source of what a run in `sequence_id`, itself begun by `source`, leads to: every sequence so far."""
    return f"{source}.{sequence_id}" if source.startswith(CHAIN) else f"{CHAIN}{sequence_id}"


def may_follow(sequence_id: int, chain: str) -> bool:
    """Say whether the sequence may follow a chain: it is not in it, and the chain is not endless."""
    return len(chain) <= _LONGEST_SOURCE and str(sequence_id) not in chain.removeprefix(CHAIN).split(".")


def _had_it(
    sequence: SequenceRow, contact_ids: Sequence[int], ground: _Ground, now: datetime
) -> dict[int, Answer]:
    """Return the contacts whose earlier run forbids another one that nobody asked for by hand."""
    if sequence.reenrollment == Reenrollment.ALWAYS:
        return {}
    ends = {id_: at for id_ in contact_ids if (at := ground.ends.get((sequence.pk, id_))) is not None}
    if sequence.reenrollment == Reenrollment.AFTER_DAYS:
        since = now - timedelta(days=sequence.reenroll_after_days or 0)
        ends = {contact_id: at for contact_id, at in ends.items() if at > since}
    return dict.fromkeys(ends, Answer.REENROLLMENT_NOT_ALLOWED)
