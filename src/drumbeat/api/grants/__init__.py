"""Accounts at Google, Microsoft or another provider that people connect, so that no password is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from ninja import Field, Router, Schema

from drumbeat.actions import grants
from drumbeat.actions.grants import providers
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.grants import held, pending
from drumbeat.api.links import at
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.models import Grant

router = Router(tags=["grants"])


class GrantProviderOut(Schema):
    key: str
    name: str


class GrantOut(Schema):
    """A connected account. `state` revoked: a person must connect it again; error: drumbeat tries again by itself.

    `senders` and `mailboxes` are the addresses that use it. Its tokens never come out.
    """

    id: int
    provider: str
    provider_name: str
    address: str
    scopes: list[str]
    state: Literal["ok", "revoked", "error"]
    fault: str
    connected_by: str
    connected_at: datetime
    refreshed_at: datetime | None
    senders: list[str]
    mailboxes: list[str]


class GrantStartIn(Body):
    """`uses`: what the account is for once it is connected. `name` is the From name of a new sender."""

    provider: str = Field(max_length=12)
    address: str = Field(max_length=320)
    uses: list[Literal["sender", "mailbox"]] = Field(min_length=1, max_length=2)
    name: str = Field(default="", max_length=200)


class GrantStartOut(Schema):
    """`url`: where the browser goes next; it comes back by itself."""

    url: str


class GrantRemovedOut(Schema):
    """`revoked`: the provider took the tokens back too; otherwise they are forgotten here alone."""

    revoked: bool


@router.get(
    "/grants/providers",
    response={200: list[GrantProviderOut], **REFUSALS},
    operation_id="list_grant_providers",
)
def list_grant_providers(request: MemberRequest) -> list[GrantProviderOut]:
    """List the providers that the operator registered with."""
    found = grants.registered(request.member)
    return [GrantProviderOut(key=each.provider.key, name=each.provider.name) for each in found]


@router.get("/grants", response={200: Page[GrantOut], **REFUSALS}, operation_id="list_grants")
def list_grants(request: MemberRequest, page: Paged) -> Page[GrantOut]:
    """List the connected accounts, and whether each still lets drumbeat in."""
    return page_of(grants.rows_of(request.member), ("id",), page, _shaped)


@router.post("/grants/start", response={200: GrantStartOut, **REFUSALS}, operation_id="start_grant")
def start_grant(request: MemberRequest, body: GrantStartIn) -> GrantStartOut:
    """Begin to connect an account, or to connect it again. It needs a browser that is signed in."""
    back_to = at(request, pending.PATH)
    asked = grants.ask(request.member, body.provider, body.address, back_to)
    if request.member.via != "web":
        raise DomainError(
            "browser_needed", "An account is connected by a person in a browser: open Senders in the web app."
        )
    waiting = pending.Waiting(
        workspace_id=request.member.workspace_id,
        provider=body.provider,
        address=body.address,
        verifier=asked.verifier,
        back_to=back_to,
        uses=tuple(body.uses),
        name=body.name,
    )
    pending.keep(request, asked.state, waiting, SystemClock().now())
    return GrantStartOut(url=asked.url)


@router.delete(
    "/grants/{int:grant_id}", response={200: GrantRemovedOut, **REFUSALS}, operation_id="remove_grant"
)
def remove_grant(request: MemberRequest, grant_id: int) -> GrantRemovedOut:
    """Take the access back at the provider and forget its tokens; what used it waits."""
    return GrantRemovedOut(revoked=grants.remove(request.member, grant_id, SystemClock().now()))


router.add_router("", held.router)


def _shaped(rows: Sequence[Grant]) -> Iterator[GrantOut]:
    return (
        GrantOut(
            id=row.pk,
            provider=row.provider,
            provider_name=providers.name_of(row.provider),
            address=row.address,
            scopes=row.scopes.split(),
            state=row.state,  # type: ignore[arg-type]  # the column holds nothing else
            fault=row.fault,
            connected_by=row.member.name if row.member else "",
            connected_at=row.connected_at,
            refreshed_at=row.refreshed_at,
            senders=[each.address for each in row.senders.all()],
            mailboxes=[each.address for each in row.mailboxes.all()],
        )
        for row in rows
    )
