"""A workspace of any size for measurements, filled by bulk statements."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import transaction

from drumbeat.actions import workspaces
from drumbeat.core.document import read_document
from drumbeat.models import (
    Contact,
    Enrollment,
    Member,
    SenderKind,
    SenderProfile,
    Sequence,
    SequenceVersion,
    Workspace,
)
from drumbeat.store import flows, sql

START = datetime(2026, 3, 2, 9, tzinfo=UTC)

DOCUMENT = {
    "format": 1,
    "steps": [
        {
            "key": "first",
            "kind": "email",
            "content": {
                "subject": "A question, {{ contact.first_name | default: 'there' }}",
                "text": "Hi {{ contact.first_name | default: 'there' }},\n\nhow does {{ contact.company }} plan?\n",
            },
        },
        {
            "key": "second",
            "kind": "email",
            "job_type": "follow_up_email",
            "delay": "2d",
            "content": {
                "subject": "",
                "text": "Any thoughts, {{ contact.first_name | default: 'there' }}?\n",
            },
        },
    ],
}


def a_workspace() -> Member:
    """Return the owner of a fresh workspace with its built-in senders."""
    workspaces.create_installation(START)
    return Member.objects.select_related("workspace").get(is_owner=True)


def a_sender(
    workspace: Workspace, number: int = 0, *, kind: str = SenderKind.NULL, **more: object
) -> SenderProfile:
    return SenderProfile.objects.create(
        workspace=workspace,
        kind=kind,
        name="Ann",
        address=f"ann{number}@bench.test",
        host_trusted=True,
        created_at=START,
        **more,
    )


def a_sequence(
    owner: Member, sender: SenderProfile, name: str = "Bench", document: object = DOCUMENT
) -> SequenceVersion:
    sequence = Sequence.objects.create(
        workspace=owner.workspace,
        name=name,
        owner=owner,
        status="active",
        sender=sender,
        created_at=START,
        updated_at=START,
    )
    with transaction.atomic():
        return flows.save_version(sequence, read_document(document), owner, START)


_CONTACT = (
    "workspace_id",
    "first_name",
    "last_name",
    "email",
    "email_normal",
    "phone",
    "phone_normal",
    "whatsapp",
    "company",
    "title",
    "stage",
    "time_zone",
    "language",
    "consent",
    "created_at",
    "updated_at",
)


def contacts(workspace: Workspace, count: int, first: int = 0) -> list[int]:
    """Insert `count` contacts and return their ids."""
    for begin in range(first, first + count, 20_000):
        rows: list[sql.Row] = [
            (
                workspace.id,
                f"First{i}",
                f"Last{i}",
                f"p{i}@people.test",
                f"p{i}@people.test",
                "",
                "",
                "",
                f"Company {i % 997}",
                "",
                "",
                "",
                "",
                {},
                START,
                START,
            )
            for i in range(begin, min(begin + 20_000, first + count))
        ]
        with transaction.atomic():
            sql.insert(Contact, _CONTACT, rows)
    return list(
        Contact.objects.filter(workspace=workspace).order_by("-id").values_list("id", flat=True)[:count]
    )


_ENROLLMENT = (
    "workspace_id",
    "sequence_id",
    "version_id",
    "contact_id",
    "state",
    "reason",
    "step",
    "visits",
    "origin_at",
    "next_step_at",
    "heard",
    "source",
    "faults",
    "fault",
    "created_at",
    "updated_at",
)


def enroll(
    version: SequenceVersion,
    contact_ids: list[int],
    *,
    due_at: datetime = START,
    step: str = "first",
    state: str = "active",
) -> None:
    """Insert an enrollment for each contact, to be looked at from `due_at` on."""
    for begin in range(0, len(contact_ids), 20_000):
        rows: list[sql.Row] = [
            (
                version.workspace_id,
                version.sequence_id,
                version.id,
                contact_id,
                state,
                "",
                step,
                {step: 1},
                START,
                due_at,
                {},
                "bench",
                0,
                "",
                START,
                START,
            )
            for contact_id in contact_ids[begin : begin + 20_000]
        ]
        with transaction.atomic():
            sql.insert(Enrollment, _ENROLLMENT, rows)


LATER = START + timedelta(days=3)
