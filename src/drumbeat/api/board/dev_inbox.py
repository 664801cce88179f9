"""The dev inbox: what reached the invented people of the demo."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

from ninja import Query, Router, Schema

from drumbeat.actions import access
from drumbeat.api.auth import MemberRequest
from drumbeat.api.board import received
from drumbeat.api.problems import Problem
from drumbeat.core.errors import DomainError
from drumbeat.environment import environment

router = Router(tags=["dev inbox"])

PAGE = 50


class LetterOut(Schema):
    """`answer`: what its reader does: reply, out_of_office, stop, unsubscribe, bounce, or "" for nothing."""

    id: int
    at: datetime
    sender: str
    recipient: str
    subject: str
    answer: str
    answered_at: datetime | None


class LettersOut(Schema):
    """`available` is false outside the demo: mails went to real people, and nobody else reads them."""

    available: bool
    items: list[LetterOut]
    next_before: int | None


class HeaderOut(Schema):
    name: str
    value: str


class OpenedOut(LetterOut):
    """A mail with everything in it; `html` is to be shown in a sandbox only."""

    answered: str
    headers: list[HeaderOut]
    text: str
    html: str
    source: str


@router.get("/inbox/dev", response={200: LettersOut, 401: Problem}, operation_id="list_dev_inbox")
def list_dev_inbox(
    request: MemberRequest, before: int | None = None, limit: Annotated[int, Query(ge=1, le=200)] = PAGE
) -> LettersOut:
    """List the mails that reached the demo's outside world, the newest first; `before` is an id."""
    access.require(request.member, "contacts.view")
    file = _file()
    if file is None:
        return LettersOut(available=False, items=[], next_before=None)
    letters = received.newest(file, limit, before)
    more = letters[-1].id if len(letters) == limit else None
    return LettersOut(available=True, items=[LetterOut.from_orm(each) for each in letters], next_before=more)


@router.get(
    "/inbox/dev/{mail_id}", response={200: OpenedOut, 401: Problem, 404: Problem}, operation_id="get_dev_mail"
)
def get_dev_mail(request: MemberRequest, mail_id: int) -> OpenedOut:
    """Open one mail: headers, text, HTML, source, and what was answered."""
    access.require(request.member, "contacts.view")
    file = _file()
    opened = received.opened(file, mail_id) if file else None
    if opened is None:
        raise DomainError("not_found", f"The dev inbox no longer keeps mail {mail_id}.")
    return OpenedOut(
        **LetterOut.from_orm(opened.letter).dict(),
        answered=opened.answered,
        headers=[HeaderOut(name=name, value=value) for name, value in opened.headers],
        text=opened.text,
        html=opened.html,
        source=opened.source,
    )


def _file() -> Path | None:
    return received.file_in(environment().data)
