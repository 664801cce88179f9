"""Mails that could not be processed, for whoever runs the workspace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models.functions import Length
from django.http import HttpResponse
from ninja import Router, Status

from drumbeat.actions.conversations import set_aside
from drumbeat.api.auth import MemberRequest
from drumbeat.api.files import saved
from drumbeat.api.inbox import schemas as out
from drumbeat.api.inbox.mails import FILE
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.models import InboundMail

router = Router(tags=["inbox"])


@router.get(
    "/set-aside-mails", response={200: Page[out.SetAsideOut], **REFUSALS}, operation_id="list_set_aside_mails"
)
def list_set_aside_mails(request: MemberRequest, page: Paged) -> Page[out.SetAsideOut]:
    """List mails that could not be processed, each with its fault."""
    rows = set_aside.listed(request.member).annotate(size=Length("raw")).defer("raw")
    return page_of(rows, ("-id",), page, _lines)


def _lines(rows: Sequence[InboundMail]) -> Iterator[out.SetAsideOut]:
    for row in rows:
        yield out.SetAsideOut(
            id=row.pk,
            at=row.received_at,
            envelope_from=row.envelope_from,
            envelope_to=row.envelope_to,
            fault=row.fault,
            size=row.size,  # type: ignore[attr-defined]  # annotated above
        )


@router.get(
    "/set-aside-mails/{int:mail_id}/raw", response=REFUSALS, operation_id="get_raw_mail", openapi_extra=FILE
)
def get_raw_mail(request: MemberRequest, mail_id: int) -> HttpResponse:
    """Save such a mail as it came."""
    return saved(set_aside.raw_of(request.member, mail_id), f"mail-{mail_id}.eml")


@router.post(
    "/set-aside-mails/{int:mail_id}/retry",
    response={204: None, **REFUSALS},
    operation_id="retry_set_aside_mail",
)
def retry_set_aside_mail(request: MemberRequest, mail_id: int) -> Status[None]:
    """Process such a mail again."""
    set_aside.retry(request.member, mail_id, SystemClock().now())
    return Status(204, None)


@router.delete(
    "/set-aside-mails/{int:mail_id}", response={204: None, **REFUSALS}, operation_id="put_away_set_aside_mail"
)
def put_away_set_aside_mail(request: MemberRequest, mail_id: int) -> Status[None]:
    """Take such a mail off the list."""
    set_aside.put_away(request.member, mail_id, SystemClock().now())
    return Status(204, None)
