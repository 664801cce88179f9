"""Mailboxes as they are read: who reads which, how far, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from drumbeat.models import InboundMail, Mailbox
from drumbeat.store import evidence, grants, sql, telling
from drumbeat.store.leases import db_lease_end, db_now


@dataclass(frozen=True, slots=True)
class Position:
    """How far a folder was read; mails up to `last_uid` are known. `uidvalidity` None: never looked at."""

    uidvalidity: int | None
    last_uid: int


def any_to_read() -> bool:
    """Say whether there is a mailbox that is to be read, by whomever."""
    return Mailbox.objects.filter(enabled=True).exists()


def claim(reader: str, most: int) -> list[int]:
    """Take up to `most` mailboxes that nobody reads, by the database's clock; return all ids that `reader` holds."""
    free = "enabled AND (lease_until IS NULL OR lease_until < " + db_now() + ")"
    lock = " FOR UPDATE SKIP LOCKED" if sql.is_postgresql() else ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE drumbeat_mailbox SET lease_token = %s, lease_until = {db_lease_end()} "
            f"WHERE id IN (SELECT id FROM drumbeat_mailbox WHERE {free} ORDER BY id LIMIT %s{lock})",
            [reader, most],
        )
    return list(held(reader))


def renew(reader: str) -> list[int]:
    """Prolong what `reader` holds and what is still to be read; return it. What ended is lost."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE drumbeat_mailbox SET lease_until = {db_lease_end()} "
            f"WHERE lease_token = %s AND enabled AND lease_until >= {db_now()}",
            [reader],
        )
    return list(held(reader))


def held(reader: str) -> QuerySet[Mailbox, int]:
    rows = Mailbox.objects.filter(lease_token=reader, enabled=True).extra(
        where=[f"lease_until >= {db_now()}"]
    )
    return rows.order_by("id").values_list("id", flat=True)


UNREAD: Mapping[str, Any] = MappingProxyType({"uidvalidity": None, "last_uid": 0, "read_at": None})
"""The columns of a folder that was never looked at."""


def begin_anew(mailbox_id: int) -> None:
    """Let whoever reads it let go, and read it with its present settings as if nothing had gone wrong."""
    Mailbox.objects.filter(id=mailbox_id).update(
        fault="", fault_text="", fault_since=None, lease_token="", lease_until=None
    )


def release(reader: str) -> None:
    """Let others read what `reader` holds."""
    Mailbox.objects.filter(lease_token=reader).update(lease_token="", lease_until=None)


SOURCE = "imap:"


def source_of(mailbox_id: int) -> str:
    """Return the name under which the mails of a mailbox are stored."""
    return f"{SOURCE}{mailbox_id}"


def keeps_no_strangers(source: str) -> bool:
    """Say whether mails from this source are kept only where they belong to a contact."""
    if not source.startswith(SOURCE):
        return False
    return Mailbox.objects.filter(id=int(source.removeprefix(SOURCE)), keeps_strangers=False).exists()


def is_one(source: str) -> bool:
    """Say whether mails of this source were read from a mailbox."""
    return source.startswith(SOURCE)


def workspace_of(source: str) -> int | None:
    """Return whose mailbox mails of this source were read from; None: they came another way."""
    if not source.startswith(SOURCE):
        return None
    rows = Mailbox.objects.filter(id=int(source.removeprefix(SOURCE)))
    return rows.values_list("workspace_id", flat=True).first()


def get(mailbox_id: int) -> Mailbox:
    """Return the mailbox; raises Mailbox.DoesNotExist."""
    return Mailbox.objects.get(id=mailbox_id)


def position(mailbox_id: int) -> Position:
    """Return how far it was read; raises Mailbox.DoesNotExist."""
    return Position(*Mailbox.objects.values_list("uidvalidity", "last_uid").get(id=mailbox_id))


def begin(mailbox_id: int, uidvalidity: int, last_uid: int, now: datetime) -> None:
    """Note where reading begins, in a folder that was never looked at or was made anew."""
    Mailbox.objects.filter(id=mailbox_id).update(uidvalidity=uidvalidity, last_uid=last_uid, read_at=now)


def keep(mailbox_id: int, place: tuple[int, int], mail: InboundMail, now: datetime) -> bool:
    """Store a mail and that it was read, as one; `place` is (uidvalidity, uid). False when it was stored before."""
    uidvalidity, uid = place
    with transaction.atomic():
        fresh = evidence.add_mail(mail)
        Mailbox.objects.filter(Q(last_uid__lt=uid), id=mailbox_id, uidvalidity=uidvalidity).update(
            last_uid=uid, read_at=now
        )
    return fresh


def well(mailbox_id: int, now: datetime) -> None:
    """Note that the mailbox was read to its end; what was said about it is done."""
    row = Mailbox.objects.filter(id=mailbox_id)
    row.update(fault="", fault_text="", fault_since=None, read_at=now)
    if row.exclude(told_at=None).update(told_at=None):
        box = row.get()
        telling.hear_no_more(box.workspace_id, ATTENTION, [_about(box)], now)


ATTENTION = "mailbox_needs_attention"
NEEDS_A_PERSON = frozenset({"auth", "password", "folder"})
"""Faults that do not pass by themselves: whoever owns the mailbox is told, once until it was read again."""


def faulty(mailbox_id: int, fault: str, text: str, now: datetime) -> bool:
    """Note why it cannot be read; return whether that is news."""
    row = Mailbox.objects.filter(id=mailbox_id)
    told = evidence.storable(text, 500)
    if row.filter(fault=fault).update(fault_text=told):
        return False
    with transaction.atomic():
        is_news = bool(row.update(fault=fault, fault_text=told, fault_since=now))
        if fault in NEEDS_A_PERSON and row.filter(told_at=None).update(told_at=now):
            _tell(row.select_related("sender", "grant").get(), now)
    return is_news


def _tell(box: Mailbox, now: datetime) -> None:
    if box.grant is not None and box.grant.state == grants.REVOKED:
        return  # whoever connected the account was told when it was lost
    mend = "connect its account again, under Senders" if box.grant else f"drumbeat mailbox try {box.pk}"
    text = f"{_about(box)} cannot be read: {box.fault_text} Replies to it are missed until that is mended: {mend}"
    owner_id = box.sender.owner_id if box.sender is not None else None
    member = telling.tell(box.workspace_id, owner_id, ATTENTION, text, now)
    if member is not None:
        key = f"notice:mailbox:{box.pk}:{now:%Y%m%dT%H%M%S}"
        telling.mail(member, key, f"The mailbox {box.address} cannot be read", text, now)


def _about(box: Mailbox) -> str:
    return f"The mailbox {box.address} ({box.folder})"
