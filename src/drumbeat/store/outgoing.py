"""A claimed touch as the message that leaves: merged text, thread, unsubscribe link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from drumbeat.channels.email.mime import Attached, EmailOutbound
from drumbeat.core import mail_body, merge
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import EmailStep, JobType, SendStep
from drumbeat.core.incoming import Word
from drumbeat.core.mail_body import HAND_WRITTEN, Look
from drumbeat.core.mail_footer import Footer
from drumbeat.core.step_fields import FileRef
from drumbeat.environment import environment
from drumbeat.models import Message, SenderProfile
from drumbeat.store import sql
from drumbeat.store.marks import seal
from drumbeat.store.merge_values import of_contact
from drumbeat.store.readings import Reading

DEFAULT_PUBLIC_URL = "http://127.0.0.1:8000"
_SHOWN = re.compile(r"cid:file-(\d+)\b")
_NAMED = re.compile(r"cid:file-(\d+)@[A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Thread:
    """The conversation of one enrollment so far."""

    subject: str = ""
    message_ids: tuple[str, ...] = ()


def load_threads(enrollment_ids: Iterable[int]) -> dict[int, Thread]:
    """Return the mail thread of each enrollment that has one, without what machines said."""
    threads: dict[int, Thread] = {}
    asked = list(enrollment_ids)
    for enrollment_id, subject, message_id in _THREADS.fetch(asked) if asked else ():
        known = threads.get(enrollment_id, Thread(subject))
        threads[enrollment_id] = Thread(known.subject, (*known.message_ids, message_id))
    return threads


_THREADS = Reading(
    lambda ids: (
        Message.objects.filter(
            Q(direction="out") | Q(kind=Word.REPLY), sql.among("enrollment_id", ids), channel="email"
        )
        .exclude(message_id="")
        .order_by("id")
        .values_list("enrollment_id", "subject", "message_id")
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that a message to a contact is made of."""

    key: str
    mark: str
    sequence_id: int
    sequence_name: str
    step: SendStep
    contact: Mapping[str, Any]
    custom: Mapping[str, Any]
    workspace_name: str
    postal_address: str
    thread: Thread = Thread()
    look: Look = HAND_WRITTEN
    files: Mapping[int, Attached] = field(default_factory=dict)


def compose(draft: Draft, sender: SenderProfile, now: datetime) -> EmailOutbound:
    """Return the mail. Raises MergeError when a text cannot be merged for this contact."""
    assert isinstance(draft.step, EmailStep)
    content = draft.step.content
    assert content is not None, "publishing refuses an email without content"
    link = _way_out(draft, sender)
    values = values_of(draft, sender, now)
    follows = draft.step.job_type is JobType.FOLLOW_UP_EMAIL and bool(draft.thread.message_ids)
    subject = reply_subject(draft.thread.subject) if follows else merge.render_line(content.subject, values)
    footer = _footer(draft, sender, link)
    text, html = mail_body.write(content, values, draft.look, footer, subject)
    ways = _return_ways(sender, draft.mark)
    html, files = with_files(html, content.attachments, draft.files, ways.domain)
    return EmailOutbound(
        touch_key=draft.key,
        sender_address=sender.address,
        sender_name=sender.name,
        envelope_from=ways.bounces,
        recipient_address=draft.contact["email_normal"],
        recipient_name=name_of(draft.contact),
        reply_to=ways.replies,
        subject=subject,
        text=text,
        html=html,
        message_id=f"{draft.mark}@{ways.domain}",
        in_reply_to=draft.thread.message_ids[-1] if follows else "",
        references=draft.thread.message_ids if follows else (),
        unsubscribe_url=link,
        unsubscribe_address=ways.unsubscribe,
        attachments=files,
        date=now,
    )


def with_files(
    html: str | None, refs: Sequence[FileRef], files: Mapping[int, Attached], domain: str
) -> tuple[str | None, tuple[Attached, ...]]:
    """Return the HTML with the names of the images that it shows, and what goes along.

    DomainError `file_missing` for a file that is no more.
    """
    if not refs:
        return html, ()
    shown = set(_SHOWN.findall(html or ""))
    taken = []
    for ref in refs:
        if ref.id not in files:
            raise DomainError("file_missing", f"The file {ref.name} is no more. Attach it again.")
        cid = f"file-{ref.id}@{domain}" if str(ref.id) in shown else ""
        taken.append(replace(files[ref.id], name=ref.name, cid=cid))
    return (_SHOWN.sub(rf"cid:file-\1@{domain}", html) if html else html), tuple(taken)


