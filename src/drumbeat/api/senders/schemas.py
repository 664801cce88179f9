"""What the routes of senders take and answer. A password goes in and never comes out."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from drumbeat.actions.senders.forms import Form, Server
from drumbeat.actions.senders.providers import TypedAccount
from drumbeat.api.bodies import Body
from drumbeat.core.errors import DomainError
from drumbeat.core.spacing import LONGEST_SECONDS

Security = Literal["starttls-when-offered", "starttls", "tls", "plain"]
Health = Literal["ready", "window", "cap", "down", "disabled", "stopped"]


class SenderOwnerOut(Schema):
    id: int
    name: str


class WarmUp(Body):
    """`start` a day at first, `step` more after every `per_days` days, up to `top`."""

    start: int = Field(ge=1, le=1_000_000)
    step: int = Field(ge=0, le=1_000_000)
    per_days: int = Field(default=1, ge=1, le=365)
    top: int = Field(ge=1, le=1_000_000)


class ProviderFieldOut(Schema):
    """One thing to type. `secret`: written and never shown. `choices`: it is one of these."""

    name: str
    label: str
    secret: bool
    required: bool
    choices: list[str]


class ProviderOut(Schema):
    """A provider. `signs`: its calls are believed only once its signing key is given. `tells`: what became of mail.

    `own_ids`: it replaces Message-IDs, so that answers are known by reply addresses alone. `community`: those who
    wrote its adapter no longer vouch for it.
    """

    name: str
    title: str
    fields: list[ProviderFieldOut]
    tells: bool
    signs: bool
    inbound: bool
    own_ids: bool
    community: bool


class SenderAccountOut(Schema):
    """The account at a provider. Of its secrets is told which are there."""

    provider: str
    title: str
    options: dict[str, str]
    secrets: list[str]


class WebhookOut(Schema):
    """Where the provider has to call. `missing`: the fields of which one must be given before it is believed.

    `refused_text` is `not_proven`, or says why the last call that was turned away could not be read.
    """

    events: str
    inbound: str
    missing: list[str]
    heard_at: datetime | None
    refused_at: datetime | None
    refused_text: str


class SenderDayOut(Schema):
    """How a sender is, at which pace it sends, and how its day goes."""

    health: Health
    until: datetime | None
    down_reason: str
    down_text: str
    window: dict[str, list[list[str]]] | None
    time_zone: str
    zone: str
    cap_per_minute: int | None
    cap_per_hour: int | None
    cap_per_day: int | None
    cap_today: int | None
    warm_up: WarmUp | None
    warm_up_started_at: datetime | None
    connections: int
    spacing_seconds: int
    used: int
    sent: int
    waiting: int
    due: int


class SenderOut(SenderDayOut):
    """A mailbox. `health` says what holds it until `until`; `used` counts against `cap_per_day`.

    `cap_today` is what holds today, the warm-up included, whose days count from its first message on.
    `waiting` is written and has not left, `due` falls due today. `has_password` is all that is told of it.
    `spacing_seconds` lie between two of its messages at least. `plus_addressing`: replies, bounces and mails that
    unsubscribe come to `name+…@`, and are known by it.
    """

    id: int
    name: str
    address: str
    reply_to: str
    plus_addressing: bool
    signature: str
    owner: SenderOwnerOut | None
    kind: Literal["smtp", "esp", "null"]
    account: SenderAccountOut | None
    host: str
    port: int
    security: str
    username: str
    has_password: bool
    host_trusted: bool
    enabled: bool
    is_default: bool


class ServerIn(Body):
    """`password` left out keeps the stored one, "" removes it."""

    host: str = Field(max_length=255)
    port: int = Field(ge=1, le=65_535)
    security: Security
    username: str = Field(default="", max_length=320)
    password: str | None = Field(default=None, max_length=1_000)

    def typed(self) -> Server:
        return Server(**self.model_dump())


class AccountIn(Body):
    """An account at a provider. A value left out keeps the one that is stored, "" removes it."""

    provider: str = Field(max_length=40)
    values: dict[str, str] = Field(default_factory=dict, max_length=20)

    def typed(self) -> TypedAccount:
        return TypedAccount(name=self.provider, values=self.values)


class PaceIn(Body):
    """What any sender is asked: its name, its hours, its pace.

    Left out: as it is. `window`: `{"monday": [["09:00", "17:00"]]}`; `any_hour` removes it, `no_*` a cap.
    """

    name: str | None = Field(default=None, max_length=200)
    time_zone: str | None = Field(default=None, max_length=64)
    window: dict[str, Any] | None = None
    any_hour: bool | None = None
    cap_per_minute: int | None = Field(default=None, ge=1, le=1_000_000)
    cap_per_hour: int | None = Field(default=None, ge=1, le=1_000_000)
    cap_per_day: int | None = Field(default=None, ge=1, le=1_000_000)
    connections: int | None = Field(default=None, ge=1, le=10)
    spacing_seconds: int | None = Field(default=None, ge=0, le=LONGEST_SECONDS)
    no_cap_per_minute: bool = False
    no_cap_per_hour: bool = False
    no_cap_per_day: bool = False
    warm_up: WarmUp | None = None
    no_warm_up: bool = False

    def form(self) -> Form:
        named = [field.name for field in fields(Form) if field.name in type(self).model_fields]
        warm_up = None if self.warm_up is None else self.warm_up.model_dump()
        return Form(**({name: getattr(self, name) for name in named} | {"warm_up": warm_up}))


class SenderFormIn(PaceIn):
    """Left out: as it is. `window`: `{"monday": [["09:00", "17:00"]]}`; `any_hour` removes it, `no_*` a cap."""

    reply_to: str | None = Field(default=None, max_length=320)
    plus_addressing: bool | None = None
    signature: str | None = Field(default=None, max_length=5_000)


class Way(Body):
    """A server or an account; not both."""

    server: ServerIn | None = None
    account: AccountIn | None = None

    def way(self) -> Server | TypedAccount | None:
        """Return what was typed; DomainError `sender_way_twice`."""
        if self.server is not None and self.account is not None:
            raise DomainError("sender_way_twice", "Give a server or an account, not both.")
        typed = self.server or self.account
        return None if typed is None else typed.typed()


class SenderIn(SenderFormIn, Way):
    """One of `server` and `account` is needed."""

    address: str = Field(max_length=320)

    def chosen(self) -> Server | TypedAccount:
        """Return how it sends; DomainErrors `sender_way_missing`, `sender_way_twice`."""
        way = self.way()
        if way is None:
            raise DomainError(
                "sender_way_missing",
                "Say how it sends: by a server, or by an account.",
                {"server": "missing"},
            )
        return way


class SenderChangeIn(SenderFormIn, Way):
    """A way to send that is given replaces the other."""


class TryIn(Way):
    """What was typed; left out: what is stored."""


class TriedOut(Schema):
    """`stage`: where it ended: dns, network, tcp, tls, greeting, auth, or ok."""

    ok: bool
    stage: Literal["dns", "network", "tcp", "tls", "greeting", "auth", "ok"]
    text: str


class TestMailIn(Body):
    client_id: str = Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")


class TestMailOut(Schema):
    """`status` is planned until it left; `hold` says what holds it, `reason` why it was not sent."""

    id: int
    to: str
    status: str
    hold: str
    reason: str
    at: datetime | None
