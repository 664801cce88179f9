"""A sequence with people in it, ready to be sent by real workers to a real server of the tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from bench import world
from drumbeat.core.document import read_document
from drumbeat.models import Contact, Enrollment, Member, SenderKind, SenderProfile, SequenceVersion, Touch
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import flows

NOW = world.START


@dataclass(frozen=True, slots=True)
class Campaign:
    owner: Member
    version: SequenceVersion
    senders: Sequence[SenderProfile]
    contact_ids: Sequence[int]

    @property
    def sequence_id(self) -> int:
        return self.version.sequence_id

    @property
    def workspace_id(self) -> int:
        return self.version.workspace_id

    def enrollment(self, number: int = 0) -> Enrollment:
        return Enrollment.objects.get(sequence_id=self.sequence_id, contact_id=self.contact_ids[number])

    def contact(self, number: int = 0) -> Contact:
        return Contact.objects.get(id=self.contact_ids[number])

    def touch(self, number: int = 0) -> Touch:
        """The only touch of the person with this number."""
        return Touch.objects.get(contact_id=self.contact_ids[number])


def document(steps: int, text: str = "Hello {{ contact.first_name }}") -> dict[str, Any]:
    """Return emails that follow each other at once."""
    content = {"subject": "A question", "text": text}
    return {
        "format": 1,
        "steps": [{"key": f"mail_{n}", "kind": "email", "content": content} for n in range(steps)],
    }


def a_campaign(
    people: int,
    *,
    port: int = 0,
    steps: int = 1,
    senders: int = 1,
    scripts: Sequence[str] = (),
    text: str = "Hello {{ contact.first_name }}",
    **sender: Any,
) -> Campaign:
    """Enroll `people`, spread over `senders`; without a port nothing can leave but through a wire of the test's.

    `scripts`: what the server does with the first people, see `tests.support.smtp`.
    """
    owner = world.a_workspace()
    kind = SenderKind.SMTP if port else SenderKind.NULL
    way = {"host": "127.0.0.1", "port": port, "security": "plain"} if port else {}
    first = SenderProfile.objects.count()
    profiles = [
        world.a_sender(owner.workspace, n, kind=kind, **way, **sender) for n in range(first, first + senders)
    ]
    version = _a_version(owner, profiles[0], document(steps, text))
    contact_ids = sorted(world.contacts(owner.workspace, people, Contact.objects.count()))
    for contact_id, script in zip(contact_ids, scripts, strict=False):
        address = f"{script}+{contact_id}@people.test"
        Contact.objects.filter(id=contact_id).update(email=address, email_normal=address)
    world.enroll(version, contact_ids, step="mail_0")
    for number, contact_id in enumerate(contact_ids):
        profile = profiles[number % senders]
        Enrollment.objects.filter(contact_id=contact_id).update(chosen_sender=profile)
    return Campaign(owner, version, profiles, contact_ids)


def _a_version(owner: Member, sender: SenderProfile, content: dict[str, Any]) -> SequenceVersion:
    sequence = SequenceRow.objects.create(
        workspace=owner.workspace,
        name="Campaign",
        owner=owner,
        status="active",
        sender=sender,
        created_at=NOW,
        updated_at=NOW,
    )
    with transaction.atomic():
        return flows.save_version(sequence, read_document(content), owner, NOW)
