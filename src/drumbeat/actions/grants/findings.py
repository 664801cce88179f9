"""What is wrong with connected accounts, and how a held sender comes back."""

from __future__ import annotations

from collections.abc import Iterable

from drumbeat.actions.findings import Finding, Level
from drumbeat.actions.grants import providers, rows_of
from drumbeat.models import Member, SenderProfile
from drumbeat.store.grants import OK, REVOKED
from drumbeat.store.sender_health import REPUTATION


def of(member: Member) -> Iterable[Finding]:
    """Yield the accounts that let drumbeat in no more, and those whose access could not be renewed."""
    for row in rows_of(member).exclude(state=OK).order_by("id"):
        is_lost, name = row.state == REVOKED, providers.name_of(row.provider)
        yield Finding(
            level=Level.ERROR if is_lost else Level.WARNING,
            code="grant_lost" if is_lost else "grant_failing",
            text=f"{name} lets drumbeat use {row.address} no more: {row.fault}"
            if is_lost
            else f"The access to {row.address} could not be renewed: {row.fault}",
            fix="Connect it again, under Senders in the web app." if is_lost else "drumbeat tries again.",
            name=row.address,
            object_id=row.pk,
            reason=row.provider,
            at=row.refreshed_at,
            detail=row.fault,
        )


def goes_on_by_itself(row: SenderProfile) -> bool:
    """Say whether a held sender is tried again without a person's word."""
    return row.down_reason != REPUTATION


def release(row: SenderProfile) -> tuple[str, str]:
    """Return until when a held sender is held, and what ends that."""
    again = f"drumbeat sender enable {row.pk}"
    if not goes_on_by_itself(row):
        return "somebody releases it", f"Mend the cause, then: {again}"
    until = f"{row.down_until:%H:%M:%S} UTC"
    if row.grant_id is not None:
        return until, "Connect its account again, under Senders in the web app."
    way = f"--esp {row.provider}" if row.provider else "--smtp URL"
    return until, (
        f"See what is wrong: drumbeat sender try {row.pk}; then: {again}; or correct it: "
        f"drumbeat sender set {row.pk} {way}"
    )
