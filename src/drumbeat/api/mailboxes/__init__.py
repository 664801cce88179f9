"""Mailboxes that are read for replies and bounces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from ninja import Field, Router, Schema, Status

from drumbeat.actions import mailboxes
from drumbeat.actions.mailboxes import Tried, Typed
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.models import Mailbox

router = Router(tags=["mailboxes"])


class MailboxOut(Schema):
    """A mailbox. `fault` is a word, "" while it can be read; `read_at` is when it was last read to its end."""

    id: int
    address: str
    sender_id: int | None
    host: str
    port: int
    security: Literal["tls", "starttls", "plain"]
    username: str
    folder: str
    keeps_strangers: bool
    host_trusted: bool
    enabled: bool
    read_at: datetime | None
    fault: str
    fault_text: str
    fault_since: datetime | None


class MailboxIn(Body):
    """`password` left out keeps the stored one. Without `keeps_strangers` only mail of contacts is kept."""

    address: str = Field(max_length=320)
    host: str = Field(max_length=255)
    port: int = Field(default=993, ge=1, le=65_535)
    security: Literal["tls", "starttls", "plain"] = "tls"
    username: str = Field(min_length=1, max_length=320)
    password: str | None = Field(default=None, max_length=1_000)
    folder: str = Field(default="INBOX", max_length=200)
    keeps_strangers: bool = True

    def typed(self) -> Typed:
        return Typed(**self.model_dump())


class MailboxTryIn(Body):
    """What was typed; left out: what is stored."""

    mailbox: MailboxIn | None = None


class MailboxTriedOut(Schema):
    """`stage`: where it ended, `ok` when nothing is in the way; `mails`: how many the folder holds."""

    ok: bool
    stage: Literal["dns", "network", "tcp", "tls", "greeting", "auth", "folder", "lost", "ok"]
    text: str
    mails: int | None


def _shaped(rows: Sequence[Mailbox]) -> Iterator[MailboxOut]:
    return (MailboxOut.from_orm(row) for row in rows)


def _told(tried: Tried) -> MailboxTriedOut:
    return MailboxTriedOut(ok=tried.stage == "ok", stage=tried.stage, text=tried.text, mails=tried.mails)


@router.get("/mailboxes", response={200: Page[MailboxOut], **REFUSALS}, operation_id="list_mailboxes")
def list_mailboxes(request: MemberRequest, page: Paged) -> Page[MailboxOut]:
    """List the mailboxes that are read, and how each stands."""
    return page_of(mailboxes.rows_of(request.member), ("id",), page, _shaped)


@router.post("/mailboxes", response={201: MailboxOut, **REFUSALS}, operation_id="create_mailbox")
def create_mailbox(request: MemberRequest, body: MailboxIn) -> Status[MailboxOut]:
    """Read a mailbox from now on."""
    box = mailboxes.add(request.member, body.typed(), SystemClock().now())
    return Status(201, MailboxOut.from_orm(box))


@router.put(
    "/mailboxes/{int:mailbox_id}", response={200: MailboxOut, **REFUSALS}, operation_id="update_mailbox"
)
def update_mailbox(request: MemberRequest, mailbox_id: int, body: MailboxIn) -> MailboxOut:
    """Change a mailbox; another server or folder is read from now on."""
    return MailboxOut.from_orm(
        mailboxes.change(request.member, mailbox_id, body.typed(), SystemClock().now())
    )


@router.delete("/mailboxes/{int:mailbox_id}", response={204: None, **REFUSALS}, operation_id="remove_mailbox")
def remove_mailbox(request: MemberRequest, mailbox_id: int) -> Status[None]:
    """Forget a mailbox; what came from it stays."""
    mailboxes.remove(request.member, mailbox_id, SystemClock().now())
    return Status(204, None)


@router.post(
    "/mailboxes/{int:mailbox_id}/enable", response={204: None, **REFUSALS}, operation_id="enable_mailbox"
)
def enable_mailbox(request: MemberRequest, mailbox_id: int) -> Status[None]:
    """Read it again, from where it was left."""
    mailboxes.enable(request.member, mailbox_id, SystemClock().now())
    return Status(204, None)


@router.post(
    "/mailboxes/{int:mailbox_id}/disable", response={204: None, **REFUSALS}, operation_id="disable_mailbox"
)
def disable_mailbox(request: MemberRequest, mailbox_id: int) -> Status[None]:
    """Read it no more."""
    mailboxes.disable(request.member, mailbox_id, SystemClock().now())
    return Status(204, None)


@router.post("/mailboxes/try", response={200: MailboxTriedOut, **REFUSALS}, operation_id="try_mailbox_typed")
def try_mailbox_typed(request: MemberRequest, body: MailboxIn) -> MailboxTriedOut:
    """Try a mailbox that is not saved yet. Nothing changes, there or here."""
    return _told(mailboxes.try_typed(request.member, body.typed()))


@router.post(
    "/mailboxes/{int:mailbox_id}/try", response={200: MailboxTriedOut, **REFUSALS}, operation_id="try_mailbox"
)
def try_mailbox(request: MemberRequest, mailbox_id: int, body: MailboxTryIn) -> MailboxTriedOut:
    """Try a stored mailbox, or what was typed about it."""
    typed = body.mailbox.typed() if body.mailbox else None
    return _told(mailboxes.try_stored(request.member, mailbox_id, typed))
