"""Senders as people type them in the app: checked field by field, their servers kept out of private networks."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from drumbeat.actions import access, audit, senders
from drumbeat.actions.grants import tokens
from drumbeat.actions.senders import providers
from drumbeat.actions.senders.providers import TypedAccount
from drumbeat.channels.email.server import Security, SmtpServer, is_loopback
from drumbeat.core.addresses import normal_email
from drumbeat.core.errors import DomainError
from drumbeat.core.hosts import may_lead_to
from drumbeat.core.pacing import Ramp
from drumbeat.core.spacing import checked_spacing
from drumbeat.core.window import OFFICE_HOURS, Window
from drumbeat.environment import environment
from drumbeat.models import MAILBOXES, Member, SenderKind, SenderProfile, Workspace
from drumbeat.store import secrets, spacing, sql
from drumbeat.store.senders import zone_named

PORTS = frozenset({25, 465, 587, 2525})
"""Where mail is handed in: a typed server is asked at no other port."""
LONGEST_HOST = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server as it was typed. `password` None keeps the one that is stored, "" removes it."""

    host: str
    port: int
    security: Security
    username: str = ""
    password: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What is typed about a sender beside its server; None leaves a field as it is."""

    name: str | None = None
    reply_to: str | None = None
    plus_addressing: bool | None = None
    signature: str | None = None
    time_zone: str | None = None
    window: Mapping[str, Any] | None = None
    any_hour: bool | None = None
    cap_per_minute: int | None = None
    cap_per_hour: int | None = None
    cap_per_day: int | None = None
    connections: int | None = None
    no_cap_per_minute: bool = False
    no_cap_per_hour: bool = False
    no_cap_per_day: bool = False
    warm_up: Mapping[str, int] | None = None
    no_warm_up: bool = False
    spacing_seconds: int | None = None


def checked_server(typed: Server, stored: SenderProfile | None = None) -> SmtpServer:
    """Return the server, not trusted: where it leads is checked when it is connected to.

    DomainErrors `host_invalid`, `host_not_allowed`, `port_not_allowed`, `smtp_url_invalid`.
    """
    host = typed.host.strip().lower()
    if not host or len(host) > LONGEST_HOST or any(char.isspace() or char in "/@?#" for char in host):
        raise DomainError("host_invalid", "That is no name of a server.", {"host": "invalid"})
    if typed.port not in PORTS:
        known = ", ".join(str(port) for port in sorted(PORTS))
        raise DomainError(
            "port_not_allowed", f"Mail is handed in at one of the ports {known}.", {"port": known}
        )
    require_public(host)
    return SmtpServer(
        host,
        typed.port,
        typed.security,
        typed.username.strip(),
        _password(typed, stored),
        trusted=False,
        networks=environment().private_networks,
    )


def require_public(host: str) -> None:
    """Refuse at once what needs no look-up; a name is judged when it is connected to."""
    try:
        literal = str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        literal = "127.0.0.1" if is_loopback(host) or host.endswith(".localhost") else ""
    if literal and not may_lead_to(literal, environment().private_networks):
        raise DomainError(
            "host_not_allowed",
            f"{host} lies in a network that may not be connected to. The operator can allow it: "
            "DRUMBEAT_PRIVATE_NETWORKS, or name the server by command.",
            {"host": "not_allowed"},
        )


def _password(typed: Server, stored: SenderProfile | None) -> str:
    """Return the password to use. A stored one goes to the server it was given for, never to another."""
    if typed.password is not None:
        return typed.password
    if stored is None or not stored.password_encrypted or not typed.username:
        return ""
    same = (stored.host, stored.port, stored.username) == (
        typed.host.strip().lower(),
        typed.port,
        typed.username,
    )
    if not same:
        raise DomainError(
            "password_missing",
            "The password is kept for the server it was given for. Type it again.",
            {"password": "missing"},
        )
    return secrets.decrypt(bytes(stored.password_encrypted))


def add(
    member: Member, address: str, server: Server | TypedAccount, form: Form, now: datetime
) -> SenderProfile:
    """Add a mailbox that sends. Fresh ones send 50 a day, Monday to Friday, 9 to 17."""
    access.require(member, "senders.create")
    checked = checked_server(server) if isinstance(server, Server) else providers.checked(server)
    with transaction.atomic():
        sender = senders.add_with(member, address, checked, now, name=form.name or "")
        SenderProfile.objects.filter(id=sender.pk).update(**_values(form), **_warm_up(form, None))
        audit.record(
            member, "sender.add", now, object_kind="sender", object_id=sender.pk, name=sender.address
        )
    sender.refresh_from_db()
    return sender


def change(
    member: Member, sender_id: int, form: Form, now: datetime, server: Server | TypedAccount | None = None
) -> SenderProfile:
    """Change what was typed; what waits for the sender is tried at once. The address stays: threads belong to it."""
    access.require(member, "senders.edit")
    sender = access.get(member, SenderProfile, sender_id, "sender")
    changed = _values(form) | _warm_up(form, sender)
    if isinstance(server, TypedAccount):
        changed |= providers.columns(providers.checked(server, sender), sender) | {"grant": None}
    elif server is not None:
        changed |= _server_values(sender, server)
    with transaction.atomic():
        sql.lock(SenderProfile.objects.filter(id=sender.pk))
        before = {name: getattr(sender, name) for name in changed if name in _TOLD}
        SenderProfile.objects.filter(id=sender.pk).update(**changed, **senders.as_if_well(sender))
        spacing.free([sender.pk], now)
        if "window" in changed or "time_zone" in changed:
            senders.reconsider_hours(sender, now)
        _audit(member, sender, before, changed, now)
    sender.refresh_from_db()
    return sender


_TOLD = frozenset(
    {
        "name",
        "reply_to",
        "plus_addressing",
        "host",
        "port",
        "security",
        "username",
        "kind",
        "provider",
        "provider_options",
        "time_zone",
        "window",
        "cap_per_minute",
        "cap_per_hour",
        "cap_per_day",
        "warm_up",
        "connections",
        "spacing_seconds",
    }
)


def _audit(
    member: Member,
    sender: SenderProfile,
    before: Mapping[str, Any],
    changed: Mapping[str, Any],
    now: datetime,
) -> None:
    about: dict[str, Any] = {"object_kind": "sender", "object_id": sender.pk, "name": sender.address}
    after = {name: value for name, value in changed.items() if name in _TOLD and value != before.get(name)}
    if after:
        told = {name: before[name] for name in after}
        audit.record(member, "sender.change", now, **about, before=told, after=after)
    if changed.keys() & {"password_encrypted", "provider_secrets_encrypted"}:
        audit.record(member, "sender.secret", now, **about)


def _server_values(sender: SenderProfile, server: Server) -> dict[str, Any]:
    if sender.host_trusted and _is_same_place(sender, server):
        checked = SmtpServer(
            sender.host, sender.port, server.security, server.username.strip(), _password(server, sender)
        )
    else:
        checked = checked_server(server, sender)
    was_account = {} if sender.kind == SenderKind.SMTP else {"kind": SenderKind.SMTP, **providers.NO_ACCOUNT}
    values: dict[str, Any] = {
        **was_account,
        "host": checked.host,
        "port": checked.port,
        "security": checked.security,
        "username": checked.username,
        "host_trusted": checked.trusted,
    }
    if not _goes_on_by_grant(sender, server):
        values["grant"] = None
    if server.password is not None:
        values["password_encrypted"] = secrets.encrypt(checked.password) if checked.password else None
    return values


def _is_same_place(sender: SenderProfile, server: Server) -> bool:
    """A server that the operator named stays trusted while it is not typed anew."""
    return (sender.host, sender.port) == (server.host.strip().lower(), server.port)


def _goes_on_by_grant(sender: SenderProfile, server: Server) -> bool:
    """Say whether its account is used as before: a password takes its place, another server never sees its tokens."""
    same = _is_same_place(sender, server) and sender.username == server.username.strip()
    return sender.grant_id is not None and same and server.password is None


def server_of(sender: SenderProfile, server: Server | None = None) -> SmtpServer:
    """Return the server to try: the stored one, or what is typed about it."""
    found = _server_of(sender, server)
    if sender.grant_id is None or not (server is None or _goes_on_by_grant(sender, server)):
        return found
    return replace(found, token=tokens.source_of(sender.grant_id))


def _server_of(sender: SenderProfile, server: Server | None) -> SmtpServer:
    if server is not None and not (sender.host_trusted and _is_same_place(sender, server)):
        return checked_server(server, sender)
    typed = server or Server(
        host=sender.host,
        port=sender.port,
        security=sender.security,  # type: ignore[arg-type]  # the column holds nothing else
        username=sender.username,
    )
    return SmtpServer(
        sender.host,
        sender.port,
        typed.security,
        typed.username,
        _password(typed, sender),
        trusted=sender.host_trusted,
        networks=environment().private_networks,
    )


def _values(form: Form) -> dict[str, Any]:
    checks: dict[str, Callable[[Any], Any]] = {
        "name": lambda text: " ".join(text.split())[:200],
        "reply_to": lambda text: normal_email(text) if text.strip() else "",
        "plus_addressing": bool,
        "signature": str,
        "time_zone": _zone,
        "window": lambda window: Window.from_json(window).to_json(),
        "cap_per_minute": senders.checked_cap,
        "cap_per_hour": senders.checked_cap,
        "cap_per_day": senders.checked_cap,
        "connections": lambda count: max(1, min(int(count), 10)),
        "spacing_seconds": checked_spacing,
    }
    given = {field.name: getattr(form, field.name) for field in fields(form)}
    values = {name: check(given[name]) for name, check in checks.items() if given[name] is not None}
    if form.any_hour is not None and form.window is None:
        values["window"] = None if form.any_hour else OFFICE_HOURS.to_json()
    values |= {
        name.removeprefix("no_"): None
        for name, lifted in given.items()
        if name.startswith("no_cap") and lifted
    }
    return values


def _warm_up(form: Form, sender: SenderProfile | None) -> dict[str, Any]:
    if form.no_warm_up:
        return senders.warm_up_values(sender, None)
    return {} if form.warm_up is None else senders.warm_up_values(sender, Ramp(**form.warm_up))


def _zone(name: str) -> str:
    if name and zone_named(name) is None:
        raise DomainError("time_zone_unknown", f"There is no time zone {name!r}.", {"time_zone": "unknown"})
    return name


def retry(member: Member, sender_id: int, now: datetime) -> SenderProfile:
    """Try a sender again that was held, now."""
    access.require(member, "senders.edit")
    sender = access.get(member, SenderProfile, sender_id, "sender")
    senders.enable(member, sender.pk, now)
    sender.refresh_from_db()
    return sender


def make_default(member: Member, sender_id: int, now: datetime) -> SenderProfile:
    """Let the workspace send by this one where nothing else is chosen. DomainError `sender_disabled`."""
    access.require(member, "senders.edit")
    sender = access.get(member, SenderProfile, sender_id, "sender")
    if not sender.enabled or sender.kind not in MAILBOXES:
        raise DomainError("sender_disabled", f"{sender.address or sender.name} does not send to contacts.")
    with transaction.atomic():
        sql.lock(Workspace.objects.filter(id=member.workspace_id))
        Workspace.objects.filter(id=member.workspace_id).update(default_sender=sender)
        audit.record(
            member, "sender.default", now, object_kind="sender", object_id=sender.pk, name=sender.address
        )
    return sender
