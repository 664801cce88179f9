"""Enrollments as programs of kind B ask for them: by contact and actor, moved by the state they should have.

What such a program sees of a state and how it is shaped is said in `api.compat`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Q, QuerySet

from drumbeat.actions import access, enrollments
from drumbeat.actions.enrollments import verbs
from drumbeat.actions.sequences.published import owner_id
from drumbeat.core.enroll_answers import Answer
from drumbeat.core.enrollment import Enrollment, EnrollmentState
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.flow import Flow
from drumbeat.core.timeline import TimelineItem
from drumbeat.models import BUILT_IN_SENDERS, Contact, Member, SenderProfile
from drumbeat.models import Enrollment as EnrollmentRow
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import timelines
from drumbeat.store.contacts import in_ids
from drumbeat.store.enrollments import lock_rows

SOURCE = "kind_b"
SENTENCES = {
    Answer.ALREADY_ENROLLED: "The contact has an unfinished enrollment in this sequence.",
    Answer.REENROLLMENT_NOT_ALLOWED: "The contact went through this sequence before, and may not again yet.",
    Answer.PARALLEL_NOT_ALLOWED: "The contact is in another sequence, and only one at a time is allowed.",
    Answer.SUPPRESSED: "No message of this sequence may reach the contact.",
    Answer.NO_ADDRESS: "The contact lacks every address that this sequence writes to.",
    Answer.COMPANY_LIMIT: "Enough people of this contact's company are being contacted.",
    Answer.SEQUENCE_NOT_ACTIVE: "Nobody can be enrolled in this sequence: it is a draft or archived.",
    Answer.NOT_PERMITTED: "You may not enroll this contact.",
    Answer.NOT_FOUND: "There is no such contact in this workspace.",
}


class WantedState(StrEnum):
    """What a program may ask an enrollment to be."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An enrollment with all that is shown of it.

    `actor_id` and `creator_id` (of its sequence) are never missing: where there is none it is the workspace's owner.
    """

    row: EnrollmentRow
    actor_id: int
    creator_id: int
    flow: Flow | None
    items: Sequence[TimelineItem]
    bodies: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which enrollments, and which page of them. None is any; `resource_type` leaves out other words."""

    ids: Collection[int] | None = None
    contact_ids: Collection[int] | None = None
    resource_type: str = ""
    offset: int = 0
    limit: int = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One contact into one sequence, in the name of an actor (None: the workspace's owner)."""

    sequence_id: int
    contact_id: int
    resource_type: str
    actor_id: int | None = field(default=None)


def find(member: Member, wanted: Wanted, now: datetime) -> tuple[list[Shown], int]:
    """Return a page of the enrollments that fit, the oldest first, and how many fit in all."""
    access.require(member, "enrollments.view")
    rows = _fitting(access.visible_to(member, EnrollmentRow), wanted)
    page = rows.order_by("id").values_list("id", flat=True)[wanted.offset : wanted.offset + wanted.limit]
    return _shown(member, list(page), now), rows.count()


def read(member: Member, enrollment_id: int, now: datetime) -> Shown:
    """Return one enrollment that the member may see; DomainError `not_found`."""
    access.require(member, "enrollments.view")
    row = access.get(member, EnrollmentRow, enrollment_id, "enrollment")
    return _shown(member, [row.pk], now)[0]


def enroll(member: Member, order: Order, now: datetime) -> Shown:
    """Enroll one contact and return the enrollment.

    DomainError with the enroll answer as its code where nobody was enrolled, `sequence_not_found`,
    `resource_not_found` or `actor_not_found` where an id names nothing here.
    """
    access.require(member, "enrollments.create")
    _require(
        access.visible_to(member, SequenceRow).filter(id=order.sequence_id).exists(),
        "sequence_id",
        "sequence",
    )
    _require_contact(member, order.contact_id)
    actor_id = _actor(member, order.actor_id)
    with transaction.atomic():
        answer = enrollments.enroll(
            member,
            order.sequence_id,
            [order.contact_id],
            now,
            sender_id=_mailbox_of(member, actor_id),
            source=SOURCE,
        )
        enrollment_id = answer.enrollment_ids.get(order.contact_id)
        if enrollment_id is None:
            refused = answer.answers[order.contact_id]
            raise DomainError(refused.value, SENTENCES[refused])
        EnrollmentRow.objects.filter(id=enrollment_id).update(
            actor_id=actor_id, resource_type=order.resource_type
        )
    return _shown(member, [enrollment_id], now)[0]


def set_state(member: Member, enrollment_id: int, state: WantedState, now: datetime) -> Shown:
    """Bring an enrollment into a state and return it; one that is in it already stays as it is.

    DomainError `not_found`, `enrollment_finished`, `review_pending` (it waits for a person, who is not passed by),
    `interrupted` (a person must say first whether the last message arrived).
    """
    access.require(member, "enrollments.edit")
    with transaction.atomic():
        ours = access.visible_to(member, EnrollmentRow).filter(id=enrollment_id)
        locked = lock_rows(list(ours.values_list("id", flat=True)))
        if not locked:
            raise DomainError("not_found", f"There is no enrollment {enrollment_id} in this workspace.")
        kind = _verb(locked[0].value, state)
        if kind is not None:
            (answer,) = verbs.apply(member, [enrollment_id], Verb(kind=kind), now)
            if not answer.done:
                raise DomainError(answer.code, _REFUSALS[answer.code])
    return _shown(member, [enrollment_id], now)[0]


def finish_ongoing(
    member: Member, contact_id: int, sequence_ids: Collection[int], now: datetime
) -> list[Shown]:
    """Finish the contact's unfinished enrollments in these sequences (none named: in all) and return them."""
    access.require(member, "enrollments.edit")
    _require_contact(member, contact_id)
    rows = access.visible_to(member, EnrollmentRow).filter(UNFINISHED, contact_id=contact_id)
    if sequence_ids:
        rows = rows.filter(sequence_id__in=in_ids(list(sequence_ids)))
    ids = list(rows.order_by("id").values_list("id", flat=True))
    answers = verbs.apply(member, ids, Verb(kind=VerbKind.STOP), now)
    return _shown(member, [answer.id for answer in answers if answer.done], now)


_REFUSALS = {
    "not_found": "There is no such enrollment in this workspace.",
    "enrollment_finished": "The enrollment is finished. Enroll the contact anew.",
    "review_pending": "The enrollment waits for review. A person approves or rejects it.",
    "interrupted": "Nobody knows whether the last message arrived. A person says so first.",
}


def _verb(value: Enrollment, wanted: WantedState) -> VerbKind | None:
    """Return what brings the enrollment into that state, None where it is in it."""
    if value.is_finished:
        raise DomainError("enrollment_finished", _REFUSALS["enrollment_finished"])
    runs = value.state in (EnrollmentState.ACTIVE, EnrollmentState.AWAITING)
    match wanted:
        case WantedState.FINISHED:
            return VerbKind.STOP
        case WantedState.BLOCKED:
            return VerbKind.PAUSE if runs else None
        case WantedState.ACTIVE if value.state is EnrollmentState.PENDING_REVIEW:
            raise DomainError("review_pending", _REFUSALS["review_pending"])
        case WantedState.ACTIVE:
            return None if runs else VerbKind.RESUME


def _fitting(rows: QuerySet[EnrollmentRow], wanted: Wanted) -> QuerySet[EnrollmentRow]:
    """An enrollment for which nobody said a word fits every word."""
    if wanted.ids is not None:
        rows = rows.filter(id__in=in_ids(list(wanted.ids)))
    if wanted.contact_ids is not None:
        rows = rows.filter(contact_id__in=in_ids(list(wanted.contact_ids)))
    if wanted.resource_type:
        rows = rows.filter(Q(resource_type=wanted.resource_type) | Q(resource_type=""))
    return rows


def _require(found: bool, path: str, noun: str) -> None:
    if not found:
        sentence = f"There is no such {noun} in this workspace."
        raise DomainError(f"{noun}_not_found", sentence, {f"data.{path}": sentence})


def _require_contact(member: Member, contact_id: int) -> None:
    _require(access.visible_to(member, Contact).filter(id=contact_id).exists(), "resource_id", "resource")


def _actor(member: Member, actor_id: int | None) -> int:
    if actor_id is None:
        return owner_id(member)
    working = access.visible_to(member, Member).filter(id=actor_id, deactivated_at=None)
    _require(working.exists(), "actor_id", "actor")
    return actor_id


def _mailbox_of(member: Member, actor_id: int) -> int | None:
    """Return the actor's first mailbox that may send; without one the sequence's own choice stays."""
    own = access.visible_to(member, SenderProfile).filter(owner_id=actor_id, enabled=True, channel="email")
    sending = own.exclude(kind__in=BUILT_IN_SENDERS).order_by("id")
    return sending.values_list("id", flat=True).first()


def _shown(member: Member, ids: Iterable[int], now: datetime) -> list[Shown]:
    rows = list(EnrollmentRow.objects.filter(id__in=list(ids)).select_related("sequence").order_by("id"))
    told = timelines.load_timelines([row.pk for row in rows], now)
    bodies = timelines.load_bodies({row.version_id for row in rows})
    owner = owner_id(member)
    return [
        Shown(
            row=row,
            actor_id=row.actor_id or owner,
            creator_id=row.sequence.owner_id or owner,
            flow=told[row.pk].flow,
            items=told[row.pk].items,
            bodies=bodies[row.version_id],
        )
        for row in rows
    ]
