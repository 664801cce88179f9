"""Rows that hang on a contact, limited to those of one member; who is so limited is said in `actions.access`."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

RowT = TypeVar("RowT", bound=Model)


def of_owner(rows: QuerySet[RowT], owner_id: int | None) -> QuerySet[RowT]:
    """Return those of `rows` whose contact this member owns; all for None, with the indexes that they had."""
    return rows if owner_id is None else rows.filter(contact__owner_id=owner_id)
