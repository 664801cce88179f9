"""Accounts that were signed in with although another address was typed: a person says which of the two is meant."""

from __future__ import annotations

from typing import Literal

from ninja import Router, Schema, Status

from drumbeat.actions import access, grants
from drumbeat.actions.grants import providers, using
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.grants import pending
from drumbeat.api.grants.pending import Held
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError

router = Router(tags=["grants"])


class HeldAccountOut(Schema):
    """`typed`: the address that was asked for; `signed_in`: the account that the provider let in."""

    id: str
    provider_name: str
    typed: str
    signed_in: str


class SettleAccountIn(Body):
    """Which address drumbeat logs in with. `typed`: another mailbox that the account may use, an alias for instance."""

    use: Literal["typed", "signed_in"]


class AccountSettledOut(Schema):
    address: str


@router.get(
    "/grants/held", response={200: list[HeldAccountOut], **REFUSALS}, operation_id="list_held_accounts"
)
def list_held_accounts(request: MemberRequest) -> list[HeldAccountOut]:
    """List what this browser began and a person has to decide, for a quarter of an hour."""
    access.require(request.member, "senders.view")
    return [
        HeldAccountOut(
            id=one.id,
            provider_name=providers.name_of(one.waiting.provider),
            typed=one.waiting.address,
            signed_in=one.account,
        )
        for one in _held(request)
    ]


@router.post(
    "/grants/held/{held_id}",
    response={200: AccountSettledOut, **REFUSALS},
    operation_id="settle_held_account",
)
def settle_held_account(request: MemberRequest, held_id: str, body: SettleAccountIn) -> AccountSettledOut:
    """Connect the account under one of the two addresses."""
    access.require(request.member, "senders.create")
    one = _one(request, held_id)
    now = SystemClock().now()
    address = one.account if body.use == "signed_in" else one.waiting.address
    tokens = grants.unseal(one.sealed)
    grant = grants.keep(request.member, one.waiting.provider, address, tokens, now)
    using.use(request.member, grant, one.waiting.uses, now, name=one.waiting.name)
    pending.drop(request, held_id)
    return AccountSettledOut(address=grant.address)


@router.delete("/grants/held/{held_id}", response={204: None, **REFUSALS}, operation_id="drop_held_account")
def drop_held_account(request: MemberRequest, held_id: str) -> Status[None]:
    """Forget it: nothing is connected."""
    access.require(request.member, "senders.create")
    pending.drop(request, _one(request, held_id).id)
    return Status(204, None)


def _held(request: MemberRequest) -> list[Held]:
    found = pending.held(request, SystemClock().now())
    return [one for one in found if one.waiting.workspace_id == request.member.workspace_id]


def _one(request: MemberRequest, held_id: str) -> Held:
    found = next((one for one in _held(request) if one.id == held_id), None)
    if found is None:
        raise DomainError("not_found", "No account waits to be decided: begin again.")
    return found
