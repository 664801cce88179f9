"""Sequences as people see them in a list: rhythm, numbers, health. For any number of them in a fixed number of queries.

Flows come from memory, by the checksum of what they say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet

from drumbeat.actions import access
from drumbeat.actions.sequences import tags
from drumbeat.actions.sequences.checking import facts_of, is_error
from drumbeat.core.conditions import fold
from drumbeat.core.document import read_document
from drumbeat.core.enrollment import EnrollmentState, FinishReason
from drumbeat.core.facts import SequenceState
from drumbeat.core.flow import Flow
from drumbeat.core.health import Health, HealthFacts, health_of
from drumbeat.core.lint import LintFacts, lint
from drumbeat.models import BUILT_IN_SENDERS, Member, SequenceStatus
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import sequence_cards
from drumbeat.store.board import Sender, senders
from drumbeat.store.senders import UTC, zone_named
from drumbeat.store.sequence_cards import Ahead, Group, Queued, Reach

ORDERS: Mapping[str, tuple[str, ...]] = {
    "-active": ("-running", "name", "id"),
    "name": ("name", "id"),
    "-name": ("-name", "-id"),
    "created_at": ("created_at", "id"),
    "-created_at": ("-created_at", "-id"),
    "updated_at": ("updated_at", "id"),
    "-updated_at": ("-updated_at", "-id"),
}
"""By what a list can be sorted, and the order of columns that this is."""

MOST_KEPT = 2_000

RowT = TypeVar("RowT", Group, Queued)
KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class Counts:
    """Enrollments by the labels of cards."""

    active: int = 0
    paused: int = 0
    completed: int = 0
    unenrolled: int = 0

    @property
    def total(self) -> int:
        return self.active + self.paused + self.completed + self.unenrolled


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All that a card shows. `next_send_at`: None where nothing is planned."""

    row: SequenceRow
    flow: Flow
    changed: bool
    counts: Counts
    reach: Reach
    health: Health
    next_send_at: datetime | None
    planned_today: int

    @property
    def deletable(self) -> bool:
        return self.row.status == SequenceStatus.DRAFT and self.counts.total == 0


@dataclass(frozen=True, slots=True)
class Totals:
    """What stands above the list. `owners` are members by id and name."""

    by_status: Mapping[str, int]
    owners: Sequence[tuple[int, str]]
    tags: Sequence[str]
    people_active: int
    sent_today: int


def find(
    member: Member,
    *,
    statuses: Sequence[str] = (),
    owner_id: int | None = None,
    text: str = "",
    tag: str = "",
    sort: str = "-active",
) -> tuple[QuerySet[SequenceRow], tuple[str, ...]]:
    """Return the sequences asked for and the order of columns; archived ones only when their status is named."""
    access.require(member, "sequences.view")
    rows = access.visible_to(member, SequenceRow).select_related(
        "owner", "status_by", "draft", "draft__saved_by", "current_version"
    )
    rows = rows.defer("draft__document", "current_version__document").prefetch_related("tags")
    rows = rows.filter(status__in=statuses) if statuses else rows.exclude(status=SequenceStatus.ARCHIVED)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    if tag.strip():
        rows = rows.filter(tags__workspace_id=member.workspace_id, tags__folded=fold(" ".join(tag.split())))
    if text.strip():
        rows = rows.filter(Q(name__icontains=text.strip()) | Q(description__icontains=text.strip()))
    if sort == "-active":
        rows = sequence_cards.with_running(rows, access.only_owner(member))
    return rows, ORDERS[sort]


def one(member: Member, sequence_id: int) -> tuple[SequenceRow, Counts]:
    """Return a sequence with its counts; DomainError `not_found`."""
    rows, _ = find(member, statuses=SequenceStatus.values, sort="name")
    row = access.first(rows.filter(pk=sequence_id), "sequence", sequence_id)
    return row, counts_of(sequence_cards.groups([row.pk], access.only_owner(member)))


