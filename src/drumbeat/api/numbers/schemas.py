"""What the routes of numbers take and answer. A secret goes in and never comes out."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from drumbeat.actions.numbers import About
from drumbeat.actions.numbers.accounts import Typed
from drumbeat.api.bodies import Body
from drumbeat.api.senders.schemas import PaceIn, SenderDayOut, SenderOwnerOut
from drumbeat.core.numbers import Registration

NumberChannel = Literal["sms", "whatsapp", "voice"]
Standing = Literal["", "pending", "registered", "refused"]


class PricesIn(Body):
    """Prices by the beginning of the number, `{"+1": "0.0083"}`; the longest one decides.

    `by_prefix` of a segment of a text, `whatsapp` of a message, `voice` of a begun minute; all empty: forgotten.
    """

    currency: str = Field(pattern=r"^[A-Z]{3}$")
    by_prefix: dict[str, str] = Field(default_factory=dict, max_length=500)
    whatsapp: dict[str, str] = Field(default_factory=dict, max_length=500)
    voice: dict[str, str] = Field(default_factory=dict, max_length=500)


class AccountFormIn(Body):
    """Left out: as it is. `token`: the auth token, which signs callbacks; `key_sid` and `key_secret`: an API key.

    `answers_words`: Twilio answers STOP, START and HELP by itself, as it does unless that was switched off there.
    """

    name: str | None = Field(default=None, max_length=200)
    token: str | None = Field(default=None, max_length=200)
    key_sid: str | None = Field(default=None, max_length=34)
    key_secret: str | None = Field(default=None, max_length=200)
    answers_words: bool | None = None
    prices: PricesIn | None = None

    def typed(self) -> Typed:
        return Typed(**self.model_dump())


class PhoneAccountIn(AccountFormIn):
    sid: str = Field(max_length=40)


class PhoneAccountOut(Schema):
    """An account. `hook_url`: what Twilio calls when a message comes in; "" without a public address.

    `fault`: what is wrong with it. `refused_text` is `not_proven`, `unreadable` or
    `not_posted`, of the last call turned away.
    """

    id: int
    name: str
    sid: str
    key_sid: str
    answers_words: bool
    prices: dict[str, Any]
    hook_url: str
    heard_at: datetime | None
    refused_at: datetime | None
    refused_text: str
    checked_at: datetime | None
    fault: str
    numbers: int


class OwnNumberOut(Schema):
    """A number that the account has at Twilio; `channels` are those on which it sends here already."""

    number: str
    name: str
    texts: bool
    calls: bool
    channels: list[NumberChannel]


class WhatsAppTemplateOut(Schema):
    """`status`: what WhatsApp says of it: approved, pending, rejected, paused, disabled, unsubmitted."""

    account_id: int
    sid: str
    name: str
    language: str
    body: str
    values: dict[str, str]
    status: str


class TemplatesOut(Schema):
    """`read_at`: when Twilio was asked last, None where no account is connected."""

    read_at: datetime | None
    templates: list[WhatsAppTemplateOut]


class NumberFormIn(PaceIn):
    """Left out: as it is. The pace is that of mailboxes. `service_sid` "" goes without a pool."""

    service_sid: str | None = Field(default=None, max_length=34)
    registration: Standing | None = None

    def about(self) -> About:
        standing = None if self.registration is None else Registration(self.registration)
        return About(service_sid=self.service_sid, registration=standing)


class NumberIn(NumberFormIn):
    account_id: int
    number: str = Field(max_length=40)
    channel: NumberChannel


class NumberOut(SenderDayOut):
    """A number on one channel, which is a sender.

    `account` is None where its account is connected no more.
    """

    id: int
    account_id: int | None
    number: str
    channel: NumberChannel
    name: str
    owner: SenderOwnerOut | None
    service_sid: str
    registration: Standing
    enabled: bool


class TestTextIn(Body):
    to: str = Field(max_length=40)
    client_id: str = Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")


class WeighIn(Body):
    """`number`, or that of the contact: whom it goes to; without either it costs from the least to the most."""

    text: str = Field(max_length=10_000)
    number: str = Field(default="", max_length=40)
    channel: NumberChannel = "sms"
    contact_id: int | None = None


class WeightOut(Schema):
    """`units` of `encoding`, `left` of them still fit into the last segment. `dear`: what makes the text ucs-2.

    `amount` to `most`: what it costs by the account's prices, None where none is known for the number; `currency` is
    "" where the account has no prices of the channel.
    """

    encoding: Literal["gsm-7", "ucs-2"]
    units: int
    segments: int
    left: int
    dear: list[str]
    currency: str
    amount: str | None
    most: str | None
