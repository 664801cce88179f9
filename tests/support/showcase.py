"""What a workspace gets beside its busy year so that every room has something to show.

`python -m tests.support.showcase`, with the environment of drumbeat, gives it to the workspace that is there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drumbeat.models import Member, Sequence

EVERY_KIND = "Enterprise journey"
GUARDED = "Board invitations"
MOVED = "Webinar follow-up"
REVIEWED = "Key accounts"
PASSWORD = "correct horse"

SAYS_NO = {"rules": [{"field": "event.replied", "operator": "not_happened"}]}
SEGMENT: Mapping[str, Any] = {
    "rules": [
        {"field": "event.replied", "operator": "not_happened", "days": 30},
        {
            "combinator": "or",
            "rules": [
                {"field": "title", "operator": "contains", "value": "Head"},
                {"field": "tag", "operator": "one_of", "value": ["trade fair", "webinar"]},
            ],
        },
    ]
}
"""A question with a group, an event and a list of values."""


def _email(key: str, **more: Any) -> dict[str, Any]:
    subject = 'A question, {{ contact.first_name | default: "there" }}'
    text = 'Hi {{ contact.first_name | default: "there" }},\n\nhow do you plan at {{ contact.company }}?\n'
    return {"key": key, "kind": "email", "content": {"subject": subject, "text": text}, **more}


def every_kind() -> dict[str, Any]:
    """Return a flow in which each kind of step stands once, each as a person would fill it in."""
    steps: list[dict[str, Any]] = [
        _email("hello", next="heard"),
        {"key": "heard", "kind": "wait_for", "event": "replied", "time_limit": "3d", "next": "tell",
         "timed_out": "split"},
        {"key": "split", "kind": "split", "automatic_winner": True, "next": "short", "arms": [
            {"name": "Short", "weight": 2, "next": "short"}, {"name": "With a story", "weight": 1, "next": "story"}]},
        _email("short", delay="2d", job_type="follow_up_email", next="decide"),
        {"key": "story", "kind": "email", "delay": "2d", "job_type": "follow_up_email", "written_by": "agent",
         "hints": {"angle": "A customer of the same size", "call_to_action": "A call of ten minutes"},
         "next": "decide"},
        {"key": "decide", "kind": "ai_decide", "question": "What do they need most?", "time_limit": "2h",
         "branches": [{"name": "A call", "description": "They ask something that takes long", "next": "call"},
                      {"name": "A text", "description": "They are on the road", "next": "sms"}], "next": "fits"},
        {"key": "sms", "kind": "sms", "text": "Shall I call you?", "next": "fits"},
        {"key": "call", "kind": "task", "task_kind": "call", "title": "Call {{ contact.first_name }}", "due_in": "1d",
         "when_not_done": "skip", "next": "fits"},
        {"key": "fits", "kind": "ai_qualify", "question": "Do they plan shifts?", "qualified": "branch",
         "unqualified": "field", "next": "branch"},
        {"key": "branch", "kind": "condition", "branches": [{"name": "leads a team", "condition": SEGMENT,
         "next": "whatsapp"}], "next": "again"},
        {"key": "whatsapp", "kind": "whatsapp", "text": "A short word", "next": "drop"},
        {"key": "drop", "kind": "voice", "script": "I tried to reach you.", "next": "again"},
        {"key": "again", "kind": "go_to", "target": "split", "max_rounds": 2, "next": "tell"},
        {"key": "tell", "kind": "notify", "to": "sequence_owner", "by": ["in_app", "email"], "text": "They answered.",
         "next": "field"},
        {"key": "field", "kind": "set_field", "field": "title", "value": "Head", "next": "stage"},
        {"key": "stage", "kind": "set_stage", "stage": "customer", "next": "tag"},
        {"key": "tag", "kind": "tag", "action": "add", "tag": "spoken to", "next": "list"},
        {"key": "list", "kind": "list", "action": "add", "list": "Partners", "next": "hook"},
        {"key": "hook", "kind": "webhook", "url": "https://crm.example.com/hooks/{{ contact.id }}",
         "body": '{"email": "{{ contact.email }}"}', "next": "other"},
        {"key": "other", "kind": "other_sequence", "action": "enroll", "sequence": REVIEWED, "next": "never"},
        {"key": "never", "kind": "suppress", "channel": "sms", "next": "end"},
        {"key": "end", "kind": "end", "goal": True},
    ]  # fmt: skip
    return {"format": 1, "start": "hello", "steps": steps}


def _line(*, longer: bool) -> dict[str, Any]:
    """Return four steps, or the first two of them."""
    follow = {"job_type": "follow_up_email"}
    steps = [
        _email("first", name="Hello"),
        _email("second", name="A question", delay="2d", **follow),
        _email("story", name="A story", delay="3d", **follow),
        _email("last", name="Last word", delay="4d", **follow),
    ]
    return {"format": 1, "steps": steps if longer else steps[:2]}


def furnish(owner: Member, now: datetime) -> None:
    """Add sequences with a password, with two versions, with people who wait; a segment and an own template."""
    from drumbeat.actions import segments, sequences
    from drumbeat.actions.sequences import locks, own_templates, tags

    segments.create(owner, "Nobody answered yet", SAYS_NO, now)
    segments.create(owner, "Decides and never replied", SEGMENT, now)
    guarded = sequences.create(owner, GUARDED, now, template="cold_outreach")
    locks.set_password(owner, guarded.pk, PASSWORD, now)
    wide = sequences.create(owner, EVERY_KIND, now, document=every_kind())
    tags.put(wide, ["trial", "spring", "handmade"])
    own_templates.save(owner, wide.pk, now, name="Our way", description="What worked in spring")
    _two_versions(owner, now)
    _people_who_wait(owner, now)


def _two_versions(owner: Member, now: datetime) -> None:
    """People stand in the first version, the second one says something else."""
    from drumbeat.actions import sequences

    sequence = sequences.create(owner, MOVED, now, document=_line(longer=False), active=True)
    _enroll(owner, sequence, now)
    revision = sequences.read_draft(owner, sequence.pk).draft.revision
    sequences.save_draft(owner, sequence.pk, _line(longer=True), now, revision=revision)
    sequences.publish(owner, sequence.pk, now)


def _people_who_wait(owner: Member, now: datetime) -> None:
    from drumbeat.actions import sequences
    from drumbeat.models import Sequence

    sequence = sequences.create(owner, REVIEWED, now, template="follow_up_series")
    Sequence.objects.filter(pk=sequence.pk).update(review=True)
    sequences.activate(owner, sequence.pk, now)
    _enroll(owner, sequence, now)


def _enroll(owner: Member, sequence: Sequence, now: datetime) -> None:
    from drumbeat.actions import enrollments
    from drumbeat.models import Contact

    known = Contact.objects.filter(workspace_id=owner.workspace_id).order_by("-id")
    enrollments.enroll(owner, sequence.pk, list(known.values_list("id", flat=True)[:40]), now)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drumbeat.settings")
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from drumbeat.models import Member

    owner = Member.objects.select_related("workspace", "user").earliest("id")
    with transaction.atomic():
        furnish(owner, timezone.now())


if __name__ == "__main__":
    main()
