"""Mailboxes that are read for replies and bounces: added, changed, tried, switched on and off, removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from drumbeat.actions import access, audit
from drumbeat.actions.contacts.input import read_email
from drumbeat.actions.grants import tokens
from drumbeat.actions.senders.forms import LONGEST_HOST, require_public
from drumbeat.channels.email.imap.folder import Folder
from drumbeat.channels.email.imap.server import INBOX, ImapServer, Security
from drumbeat.channels.email.imap.session import MailboxFault, session
from drumbeat.core.errors import DomainError
from drumbeat.core.oauth import Place
from drumbeat.environment import environment
from drumbeat.models import Grant, Mailbox, Member, SenderProfile
from drumbeat.store import mailboxes as rows
from drumbeat.store.mailbox_servers import server_of
from drumbeat.store.secrets import decrypt, encrypt

PORTS = frozenset({143, 993})
"""Where mailboxes are read: a typed server is asked at no other port."""
LONGEST_FOLDER = 200
Act = Callable[[Member, int, datetime], None]
"""Something done to a mailbox, by its id."""
_PLACE = ("host", "port", "security", "username", "folder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A mailbox as it was typed. `password` None keeps the one that is stored."""

    address: str
    host: str
    port: int
    security: Security
    username: str
    password: str | None = None
    folder: str = INBOX
    keeps_strangers: bool = True


@dataclass(frozen=True, slots=True)
class Tried:
    """`stage` is where it ended, `ok` when nothing is in the way; `mails` is how many the folder holds."""

    stage: Literal["dns", "network", "tcp", "tls", "greeting", "auth", "folder", "lost", "ok"]
    text: str = ""
    mails: int | None = None


def rows_of(member: Member) -> QuerySet[Mailbox]:
    """Return the mailboxes of the member's workspace."""
    access.require(member, "senders.view")
    return access.visible_to(member, Mailbox).select_related("sender")


def add(member: Member, typed: Typed, now: datetime, *, trusted: ImapServer | None = None) -> Mailbox:
    """Add a mailbox; reading begins with what comes from now on. `trusted`: the operator named the server.

    DomainErrors `host_invalid`, `host_not_allowed`, `port_not_allowed`, `imap_url_invalid`, `mailbox_exists`.
    """
    access.require(member, "senders.create")
    server = trusted or checked_server(typed)
    if not server.username or not server.password:
        raise DomainError(
            "password_missing", "A mailbox needs a user and a password.", {"password": "missing"}
        )
    box = _new(member, typed.address, server, now)
    box.password_encrypted = encrypt(server.password)
    box.keeps_strangers, box.folder = typed.keeps_strangers, _folder(typed.folder)
    return _added(member, box, now)


def add_by_grant(member: Member, address: str, grant: Grant, place: Place, now: datetime) -> Mailbox:
    """Add the mailbox of a connected account; mail of people who are no contacts is not kept: it is somebody's own."""
    access.require(member, "senders.create")
    security: Security = place.security  # type: ignore[assignment]  # checked where the place was read
    server = ImapServer(place.host, place.port, security, grant.address, trusted=place.trusted)
    box = _new(member, address, server, now)
    box.grant, box.keeps_strangers = grant, False
    return _added(member, box, now)


def _new(member: Member, typed: str, server: ImapServer, now: datetime) -> Mailbox:
    address = read_email(typed)[0]
    return Mailbox(
        workspace_id=member.workspace_id,
        sender=_sender_of(member, address),
        address=address,
        host_trusted=server.trusted,
        created_at=now,
        **{name: getattr(server, name) for name in _PLACE[:-1]},
    )


def _added(member: Member, box: Mailbox, now: datetime) -> Mailbox:
    with transaction.atomic():
        _insert(box)
        audit.record(member, "mailbox.add", now, object_kind="mailbox", object_id=box.pk, name=box.address)
    return box


def _sender_of(member: Member, address: str) -> SenderProfile | None:
    return access.visible_to(member, SenderProfile).filter(address__iexact=address).order_by("id").first()


def _insert(box: Mailbox) -> None:
    try:
        with transaction.atomic():
            box.save(force_insert=True)
    except IntegrityError:
        raise DomainError(
            "mailbox_exists",
            f"The folder {box.folder} of {box.username} is read already.",
            {"username": "exists"},
        ) from None


def _folder(name: str) -> str:
    wanted = name.strip() or INBOX
    if len(wanted) > LONGEST_FOLDER or not wanted.isprintable():
        raise DomainError("folder_invalid", "That is no name of a folder.", {"folder": "invalid"})
    return wanted


def checked_server(typed: Typed, stored: Mailbox | None = None) -> ImapServer:
    """Return the server, not trusted unless it is the stored one: where it leads is checked when it is called."""
    host = typed.host.strip().lower()
    same = stored is not None and (stored.host, stored.port) == (host, typed.port)
    trusted = bool(same and stored and stored.host_trusted)
    if not trusted:
        _require_sound(host, typed.port)
    return ImapServer(
        host,
        typed.port,
        typed.security,
        typed.username.strip(),
        _password(typed, stored, same=same),
        trusted=trusted,
        networks=environment().private_networks,
        token=tokens.within(stored.grant_id) if stored and _goes_on_by_grant(typed, stored) else None,
    )


