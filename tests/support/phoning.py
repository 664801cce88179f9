"""A team that calls: an account and a number at the tests' own Twilio, a sequence of one call, and the callbacks."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import transaction

from bench import world
from drumbeat.channels.base import Receipt
from drumbeat.channels.twilio.channel import TwilioChannel
from drumbeat.channels.twilio.outbound import TwilioAccount
from drumbeat.core.document import read_document
from drumbeat.demo.twilio.callbacks import sign
from drumbeat.demo.twilio.dialling import rung_by
from drumbeat.demo.twilio.scripts import NUMBERS
from drumbeat.demo.twilio.server import ACCOUNT, TOKEN, Twilio
from drumbeat.engine.calls import Caller
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.engine.wire import NetworkWire
from drumbeat.environment import Environment, environment
from drumbeat.inbound.twilio import reading, taking
from drumbeat.inbound.twilio.taking import Posted
from drumbeat.models import Contact, Event, Member, PhoneAccount, SenderProfile, Sequence, Touch
from drumbeat.store import flows, phone_accounts
from tests.support.crash_worker import PUBLIC_URL
from tests.support.twilio import calling as running

PUBLIC = PUBLIC_URL
OURS = "+14155550199"
REP = "+14155550177"
SCRIPT = "Hi {{ contact.first_name | default: 'there' }}, this is Ann. I sent you a mail."
SPOKEN = "Hi First0, this is Ann. I sent you a mail."


def public(kept: Environment | None = None) -> Environment:
    """Return the surroundings of an installation that the world reaches."""
    return replace(kept or environment(), public_url=PUBLIC)


def an_account(owner: Member) -> PhoneAccount:
    return PhoneAccount.objects.create(
        workspace=owner.workspace,
        name="Twilio",
        sid=ACCOUNT,
        secrets_encrypted=phone_accounts.sealed(TOKEN),
        hook_token="a-hook-token",
        created_at=world.START,
    )


def a_number(owner: Member, account: PhoneAccount, **more: Any) -> SenderProfile:
    return SenderProfile.objects.create(
        workspace=owner.workspace,
        kind="twilio",
        channel="voice",
        name="Ann",
        address=OURS,
        account=account,
        created_at=world.START,
        **more,
    )


def calling(
    owner: Member, scripts: list[str], steps: list[dict[str, Any]] | None = None, **own: Any
) -> list[int]:
    """Enroll a contact for each script of `twilio_scripts`, in a flow that calls them; return their ids."""
    row = Sequence.objects.create(
        workspace=owner.workspace,
        name="Calls",
        owner=owner,
        status="active",
        created_at=world.START,
        updated_at=world.START,
    )
    steps = steps or [{"key": "call", "kind": "voice", "script": SCRIPT, **own}]
    with transaction.atomic():
        version = flows.save_version(row, read_document({"format": 1, "steps": steps}), owner, world.START)
    ids = sorted(world.contacts(owner.workspace, len(scripts), Contact.objects.count()))
    for number, (id_, script) in enumerate(zip(ids, scripts, strict=True)):
        phone = NUMBERS.get(script) or f"+1415555{9000 + number}"
        Contact.objects.filter(pk=id_).update(phone=phone, phone_normal=phone, time_zone="UTC")
    world.enroll(version, ids, step=steps[0]["key"])
    return ids


class Mailbox:
    """A mailbox that takes everything at once."""

    async def prepare(self, _: Any) -> Mailbox:
        return self

    async def transmit(self) -> Receipt:
        return Receipt(code="250")

    async def abandon(self) -> None:
        pass

    async def close(self) -> None:
        pass


@dataclass
class Office:
    """One worker's work on calls, moved by hand, against the tests' own Twilio."""

    twilio: Twilio
    wire: NetworkWire
    dispatcher: Dispatcher
    caller: Caller

    @classmethod
    def opened(cls, twilio: Twilio) -> Office:
        def channel_of(sender_id: int) -> TwilioChannel | Mailbox:
            if SenderProfile.objects.get(id=sender_id).channel != "voice":
                return Mailbox()
            return TwilioChannel(TwilioAccount(ACCOUNT, TOKEN), base=twilio.base)

        wire = NetworkWire(channel_of)
        return cls(twilio, wire, Dispatcher("worker", wire), Caller(channel_of))

    def close(self) -> None:
        self.caller.close(world.START)
        self.wire.stop()

    def go(self, now: datetime, patience: float = 10.0) -> None:
        """Plan, place calls and go on errands until nothing is under way."""
        ends_at = time.monotonic() + patience
        while True:
            self.steer(now)
            worked = Planner().plan_once(now) > 0
            while self.dispatcher.turn(now, wait_seconds=0.02) or self.dispatcher.busy:
                worked = True
                assert time.monotonic() < ends_at
            worked = reading.process_once(now) > 0 or worked
            if not worked:
                return

    def steer(self, now: datetime) -> None:
        self.caller.turn(now)
        self.caller.settle(now)

    @property
    def sids(self) -> list[str]:
        return list(self.twilio.calls)

    def tell(self, sid: str, now: datetime, **news: str) -> None:
        """Post a callback, as Twilio does, and take it in."""
        call = self.twilio.calls[sid]
        call["status"] = news.get("CallStatus", call["status"])
        self._post(call["answered_url" if "AnsweredBy" in news else "status_url"], sid, news, now)

    def tell_of_us(self, sid: str, now: datetime) -> None:
        """Post what came of ringing one of us, to the address that the call was told."""
        rung = rung_by(self.twilio.calls[sid])
        assert rung is not None
        self._post(rung.tell_at, sid, {"CallStatus": "in-progress", **rung.news}, now)

    def _post(self, address: str, sid: str, news: Mapping[str, str], now: datetime) -> None:
        call = self.twilio.calls[sid]
        post(
            address,
            {"CallSid": sid, "AccountSid": ACCOUNT, "From": call["from"], "To": call["to"], **news},
            now,
        )

    def live(self, sid: str, now: datetime) -> None:
        """Let a call live to its end, told step by step as its number says."""
        for news in self.twilio.life(sid):
            if news.get("CallStatus") == "completed" and rung_by(self.twilio.calls[sid]):
                self.tell_of_us(sid, now)
            self.tell(sid, now, **news)
            self.go(now)

    def said(self, sid: str) -> str:
        """Return what the call was told last."""
        twiml: str = self.twilio.calls[sid]["twiml"][-1]
        return twiml.partition("<Response>")[2].removesuffix("</Response>")


def post(address: str, form: Mapping[str, str], now: datetime) -> None:
    parts = urlsplit(address)
    token, _, mark = parts.path.removeprefix("/hooks/twilio/").partition("/")
    body = urlencode(form).encode()
    signature = sign(address, form, TOKEN)
    posted = Posted(path=parts.path, query=parts.query, body=body, signature=signature)
    taking.take(token, mark, posted, now)


@pytest.fixture
def twilio() -> Iterator[Twilio]:
    with running() as found:
        yield found
    assert found.faults == []


@pytest.fixture
def office(twilio: Twilio, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    surroundings = public()
    for module in (phone_accounts, taking):
        monkeypatch.setattr(module, "environment", lambda: surroundings)
    opened = Office.opened(twilio)
    yield opened
    opened.close()


@pytest.fixture
def owner(installation: Any) -> Member:
    found = world.a_workspace()
    a_number(found, an_account(found))
    return found


def the_touch() -> Touch:
    return Touch.objects.get(kind="voice")


def logged() -> Any:
    return Event.objects.filter(kind="call_logged")


def placed(office: Office, now: datetime = world.START) -> str:
    """Let the next call be placed; return its name at Twilio."""
    office.go(now)
    return office.sids[-1]
