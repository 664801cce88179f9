"""Enrolling contacts when nobody asked for each by hand: flows, triggers, imports, new contacts.

The rules are the same whatever asks: an earlier run forbids another one unless the sequence says otherwise. A sequence
that led here by flows and triggers alone is never entered again: sequences that enroll one another come to an end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from drumbeat.actions.enrollments import Answer, insert, not_free, out_of_reach
from drumbeat.models import Reenrollment, SequenceStatus
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import enrolling

CHAIN = "flow:"
_LONGEST_SOURCE = 40
_TAKE_PEOPLE = frozenset({SequenceStatus.ACTIVE, SequenceStatus.PAUSED})


def enroll_automatically(sequence_id: int, sources: Mapping[int, str], now: datetime) -> dict[int, Answer]:
    """Enroll the contacts that are keys of `sources`, each with what led to it; return the answer for each.

    Call it in a transaction. It locks the contacts, in id order.
    """
    sequence = enrolling.hold_sequence(sequence_id)
    if sequence.status not in _TAKE_PEOPLE:
        return dict.fromkeys(sources, Answer.SEQUENCE_NOT_ACTIVE)
    known = enrolling.lock_contacts(sequence.workspace_id, sorted(sources))
    refused = out_of_reach(sequence, known) | _had_it(sequence, known, now) | not_free(sequence, known)
    by_source: dict[str, list[int]] = {}
    for contact_id in known:
        if contact_id not in refused:
            by_source.setdefault(sources[contact_id], []).append(contact_id)
    made = {
        contact_id
        for source, contact_ids in by_source.items()
        for contact_id in insert(sequence, contact_ids, now, source=source)
    }
    enrolled = Answer.WAITING_FOR_REVIEW if sequence.review else Answer.ENROLLED
    met = {id_: enrolled if id_ in made else refused.get(id_, Answer.ALREADY_ENROLLED) for id_ in known}
    return dict.fromkeys(sources, Answer.NOT_FOUND) | met


def led_on(source: str, sequence_id: int) -> str:
    """Return the source of what a run in `sequence_id`, itself begun by `source`, leads to: every sequence so far."""
    return f"{source}.{sequence_id}" if source.startswith(CHAIN) else f"{CHAIN}{sequence_id}"


def may_follow(sequence_id: int, chain: str) -> bool:
    """Say whether the sequence may follow a chain: it is not in it, and the chain is not endless."""
    return len(chain) <= _LONGEST_SOURCE and str(sequence_id) not in chain.removeprefix(CHAIN).split(".")


def _had_it(sequence: SequenceRow, contact_ids: Sequence[int], now: datetime) -> dict[int, Answer]:
    """Return the contacts whose earlier run forbids another one that nobody asked for by hand."""
    if sequence.reenrollment == Reenrollment.ALWAYS:
        return {}
    ends = enrolling.last_ends(sequence.pk, contact_ids)
    if sequence.reenrollment == Reenrollment.AFTER_DAYS:
        since = now - timedelta(days=sequence.reenroll_after_days or 0)
        ends = {contact_id: at for contact_id, at in ends.items() if at > since}
    return dict.fromkeys(ends, Answer.REENROLLMENT_NOT_ALLOWED)
