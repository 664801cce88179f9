"""Suppressing a whole mail domain: the row, then the stop of all who are written to there."""

from __future__ import annotations

from datetime import datetime

from drumbeat.models import Contact, Enrollment, Touch
from drumbeat.store import stops, suppressions
from drumbeat.store.marks import address_hash
from drumbeat.store.reach import domain_form
from drumbeat.store.suppressions import NewSuppression


def suppress_domain(workspace_id: int, domain: str, *, reason: str, source: str, now: datetime) -> None:
    """Write no mail to anybody at `domain` any more, in the caller's transaction; again, it changes nothing."""
    hashed = address_hash(domain_form(domain))
    suppressions.write([NewSuppression(workspace_id, "email", hashed, reason, source, now, kind="domain")])
    there = Contact.objects.filter(workspace_id=workspace_id, email_domain=domain)
    waiting = Touch.objects.filter(contact_id__in=there.values("id"), kind="email", enrollment__isnull=False)
    stops.halt(Enrollment.objects.filter(contact_id__in=there.values("id")), waiting, now)
