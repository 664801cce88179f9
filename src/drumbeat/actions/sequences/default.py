"""The default sequence of a workspace: preselected wherever people enroll, and joined by whoever is created anew.

At most one, active when it is chosen. A paused one keeps the place: who is new waits in it. Archiving ends it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from drumbeat.actions import access
from drumbeat.actions.sequences import editable, locks, record
from drumbeat.core.errors import DomainError
from drumbeat.models import Member, SequenceStatus, Workspace
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import sql


def choose(member: Member, sequence_id: int, now: datetime) -> SequenceRow:
    """Make this the default sequence in place of any other; choosing it again changes nothing.

    Raises DomainError `sequence_not_active` for one that does not run, `sequence_archived`, `sequence_locked` where
    a password guards it or the one before it.
    """
    access.require(member, "sequences.edit")
    with transaction.atomic():
        former = _hold(member, sequence_id)
        sequence = editable(member, sequence_id)
        if sequence.status != SequenceStatus.ACTIVE:
            raise DomainError(
                "sequence_not_active", "Only an active sequence can be the default. Activate it first."
            )
        if former is not None and former.pk == sequence.pk:
            return sequence
        if former is not None:
            _mark(member, former, now, chosen=False)
        _mark(member, sequence, now, chosen=True)
    return sequence


def give_up(member: Member, now: datetime, *, sequence_id: int | None = None) -> SequenceRow | None:
    """Have no default sequence any more; return the one that it was, None where there was none.

    With `sequence_id` only if it is that one. Raises DomainError `sequence_locked`.
    """
    access.require(member, "sequences.edit")
    if sequence_id is not None:
        editable(member, sequence_id)
    with transaction.atomic():
        former = _hold(member)
        if former is None or sequence_id not in (None, former.pk):
            return None
        _mark(member, former, now, chosen=False)
    return former


def of(workspace_id: int) -> SequenceRow | None:
    """Return the workspace's default sequence if it has one."""
    return SequenceRow.objects.filter(workspace_id=workspace_id, is_default=True).first()


def require(member: Member) -> SequenceRow:
    """Return the default sequence of the member's workspace; DomainError `no_default_sequence`."""
    sequence = of(member.workspace_id)
    if sequence is None:
        raise DomainError(
            "no_default_sequence", "No sequence is the default here. Choose one on the page of a sequence."
        )
    return sequence


def _hold(member: Member, *sequence_ids: int) -> SequenceRow | None:
    """Lock the workspace, then the sequences concerned by id; return the default one."""
    sql.lock(Workspace.objects.filter(id=member.workspace_id))
    former = of(member.workspace_id)
    ids = {*sequence_ids} if former is None else {*sequence_ids, former.pk}
    sql.lock(access.visible_to(member, SequenceRow).filter(id__in=ids))
    return of(member.workspace_id)


def _mark(member: Member, sequence: SequenceRow, now: datetime, *, chosen: bool) -> None:
    locks.require_open(member, sequence)
    SequenceRow.objects.filter(id=sequence.pk).update(is_default=chosen, updated_at=now)
    sequence.is_default, sequence.updated_at = chosen, now
    before, after = {"is_default": not chosen}, {"is_default": chosen}
    record(member, "sequences.default", sequence, now, before=before, after=after)
