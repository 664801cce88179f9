"""A workspace after a busy year: people in twenty sequences, with all that became of them.

Rows are written in bulk and look like those of the engine; nothing here decides anything. The same at every run but
for the clock: times are counted back from `now`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from django.db import connection

from drumbeat.actions import sequences, workspaces
from drumbeat.core.addresses import base_email
from drumbeat.core.conditions import fold
from drumbeat.demo.people import person
from drumbeat.models import (
    Contact,
    ContactList,
    ContactTag,
    Enrollment,
    ListMember,
    Member,
    Role,
    SenderProfile,
    SequenceVersion,
    Suppression,
    Tag,
    User,
    Worker,
    Workspace,
)
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import contacts, sql
from drumbeat.store.marks import address_hash
from tests.support import aftermath
from tests.support.aftermath import DAYS, STEPS, Place, write_rows

SEQUENCES = 20
PER_DAY = 2_000

DOCUMENT = {
    "format": 1,
    "steps": [
        {
            "key": "first",
            "kind": "email",
            "content": {
                "subject": "A question, {{ contact.first_name | default: 'there' }}",
                "text": "Hi {{ contact.first_name | default: 'there' }},\n\nhow do you plan?\n",
            },
        },
        {
            "key": "second",
            "kind": "email",
            "delay": "2d",
            "job_type": "follow_up_email",
            "content": {"subject": "", "text": "Any thoughts?\n"},
        },
        {
            "key": "call",
            "kind": "task",
            "delay": "2d",
            "task_kind": "call",
            "title": "Call them",
            "due_in": "1d",
        },
        {
            "key": "story",
            "kind": "email",
            "delay": "4d",
            "job_type": "follow_up_email",
            "content": {"subject": "", "text": "One customer told us a story.\n"},
        },
        {
            "key": "last",
            "kind": "email",
            "delay": "5d",
            "job_type": "follow_up_email",
            "content": {"subject": "", "text": "This is my last mail.\n"},
        },
    ],
}
STATES = (
    ("active", "", 34),
    ("awaiting", "", 8),
    ("paused", "manual", 3),
    ("paused", "reply", 2),
    ("paused", "out_of_office", 1),
    ("blocked", "missing_data", 1),
    ("blocked", "interrupted", 1),
    ("pending_review", "", 2),
    ("finished", "completed", 22),
    ("finished", "replied", 10),
    ("finished", "opted_out", 5),
    ("finished", "bounced", 4),
    ("finished", "manual", 4),
    ("finished", "meeting_booked", 2),
    ("finished", "converted", 1),
)
"""State, reason and how many of a hundred."""

TAGS = ("newsletter", "partner", "trade fair", "trial", "webinar", *(f"campaign {n}" for n in range(1, 8)))
LISTS = (50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 400)
"""How many of 100,000 contacts are on each list."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """What a measurement asks about: the sequence with most people, a contact who replied in it, by that enrollment."""

    owner: Member
    sequence: int
    contact: int
    enrollment: int
    contact_list: int
    sender: int


def furnish(people: int, now: datetime) -> Crowd:
    """Fill an empty installation."""
    chance = Random(20)
    owner, _ = workspaces.create_installation(now)
    Workspace.objects.update(name="Crowd", postal_address="Crowd Ltd, 1 Example Street, Berlin")
    owner = Member.objects.select_related("workspace", "user").get(id=owner.pk)
    team = [owner, *(_rep(owner, name, now) for name in ("Kim Abadi", "Noor Haas"))]
    boxes = [_mailbox(owner, team[n % 3], n, now) for n in range(6)]
    versions = [_sequence(owner, team[n % 3], boxes[n % 6], n, now) for n in range(SEQUENCES)]
    ids = _people(owner, team, people, now)
    _tag_and_list(owner, ids, chance, now)
    places = _enroll(owner, versions, ids, chance, now)
    aftermath.write(owner, places, now)
    _suppress(owner, people, now)
    _finish_up(now)
    return found()


def found() -> Crowd:
    """Return what was furnished, from its tables."""
    biggest = SequenceRow.objects.earliest("id")
    asked = Enrollment.objects.filter(sequence=biggest, reason="replied").earliest("id")
    return Crowd(
        Member.objects.select_related("workspace", "user").get(is_owner=True),
        biggest.pk,
        asked.contact_id,
        asked.pk,
        ContactList.objects.earliest("id").pk,
        SenderProfile.objects.filter(kind="smtp").earliest("id").pk,
    )


def _rep(owner: Member, name: str, now: datetime) -> Member:
    user = User.objects.create_user(f"{name.split(maxsplit=1)[0].lower()}@crowd.test")
    return Member.objects.create(
        workspace=owner.workspace, user=user, name=name, role=Role.REP, created_at=now
    )


def _mailbox(owner: Member, member: Member, number: int, now: datetime) -> SenderProfile:
    return SenderProfile.objects.create(
        workspace=owner.workspace,
        kind="smtp",
        name=member.name,
        address=f"box{number}@crowd.test",
        owner=member,
        host="127.0.0.1",
        port=25,
        host_trusted=True,
        cap_per_day=PER_DAY,
        created_at=now,
    )


def _sequence(owner: Member, by: Member, box: SenderProfile, number: int, now: datetime) -> SequenceVersion:
    """Fourteen run, three pause, three are archived."""
    made = sequences.create(owner, f"Outreach {number + 1:02}", now, document=DOCUMENT)
    SequenceRow.objects.filter(id=made.pk).update(sender=box, owner=by)
    sequences.activate(owner, made.pk, now)
    status = ("active", "paused", "archived")[(number >= 14) + (number >= 17)]
    SequenceRow.objects.filter(id=made.pk).update(status=status, status_at=now, status_by=owner)
    return SequenceVersion.objects.get(sequence_id=made.pk)


_STAGES = ("", "new", "contacted", "qualified", "customer", "lost")


def _people(owner: Member, team: list[Member], count: int, now: datetime) -> list[int]:
    def rows() -> Iterator[sql.Row]:
        for n in range(count):
            values = dict.fromkeys(contacts.COLUMNS, "") | _values(n)
            at = now - timedelta(minutes=5 * (count - n))
            texts = (values[name] for name in contacts.COLUMNS)
            yield (owner.workspace_id, *texts, *contacts.searched(values), team[n % 3].pk, {}, at, at)

    columns = ("workspace_id", *contacts.COLUMNS, *contacts.SEARCHED, "owner_id", "consent")
    write_rows(Contact, (*columns, "created_at", "updated_at"), rows())
    return list(Contact.objects.filter(workspace=owner.workspace).order_by("id").values_list("id", flat=True))


def _values(number: int) -> dict[str, str]:
    each = person(number)
    return {
        "first_name": each.first_name,
        "last_name": each.last_name,
        "email": each.email,
        "email_normal": each.email,
        "company": f"{each.company} {number % 40}",
        "title": each.title,
        "stage": _STAGES[number % 6],
        "time_zone": each.time_zone,
        "language": each.language,
    }


def _tag_and_list(owner: Member, ids: list[int], chance: Random, now: datetime) -> None:
    tags = [Tag.objects.create(workspace=owner.workspace, name=tag, folded=fold(tag)).pk for tag in TAGS]
    tagged = ((owner.workspace_id, id_, tag, now) for id_ in ids for tag in chance.sample(tags, id_ % 4))
    write_rows(ContactTag, ("workspace_id", "contact_id", "tag_id", "created_at"), tagged)
    for number, share in enumerate(LISTS):
        made = ContactList.objects.create(
            workspace=owner.workspace, name=f"List {number + 1}", created_at=now
        )
        on_it = ids[:: 100_000 // share]
        rows = ((owner.workspace_id, made.pk, id_, now) for id_ in on_it)
        write_rows(ListMember, ("workspace_id", "contact_list_id", "contact_id", "created_at"), rows)


_ENROLLMENT = (
    *("workspace_id", "sequence_id", "version_id", "contact_id", "state", "reason", "step", "visits"),
    *("origin_at", "due_at", "next_step_at", "paused_at", "heard", "chosen_sender_id", "step_sender_id"),
    *("source", "approved_at", "faults", "fault", "created_at", "updated_at", "finished_at"),
)


def _enroll(
    owner: Member, versions: list[SequenceVersion], ids: list[int], chance: Random, now: datetime
) -> list[Place]:
    """Enroll as many as there are contacts: a fifth of them twice, a fifth never; one sequence has a third."""
    once = len(ids) * 4 // 5
    boxes = list(SenderProfile.objects.filter(kind="smtp").order_by("id").values_list("id", flat=True))
    weights = list(accumulate(weight for _, _, weight in STATES))
    places: list[Place] = []
    rows: list[sql.Row] = []
    shuffled = chance.sample(ids, once)
    for n in range(len(ids)):
        who = n % once
        version = versions[((who % SEQUENCES if who % 3 else 0) + n // once) % SEQUENCES]
        state, reason, _ = chance.choices(STATES, cum_weights=weights)[0]
        box = boxes[n % len(boxes)]
        passed = _passed(state, reason, chance)
        origin = now - timedelta(days=_age(state, passed, chance), minutes=chance.randrange(1440))
        places.append(Place(0, shuffled[who], state, reason, box, passed, origin))
        rows.append((owner.workspace_id, version.sequence_id, version.pk, *_row(places[-1], chance, now)))
    write_rows(Enrollment, _ENROLLMENT, rows)
    found = Enrollment.objects.order_by("id").values_list("id", flat=True)
    return [
        Place(id_, p.contact_id, p.state, p.reason, p.sender_id, p.passed, p.origin)
        for id_, p in zip(found, places, strict=True)
    ]


def _passed(state: str, reason: str, chance: Random) -> int:
    if reason == "completed":
        return len(STEPS)
    return 0 if state == "pending_review" else chance.randrange(1, len(STEPS))


def _age(state: str, passed: int, chance: Random) -> int:
    """Return how many days ago the first step was; what runs has its last step behind it and the next one ahead."""
    since = DAYS[max(passed - 1, 0)]
    if state in ("active", "awaiting"):
        return since + chance.randrange(3)
    return since + chance.randrange(200)


def _row(place: Place, chance: Random, now: datetime) -> tuple[Any, ...]:
    finished = place.state == "finished"
    step = None if finished else STEPS[place.passed]
    ahead = now + timedelta(minutes=chance.randrange(6 * 1440))
    last = place.at(max(place.passed - 1, 0))
    return (
        *(place.contact_id, place.state, place.reason, step),
        {key: 1 for key in STEPS[: place.passed + (not finished)]},
        *(last, None if finished else ahead, ahead if place.state == "active" else None),
        *(last if place.state == "paused" else None, {}, place.sender_id, place.sender_id),
        *("manual", place.origin, 0, "", place.origin, last, last if finished else None),
    )


def _suppress(owner: Member, people: int, now: datetime) -> None:
    reasons = ("opted_out", "bounced", "manual")
    rows = (
        (
            *(owner.workspace_id, "email", "address", address_hash(base_email(person(n).email))),
            *(reasons[n % 3], now, "", "", ""),
        )
        for n in range(0, people, 17)
    )
    columns = ("workspace_id", "channel", "kind", "hash", "reason", "created_at")
    write_rows(Suppression, (*columns, "source", "scope", "lifted_by"), rows)


def _finish_up(now: datetime) -> None:
    Worker.objects.create(name="crowd", pid=1, started_at=now, seen_at=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
