"""Which touch does a mail answer?

Our mark is the proof: in the recipient (reply and bounce tokens), in the thread ids, in the message id of
what a bounce or complaint returns. Who the mail says it is from proves nothing; it is a weak match, to be
confirmed by a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Lower

from drumbeat.core.addresses import normal_email
from drumbeat.core.errors import DomainError
from drumbeat.core.touch import TouchKind
from drumbeat.models import Contact, InboundMail, SenderProfile, Touch
from drumbeat.store import mailboxes

MOST_CLUES = 50
"""Ids and addresses that are looked at; a mail with more has them to confuse."""

_TOKEN = re.compile(r"\+[rb]-([a-z0-9]{16,64})@")
_MARK = re.compile(r"<?\s*([a-z0-9]{16,64})@")
_NO_ANSWER_TO = "test:"
"""A test goes to own people: what comes back is not a contact's."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What a mail tells about what it answers. Ids in order of weight: answer, returned mail, thread."""

    recipients: tuple[str, ...]
    message_ids: tuple[str, ...]
    from_address: str


@dataclass(frozen=True, slots=True)
class Match:
    """Where a mail belongs. `touch` is set when our mark was found; else `contact` is a guess by address."""

    workspace_id: int
    sender_id: int | None
    contact: Contact | None
    touch: Touch | None = None

    @property
    def is_proven(self) -> bool:
        return self.touch is not None


def find(clues: Clues) -> list[Match]:
    """Return where the mail belongs, in at most three queries.

    More than one only for an unproven mail to an address that several workspaces send from.
    """
    proven = _by_mark(clues)
    return [proven] if proven else _by_addresses(clues)


def workspace_of(mail_id: int) -> int | None:
    """Return whose a mail seems to be that could not be read: by its mailbox, else by whom it was sent to."""
    source, recipients = InboundMail.objects.values_list("source", "envelope_to").get(id=mail_id)
    if (owner := mailboxes.workspace_of(source)) is not None:
        return owner
    clues = Clues(tuple(map(str, recipients)), (), "")
    if (proven := _by_mark(clues)) is not None:
        return proven.workspace_id
    exact, near = _senders([_untagged(address) for address in clues.recipients][:MOST_CLUES])
    found = exact or near
    return next(iter(found)) if len(found) == 1 else None


def _by_mark(clues: Clues) -> Match | None:
    marks = _marks(clues)
    if not marks:
        return None
    touches = {
        touch.mark: touch
        for touch in Touch.objects.filter(mark__in=marks, kind=TouchKind.EMAIL)
        .exclude(key__startswith=_NO_ANSWER_TO)
        .select_related("contact__owner", "enrollment__sequence__owner", "sender")
    }
    touch = next((touches[mark] for mark in marks if mark in touches), None)
    if touch is None:
        return None
    return Match(touch.workspace_id, touch.sender_id, touch.contact, touch)


def _marks(clues: Clues) -> list[str]:
    tokens = (found.group(1) for text in clues.recipients if (found := _TOKEN.search(text.lower())))
    ids = (found.group(1) for text in clues.message_ids if (found := _MARK.match(text.lower())))
    return list(dict.fromkeys([*tokens, *ids]))[:MOST_CLUES]


def _by_addresses(clues: Clues) -> list[Match]:
    """Return the workspaces whose sender was written to, each with the contact that the mail says it is from.

    A mail to another address of a sender's domain belongs where that contact is known, and else nowhere.
    """
    addresses = list(dict.fromkeys(_untagged(address) for address in clues.recipients))[:MOST_CLUES]
    exact, near = _senders(addresses)
    found = exact or near
    contacts = _contacts(found, clues.from_address)
    return [
        Match(workspace_id, sender_id, contacts.get(workspace_id))
        for workspace_id, sender_id in found.items()
        if exact or workspace_id in contacts
    ]


def _untagged(address: str) -> str:
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _senders(addresses: Sequence[str]) -> tuple[dict[int, int], dict[int, int]]:
    """Return one sender per workspace that has one of the addresses, and one that shares a domain."""
    domains = {domain for address in addresses if (domain := address.rpartition("@")[2])}
    asked = Q(own__in=addresses) | Q(replies__in=addresses)
    for domain in domains:
        asked |= Q(own__endswith=f"@{domain}") | Q(replies__endswith=f"@{domain}")
    rows = (
        SenderProfile.objects.annotate(own=Lower("address"), replies=Lower("reply_to"))
        .filter(asked)
        .order_by("-id")
        .values_list("workspace_id", "id", "own", "replies")
    )
    exact: dict[int, int] = {}
    near: dict[int, int] = {}
    for workspace_id, sender_id, own, replies in rows:
        near[workspace_id] = sender_id
        if own in addresses or replies in addresses:
            exact[workspace_id] = sender_id
    return exact, near


def _contacts(workspace_ids: Iterable[int], from_address: str) -> dict[int, Contact]:
    try:
        normal = normal_email(from_address)
    except DomainError:
        return {}
    known = Contact.objects.filter(workspace_id__in=list(workspace_ids), email_normal=normal)
    return {contact.workspace_id: contact for contact in known.select_related("owner")}
