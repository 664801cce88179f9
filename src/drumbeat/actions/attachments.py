"""Files that mails take along: people upload, look through and remove them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions import access, audit
from drumbeat.core.attachments import check_mail, clean_name, kind_of
from drumbeat.core.errors import DomainError
from drumbeat.core.step_fields import FileRef
from drumbeat.models import Attachment, Member
from drumbeat.store import attachments as store
from drumbeat.store import sql


def listed(member: Member) -> QuerySet[Attachment]:
    access.require(member, "sequences.view")
    return access.visible_to(member, Attachment).defer("data")


def find(member: Member, attachment_id: int) -> Attachment:
    return access.first(listed(member).filter(id=attachment_id), "file", attachment_id)


def add(member: Member, name: str, data: bytes, now: datetime) -> Attachment:
    """Keep a file; the same bytes again are the file that is there. DomainError `file_refused`."""
    access.require(member, "contacts.edit")
    bare = clean_name(name)
    kind = kind_of(data, bare)
    with transaction.atomic():
        row = store.keep(member, bare, data, kind, now)
        audit.record(member, "files.add", now, object_kind="file", object_id=row.pk, name=bare)
    return row


def read(member: Member, attachment_id: int) -> bytes:
    find(member, attachment_id)
    return bytes(Attachment.objects.get(id=attachment_id).data)


def remove(member: Member, attachment_id: int, now: datetime) -> None:
    """Remove a file that nothing takes along. DomainError `file_in_use`."""
    access.require(member, "sequences.edit")
    row = find(member, attachment_id)
    if store.uses(member.workspace_id, row.pk):
        raise DomainError(
            "file_in_use", f"{row.name} goes along with a mail. Take it out of the steps first."
        )
    with transaction.atomic():
        audit.record(member, "files.remove", now, object_kind="file", object_id=row.pk, name=row.name)
        store.remove(row)


def refs(member: Member, ids: Iterable[int]) -> tuple[FileRef, ...]:
    """Return the files of a letter, kept until the caller's transaction ends.

    DomainErrors `not_found`, `files_too_large`.
    """
    wanted = list(dict.fromkeys(ids))
    kept = access.visible_to(member, Attachment).filter(id__in=wanted)
    rows = {row.pk: row for row in kept.filter(id__in=sql.lock(kept) if wanted else ()).defer("data")}
    for id_ in wanted:
        if id_ not in rows:
            raise DomainError("not_found", f"There is no file {id_}.")
    check_mail(rows[id_].size for id_ in wanted)
    return tuple(FileRef(id=id_, name=rows[id_].name) for id_ in wanted)
