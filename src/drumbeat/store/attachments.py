"""Files and pictures: kept once for each who uploads them, loaded for the mails that take them along.

The base64 form of what was sent last is remembered: a file goes out with many mails.
"""

from __future__ import annotations

import secrets
from binascii import b2a_base64
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock

from django.db import transaction
from django.db.models import Q, QuerySet

from drumbeat.channels.email.mime import Attached
from drumbeat.core.attachments import Kind, Shape
from drumbeat.core.flow import EmailStep, Flow, Step
from drumbeat.core.step_fields import FileRef
from drumbeat.models import Attachment, Content, Member, Picture, SequenceDraft, SequenceTemplate, Touch
from drumbeat.models.touch import BY_HAND
from drumbeat.store import sql

KEPT_UNUSED = timedelta(days=30)
"""How long a file that nothing takes along is kept from its last upload on."""
_REMEMBERED = 48 << 20
_remembered: OrderedDict[int, bytes] = OrderedDict()
_lock = Lock()


def keep(member: Member, name: str, data: bytes, kind: Kind, now: datetime) -> Attachment:
    """Keep a file; the same bytes again are the member's row, under its first name, as if just uploaded.

    What others uploaded is theirs: neither its name nor that it is there is told.
    """
    row, is_new = Attachment.objects.defer("data").get_or_create(
        workspace_id=member.workspace_id,
        sha256=sha256(data).hexdigest(),
        made_by=member,
        defaults={
            "name": name,
            "content_type": kind.content_type,
            "size": len(data),
            "data": data,
            "created_at": now,
        },
    )
    if not is_new:
        row.created_at = now
        row.save(update_fields=["created_at"])
    return row


def share(files: QuerySet[Attachment]) -> None:
    """Make files the workspace's: a step takes them along."""
    files.filter(shared=False).update(shared=True)


def keep_picture(workspace_id: int, data: bytes, shape: Shape, now: datetime) -> Picture:
    """Keep a picture under an address that nobody can guess; the same bytes again have the same one."""
    row, _ = Picture.objects.defer("data").get_or_create(
        workspace_id=workspace_id,
        sha256=sha256(data).hexdigest(),
        defaults={
            "token": secrets.token_urlsafe(24),
            "content_type": shape.content_type,
            "width": shape.width,
            "height": shape.height,
            "data": data,
            "created_at": now,
        },
    )
    return row


def listed(workspace_id: int) -> QuerySet[Attachment]:
    return Attachment.objects.filter(workspace_id=workspace_id).defer("data")


def refs_of(step: Step | None) -> tuple[FileRef, ...]:
    content = step.content if isinstance(step, EmailStep) else None
    return content.attachments if content else ()


def taken_by(flow: Flow) -> set[int]:
    """Return the files that steps of a flow take along, by id."""
    return {ref.id for step in flow.steps.values() for ref in refs_of(step)}


def of_letters_to(contact_id: int) -> set[int]:
    """Return the files that people's letters to a contact took along or are to."""
    letters = Touch.objects.filter(BY_HAND, contact_id=contact_id, content__attachments__isnull=False)
    contents = letters.values_list("content", flat=True)
    return {id_ for content in contents if content for id_ in _named(content.get("attachments"))}


def load(workspace_id: int, ids: Iterable[int]) -> dict[int, Attached]:
    """Return files as mails take them along, by id, under the names that they were kept with; no query for none."""
    asked = set(ids)
    if not asked:
        return {}
    rows = {row.pk: row for row in listed(workspace_id).filter(id__in=asked)}
    with _lock:
        found = {id_: _remembered[id_] for id_ in rows if id_ in _remembered}
    fresh = Attachment.objects.filter(workspace_id=workspace_id, id__in=rows.keys() - found.keys())
    for id_, data in fresh.values_list("id", "data"):
        found[id_] = encoded(bytes(data))
        _remember(id_, found[id_])
    return {
        id_: Attached(name=row.name, content_type=row.content_type, encoded=found[id_])
        for id_, row in rows.items()
        if id_ in found
    }


_LINE = 76


def encoded(data: bytes) -> bytes:
    """Return base64 in lines of 76 (RFC 2045, 6.8); the standard library's own way takes ten times as long."""
    whole = b2a_base64(data, newline=False)
    return b"\r\n".join(whole[at : at + _LINE] for at in range(0, len(whole), _LINE)) + b"\r\n"


def _remember(id_: int, encoded: bytes) -> None:
    with _lock:
        _remembered[id_] = encoded
        _remembered.move_to_end(id_)
        while len(_remembered) > 1 and sum(map(len, _remembered.values())) > _REMEMBERED:
            _remembered.popitem(last=False)


def forget() -> None:
    """Empty the memory: tests use one process for many databases."""
    with _lock:
        _remembered.clear()


def uses(workspace_id: int, attachment_id: int) -> bool:
    """Tell whether a working copy, a template, a version or a letter that is still to leave takes the file along."""
    return attachment_id in _held(workspace_id, Q(settled_at=None))


def forget_unused(now: datetime) -> int:
    """Delete files that nothing took along for a long time after they were uploaded; return how many."""
    old = Attachment.objects.filter(created_at__lt=now - KEPT_UNUSED)
    workspaces = old.order_by("workspace_id").values_list("workspace_id", flat=True).distinct()
    return sum(_forget_unused(old.filter(workspace_id=id_), id_) for id_ in workspaces)


def _forget_unused(old: QuerySet[Attachment], workspace_id: int) -> int:
    with transaction.atomic():
        unused = set(sql.lock(old, skip=True)) - _held(workspace_id, BY_HAND)
        Attachment.objects.filter(sql.among("id", sorted(unused))).delete()
    with _lock:
        for id_ in unused:
            _remembered.pop(id_, None)
    return len(unused)


def _held(workspace_id: int, which: Q) -> set[int]:
    """Return the files that working copies, the workspace's templates, versions and those letters take along."""
    drafts = SequenceDraft.objects.filter(sequence__workspace_id=workspace_id)
    templates = SequenceTemplate.objects.filter(workspace_id=workspace_id)
    documents = [row for rows in (drafts, templates) for row in rows.values_list("document", flat=True)]
    contents = (step.get("content") for document in documents for step in document["steps"])
    bodies = Content.objects.filter(workspace_id=workspace_id, body__content__attachments__isnull=False)
    letters = Touch.objects.filter(which, workspace_id=workspace_id, content__attachments__isnull=False)
    held: list[Mapping[str, object]] = [content for content in contents if isinstance(content, dict)]
    held += [body["content"] for body in bodies.values_list("body", flat=True)]
    held += [content for content in letters.values_list("content", flat=True) if content]
    return {id_ for content in held for id_ in _named(content.get("attachments"))}


def _named(refs: object) -> list[int]:
    ids = [ref.get("id") for ref in refs if isinstance(ref, dict)] if isinstance(refs, list) else []
    return [id_ for id_ in ids if isinstance(id_, int)]


def remove(attachment: Attachment) -> None:
    with transaction.atomic():
        attachment.delete()
    with _lock:
        _remembered.pop(attachment.pk, None)
