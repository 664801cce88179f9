"""Files that mails take along: people upload, look through and remove them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from drumbeat.actions import access, audit
from drumbeat.core.attachments import check_mail, clean_name, kind_of
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Flow
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
    """Keep a file; the same bytes again are the file that the member has. DomainError `file_refused`."""
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


def of_steps(member: Member, ids: Collection[int], *, shared: bool = False) -> dict[int, int]:
    """Return the sizes of those files that the member may let a step take along; with `shared`, that one does.

    A file that others have for letters alone is not one of them, not even for who sees every letter.
    """
    if not ids:
        return {}
    rows = access.visible_to(member, Attachment).filter(id__in=ids)
    of_all = Q(shared=True)
    return dict(rows.filter(of_all if shared else of_all | Q(made_by=member.pk)).values_list("id", "size"))


def share(member: Member, flow: Flow, before: Collection[int] = ()) -> None:
    """Make the files that the member uploaded and a saved flow names the workspace's.

    A file of somebody else is theirs to share: who saves need not have written what stands in the flow. For the same
    reason those that stood there `before` stay as they are.
    """
    if ids := store.taken_by(flow).difference(before):
        store.share(access.visible_to(member, Attachment).filter(made_by=member.pk, id__in=ids))


def refs(member: Member, ids: Iterable[int], contact_id: int) -> tuple[FileRef, ...]:
    """Return the files of a letter to a contact whom the member sees, kept until the caller's transaction ends.

    They may be the member's, the workspace's, and those of earlier letters to the contact.
    DomainErrors `not_found`, `files_too_large`.
    """
    wanted = list(dict.fromkeys(ids))
    known = access.visible_to(member, Attachment).filter(id__in=wanted)
    kept = (
        store.listed(member.workspace_id).filter(
            Q(id__in=known.values("id")) | Q(id__in=store.of_letters_to(contact_id)), id__in=wanted
        )
        if wanted
        else known.none()
    )
    rows = {row.pk: row for row in kept.filter(id__in=sql.lock(kept) if wanted else ())}
    for id_ in wanted:
        if id_ not in rows:
            raise DomainError("not_found", f"There is no file {id_}.")
    check_mail(rows[id_].size for id_ in wanted)
    return tuple(FileRef(id=id_, name=rows[id_].name) for id_ in wanted)
