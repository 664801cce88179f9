"""A person wants no more: the suppression, the fact, the stop. The person acts, so no member is asked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from drumbeat.actions.suppressions import UNSUBSCRIBE
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import Channel
from drumbeat.models import Contact, Enrollment, Event, Suppression, Touch
from drumbeat.store import answer_drafts, contacts, evidence, merging, sql, stops
from drumbeat.store.marks import address_hash


def unsubscribe(
    workspace_id: int, contact_id: int, now: datetime, *, source: str, sequence_id: int | None = None
) -> bool:
    """Carry out the wish of a person to get no more sequence mail, of one sequence or of all.

    Returns False when there is nothing left to do: the contact is gone, or said so before.
    """
    scope = "" if sequence_id is None else f"sequence:{sequence_id}"
    contact_id = merging.absorbed_into(workspace_id, contact_id) or contact_id
    with transaction.atomic():
        sql.lock(Contact.objects.filter(id=contact_id, workspace_id=workspace_id))
        contact = Contact.objects.filter(id=contact_id, workspace_id=workspace_id).first()
        if contact is None or _said_so(contact, scope):
            return False
        opt_out(contact, now, source=source, scope=scope)
        evidence.add_event(_opted_out(contact, source, scope, now))
    return True


def opt_out(
    contact: Contact, now: datetime, *, source: str, scope: str = "", channel: str = Channel.EMAIL.value
) -> None:
    """Suppress the contact's addresses on `channel` ("" for all) and stop its enrollments.

    With the scope of one sequence only that one ends. Runs in the caller's transaction.
    """
    _stop(contact, scope, now)
    if not scope:
        answer_drafts.withdraw(contact.pk, now)
    for base in contacts.base_forms(contact, channel):
        stops.suppress(
            contact.workspace_id,
            channel=channel,
            base_address=base,
            reason=UNSUBSCRIBE,
            source=source,
            now=now,
            scope=scope,
            contact_id=contact.pk,
        )


def _stop(contact: Contact, scope: str, now: datetime) -> None:
    if not scope:
        stops.stop_contacts(contact.workspace_id, [contact.pk], EventKind.OPTED_OUT, now)
        return
    stops.record_fact(contact.workspace_id, [contact.pk], EventKind.OPTED_OUT, now, scope=scope)
    sequence_id = int(scope.removeprefix("sequence:"))
    stops.halt(
        Enrollment.objects.filter(contact=contact, sequence_id=sequence_id),
        Touch.objects.filter(contact=contact, enrollment__sequence_id=sequence_id),
        now,
    )


def _said_so(contact: Contact, scope: str) -> bool:
    hashes = [address_hash(base) for base in contacts.base_forms(contact, Channel.EMAIL)]
    rows = Suppression.objects.filter(
        workspace_id=contact.workspace_id,
        hash__in=hashes,
        reason=UNSUBSCRIBE,
        channel__in=("", Channel.EMAIL),
        scope__in={"", scope},
        lifted_at=None,
    )
    return rows.exists()


def _opted_out(contact: Contact, source: str, scope: str, now: datetime) -> Event:
    return Event(
        workspace_id=contact.workspace_id,
        kind=EventKind.OPTED_OUT.value,
        contact=contact,
        source=source,
        payload={"scope": scope},
        occurred_at=now,
        received_at=now,
    )
