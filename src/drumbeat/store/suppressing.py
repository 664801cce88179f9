"""Suppressing a whole mail domain: the row, then the stop of all who are written to there."""

from __future__ import annotations

from datetime import datetime

from drumbeat.models import Contact, Enrollment, Suppression, Touch
from drumbeat.store import sql, stops
from drumbeat.store.marks import address_hash
from drumbeat.store.reach import domain_form

_COLUMNS = ("workspace_id", "channel", "kind", "hash", "reason", "source", "scope", "created_at", "lifted_by")


def suppress_domain(workspace_id: int, domain: str, *, reason: str, source: str, now: datetime) -> None:
    """Write no mail to anybody at `domain` any more, in the caller's transaction; again, it changes nothing."""
    row = (workspace_id, "email", "domain", address_hash(domain_form(domain)), reason, source, "", now, "")
    sql.insert(Suppression, _COLUMNS, [row], "ON CONFLICT DO NOTHING")
    there = Contact.objects.filter(workspace_id=workspace_id, email_domain=domain)
    stops.wake(Enrollment.objects.filter(contact_id__in=there.values("id")), now)
    waiting = Touch.objects.filter(contact_id__in=there.values("id"), kind="email", enrollment__isnull=False)
    stops.veto(waiting, now)
