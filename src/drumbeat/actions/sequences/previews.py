"""A step as one contact would read it, written by the engine's own composer; nothing is sent."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from drumbeat.actions import access, branding
from drumbeat.actions.attachments import of_steps
from drumbeat.actions.sequences import draft_flow
from drumbeat.actions.sequences.offers import EXAMPLES
from drumbeat.channels.email import mime
from drumbeat.channels.email.mime import Attached, EmailOutbound
from drumbeat.core import mail_hints, markup, merge, mjml
from drumbeat.core.document import read_document
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import EmailContent, EmailStep, Flow, Step
from drumbeat.core.merge import MergeError
from drumbeat.core.merge_tags import MERGE_TAGS, POSTAL_ADDRESS, SIGNATURE, UNSUBSCRIBE_URL
from drumbeat.models import MAILBOXES, Contact, ContactField, Enrollment, Member, SenderProfile
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import attachments, outgoing
from drumbeat.store.brandings import branding_of, look_of
from drumbeat.store.facts import custom_values, load_contacts
from drumbeat.store.flows import flow_of
from drumbeat.store.merge_values import of_contact
from drumbeat.store.outgoing import Draft, Thread

NOBODY = 0
"""The contact of whom the links of a preview or test tell: none, so that trying them out stops nothing."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a text from being written for this contact; `path` leads to it within the step."""

    code: str
    name: str
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that goes along; `is_shown`: within the HTML."""

    name: str
    size: int
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would leave; with `faults` the engine could not write it, and unfilled tags stand in brackets.

    `html` holds its images, so that a frame needs to fetch none; `size` is what the mail weighs on its way, in bytes,
    `advice` what is to be thought of, by code.
    """

    channel: str
    sender: str = ""
    recipient: str = ""
    subject: str = ""
    html: str = ""
    text: str = ""
    follows_thread: bool = False
    files: Sequence[Taken] = ()
    size: int = 0
    advice: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[Fault] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it: the contact's own values and custom ones."""

    contact: Mapping[str, Any]
    custom: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A step to be written: which one, for whom, by whom; None is the saved, the imagined, the usual one.

    `enrollment_id`: the step as that enrollment's version has it, for its contact, by its sender.
    """

    step: str
    document: Mapping[str, Any] | None = None
    contact_id: int | None = None
    sender_id: int | None = None
    enrollment_id: int | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that writing a step needs."""

    sequence: SequenceRow
    flow: Flow
    step: Step
    reader: Reader
    sender: SenderProfile
    member: Member


def preview(member: Member, sequence_id: int, asked: Asked, now: datetime) -> Preview:
    """Write a step as the engine would, and say what could not be written.

    DomainError `not_found` for a step, contact or sender that does not exist, `step_without_text` for a step that
    says nothing to anybody.
    """
    scene = scene_of(member, sequence_id, asked)
    if not isinstance(scene.step, EmailStep):
        return _other(scene)
    mail, faults = write_mail(scene, scene.step, now)
    size = len(mime.build(mail))
    return Preview(
        channel="email",
        sender=f"{scene.sender.name} <{scene.sender.address}>",
        recipient=mail.recipient_address,
        subject=mail.subject,
        html=_with_images(mail, scene),
        text=mail.text,
        follows_thread=bool(mail.references),
        files=[Taken(one.name, len(b64decode(one.encoded)), bool(one.cid)) for one in mail.attachments],
        size=size,
        advice=_advice(scene, mail, size),
        faults=faults,
    )


def _advice(scene: Scene, mail: EmailOutbound, size: int) -> Mapping[str, str]:
    """Return what is to be thought of, and what looks like spam; the way out below every mail counts for nothing."""
    html = (mail.html or "").replace(f'href="{mail.unsubscribe_url}"', "")
    text = mail.text.replace(mail.unsubscribe_url, "")
    as_read = mail_hints.Mail(mail.subject, text, html, is_first=not _thread(scene).message_ids)
    return markup.advice(html, mail.text, size) | mail_hints.hints(as_read)


def _with_images(mail: EmailOutbound, scene: Scene) -> str:
    """Return the HTML with its images and the logo within it."""
    html = mail.html or ""
    for one in mail.attachments:
        if one.cid:
            encoded = one.encoded.replace(b"\r\n", b"").decode()
            html = html.replace(f"cid:{one.cid}", f"data:{one.content_type};base64,{encoded}")
    return branding.logo_shown(html, branding_of(scene.sequence.workspace))


