"""What an account at Twilio is asked that sends nothing: whether it is well, its numbers, its templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from drumbeat.channels.twilio.faults import meant
from drumbeat.channels.twilio.outbound import TwilioAccount
from drumbeat.channels.twilio.wire import Patience, Wire, client_of

MOST = 500
"""Numbers and templates that are read; an account with more shows the first ones."""
_PAGE = 100
"""How many of them one answer holds: one with all would be longer than what is read."""
_GotT = TypeVar("_GotT")


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number of the account, in E.164 form, and what it can do."""

    number: str
    name: str
    texts: bool
    calls: bool


@dataclass(frozen=True, slots=True)
class KnownTemplate:
    """A template as Twilio lists it. `values`: examples by the name of the place. `status`: WhatsApp's word on it."""

    sid: str
    name: str
    language: str
    body: str
    values: dict[str, str]
    status: str


def try_account(account: TwilioAccount, base: str = "") -> None:
    """Ask for something that sends nothing. Raises a Refusal, or Unclear."""
    _ask(account, base, lambda client: client.messages.list(limit=1))


def numbers_of(account: TwilioAccount, base: str = "") -> list[OwnNumber]:
    """Return the account's numbers. Raises a Refusal, or Unclear."""
    return _ask(
        account, base, lambda client: [_number(one) for one in _listed(client.incoming_phone_numbers)]
    )


def templates_of(account: TwilioAccount, base: str = "") -> list[KnownTemplate]:
    """Return the account's templates with a text, approved or not. Raises a Refusal, or Unclear."""
    found = _ask(account, base, lambda client: _listed(client.content.v1.content_and_approvals))
    return [_template(one) for one in found if _body(one)]


def _listed(rows: Any) -> list[Any]:
    return list(rows.list(limit=MOST, page_size=_PAGE))


def _ask(account: TwilioAccount, base: str, work: Callable[[Any], _GotT]) -> _GotT:
    wire = Wire(base, Patience())
    try:
        return work(client_of(account, wire))
    except Exception as fault:
        raise meant(fault, wire) from fault
    finally:
        wire.close()


def _number(one: Any) -> OwnNumber:
    can = one.capabilities if isinstance(one.capabilities, dict) else {}
    number, name = str(one.phone_number or ""), str(one.friendly_name or "")
    return OwnNumber(number, name, bool(can.get("sms")), bool(can.get("voice")))


def _body(one: Any) -> str:
    types = one.types if isinstance(one.types, dict) else {}
    bodies = (kind.get("body") for kind in types.values() if isinstance(kind, dict))
    return next((str(body) for body in bodies if body), "")


def _template(one: Any) -> KnownTemplate:
    asked = one.approval_requests if isinstance(one.approval_requests, dict) else {}
    values = one.variables if isinstance(one.variables, dict) else {}
    return KnownTemplate(
        sid=str(one.sid),
        name=str(one.friendly_name or ""),
        language=str(one.language or ""),
        body=_body(one),
        values={str(name): str(value) for name, value in values.items()},
        status=str(asked.get("status") or "unsubmitted"),
    )
