"""The email service providers that can carry mail: what each must be told, how it proves what it tells, what it keeps.

Only words: how they are spoken to is `channels.esp`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from drumbeat.core.errors import DomainError

LONGEST_VALUE = 500
HOOK_USER = "drumbeat"
"""The user of our addresses that a password protects."""
_PRINTABLE = re.compile(r"[!-~]+")
_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")
_PEM = re.compile(r"-----[A-Z ]+-----|\s+")
_REGION = re.compile(r"[a-z]{2}(?:-[a-z]{1,12}){1,3}-\d{1,2}")
_TOPIC = re.compile(r"arn:aws(?:-[a-z]{1,12}){0,2}:sns:[a-z0-9-]{4,30}:\d{12}:[A-Za-z0-9_-]{1,256}")


class Proof(StrEnum):
    """How a provider proves that it is who tells: only by a signature, or by the password of the address too."""

    SIGNATURE = "signature"
    PASSWORD = "password"
    NONE = "none"


class Half(StrEnum):
    """What an address of ours is for: events of mail that was sent, or mail that came in."""

    EVENTS = "events"
    INBOUND = "inbound"


class Shape(StrEnum):
    """What a field may hold. A server is a host, and a port where it is not the usual one: it is always https."""

    TEXT = "text"
    DOMAIN = "domain"
    KEY = "key"
    SERVER = "server"
    REGION = "region"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to type. A secret is written and never shown; `proves`: where it checks what is told."""

    name: str
    label: str
    secret: bool = True
    required: bool = True
    choices: tuple[str, ...] = ()
    shape: Shape = Shape.TEXT
    proves: tuple[Half, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """`inbound`: it can pass on received mail. `own_ids`: it replaces our Message-ID by one of its own.

    `tags_only`: it keeps no data beside a mail but its tags. `tracks`: its opens and clicks can be switched off, and
    are. `raw`: it takes a mail as it would leave by SMTP. `community`: those who wrote its adapter no longer vouch
    for it.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    proof: Proof
    inbound: bool = False
    own_ids: bool = False
    tags_only: bool = False
    tracks: bool = False
    raw: bool = False
    community: bool = False

    @property
    def typed_server(self) -> bool:
        """Say whether people type where it is: it may be called only where a typed host may lead."""
        return any(field.shape is Shape.SERVER for field in self.fields)


def _secret(name: str, label: str) -> Field:
    return Field(name=name, label=label)


def _proof(name: str, label: str, *where: Half, required: bool = False, shape: Shape = Shape.TEXT) -> Field:
    return Field(name=name, label=label, required=required, shape=shape, proves=where)


def _choice(name: str, label: str, *choices: str) -> Field:
    return Field(name=name, label=label, secret=False, choices=choices)


def _topic(name: str, label: str, half: Half) -> Field:
    return Field(name=name, label=label, secret=False, required=False, shape=Shape.TOPIC, proves=(half,))


_API_KEY = _secret("api_key", "API key")
_ALL = (
    Provider(
        name="amazon_ses",
        title="Amazon SES",
        fields=(
            Field(name="access_key_id", label="Access key id", secret=False),
            _secret("secret_access_key", "Secret access key"),
            Field(name="region", label="Region", secret=False, shape=Shape.REGION),
            Field(name="configuration_set", label="Configuration set", secret=False, required=False),
            _topic("topic_arn", "ARN of the topic for events", Half.EVENTS),
            _topic("inbound_topic_arn", "ARN of the topic for received mail", Half.INBOUND),
        ),
        proof=Proof.PASSWORD,
        inbound=True,
        own_ids=True,
        raw=True,
    ),
    Provider(
        name="brevo",
        title="Brevo",
        fields=(_API_KEY,),
        proof=Proof.PASSWORD,
        inbound=True,
        own_ids=True,
    ),
    Provider(
        name="mailersend",
        title="MailerSend",
        fields=(
            _secret("api_token", "API token"),
            _proof("signing_secret", "Signing secret of the webhook", Half.EVENTS),
            _proof("inbound_secret", "Secret of the inbound route", Half.INBOUND),
            _choice("own_unsubscribe", "List-Unsubscribe by us (Professional accounts)", "no", "yes"),
        ),
        proof=Proof.SIGNATURE,
        inbound=True,
        own_ids=True,
        tags_only=True,
        tracks=True,
    ),
    Provider(
        name="mailgun",
        title="Mailgun",
        fields=(
            _proof("api_key", "API key", *Half, required=True),
            Field(name="sender_domain", label="Sending domain", secret=False, shape=Shape.DOMAIN),
            _choice("region", "Region", "us", "eu"),
            _proof("webhook_signing_key", "HTTP webhook signing key", *Half),
        ),
        proof=Proof.SIGNATURE,
        inbound=True,
        tracks=True,
    ),
    Provider(
        name="mailjet",
        title="Mailjet",
        fields=(_API_KEY, _secret("secret_key", "Secret key")),
        proof=Proof.PASSWORD,
        inbound=True,
        own_ids=True,
        tracks=True,
    ),
    Provider(
        name="mailtrap",
        title="Mailtrap",
        fields=(
            _secret("api_token", "API token"),
            _proof("signing_secret", "Signature secret of the webhook", Half.EVENTS),
            _proof("inbound_secret", "Signature secret of the inbound webhook", Half.INBOUND),
        ),
        proof=Proof.PASSWORD,
        inbound=True,
        own_ids=True,
    ),
    Provider(
        name="mandrill",
        title="Mailchimp Transactional (Mandrill)",
        fields=(_API_KEY, _proof("webhook_key", "Webhook key", *Half)),
        proof=Proof.SIGNATURE,
        inbound=True,
        own_ids=True,
        tracks=True,
    ),
    Provider(
        name="postal",
        title="Postal",
        fields=(
            Field(name="server", label="Server", secret=False, shape=Shape.SERVER),
            _API_KEY,
            _proof("webhook_key", "Public key of its signatures", *Half, shape=Shape.KEY),
        ),
        proof=Proof.SIGNATURE,
        inbound=True,
        tags_only=True,
        raw=True,
    ),
    Provider(
        name="postmark",
        title="Postmark",
        fields=(
            _secret("server_token", "Server token"),
            Field(name="message_stream", label="Message stream", secret=False, required=False),
        ),
        proof=Proof.PASSWORD,
        inbound=True,
        tracks=True,
    ),
    Provider(
        name="resend",
        title="Resend",
        fields=(
            _API_KEY,
            _proof("signing_secret", "Signing secret of the webhook", Half.EVENTS),
            _proof("inbound_secret", "Signing secret of the webhook for received mail", Half.INBOUND),
        ),
        proof=Proof.PASSWORD,
        inbound=True,
        own_ids=True,
    ),
    Provider(
        name="scaleway",
        title="Scaleway",
        fields=(
            _secret("secret_key", "Secret key"),
            Field(name="project_id", label="Project id", secret=False),
        ),
        proof=Proof.NONE,
        own_ids=True,
    ),
    Provider(
        name="sendgrid",
        title="SendGrid",
        fields=(
            _API_KEY,
            _proof("webhook_verification_key", "Verification key", Half.EVENTS, shape=Shape.KEY),
        ),
        proof=Proof.PASSWORD,
        inbound=True,
        tracks=True,
        community=True,
    ),
    Provider(
        name="sparkpost",
        title="SparkPost",
        fields=(_API_KEY, _choice("region", "Region", "us", "eu")),
        proof=Proof.PASSWORD,
        inbound=True,
        own_ids=True,
        tracks=True,
    ),
    Provider(
        name="unisender_go",
        title="Unisender Go",
        fields=(
            _proof("api_key", "API key", Half.EVENTS, required=True),
            _choice("region", "Data centre", "go1", "go2"),
        ),
        proof=Proof.SIGNATURE,
        own_ids=True,
        tracks=True,
    ),
)
PROVIDERS: Mapping[str, Provider] = MappingProxyType({one.name: one for one in _ALL})


@dataclass(frozen=True, slots=True)
class Account:
    """What a provider is told: options may be shown, secrets never are."""

    provider: str
    options: Mapping[str, str]
    secrets: Mapping[str, str]

    @property
    def values(self) -> dict[str, str]:
        return {**self.options, **self.secrets}


def provider_named(name: str) -> Provider:
    """Return the provider; DomainError `provider_unknown` says which there are."""
    known = PROVIDERS.get(name.strip().lower().replace("-", "_"))
    if known is not None:
        return known
    told = f"There is no provider {name!r}. There are: {', '.join(PROVIDERS)}."
    raise DomainError("provider_unknown", told, {"provider": "unknown"})


def account_of(name: str, typed: Mapping[str, str], stored: Account | None = None) -> Account:
    """Return what is typed, checked; a secret left out is kept where the account stays with its provider and server.

    An empty value removes what is not required. DomainErrors `provider_unknown`, `provider_field_invalid` with a
    sentence for each field.
    """
    provider = provider_named(name)
    given_now = {key: value.strip() for key, value in typed.items()}
    kept = stored if stored is not None and stored.provider == provider.name else None
    values = {**(_kept(provider, kept, given_now) if kept else {}), **given_now}
    known = {field.name: field for field in provider.fields}
    faults = {key: f"{provider.title} has no such field." for key in typed.keys() - known.keys()}
    for field in provider.fields:
        values[field.name] = _plain(field, values.get(field.name, ""))
        if fault := _fault(field, values[field.name]):
            faults[field.name] = fault
    if faults:
        key, sentence = next(iter(sorted(faults.items())))
        raise DomainError("provider_field_invalid", f"{key}: {sentence}", faults)
    given = {key: value for key, value in values.items() if value}
    return Account(
        provider.name,
        {key: value for key, value in given.items() if not known[key].secret},
        {key: value for key, value in given.items() if known[key].secret},
    )


def _kept(provider: Provider, stored: Account, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what stays where it is not typed. A secret goes to the server it was given for, never to another."""
    moved = any(
        _plain(field, typed.get(field.name, stored.options.get(field.name, "")))
        != stored.options.get(field.name)
        for field in provider.fields
        if field.shape is Shape.SERVER
    )
    return dict(stored.options) if moved else stored.values


def _plain(field: Field, value: str) -> str:
    if field.shape is Shape.DOMAIN:
        return value.lower()
    if field.shape is Shape.KEY:
        return _PEM.sub("", value)
    if field.shape is Shape.SERVER:
        return value.lower().removeprefix("https://").rstrip("/")
    return value or (field.choices[0] if field.choices else "")


def _fault(field: Field, value: str) -> str:
    if not value:
        return f"{field.label} is missing." if field.required else ""
    if len(value) > LONGEST_VALUE or not _PRINTABLE.fullmatch(value):
        return f"{field.label} has characters that none has. Copy it again."
    if field.choices and value not in field.choices:
        return f"{field.label} is one of: {', '.join(field.choices)}."
    said = _SHAPES.get(field.shape)
    return f"{field.label} {said[1]}" if said and not said[0].fullmatch(value) else ""


_SHAPES: Mapping[Shape, tuple[re.Pattern[str], str]] = MappingProxyType(
    {
        Shape.DOMAIN: (_DOMAIN, "is no domain."),
        Shape.SERVER: (
            re.compile(rf"(?:{_DOMAIN.pattern})(?::[1-9][0-9]{{0,4}})?"),
            "is the name of a host, such as postal.example.com; it is called by https.",
        ),
        Shape.REGION: (_REGION, "is written like eu-west-1."),
        Shape.TOPIC: (_TOPIC, "begins with arn:aws:sns: and names region, account and topic."),
    }
)


def takes(provider: Provider, half: Half) -> bool:
    """Say whether this provider can tell this."""
    return provider.inbound if half is Half.INBOUND else provider.proof is not Proof.NONE


def needs_password(account: Account, half: Half) -> bool:
    """Say whether a password alone can prove a call: the provider signs none, or its key is not known."""
    fields = PROVIDERS[account.provider].fields
    return not any(half in field.proves and field.name in account.values for field in fields)


def can_hear(account: Account, half: Half = Half.EVENTS) -> bool:
    """Say whether what the provider tells can be proven: who only signs must have given the key."""
    provider = PROVIDERS[account.provider]
    if not takes(provider, half):
        return False
    return provider.proof is Proof.PASSWORD or not needs_password(account, half)
