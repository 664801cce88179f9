"""The password of a sequence: it guards every change of it; reading, enrolling and handling enrollments need none.

Whoever gave it right has the sequence open for the length of a session, or of one request of a program. Every verb
that changes a sequence passes `require_open`. Tries are counted outside of the transaction of what they open.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from drumbeat.actions import access, audit
from drumbeat.core.errors import DomainError
from drumbeat.models import Member
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import sql

SHORTEST, LONGEST = 8, 200
TRIES, WITHIN = 5, timedelta(minutes=15)
"""Wrong tries of one member for one sequence, and for how long each counts."""

RESET = "settings.edit"
"""The right to set a new password without the old one: an admin's."""


def require_open(member: Member, sequence: SequenceRow) -> None:
    """Raise DomainError `sequence_locked` unless the sequence has no password, or the member gave it."""
    if not is_open(member, sequence):
        raise DomainError(
            "sequence_locked",
            f"A password guards {sequence.name!r}. Give it to change this sequence.",
            {"sequence_id": str(sequence.pk)},
        )


def is_open(member: Member, sequence: SequenceRow) -> bool:
    if not sequence.password:
        return True
    given = member.unlocked.get(sequence.pk, "")
    return constant_time_compare(given, stamp_of(sequence))


def stamp_of(sequence: SequenceRow) -> str:
    """Return what a session keeps of a password that was right; a new password makes it worthless."""
    return salted_hmac("drumbeat.sequence.password", sequence.password).hexdigest()[:32]


def unlock(member: Member, sequence_id: int, password: str) -> str:
    """Open the sequence for this member object; return the stamp, "" where there is no password.

    Call it outside of a transaction, or wrong tries are not counted. DomainError `sequence_password_wrong`,
    `throttled`.
    """
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    if not sequence.password:
        return ""
    slots = [f"sequence-password:{sequence.pk}:{member.pk}:{n}" for n in range(TRIES)]
    if not any(cache.add(slot, 1, WITHIN.total_seconds()) for slot in slots):
        raise DomainError("throttled", "Too many wrong passwords. Wait a quarter of an hour, then try again.")
    if not check_password(password, sequence.password):
        raise DomainError("sequence_password_wrong", f"This is not the password of {sequence.name!r}.")
    cache.delete_many(slots)
    stamp = stamp_of(sequence)
    member.unlocked = {**member.unlocked, sequence.pk: stamp}
    return stamp


def unlock_if_there(member: Member, sequence_id: int, password: str) -> None:
    """Open the sequence if the member's workspace has it; whoever asks for another learns it elsewhere."""
    if access.visible_to(member, SequenceRow).filter(pk=sequence_id).exists():
        unlock(member, sequence_id, password)


def set_password(
    member: Member,
    sequence_id: int,
    password: str | None,
    now: datetime,
    *,
    old: str = "",
    reset: bool = False,
) -> str:
    """Guard the sequence by a new password, None for none; return the stamp that keeps it open for who did it.

    Where there is one, it takes the old one, or `reset` by somebody who may. DomainError `sequence_locked` without
    either, `sequence_password_weak`.
    """
    access.require(member, "sequences.edit")
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    _require_length(password)
    if reset:
        access.require(member, RESET)
    elif sequence.password and old:
        unlock(member, sequence_id, old)
    hashed = make_password(password) if password is not None else ""
    with transaction.atomic():
        sql.lock(SequenceRow.objects.filter(id=sequence.pk))
        sequence.refresh_from_db()
        if not reset:
            require_open(member, sequence)
        _record(member, sequence, now, guarded=password is not None, reset=reset)
        SequenceRow.objects.filter(id=sequence.pk).update(password=hashed, updated_at=now)
    sequence.password = hashed
    stamp = stamp_of(sequence) if hashed else ""
    member.unlocked = {**member.unlocked, sequence.pk: stamp}
    return stamp


def _require_length(password: str | None) -> None:
    if password is not None and not SHORTEST <= len(password) <= LONGEST:
        raise DomainError(
            "sequence_password_weak",
            f"A password has {SHORTEST} to {LONGEST} characters.",
            {"password": f"Give {SHORTEST} to {LONGEST} characters."},
        )


def _record(member: Member, sequence: SequenceRow, now: datetime, *, guarded: bool, reset: bool) -> None:
    audit.record(
        member,
        "sequences.password",
        now,
        object_kind="sequence",
        object_id=sequence.pk,
        name=sequence.name,
        before={"guarded": bool(sequence.password)},
        after={"guarded": guarded, "reset": reset},
    )