def scene_of(member: Member, sequence_id: int, asked: Asked) -> Scene:
    """Look everything up that belongs to the member's workspace."""
    access.require(member, "sequences.view")
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    sequence.workspace = member.workspace
    if asked.enrollment_id is None:
        flow = draft_flow(sequence) if asked.document is None else read_document(asked.document)
    else:
        asked, flow = _as_enrolled(member, sequence_id, asked, asked.enrollment_id)
    if asked.step not in flow.steps:
        raise DomainError("not_found", f"There is no step {asked.step!r} in this flow.")
    step = flow.steps[asked.step]
    sender = _sender(member, sequence, step, asked.sender_id)
    return Scene(sequence, flow, step, _reader(member, asked.contact_id), sender, member)


def _as_enrolled(member: Member, sequence_id: int, asked: Asked, enrollment_id: int) -> tuple[Asked, Flow]:
    ours = access.visible_to(member, Enrollment).filter(pk=enrollment_id, sequence_id=sequence_id)
    row = access.first(ours, "enrollment", enrollment_id)
    sender_id = asked.sender_id or row.step_sender_id or row.chosen_sender_id
    return replace(asked, contact_id=row.contact_id, sender_id=sender_id), flow_of(row.version_id)


def _reader(member: Member, contact_id: int | None) -> Reader:
    if contact_id is None:
        named = {
            name.removeprefix("contact."): EXAMPLES[name] for name in EXAMPLES if name.startswith("contact.")
        }
        fields = access.visible_to(member, ContactField).values_list("key", "label")
        imagined = {**named, "id": NOBODY, "email_normal": named["email"]}
        return Reader(imagined, {f"custom.{key}": label for key, label in fields})
    access.require(member, "contacts.view")
    contact = access.get(member, Contact, contact_id, "contact")
    return Reader(load_contacts([contact.pk])[contact.pk], custom_values([contact.pk]).get(contact.pk, {}))


def _sender(member: Member, sequence: SequenceRow, step: Step, sender_id: int | None) -> SenderProfile:
    """Return who would write: the one asked for, the step's, the sequence's, the workspace's, else an example."""
    ours = access.visible_to(member, SenderProfile).filter(kind__in=MAILBOXES)
    if sender_id is not None:
        return access.first(ours.filter(pk=sender_id), "sender", sender_id)
    workspace_sender_id = member.workspace.default_sender_id
    wanted = (
        Q(address=getattr(step, "sender", None) or None),
        Q(pk=sequence.sender_id),
        Q(pk=workspace_sender_id),
        Q(enabled=True),
    )
    found = (row for which in wanted if (row := ours.filter(which).order_by("id").first()) is not None)
    return next(found, None) or SenderProfile(
        workspace_id=member.workspace_id, name=EXAMPLES["sender.name"], address=EXAMPLES["sender.address"]
    )


def write_mail(scene: Scene, step: EmailStep, now: datetime) -> tuple[EmailOutbound, Sequence[Fault]]:
    """Return the mail, and what keeps the engine from writing it; links in it tell of nobody."""
    workspace = scene.sequence.workspace
    content, files, lost = _with_files(scene.member, step.content or EmailContent())
    draft = Draft(
        key="preview",
        mark="preview",
        sequence_id=scene.sequence.pk,
        sequence_name=scene.sequence.name,
        step=replace(step, content=content),
        contact={**scene.reader.contact, "id": NOBODY},
        custom=scene.reader.custom,
        workspace_name=workspace.name,
        postal_address=workspace.postal_address,
        thread=_thread(scene),
        look=look_of(workspace),
        files=files,
    )
    try:
        return outgoing.compose(draft, scene.sender, now), lost
    except MergeError as fault:
        mail, faults = _as_far_as_it_goes(draft, replace(step, content=content), scene, fault, now)
        return mail, [*faults, *lost]


def _with_files(
    member: Member, content: EmailContent
) -> tuple[EmailContent, Mapping[int, Attached], list[Fault]]:
    """Return a content with those of its files that are there, these, and what is to be said of the others."""
    known = of_steps(member, {ref.id for ref in content.attachments})
    files = attachments.load(member.workspace_id, known)
    there = tuple(ref for ref in content.attachments if ref.id in files)
    lost = [
        Fault(
            "file_unknown", ref.name, "content.attachments", f"There is no file {ref.name}. Attach it again."
        )
        for ref in content.attachments
        if ref.id not in files
    ]
    return replace(content, attachments=there), files, lost


def _thread(scene: Scene) -> Thread:
    """Return the thread that a follow-up continues: that of the first mail before it."""
    for step in scene.flow.steps.values():
        if step is scene.step:
            break
        if isinstance(step, EmailStep) and step.content and step.content.subject:
            subject, _ = rendered(step.content.subject, "", values_of(scene))
            return Thread(subject, ("preview",))
    return Thread()


