"""Who is limited to the contacts that they own, and rows that hang on a contact, limited to those of one member."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from drumbeat.models import Contact, Member, Role

RowT = TypeVar("RowT", bound=Model)


def sees_own_contacts_only(member: Member) -> bool:
    """Tell whether this member is limited to the contacts they own: one by one, or as a rep, or by a rep's key."""
    if member.own_contacts_only:
        return True
    return Role.REP in (member.role, member.narrowed_role) and member.workspace.reps_see_own_contacts


def sees(member: Member, contact: Contact) -> bool:
    """Tell whether this member may see a contact of their workspace."""
    return contact.owner_id == member.pk or not sees_own_contacts_only(member)


def of_owner(rows: QuerySet[RowT], owner_id: int | None) -> QuerySet[RowT]:
    """Return those of `rows` whose contact this member owns; all for None, with the indexes that they had."""
    return rows if owner_id is None else rows.filter(contact__owner_id=owner_id)
