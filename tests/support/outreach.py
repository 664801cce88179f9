"""A small outreach in the database: a workspace, its people, a contact in a sequence, and its touches."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from drumbeat.core.addresses import base_email
from drumbeat.core.document import write_document
from drumbeat.core.touch import step_key
from drumbeat.models import (
    Contact,
    Enrollment,
    Member,
    Role,
    SenderProfile,
    Sequence,
    SequenceVersion,
    Touch,
    User,
    Workspace,
)
from drumbeat.store.marks import address_hash, mark_of
from tests.support.flows import a_line, an_email

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SENT_AT = NOW - timedelta(hours=2)
ADDRESS = "kim.lee@example.com"
_FLOW = write_document(a_line(an_email("hello"), an_email("follow_up", after="3d")))


@dataclass(frozen=True)
class Outreach:
    """`sent` was handed over and settled; `planned` is the follow-up that has not left."""

    workspace: Workspace
    owner: Member
    rep: Member
    sender: SenderProfile
    sequence: Sequence
    contact: Contact
    enrollment: Enrollment
    sent: Touch
    planned: Touch


def a_member(workspace: Workspace, name: str, role: str = Role.REP, *, is_owner: bool = False) -> Member:
    user = User.objects.create_user(f"{name}-{workspace.pk}@ours.test")
    return Member.objects.create(
        workspace=workspace, user=user, name=name, role=role, is_owner=is_owner, created_at=NOW
    )


def a_workspace(name: str = "Ours") -> tuple[Workspace, Member]:
    workspace = Workspace.objects.create(name=name, created_at=NOW)
    return workspace, a_member(workspace, "owner", Role.ADMIN, is_owner=True)


def a_contact(workspace: Workspace, address: str = ADDRESS, **more: Any) -> Contact:
    return Contact.objects.create(
        workspace=workspace,
        email=address,
        email_normal=address.lower(),
        created_at=NOW,
        updated_at=NOW,
        **more,
    )


def a_sequence(workspace: Workspace, name: str = "Hello", **more: Any) -> Sequence:
    sequence = Sequence.objects.create(
        workspace=workspace, name=name, status="active", created_at=NOW, updated_at=NOW, **more
    )
    sequence.current_version = SequenceVersion.objects.create(
        workspace=workspace, sequence=sequence, number=1, document=_FLOW, checksum="-", published_at=NOW
    )
    sequence.save()
    return sequence


def an_enrollment(sequence: Sequence, contact: Contact, state: str = "awaiting", **more: Any) -> Enrollment:
    assert sequence.current_version is not None
    return Enrollment.objects.create(
        workspace=sequence.workspace,
        sequence=sequence,
        version=sequence.current_version,
        contact=contact,
        state=state,
        step="follow_up",
        origin_at=SENT_AT,
        created_at=SENT_AT,
        updated_at=SENT_AT,
        **more,
    )


def a_touch(enrollment: Enrollment, sender: SenderProfile, step: str, **more: Any) -> Touch:
    key = step_key(enrollment.pk, step, 1)
    address = enrollment.contact.email
    values: dict[str, Any] = {
        "kind": "email",
        "status": "planned",
        "recipient": address,
        "base_address": address_hash(base_email(address.lower())),
    }
    return Touch.objects.create(
        workspace=enrollment.workspace,
        key=key,
        mark=mark_of(enrollment.workspace_id, key),
        enrollment=enrollment,
        contact=enrollment.contact,
        step=step,
        visit=1,
        sender=sender,
        due_at=SENT_AT,
        not_before=SENT_AT,
        created_at=SENT_AT,
        **(values | more),
    )


def a_sender(workspace: Workspace, address: str = "rep@ours.test", **more: Any) -> SenderProfile:
    return SenderProfile.objects.create(
        workspace=workspace, name="Rep", address=address, created_at=NOW, **more
    )


def an_outreach(name: str = "Ours", *, address: str = ADDRESS, sender: str = "rep@ours.test") -> Outreach:
    workspace, owner = a_workspace(name)
    rep = a_member(workspace, "rep")
    profile = a_sender(workspace, sender)
    sequence = a_sequence(workspace)
    contact = a_contact(workspace, address)
    enrollment = an_enrollment(sequence, contact)
    sent = a_touch(
        enrollment,
        profile,
        "hello",
        status="sent",
        handed_at=SENT_AT,
        settled_at=SENT_AT + timedelta(seconds=1),
    )
    planned = a_touch(enrollment, profile, "follow_up")
    return Outreach(workspace, owner, rep, profile, sequence, contact, enrollment, sent, planned)