def without_names(mail: EmailOutbound) -> str:
    """Return the HTML with its images named as authors name them, to be composed again."""
    return _NAMED.sub(r"cid:file-\1", mail.html or "")


def _footer(draft: Draft, sender: SenderProfile, link: str) -> Footer:
    branding = draft.look.branding
    return Footer(
        signature=sender.signature,
        postal_address=draft.postal_address,
        link=link,
        note=branding.footer,
        way_out=branding.way_out,
    )


def values_of(draft: Draft, sender: SenderProfile, now: datetime) -> merge.Present:
    """Return what the merge tags of a step's texts stand for."""
    return merge.present(
        {
            "contact": of_contact(draft.contact, draft.custom),
            "sender": {"name": sender.name, "address": sender.address, "signature": sender.signature},
            "workspace": {"name": draft.workspace_name, "postal_address": draft.postal_address},
            "sequence": {"name": draft.sequence_name},
            "unsubscribe_url": _way_out(draft, sender),
            "now": now,
        }
    )


def _way_out(draft: Draft, sender: SenderProfile) -> str:
    return unsubscribe_url(sender.workspace_id, draft.contact["id"], draft.sequence_id)


def name_of(contact: Mapping[str, Any]) -> str:
    return f"{contact['first_name']} {contact['last_name']}".strip()


def reply_subject(subject: str) -> str:
    """Return the subject that keeps a thread together."""
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def unsubscribe_url(workspace_id: int, contact_id: int, sequence_id: int) -> str:
    """Return the link that never expires; it tells nothing about whom it is for."""
    base = environment().public_url or DEFAULT_PUBLIC_URL
    return f"{base.rstrip('/')}/u/{seal('unsubscribe', f'{workspace_id}:{contact_id}:{sequence_id}')}"


def compose_by_hand(
    key: str,
    mark: str,
    recipient: tuple[str, str],
    content: Mapping[str, Any],
    sender: SenderProfile,
    files: Mapping[int, Attached],
    now: datetime,
) -> EmailOutbound:
    """Return a mail that a person wrote to one person (address, name); its texts are ready."""
    ways = _return_ways(sender, mark)
    refs = [FileRef(**ref) for ref in content.get("attachments", ())]
    html, taken = with_files(content.get("html") or None, refs, files, ways.domain)
    return EmailOutbound(
        touch_key=key,
        sender_address=sender.address,
        sender_name=sender.name,
        envelope_from=ways.bounces,
        recipient_address=recipient[0],
        recipient_name=recipient[1],
        reply_to=ways.replies,
        subject=content["subject"],
        text=content["text"],
        html=html,
        attachments=taken,
        message_id=f"{mark}@{ways.domain}",
        in_reply_to=content.get("in_reply_to", ""),
        references=tuple(content.get("references", ())),
        date=now,
    )


@dataclass(frozen=True, slots=True)
class _ReturnWays:
    """Where bounces and replies of a mail come back to, and the domain of its ids."""

    bounces: str
    replies: str
    domain: str
    unsubscribe: str = ""


def _return_ways(sender: SenderProfile, mark: str) -> _ReturnWays:
    local, _, domain = sender.address.rpartition("@")
    if not sender.plus_addressing:
        return _ReturnWays(sender.address, sender.reply_to, domain)
    own = f"{local}+r-{mark}@{domain}"
    return _ReturnWays(f"{local}+b-{mark}@{domain}", sender.reply_to or own, domain, own)


def compose_notice(
    key: str,
    mark: str,
    recipient: str,
    content: Mapping[str, Any],
    sender: SenderProfile,
    now: datetime,
    files: Sequence[Attached] = (),
) -> EmailOutbound:
    """Return a notice to own people, sent through `sender`; `files` go along."""
    domain = sender.address.rpartition("@")[2]
    return EmailOutbound(
        touch_key=key,
        sender_address=sender.address,
        sender_name="drumbeat",
        envelope_from=sender.address,
        recipient_address=recipient,
        reply_to=content.get("reply_to", ""),
        subject=content["subject"],
        text=content["text"],
        attachments=tuple(files),
        message_id=f"{mark}@{domain}",
        headers={"Auto-Submitted": "auto-generated", **content.get("headers", {})},
        date=now,
    )