def reach(member: Member) -> Mapping[int, Reach]:
    """Return to how many people each sequence sent, and how many replied. It counts all: keep it for a moment."""
    return sequence_cards.reach(member.workspace_id, access.only_owner(member))


def totals(member: Member, now: datetime) -> Totals:
    """Count what stands above the list. It counts the workspace's messages: keep it for a moment."""
    access.require(member, "sequences.view")
    rows = access.visible_to(member, SequenceRow).order_by()
    found = dict(rows.values_list("status").annotate(n=Count("id")))
    owners = rows.filter(owner__isnull=False).values_list("owner_id", "owner__name").distinct()
    start, _ = _day(member, now)
    return Totals(
        {status: found.get(status, 0) for status in SequenceStatus.values},
        sorted(owners, key=lambda owner: owner[1]),
        tags.used(member.workspace_id),
        sequence_cards.running(member.workspace_id, access.only_owner(member)),
        sequence_cards.sent_since(member.workspace_id, start, access.only_owner(member)),
    )


def _day(member: Member, now: datetime) -> tuple[datetime, datetime]:
    """Return when the workspace's day began and when it ends."""
    zone = zone_named(member.workspace.time_zone) or UTC
    start = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return start.astimezone(UTC), (start + timedelta(days=1)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the statements brought for the sequences at hand."""

    groups: Mapping[int, Sequence[Group]]
    looks: Mapping[int, Ahead]
    queues: Mapping[int, Sequence[Queued]]
    senders: Mapping[int, Sender]
    reach: Mapping[int, Reach]
    flows: Mapping[int, Flow]
    lint: LintFacts
    stopped_by: str | None


def of(
    member: Member, rows: Sequence[SequenceRow], reached: Mapping[int, Reach], now: datetime
) -> list[Card]:
    """Return the cards of these rows, which `find` brought, in their order."""
    ids, whose = [row.pk for row in rows], access.only_owner(member)
    _, day_end = _day(member, now)
    known = senders(member.workspace_id)
    mailboxes = [id_ for id_, sender in known.items() if sender.kind not in BUILT_IN_SENDERS]
    seen = _Seen(
        _by_sequence(sequence_cards.groups(ids, whose)),
        sequence_cards.looks([row.pk for row in rows if row.status == SequenceStatus.ACTIVE], day_end, whose),
        _by_sequence(sequence_cards.queues(mailboxes, day_end, whose)),
        known,
        reached,
        flows_of(rows),
        facts_of(member),
        member.workspace.stopped_by if member.workspace.stopped_at else None,
    )
    return [_card(row, seen, now) for row in rows]


def _by_sequence(rows: Sequence[RowT]) -> dict[int, list[RowT]]:
    found: dict[int, list[RowT]] = {}
    for row in rows:
        found.setdefault(row.sequence_id, []).append(row)
    return found


def _card(row: SequenceRow, seen: _Seen, now: datetime) -> Card:
    groups = seen.groups.get(row.pk, ())
    counts = counts_of(groups)
    next_at, planned = _next_send(row, seen, now)
    return Card(
        row=row,
        flow=seen.flows[row.pk],
        changed=is_changed(row),
        counts=counts,
        reach=seen.reach.get(row.pk, Reach()),
        health=health_of(_facts(row, groups, seen, next_at, planned, now)),
        next_send_at=next_at,
        planned_today=planned,
    )


def is_changed(row: SequenceRow) -> bool:
    """Tell whether the working copy says something else than the current version."""
    version = row.current_version
    return version is None or row.draft.checksum != version.checksum


def counts_of(groups: Sequence[Group]) -> Counts:
    """Count by the labels of cards: Paused holds what is blocked or waits for review."""
    found: Counter[str] = Counter()
    for group in groups:
        found[_label(group)] += group.count
    return Counts(**found)


def _label(group: Group) -> str:
    if group.state in sequence_cards.RUNNING:
        return "active"
    if group.state != EnrollmentState.FINISHED:
        return "paused"
    return "completed" if group.reason == FinishReason.COMPLETED else "unenrolled"


def _next_send(row: SequenceRow, seen: _Seen, now: datetime) -> tuple[datetime | None, int]:
    """Return when the next thing happens in a running sequence, and how many things today."""
    if row.status != SequenceStatus.ACTIVE:
        return None, 0
    queued = [q for q in seen.queues.get(row.pk, ()) if not _is_down(seen.senders[q.sender_id], now)]
    moments = [max(q.next_at, seen.senders[q.sender_id].full_until or q.next_at) for q in queued]
    planned = sum(q.until_day_end for q in queued)
    if look := seen.looks.get(row.pk):
        moments.append(look.next_at)
        planned += look.until_day_end
    return max(min(moments), now) if moments else None, planned


def _is_down(sender: Sender, now: datetime) -> bool:
    return not sender.enabled or (sender.down_until is not None and sender.down_until > now)


def _facts(
    row: SequenceRow,
    groups: Sequence[Group],
    seen: _Seen,
    next_at: datetime | None,
    planned: int,
    now: datetime,
) -> HealthFacts:
    down = [q for q in seen.queues.get(row.pk, ()) if _is_down(seen.senders[q.sender_id], now)]
    untils = [until for q in down if (until := seen.senders[q.sender_id].down_until)]
    is_draft = row.status == SequenceStatus.DRAFT
    flow = seen.flows[row.pk]
    return HealthFacts(
        state=SequenceState(row.status),
        people=_count(groups, lambda group: group.state != EnrollmentState.FINISHED),
        ever=_count(groups, lambda group: True),
        blocked={g.reason: g.count for g in groups if g.state == EnrollmentState.BLOCKED},
        pending_review=_count(groups, lambda group: group.state == EnrollmentState.PENDING_REVIEW),
        next_send_at=next_at,
        planned_today=planned,
        down=sum(q.count for q in down),
        down_until=min(untils, default=None),
        emergency_stopped_by=seen.stopped_by,
        changed_by=row.status_by.name if row.status_by else "",
        changed_at=row.status_at,
        errors=_errors(row.draft.checksum, flow, seen.lint) if is_draft else None,
        is_empty=is_draft and not flow.steps,
    )


def _count(groups: Sequence[Group], fits: Callable[[Group], bool]) -> int:
    return sum(group.count for group in groups if fits(group))


_flows: dict[str, Flow] = {}
_errors_kept: dict[tuple[str, object], int] = {}


def flows_of(rows: Sequence[SequenceRow]) -> dict[int, Flow]:
    """Return the flow that each card shows: the current version's, else the working copy's. Three queries at most."""
    sums = {row.pk: (row.current_version or row.draft).checksum for row in rows}
    found = {id_: _flows[checksum] for id_, checksum in sums.items() if checksum in _flows}
    for id_, document in _documents([row for row in rows if row.pk not in found]).items():
        found[id_] = read_document(document)
        _keep(_flows, sums[id_], found[id_])
    return found


def _documents(rows: Sequence[SequenceRow]) -> dict[int, Any]:
    versions = {row.current_version_id: row.pk for row in rows if row.current_version_id is not None}
    drafts = [row.pk for row in rows if row.current_version_id is None]
    found = sequence_cards.draft_documents(drafts) if drafts else {}
    if versions:
        loaded = sequence_cards.version_documents(rows[0].workspace_id, list(versions))
        found |= {versions[id_]: document for id_, document in loaded.items()}
    return found


def _errors(checksum: str, flow: Flow, known: LintFacts) -> int:
    key = checksum, (known.channels, tuple(sorted(known.fields.items())), known.has_postal_address)
    if key not in _errors_kept:
        _keep(_errors_kept, key, sum(map(is_error, lint(flow, known))))
    return _errors_kept[key]


def _keep(kept: dict[KeyT, ValueT], key: KeyT, value: ValueT) -> None:
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[key] = value