def _as_far_as_it_goes(
    draft: Draft, step: EmailStep, scene: Scene, fault: MergeError, now: datetime
) -> tuple[EmailOutbound, Sequence[Fault]]:
    """Write the mail with unfilled tags in brackets; a text that cannot be read at all is shown as it is."""
    content = step.content or EmailContent()
    values = values_of(scene)
    literal, faults = {}, []
    for name in ("subject", "preheader", "text", "html", "mjml"):
        source = getattr(content, name)
        written, found = rendered(source, f"content.{name}", values, html=name in ("html", "mjml"))
        if name == "mjml" and (refused := _refused(written)):
            written, found = "", [*found, refused]
        literal[name] = _literal(written, source)
        faults += found
    shown = replace(draft, step=replace(step, content=_with_texts(content, literal)))
    mail = outgoing.compose(shown, scene.sender, now)
    return mail, faults or [Fault(fault.code, "", "content", fault.message)]


def _refused(written: str) -> Fault | None:
    """Say why MJML makes no page; None where there is none, or it does."""
    try:
        if written:
            mjml.written(written)
    except mjml.MjmlError as fault:
        return Fault(fault.code, "", "content.mjml", fault.message)
    return None


def _with_texts(content: EmailContent, texts: Mapping[str, str]) -> EmailContent:
    return replace(
        content,
        subject=texts["subject"],
        preheader=texts["preheader"],
        text=texts["text"],
        html=texts["html"],
        mjml=texts["mjml"],
    )


def _literal(written: str, source: str) -> str:
    """Return a template that says just this, and names what the source puts below its text itself."""
    below = " ".join(tag for tag in (SIGNATURE, POSTAL_ADDRESS, UNSUBSCRIBE_URL) if tag in source)
    raw = "{% raw %}" + written.replace("{%", "{ %") + "{% endraw %}"
    return raw + "{% comment %}" + below + "{% endcomment %}" if written else ""


def rendered(
    source: str, path: str, values: Mapping[str, Any], *, html: bool = False
) -> tuple[str, list[Fault]]:
    """Return a text with its unfilled tags in brackets, and what is wrong with it."""
    try:
        return merge.render(source, values, html), []
    except MergeError as fault:
        if fault.code != "merge_value_missing":
            return source, [Fault(fault.code, "", path, fault.message)]
    filled = _names(values)
    lacking = [found.name for found in merge.check(source, filled | MERGE_TAGS | _customs(values), filled)]
    faults = [
        Fault("merge_tag_unfilled", name, path, f"{name} is empty for this contact.") for name in lacking
    ]
    try:
        return merge.render(source, _bracketed(values, lacking), html), faults
    except MergeError as fault:
        return source, [*faults, Fault(fault.code, "", path, fault.message)]


def _names(values: Mapping[str, Any], above: str = "") -> frozenset[str]:
    """Return the dotted names that have a value."""
    names: set[str] = set()
    for key, value in values.items():
        name = f"{above}{key}"
        if isinstance(value, Mapping):
            names |= _names(value, f"{name}.")
        elif value not in (None, ""):
            names.add(name)
    return frozenset(names)


def _customs(values: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(f"contact.custom.{key}" for key in values["contact"]["custom"])


def _bracketed(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    filled = {key: dict(value) if isinstance(value, Mapping) else value for key, value in values.items()}
    filled["contact"]["custom"] = dict(filled["contact"]["custom"])
    for name in names:
        *above, last = name.split(".")
        holder: Any = filled
        for part in above:
            holder = holder.setdefault(part, {})
        holder[last] = f"[{last.replace('_', ' ')}]"
    return filled


def values_of(scene: Scene) -> dict[str, Any]:
    """Return what the merge tags of a step stand for; the way out of its mails tells of nobody."""
    workspace, sender = scene.sequence.workspace, scene.sender
    return {
        "contact": of_contact(scene.reader.contact, scene.reader.custom),
        "sender": {"name": sender.name, "address": sender.address, "signature": sender.signature},
        "workspace": {"name": workspace.name, "postal_address": workspace.postal_address},
        "sequence": {"name": scene.sequence.name},
        "unsubscribe_url": outgoing.unsubscribe_url(workspace.pk, NOBODY, scene.sequence.pk),
    }


_TEXTS: Mapping[str, tuple[str, str]] = {
    "sms": ("", "text"),
    "whatsapp": ("", "text"),
    "voice": ("", "script"),
    "task": ("title", "text"),
    "notify": ("", "text"),
}
"""Where a step that is no mail has its title and its text."""


def _other(scene: Scene) -> Preview:
    step = scene.step
    if step.kind not in _TEXTS:
        raise DomainError("step_without_text", f"A {step.kind} step says nothing that could be previewed.")
    title, text = _TEXTS[step.kind]
    values = values_of(scene)
    subject, in_title = rendered(getattr(step, title), title, values) if title else ("", [])
    body, in_text = rendered(getattr(step, text), text, values)
    return Preview(channel=step.kind, subject=subject, text=body, faults=[*in_title, *in_text])
