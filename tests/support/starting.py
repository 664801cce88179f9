"""Sequences that start by themselves, and what makes them: for tests of triggers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bench import world
from drumbeat.actions import sequences
from drumbeat.actions.sequences import settings
from drumbeat.engine import jobs, triggers
from drumbeat.models import Contact, Enrollment, Member, Sequence, SequenceDraft, TriggerMatch

NOW = world.START


def a_contact(owner: Member, name: str = "ada", **fields: Any) -> Contact:
    return Contact.objects.create(
        workspace=owner.workspace,
        first_name=name.title(),
        email=f"{name}@lead.test",
        email_normal=f"{name}@lead.test",
        created_at=NOW,
        updated_at=NOW,
        **fields,
    )


def a_draft(owner: Member, name: str = "Welcome", steps: list[dict[str, Any]] | None = None) -> Sequence:
    """A draft whose one step adds the tag `welcomed`, unless other steps are given."""
    row = Sequence.objects.create(
        workspace=owner.workspace, name=name, owner=owner, created_at=NOW, updated_at=NOW
    )
    document = {
        "format": 1,
        "steps": steps or [{"key": "mark", "kind": "tag", "tag": "welcomed", "delay": "1d"}],
    }
    SequenceDraft.objects.create(sequence=row, document=document, updated_at=NOW)
    return row


def started_by(owner: Member, name: str = "Welcome", now: datetime = NOW, **rules: Any) -> Sequence:
    """An active sequence with these settings."""
    row = a_draft(owner, name, rules.pop("steps", None))
    settings.change(owner, row.pk, rules, now)
    return sequences.activate(owner, row.pk, now)


def read_all(now: datetime = NOW) -> None:
    """Let triggers and jobs work until nothing is left."""
    while triggers.process_once(now) or jobs.run_once(now):
        pass
    while jobs.run_once(now):
        triggers.process_once(now)
    triggers.process_once(now)


def enrolled_in(sequence: Sequence) -> list[str]:
    rows = Enrollment.objects.filter(sequence=sequence).order_by("id")
    return [name.lower() for name in rows.values_list("contact__first_name", flat=True)]


def answers(sequence: Sequence) -> list[tuple[str, int, str, str]]:
    """The matches of a sequence in their order: contact, place, kind, answer."""
    rows = TriggerMatch.objects.filter(sequence=sequence).order_by("id")
    return [
        (name.lower(), place, kind, answer)
        for name, place, kind, answer in rows.values_list("contact__first_name", "entry", "kind", "answer")
    ]