def _goes_on_by_grant(typed: Typed, stored: Mailbox) -> bool:
    """Say whether its account is used as before: a password takes its place, another server never sees its tokens."""
    place = (typed.host.strip().lower(), typed.port, typed.username.strip())
    return (
        stored.grant_id is not None
        and typed.password is None
        and place == (stored.host, stored.port, stored.username)
    )


def _require_sound(host: str, port: int) -> None:
    if not host or len(host) > LONGEST_HOST or any(char.isspace() or char in "/@?#" for char in host):
        raise DomainError("host_invalid", "That is no name of a server.", {"host": "invalid"})
    if port not in PORTS:
        raise DomainError("port_not_allowed", "Mailboxes are read at port 993 or 143.", {"port": "993, 143"})
    require_public(host)


def _password(typed: Typed, stored: Mailbox | None, *, same: bool) -> str:
    """Return the password to use. A stored one goes to the server it was given for, never to another."""
    if typed.password is not None:
        return typed.password
    if stored is None or _goes_on_by_grant(typed, stored):
        return ""
    if not stored.password_encrypted and stored.grant_id is None:
        return ""
    if not stored.password_encrypted or not same or stored.username != typed.username.strip():
        raise DomainError(
            "password_missing",
            "The password is kept for the server it was given for. Type it again.",
            {"password": "missing"},
        )
    return decrypt(bytes(stored.password_encrypted))


def change(member: Member, mailbox_id: int, typed: Typed, now: datetime) -> Mailbox:
    """Change a mailbox. Another server or folder is read from now on; what was read stays."""
    access.require(member, "senders.edit")
    box = access.get(member, Mailbox, mailbox_id, "mailbox")
    server, folder = checked_server(typed, box), _folder(typed.folder)
    address = read_email(typed.address)[0]
    values: dict[str, Any] = {
        **{name: getattr(server, name) for name in _PLACE[:-1]},
        "folder": folder,
        "address": address,
        "sender": _sender_of(member, address),
        "host_trusted": server.trusted,
        "keeps_strangers": typed.keeps_strangers,
    }
    if any(values[name] != getattr(box, name) for name in ("host", "username", "folder")):
        values |= rows.UNREAD
    if typed.password is not None:
        values |= {"password_encrypted": encrypt(typed.password), "grant": None}
    _update(member, box, "mailbox.change", values, now)
    box.refresh_from_db()
    return box


def _update(member: Member, box: Mailbox, act: str, values: Mapping[str, Any], now: datetime) -> None:
    """Write the values; whoever reads it lets go and begins anew."""
    with transaction.atomic():
        anew = {"fault": "", "fault_text": "", "fault_since": None, "lease_token": "", "lease_until": None}
        try:
            with transaction.atomic():
                Mailbox.objects.filter(id=box.pk).update(**values, **anew)
        except IntegrityError:
            raise DomainError(
                "mailbox_exists", "That folder of that user is read already.", {"username": "exists"}
            ) from None
        audit.record(member, act, now, object_kind="mailbox", object_id=box.pk, name=box.address)


def enable(member: Member, mailbox_id: int, now: datetime) -> None:
    """Read it again, from where it was left."""
    access.require(member, "senders.edit")
    box = access.get(member, Mailbox, mailbox_id, "mailbox")
    _update(member, box, "mailbox.enable", {"enabled": True}, now)


def disable(member: Member, mailbox_id: int, now: datetime) -> None:
    """Read it no more; it is remembered how far it was read."""
    access.require(member, "senders.edit")
    box = access.get(member, Mailbox, mailbox_id, "mailbox")
    _update(member, box, "mailbox.disable", {"enabled": False}, now)


def remove(member: Member, mailbox_id: int, now: datetime) -> None:
    """Forget a mailbox; what came from it stays."""
    access.require(member, "senders.edit")
    box = access.get(member, Mailbox, mailbox_id, "mailbox")
    with transaction.atomic():
        audit.record(member, "mailbox.remove", now, object_kind="mailbox", object_id=box.pk, name=box.address)
        box.delete()


def try_typed(member: Member, typed: Typed) -> Tried:
    """Try a mailbox that is not saved yet. Nothing is changed, there or here."""
    access.require(member, "senders.create")
    return attempt(checked_server(typed), _folder(typed.folder))


def try_stored(member: Member, mailbox_id: int, typed: Typed | None = None) -> Tried:
    """Try a stored mailbox, or what was typed about it."""
    access.require(member, "senders.edit")
    box = access.get(member, Mailbox, mailbox_id, "mailbox")
    if typed is None:
        return attempt(server_of(box, tokens.within(box.grant_id)), box.folder)
    return attempt(checked_server(typed, box), _folder(typed.folder))


def attempt(server: ImapServer, folder: str) -> Tried:
    """Find, reach, encrypt, log in, open the folder. Never raises for the server's sake."""
    try:
        with session(server) as client:
            return Tried("ok", mails=Folder(client, folder).opened.mails)
    except MailboxFault as fault:
        return Tried(fault.stage, fault.text)


def find(member: Member, asked: str) -> Mailbox:
    """Return the mailbox with this address or id; DomainError `not_found`."""
    ours = rows_of(member)
    text = asked.strip()
    chosen = {"id": int(text)} if text.isdecimal() else {"address__iexact": text}
    found = ours.filter(**chosen).order_by("id").first()
    if found is None:
        known = ", ".join(ours.order_by("id").values_list("address", flat=True)[:10])
        raise DomainError("not_found", f"There is no mailbox {asked}. There are: {known or 'none'}.")
    return found
