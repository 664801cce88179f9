"""A team that texts: a sequence of texts at the tests' own Twilio, and one worker's work moved by hand."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bench import world
from drumbeat.channels.twilio.channel import TwilioChannel
from drumbeat.channels.twilio.outbound import TwilioAccount
from drumbeat.core.document import read_document
from drumbeat.demo.twilio.scripts import NUMBERS, PLAIN
from drumbeat.demo.twilio.server import ACCOUNT, TEMPLATE, TOKEN, Twilio
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.engine.wire import NetworkWire
from drumbeat.inbound.twilio import reading
from drumbeat.models import Contact, Enrollment, Member, PhoneAccount, SenderProfile, Touch
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import flows, phone_accounts
from tests.support.phoning import OURS, post

HELLO = "Hi {{ contact.first_name }}, Ann here."
APPROVED = {
    "sid": TEMPLATE,
    "name": "hello",
    "language": "en",
    "body": "Hi {{1}}, may I write to you?",
    "values": {"1": "Ann"},
    "status": "approved",
}


def an_sms(key: str = "hello", **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": "sms", "text": HELLO, **more}


def a_whatsapp(key: str = "hello", **more: Any) -> dict[str, Any]:
    places = {"template_id": TEMPLATE, "template_variables": {"1": "{{ contact.first_name }}"}}
    return {"key": key, "kind": "whatsapp", "text": HELLO, **places, **more}


def a_number(owner: Member, account: PhoneAccount, channel: str = "sms", **more: Any) -> SenderProfile:
    return SenderProfile.objects.create(
        workspace=owner.workspace,
        kind="twilio",
        channel=channel,
        name="Ann",
        address=OURS,
        account=account,
        created_at=world.START,
        **more,
    )


def texting(
    owner: Member, scripts: Sequence[str], steps: Sequence[Mapping[str, Any]], **more: Any
) -> list[int]:
    """Enroll a contact for each script of `twilio_scripts` ("" is taken and delivered); return their ids."""
    row = SequenceRow.objects.create(
        workspace=owner.workspace,
        name="Texts",
        owner=owner,
        status="active",
        created_at=world.START,
        updated_at=world.START,
        **more,
    )
    document = {"format": 1, "steps": list(steps)}
    with transaction.atomic():
        version = flows.save_version(row, read_document(document), owner, world.START)
    first = Contact.objects.count()
    ids = sorted(world.contacts(owner.workspace, len(scripts), first))
    for number, (id_, script) in enumerate(zip(ids, scripts, strict=True), first):
        phone = NUMBERS.get(script) or (f"+1415555{9000 + number}" if number else PLAIN)
        Contact.objects.filter(pk=id_).update(phone=phone, phone_normal=phone, time_zone="UTC")
    world.enroll(version, ids, step=steps[0]["key"])
    return ids


@dataclass
class TextOffice:
    """What a worker does about texts, turn by turn."""

    twilio: Twilio
    wire: NetworkWire
    dispatcher: Dispatcher

    @classmethod
    def opened(cls, twilio: Twilio) -> TextOffice:
        def channel_of(_: int) -> TwilioChannel:
            return TwilioChannel(TwilioAccount(ACCOUNT, TOKEN), base=twilio.base, ill_seconds=0.05)

        wire = NetworkWire(channel_of)
        return cls(twilio, wire, Dispatcher("worker", wire))

    def close(self) -> None:
        self.wire.stop()

    def go(self, now: datetime, patience: float = 10.0) -> None:
        """Plan, send and read until nothing is under way."""
        ends_at = time.monotonic() + patience
        while True:
            worked = Planner().plan_once(now) > 0
            while self.dispatcher.turn(now, wait_seconds=0.02) or self.dispatcher.busy:
                worked = True
                assert time.monotonic() < ends_at
            if not (reading.process_once(now) > 0 or worked):
                return

    @property
    def sent(self) -> list[dict[str, Any]]:
        return [one["said"] for one in self.twilio.messages.values()]

    def tell(self, sid: str, now: datetime, **news: str) -> None:
        """Post a status callback, as Twilio does."""
        made = self.twilio.messages[sid]
        form = {
            "MessageSid": sid,
            "SmsSid": sid,
            "AccountSid": ACCOUNT,
            "From": made["from"] or "",
            "To": made["to"],
        }
        post(made["status_url"], {**form, **news}, now)

    def live(self, sid: str, now: datetime) -> None:
        for news in self.twilio.life(sid):
            self.tell(sid, now, **news)
        self.go(now)

    def hear(self, text: str, now: datetime, *, sender: str = PLAIN, sid: str = "", **more: str) -> None:
        """Let a person write to our number. `more`: further values of the form."""
        prefix = "whatsapp:" if more.pop("over_whatsapp", "") else ""
        account = PhoneAccount.objects.get()
        named = sid or f"SM{len(text):016x}{abs(hash((text, now, sender))) % 16**14:016x}"
        form = {
            "MessageSid": named,
            "SmsSid": named,
            "AccountSid": ACCOUNT,
            "From": prefix + sender,
            "To": prefix + OURS,
            "Body": text,
            "NumMedia": "0",
        }
        post(phone_accounts.hook_url(account), {**form, **more}, now)
        self.go(now)


def the_touch(enrollment_of: int) -> Touch:
    """Return the last touch of a contact's enrollment."""
    found = Touch.objects.filter(contact_id=enrollment_of, enrollment__isnull=False).order_by("-id").first()
    assert found is not None
    return found


def states() -> list[str]:
    return list(Enrollment.objects.order_by("id").values_list("state", flat=True))
