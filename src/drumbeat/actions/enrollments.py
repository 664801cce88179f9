"""Enrolling contacts in a sequence: one, some, a list; each gets its own answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from drumbeat.actions import access
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Channel, TaskStep, channel_of
from drumbeat.core.touch import SkipReason
from drumbeat.models import ContactList, ListMember, Member, SenderProfile, SequenceStatus, Workspace
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import enrolling, flows
from drumbeat.store.reach import Asked, addresses_of, unreachable
from drumbeat.store.suppressions import SuppressionUnavailable

CONTACTS_A_QUESTION = 5_000
"""How many contacts the suppression store is asked about at once."""


class Answer(StrEnum):
    """What became of one contact of an enroll request."""

    ENROLLED = "enrolled"
    WAITING_FOR_REVIEW = "waiting_for_review"
    ALREADY_ENROLLED = "already_enrolled"
    REENROLLMENT_NOT_ALLOWED = "reenrollment_not_allowed"
    PARALLEL_NOT_ALLOWED = "parallel_not_allowed"
    SUPPRESSED = "suppressed"
    NO_ADDRESS = "no_address"
    COMPANY_LIMIT = "company_limit"
    SEQUENCE_NOT_ACTIVE = "sequence_not_active"
    NOT_PERMITTED = "not_permitted"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class EnrollAnswer:
    """The answer for each contact asked, and the ids of the new enrollments by contact."""

    answers: Mapping[int, Answer]
    enrollment_ids: Mapping[int, int]

    def counts(self) -> dict[str, int]:
        """Return how many contacts got each answer, in the order of `Answer`."""
        found = list(self.answers.values())
        return {answer.value: n for answer in Answer if (n := found.count(answer))}


def enroll(
    member: Member,
    sequence_id: int,
    contact_ids: Sequence[int],
    now: datetime,
    *,
    sender_id: int | None = None,
    source: str = "manual",
) -> EnrollAnswer:
    """Enroll contacts by hand: after the end of an earlier run always, never beside an unfinished one.

    Raises DomainError `over_batch_limit` (nothing is enrolled) above the workspace's limit.
    """
    access.require(member, "enrollments.create")
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    if sender_id is not None:
        access.get(member, SenderProfile, sender_id, "sender")
    asked = list(dict.fromkeys(contact_ids))
    _require_within_limit(member, len(asked))
    out_of_reach = _out_of_reach(sequence, asked)
    with transaction.atomic():
        sequence = enrolling.hold_sequence(sequence.pk)
        if sequence.status not in (SequenceStatus.ACTIVE, SequenceStatus.PAUSED):
            return EnrollAnswer(dict.fromkeys(asked, Answer.SEQUENCE_NOT_ACTIVE), {})
        known = enrolling.lock_contacts(member.workspace_id, asked)
        refused = out_of_reach | _not_free(sequence, known)
        free = [id_ for id_ in known if id_ not in refused]
        ids = _insert(member, sequence, free, now, sender_id=sender_id, source=source)
    enrolled = Answer.WAITING_FOR_REVIEW if sequence.review else Answer.ENROLLED
    answers = dict.fromkeys(asked, Answer.NOT_FOUND) | {id_: refused[id_] for id_ in known if id_ in refused}
    answers |= {id_: enrolled if id_ in ids else Answer.ALREADY_ENROLLED for id_ in free}
    return EnrollAnswer(answers, ids)


def enroll_list(
    member: Member, sequence_id: int, list_id: int, now: datetime, *, sender_id: int | None = None
) -> EnrollAnswer:
    """Enroll everybody on a list, under the same rules and the same limit."""
    contact_list = access.get(member, ContactList, list_id, "list")
    entries = ListMember.objects.filter(contact_list=contact_list)
    _require_within_limit(member, entries.count())
    ids = list(entries.order_by("contact_id").values_list("contact_id", flat=True))
    return enroll(member, sequence_id, ids, now, sender_id=sender_id, source="list")


def _require_within_limit(member: Member, asked: int) -> None:
    limit = Workspace.objects.values_list("sequence_batch_limit", flat=True).get(id=member.workspace_id)
    if asked > limit:
        raise DomainError(
            "over_batch_limit",
            f"{asked} contacts are more than one request may enroll here ({limit}). Nobody was enrolled. "
            "Enroll fewer at a time, or raise sequence_batch_limit in the workspace's settings.",
            {"contacts": str(asked), "sequence_batch_limit": str(limit)},
        )


def _insert(
    member: Member,
    sequence: SequenceRow,
    contact_ids: Sequence[int],
    now: datetime,
    *,
    sender_id: int | None,
    source: str,
) -> dict[int, int]:
    """Write the enrollments; every fact that happened before is heard, so none of them stops anything."""
    assert sequence.current_version_id is not None
    new = enrolling.NewEnrollments(
        workspace_id=member.workspace_id,
        sequence_id=sequence.pk,
        version_id=sequence.current_version_id,
        start=flows.flow_of(sequence.current_version_id).start,
        review=sequence.review,
        chosen_sender_id=sender_id,
        enrolled_by_id=member.pk,
        source=source,
    )
    heard = enrolling.heard(sequence.pk, contact_ids)
    return enrolling.insert(new, {id_: heard.get(id_, {}) for id_ in contact_ids}, now)


def _not_free(sequence: SequenceRow, contact_ids: Sequence[int]) -> dict[int, Answer]:
    """Return the contacts that run through this sequence, or through another where only one is allowed."""
    standing = enrolling.standing(sequence.pk, contact_ids)
    parallel = standing.elsewhere if sequence.one_at_a_time else standing.exclusively
    return dict.fromkeys(parallel, Answer.PARALLEL_NOT_ALLOWED) | dict.fromkeys(
        standing.here, Answer.ALREADY_ENROLLED
    )


def _out_of_reach(sequence: SequenceRow, contact_ids: Sequence[int]) -> dict[int, Answer]:
    """Return contacts that no send step can reach, where no task step could either.

    When the suppression store does not answer, nobody is out of reach: the claim of each touch fails closed.
    """
    if sequence.current_version_id is None:
        return {}
    steps = flows.flow_of(sequence.current_version_id).steps.values()
    channels = {channel for step in steps if (channel := channel_of(step))}
    if not channels or any(isinstance(step, TaskStep) for step in steps):
        return {}
    rows = list(enrolling.contact_addresses(sequence.workspace_id, contact_ids))
    answers: dict[int, Answer] = {}
    for first in range(0, len(rows), CONTACTS_A_QUESTION):
        part = rows[first : first + CONTACTS_A_QUESTION]
        try:
            blocked = unreachable(sequence.workspace_id, [_asked(sequence.pk, row) for row in part])
        except SuppressionUnavailable:
            return {}
        for row, reasons in zip(part, blocked, strict=True):
            if channels <= reasons.keys():
                answers[row["id"]] = _answer_for(channels, reasons)
    return answers


def _asked(sequence_id: int, row: Mapping[str, Any]) -> Asked:
    addresses = addresses_of(row["email_normal"], row["phone_normal"], row["whatsapp"])
    return Asked(sequence_id, addresses, row["consent"])


def _answer_for(channels: set[Channel], reasons: Mapping[Channel, SkipReason]) -> Answer:
    lacking = all(reasons[channel] is SkipReason.NO_ADDRESS for channel in channels)
    return Answer.NO_ADDRESS if lacking else Answer.SUPPRESSED
