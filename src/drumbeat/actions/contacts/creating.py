"""A contact that is created by a person, a program or a form, and where it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from drumbeat.actions import contacts
from drumbeat.actions.enrollments import newcomers
from drumbeat.models import Contact, Member
from drumbeat.store import enrolling

SOURCE = "created"


def create(
    member: Member,
    values: Mapping[str, str],
    now: datetime,
    *,
    custom: Mapping[str, str] | None = None,
    list_name: str | None = None,
    tag_names: Sequence[str] = (),
    sequence_id: int | None = newcomers.DEFAULT,
) -> Contact:
    """Create one contact as `contacts.add` does and enroll it: in the sequence named, else in the default one.

    Without an answer that enrolls it the contact is created all the same. DomainError as for `contacts.add` and
    `newcomers.target`.
    """
    sequence = newcomers.target(member, sequence_id)
    with transaction.atomic():
        if sequence is not None:
            enrolling.hold_sequence(sequence.pk)  # before the contact: the order in which all lock
        made = contacts.add(member, values, now, custom=custom, list_name=list_name, tag_names=tag_names)
        if sequence is not None:
            newcomers.begin(sequence.pk, [made.pk], now, source=SOURCE)
    return made
