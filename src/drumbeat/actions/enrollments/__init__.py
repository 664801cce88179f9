"""Enrolling contacts in a sequence: one, some, a list; each gets its own answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from drumbeat.actions import access
from drumbeat.actions.contacts.selection import Selection, count_of, ids_of, seen_among
from drumbeat.actions.enrollments import verbs
from drumbeat.core import enroll_answers
from drumbeat.core.enroll_answers import Answer
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.flow import Channel, Flow
from drumbeat.core.touch import SkipReason
from drumbeat.models import TAKES_PEOPLE, Member, SenderProfile, Touch, Workspace
from drumbeat.models import Enrollment as EnrollmentRow
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import companies, enrolling, flows
from drumbeat.store.contacts import in_ids
from drumbeat.store.reach import Asked, addresses_of, unreachable
from drumbeat.store.suppressions import SuppressionUnavailable

CONTACTS_A_QUESTION = 5_000
"""How many contacts the suppression store is asked about at once."""


UNDO_WITHIN = timedelta(hours=24)


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
    require_within_limit(member, len(asked))
    beyond = out_of_reach(sequence, asked)
    with transaction.atomic():
        sequence = enrolling.hold_sequence(sequence.pk)
        if sequence.status not in TAKES_PEOPLE:
            return EnrollAnswer(dict.fromkeys(asked, Answer.SEQUENCE_NOT_ACTIVE), {})
        known = enrolling.lock_contacts(member.workspace_id, seen_among(member, asked))
        refused = beyond | not_free(sequence, known, refused=beyond)
        free = [id_ for id_ in known if id_ not in refused]
        ids = insert(sequence, free, now, sender_id=sender_id, source=source, enrolled_by_id=member.pk)
    enrolled = Answer.WAITING_FOR_REVIEW if sequence.review else Answer.ENROLLED
    answers = dict.fromkeys(asked, Answer.NOT_FOUND) | {id_: refused[id_] for id_ in known if id_ in refused}
    answers |= {id_: enrolled if id_ in ids else Answer.ALREADY_ENROLLED for id_ in free}
    return EnrollAnswer(answers, ids)


def enroll_chosen(
    member: Member, sequence_id: int, chosen: Selection, now: datetime, *, sender_id: int | None = None
) -> EnrollAnswer:
    """Enroll contacts that were named, are on a list, in a segment or fit a filter: same rules, same limit."""
    access.require(member, "enrollments.create")
    require_within_limit(member, count_of(member, chosen, now))
    ids = ids_of(member, chosen, batch_limit(member), now)
    ways = {"list": chosen.list_id, "segment": chosen.segment_id, "filter": chosen.query}
    source = next((word for word, way in ways.items() if way is not None), "manual")
    return enroll(member, sequence_id, ids, now, sender_id=sender_id, source=source)


def batch_limit(member: Member) -> int:
    """Return how many contacts one request may enroll."""
    return Workspace.objects.values_list("sequence_batch_limit", flat=True).get(id=member.workspace_id)


def require_within_limit(member: Member, asked: int) -> None:
    limit = batch_limit(member)
    if asked > limit:
        raise DomainError(
            "over_batch_limit",
            f"{asked} contacts are more than one request may enroll here ({limit}). Nobody was enrolled. "
            "Enroll fewer at a time, or raise sequence_batch_limit in the workspace's settings.",
            {"contacts": str(asked), "sequence_batch_limit": str(limit)},
        )


def insert(
    sequence: SequenceRow,
    contact_ids: Sequence[int],
    now: datetime,
    *,
    source: str,
    sender_id: int | None = None,
    enrolled_by_id: int | None = None,
    facts: enrolling.Heard | None = None,
) -> dict[int, int]:
    """Write the enrollments, and return their ids by contact; the contacts are locked and free.

    Every fact that happened before is heard, so none of them stops anything. `facts`: those of the contacts, where
    they are known already.
    """
    assert sequence.current_version_id is not None
    new = enrolling.NewEnrollments(
        workspace_id=sequence.workspace_id,
        sequence_id=sequence.pk,
        version_id=sequence.current_version_id,
        start=flows.flow_of(sequence.current_version_id).start,
        review=sequence.review,
        chosen_sender_id=sender_id,
        enrolled_by_id=enrolled_by_id,
        source=source,
    )
    heard = enrolling.heard(sequence.pk, contact_ids, facts)
    return enrolling.insert(new, {id_: heard.get(id_, {}) for id_ in contact_ids}, now)


def not_free(
    sequence: SequenceRow,
    contact_ids: Sequence[int],
    runs: enrolling.Runs | None = None,
    refused: Collection[int] = (),
) -> dict[int, Answer]:
    """Return the contacts that run through this sequence, through another where only one is allowed, or whose
    company has enough people in it.

    `runs`: what they run through, where it is known already. `refused` take no place of their company.
    """
    known = enrolling.runs_of(contact_ids) if runs is None else runs
    found: dict[int, Answer] = {}
    for contact_id in contact_ids:
        through = known.get(contact_id, ())
        answer = enroll_answers.not_free(sequence.pk, through, one_at_a_time=sequence.one_at_a_time)
        if answer is not None:
            found[contact_id] = answer
    if sequence.company_limit is not None:
        asking = [id_ for id_ in contact_ids if id_ not in found and id_ not in refused]
        beyond = companies.beyond_limit(sequence.pk, asking, sequence.company_limit)
        found |= dict.fromkeys(beyond, Answer.COMPANY_LIMIT)
    return found


def out_of_reach(sequence: SequenceRow, contact_ids: Sequence[int]) -> dict[int, Answer]:
    """Return contacts that no send step can reach, where no task step could either.

    When the suppression store does not answer, nobody is out of reach: the claim of each touch fails closed.
    """
    if not must_reach(sequence):
        return {}
    try:
        return unreached(sequence, blocked_on(sequence, contact_ids))
    except SuppressionUnavailable:
        return {}


def must_reach(sequence: SequenceRow) -> bool:
    """Say whether whom it cannot write to has no business in the sequence: it writes, and has no task for people."""
    flow = flow_of(sequence)
    return flow is not None and enroll_answers.must_reach(flow)


def unreached(
    sequence: SequenceRow, blocked: Mapping[int, Mapping[Channel, SkipReason]]
) -> dict[int, Answer]:
    """Return those of whom every channel of the sequence is blocked."""
    channels = channels_of(sequence)
    answers = {id_: enroll_answers.beyond_reach(channels, reasons) for id_, reasons in blocked.items()}
    return {id_: answer for id_, answer in answers.items() if answer is not None}


def channels_of(sequence: SequenceRow) -> frozenset[Channel]:
    """Return the channels on which the sequence writes to contacts."""
    flow = flow_of(sequence)
    return frozenset() if flow is None else enroll_answers.channels_of(flow)


def flow_of(sequence: SequenceRow) -> Flow | None:
    """Return the flow that new enrollments take; None before the first version."""
    return None if sequence.current_version_id is None else flows.flow_of(sequence.current_version_id)


def blocked_on(sequence: SequenceRow, contact_ids: Sequence[int]) -> dict[int, Mapping[Channel, SkipReason]]:
    """Return the channels that cannot or must not reach each of the contacts; SuppressionUnavailable."""
    rows = list(enrolling.contact_addresses(sequence.workspace_id, contact_ids))
    found: dict[int, Mapping[Channel, SkipReason]] = {}
    for first in range(0, len(rows), CONTACTS_A_QUESTION):
        part = rows[first : first + CONTACTS_A_QUESTION]
        answers = unreachable(sequence.workspace_id, [_asked(sequence.pk, row) for row in part])
        found |= {row["id"]: reasons for row, reasons in zip(part, answers, strict=True)}
    return found


def blocked_in_each(
    wanted: Mapping[int, Iterable[int]], contact_ids: Sequence[int]
) -> dict[int, dict[int, Mapping[Channel, SkipReason]]]:
    """Return it for several sequences of one workspace at once; nobody is blocked where no answer comes."""
    if not wanted or not contact_ids:
        return {}
    workspace_id = SequenceRow.objects.values_list("workspace_id", flat=True).get(id=next(iter(wanted)))
    rows = {row["id"]: row for row in enrolling.contact_addresses(workspace_id, contact_ids)}
    pairs = [(id_, contact_id) for id_, ids in wanted.items() for contact_id in ids if contact_id in rows]
    try:
        answers = unreachable(workspace_id, [_asked(id_, rows[contact_id]) for id_, contact_id in pairs])
    except SuppressionUnavailable:
        return {}
    found: dict[int, dict[int, Mapping[Channel, SkipReason]]] = {}
    for (id_, contact_id), reasons in zip(pairs, answers, strict=True):
        found.setdefault(id_, {})[contact_id] = reasons
    return found


def foresee(member: Member, sequence: SequenceRow, contact_ids: Sequence[int]) -> dict[int, Answer]:
    """Return the answer that each contact would get now, writing and locking nothing."""
    if sequence.status not in TAKES_PEOPLE:
        return dict.fromkeys(contact_ids, Answer.SEQUENCE_NOT_ACTIVE)
    known = seen_among(member, contact_ids)
    enrolled = Answer.WAITING_FOR_REVIEW if sequence.review else Answer.ENROLLED
    answers = dict.fromkeys(contact_ids, Answer.NOT_FOUND) | dict.fromkeys(known, enrolled)
    beyond = out_of_reach(sequence, known)
    return answers | beyond | not_free(sequence, known, refused=beyond)


def _asked(sequence_id: int, row: Mapping[str, Any]) -> Asked:
    addresses = addresses_of(row["email_normal"], row["phone_normal"], row["whatsapp"])
    return Asked(sequence_id, addresses, row["consent"])


@dataclass(frozen=True, slots=True)
class Undone:
    """`stopped`: those that ended. `written_to`: those whose first message had left and is not recalled, with steps."""

    stopped: Sequence[int]
    written_to: Mapping[int, Sequence[str]]
    left_alone: Mapping[int, str]


def undo(member: Member, enrollment_ids: Sequence[int], now: datetime) -> Undone:
    """Stop enrollments that were just made; nothing more leaves. What was handed over before is told, not recalled.

    Enrollments by somebody else, or older than UNDO_WITHIN, are left alone (`not_found`, `too_late`).
    """
    access.require(member, "enrollments.create")
    mine = access.visible_to(member, EnrollmentRow).filter(
        id__in=in_ids(list(enrollment_ids)), enrolled_by_id=member.pk
    )
    made = dict(mine.values_list("id", "created_at"))
    fresh = [id_ for id_, at in made.items() if now - at <= UNDO_WITHIN]
    answers = verbs.apply(member, fresh, Verb(kind=VerbKind.STOP), now)
    left_alone = {
        id_: "too_late" if id_ in made else "not_found" for id_ in enrollment_ids if id_ not in fresh
    }
    left_alone |= {answer.id: answer.code for answer in answers if not answer.done}
    return Undone(
        stopped=[answer.id for answer in answers if answer.done],
        written_to=_written_to(fresh),
        left_alone=left_alone,
    )


def _written_to(enrollment_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    handed = Touch.objects.filter(enrollment_id__in=in_ids(list(enrollment_ids)), handed_at__isnull=False)
    for enrollment_id, step in handed.order_by("id").values_list("enrollment_id", "step"):
        found.setdefault(enrollment_id or 0, []).append(step)
    return found
