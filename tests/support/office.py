"""A workspace as people make it: through the verbs, with a sender, contacts and an active sequence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from drumbeat.actions import contacts, senders, sequences, workspaces
from drumbeat.core.document import write_document
from drumbeat.core.flow import Flow
from drumbeat.models import Contact, Member, SenderProfile
from drumbeat.models import Sequence as SequenceRow
from tests.support.flows import a_line, an_email

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
"""A Monday, inside office hours."""


def an_owner() -> Member:
    """Return the owner of the first workspace of an installation."""
    return workspaces.create_installation(NOW)[0]


def another_owner(name: str = "Elsewhere") -> Member:
    """Return the owner of a second workspace."""
    return workspaces.create_workspace(name, an_owner().user, "Other owner", NOW)


def a_mailbox(member: Member, address: str = "rep@ours.test", **more: Any) -> SenderProfile:
    values: dict[str, Any] = {"name": "Rep", "smtp": "smtp://127.0.0.1:2525", "always": True}
    return senders.add(member, address, NOW, **(values | more))


def a_lead(member: Member, address: str = "kim@example.com", **more: str) -> Contact:
    return contacts.add(member, {"email": address, **more}, NOW)


def leads(member: Member, count: int) -> list[int]:
    return [a_lead(member, f"lead{n}@example.com").pk for n in range(count)]


def two_mails() -> Flow:
    return a_line(an_email("hello"), an_email("follow_up", after="3d"))


def an_active_sequence(
    member: Member, flow: Flow | None = None, *, name: str = "Hello", **settings: Any
) -> SequenceRow:
    """Publish `flow` (two mails without one) and start it."""
    sequence = a_draft(member, flow, name=name)
    SequenceRow.objects.filter(id=sequence.pk).update(**settings)
    return sequences.activate(member, sequence.pk, NOW)


def a_draft(member: Member, flow: Flow | None = None, *, name: str = "Hello") -> SequenceRow:
    document: Mapping[str, Any] = write_document(flow or two_mails())
    return sequences.create(member, name, NOW, document=document)


def csv_text(header: Sequence[str], *rows: Sequence[str], delimiter: str = ",") -> str:
    return "".join(f"{delimiter.join(row)}\n" for row in (header, *rows))
