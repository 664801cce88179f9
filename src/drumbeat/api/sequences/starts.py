"""What starts and ends a sequence by itself, as sentences; and whom it met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ninja import Router, Schema

from drumbeat.actions import access
from drumbeat.actions.sequences import triggers
from drumbeat.api.auth import MemberRequest
from drumbeat.api.enrollments.schemas import ContactRef
from drumbeat.api.enrollments.view import contact_of
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import UNSEEN
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models import TriggerMatch

router = Router(tags=["sequences"])


class RulesOut(Schema):
    """One English sentence each: what starts it, whom it takes by its criteria, what ends it; null for nothing."""

    starts: str | None
    takes: str | None
    ends: str | None


class TriggerMatchOut(Schema):
    """That a start met a contact. `entry` counts the entries of the trigger from 0; -1 are the criteria.

    `kind` is that of the event, "" where a condition turned true. `answer` is an enroll answer, or `loop` where
    starting again would have had no end.
    """

    id: int
    contact: ContactRef
    entry: int
    kind: str
    answer: str
    at: datetime


@router.get(
    "/sequences/{int:sequence_id}/rules",
    response={200: RulesOut, **UNSEEN},
    operation_id="get_sequence_rules",
)
def get_sequence_rules(request: MemberRequest, sequence_id: int) -> RulesOut:
    """Say what starts and ends the sequence by itself."""
    access.require(request.member, "sequences.view")
    sequence = access.get(request.member, SequenceRow, sequence_id, "sequence")
    return RulesOut(**triggers.sentences(sequence))


@router.get(
    "/sequences/{int:sequence_id}/trigger-matches",
    response={200: Page[TriggerMatchOut], **UNSEEN},
    operation_id="list_trigger_matches",
)
def list_trigger_matches(request: MemberRequest, sequence_id: int, page: Paged) -> Page[TriggerMatchOut]:
    """List whom triggers and criteria met and what came of it, the latest first."""
    return page_of(triggers.matches(request.member, sequence_id), ("-id",), page, _shown)


def _shown(rows: Sequence[TriggerMatch]) -> list[TriggerMatchOut]:
    return [
        TriggerMatchOut(
            id=row.pk,
            contact=contact_of(row.contact),
            entry=row.entry,
            kind=row.kind,
            answer=row.answer,
            at=row.at,
        )
        for row in rows
    ]
