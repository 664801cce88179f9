"""Files that mails take along: upload, list, fetch, remove."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from drumbeat.actions import attachments
from drumbeat.api.auth import MemberRequest
from drumbeat.api.files import saved
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS, UNSEEN
from drumbeat.clock import SystemClock
from drumbeat.core.attachments import MOST_BYTES, PICTURES
from drumbeat.core.errors import DomainError
from drumbeat.models import Attachment

router = Router(tags=["files"])


class AttachmentOut(Schema):
    """A file. `can_be_shown`: HTML may show it as `cid:file-<id>`. `content_type` is what its content says."""

    id: int
    name: str
    content_type: str
    size: int
    can_be_shown: bool
    created_at: datetime


@router.get("/attachments", response={200: Page[AttachmentOut], **REFUSALS}, operation_id="list_attachments")
def list_attachments(request: MemberRequest, page: Paged) -> Page[AttachmentOut]:
    """List the files, the newest first: those that steps take along and one's own, to who sees all contacts all."""
    rows = attachments.listed(request.member)
    return page_of(rows, ("-id",), page, lambda found: [_out(row) for row in found])


@router.post("/attachments", response={201: AttachmentOut, **REFUSALS}, operation_id="upload_attachment")
def upload_attachment(request: MemberRequest, file: File[UploadedFile]) -> Status[AttachmentOut]:
    """Upload a file of at most 10 MB. What it is, its content says; programs, scripts, HTML and SVG are refused."""
    if (file.size or 0) > MOST_BYTES:
        raise DomainError("file_refused", "The file is larger than 10 MB.", {"file": "too large"})
    kept = attachments.add(request.member, file.name or "file", file.read(), SystemClock().now())
    return Status(201, _out(kept))


@router.get(
    "/attachments/{int:attachment_id}", response={200: AttachmentOut, **UNSEEN}, operation_id="get_attachment"
)
def get_attachment(request: MemberRequest, attachment_id: int) -> AttachmentOut:
    """Show one file."""
    return _out(attachments.find(request.member, attachment_id))


@router.get("/attachments/{int:attachment_id}/file", response=UNSEEN, operation_id="fetch_attachment")
def fetch_attachment(request: MemberRequest, attachment_id: int) -> HttpResponse:
    """Fetch the bytes of a file, to be saved: no browser shows them."""
    row = attachments.find(request.member, attachment_id)
    return saved(attachments.read(request.member, attachment_id), row.name)


@router.delete(
    "/attachments/{int:attachment_id}", response={204: None, **REFUSALS}, operation_id="remove_attachment"
)
def remove_attachment(request: MemberRequest, attachment_id: int) -> Status[None]:
    """Remove a file that no step and no waiting mail takes along."""
    attachments.remove(request.member, attachment_id, SystemClock().now())
    return Status(204, None)


def _out(row: Attachment) -> AttachmentOut:
    return AttachmentOut(
        id=row.pk,
        name=row.name,
        content_type=row.content_type,
        size=row.size,
        can_be_shown=row.content_type in PICTURES,
        created_at=row.created_at,
    )
