"""Fetches of tracked links as rows: stored once, claimed when they may be judged, gone when nobody needs them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from drumbeat.core.facts import EventKind
from drumbeat.core.tracking_verdicts import JUDGED_AFTER, Fetch, FetchKind, How
from drumbeat.models import Contact, Enrollment, Event, Hit, Touch
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import sql, stops

SOURCE = "tracking"
KEPT = timedelta(days=1)
"""How long a judged fetch is evidence for later ones of its mail."""
MOST_KEPT = 1_000
"""Fetches of one mail that are kept; later ones of that day are not counted."""
_LATEST = 500
_EVENTS: Mapping[FetchKind, EventKind] = {
    FetchKind.OPEN: EventKind.OPENED,
    FetchKind.CLICK: EventKind.CLICKED,
}


def touches_of(marks: Iterable[str]) -> dict[str, int]:
    """Return the touch of each mark that may be counted: that of a contact, in a workspace that allows tracking."""
    known = Touch.objects.filter(
        sql.among("mark", sorted(set(marks))), contact__isnull=False, workspace__allows_tracking=True
    )
    return dict(known.values_list("mark", "id"))


def with_room(touches: Mapping[str, int]) -> dict[str, int]:
    """Return those of which a day's fetches are not too many: whoever has a mail can fetch it without end."""
    rows = Hit.objects.filter(sql.among("touch_id", sorted(touches.values()))).values("touch_id")
    full = set(rows.annotate(n=Count("id")).filter(n__gte=MOST_KEPT).values_list("touch_id", flat=True))
    return {mark: id_ for mark, id_ in touches.items() if id_ not in full}


def add(rows: Sequence[Sequence[Any]]) -> None:
    """Store fetches as `COLUMNS` names their values; those that were stored before are left as they are."""
    sql.insert(Hit, COLUMNS, rows, 'ON CONFLICT ("key") DO NOTHING')


COLUMNS = ("key", "touch_id", "kind", "link", "links", "target", "how", "agent", "at", "verdict")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail of which something was fetched: `due` are the rows to judge, `all` what is known of it."""

    touch: Touch
    tracks_opens: bool
    due: Sequence[Hit]
    all: Sequence[Fetch]


def waits(now: datetime) -> bool:
    """Say whether any fetch may be judged."""
    return _waiting(now).exists()


def _waiting(now: datetime) -> QuerySet[Hit]:
    return Hit.objects.filter(judged_at=None, at__lte=now - JUDGED_AFTER)


def claim(limit: int, now: datetime) -> list[Mail]:
    """Lock fetches that waited long enough, in the caller's transaction, and return their mails.

    A mail of which somebody else has a fetch is left to a later round: two judges would count it twice. So is that of
    a contact whom somebody else holds: nothing is waited for, so that none can wait for the other.
    """
    oldest = set(_waiting(now).order_by("at").values_list("touch_id", flat=True)[:limit])
    if not oldest:
        return []
    whose: dict[int, int | None] = dict(
        Touch.objects.filter(sql.among("id", sorted(oldest))).values_list("id", "contact_id")
    )
    free = _lock_contacts({contact_id for contact_id in whose.values() if contact_id is not None})
    _drop_of_nobody([id_ for id_, contact_id in whose.items() if contact_id is None])
    ours = sorted(id_ for id_, contact_id in whose.items() if contact_id in free)
    waiting = _waiting(now).filter(sql.among("touch_id", ours))
    mine = set(sql.lock(waiting, skip=True))
    due: dict[int, list[Hit]] = {}
    for hit in waiting.order_by("at", "id") if mine else ():
        due.setdefault(hit.touch_id, []).append(hit)
    whole = {id_: hits for id_, hits in due.items() if all(hit.pk in mine for hit in hits)}
    touches = Touch.objects.filter(sql.among("id", sorted(whole)), sql.among("contact_id", sorted(free)))
    touches = touches.select_related("enrollment__sequence")
    known = _fetches(whole)
    return [
        Mail(touch=touch, tracks_opens=_tracks_opens(touch), due=whole[touch.pk], all=known[touch.pk])
        for touch in touches.order_by("id")
    ]


def _lock_contacts(contact_ids: Collection[int]) -> set[int]:
    """Lock the contacts and then what they run through, as a verdict wakes it; return whom nobody else holds."""
    free = set(sql.lock(Contact.objects.filter(sql.among("id", sorted(contact_ids))), skip=True))
    running = Enrollment.objects.filter(UNFINISHED, sql.among("contact_id", sorted(free)))
    whose = dict(running.values_list("id", "contact_id"))
    locked = sql.lock(Enrollment.objects.filter(sql.among("id", sorted(whose))), skip=True)
    return free - {whose[id_] for id_ in whose.keys() - set(locked)}


def _drop_of_nobody(touch_ids: Collection[int]) -> None:
    """Delete fetches of mails whose contact was erased while they were stored."""
    if touch_ids:
        Hit.objects.filter(sql.among("touch_id", sorted(touch_ids))).delete()


def _tracks_opens(touch: Touch) -> bool:
    return touch.enrollment is not None and touch.enrollment.sequence.track_opens


def _fetches(touch_ids: Iterable[int]) -> dict[int, list[Fetch]]:
    """Return the latest fetches of each mail: more than these change no verdict."""
    found: dict[int, list[Fetch]] = {id_: [] for id_ in touch_ids}
    for row in Hit.objects.filter(sql.among("touch_id", sorted(found))).order_by("-at"):
        if len(some := found[row.touch_id]) < _LATEST:
            some.append(as_fetch(row))
    return found


def as_fetch(hit: Hit) -> Fetch:
    return Fetch(
        kind=FetchKind(hit.kind), at=hit.at, how=How(hit.how), agent=hit.agent, link=hit.link, links=hit.links
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of a fetch of the mail of `touch`. `reason` is "" for a person."""

    touch: Touch
    hit: Hit
    is_human: bool
    reason: str

    @property
    def visitor(self) -> str:
        return "human" if self.is_human else "machine"

    @property
    def external_id(self) -> str:
        """Return the same for all fetches of a link on one day that are judged alike: they are one event."""
        hit = self.hit
        return f"{self.touch.mark}:{hit.kind}:{hit.link}:{self.visitor}:{hit.at.date().isoformat()}"


def conclude(judged: Sequence[Judged], now: datetime) -> None:
    """Write what follows from verdicts, in the caller's transaction: events, facts of persons, the wake, the verdicts.

    Events of machines start nothing: they count as looked at.
    """
    new = {one.external_id: one for one in judged if not as_fetch(one.hit).is_of_trap}
    for known in _known(new):
        del new[known]
    _add_events(list(new.values()), now)
    persons = [one for one in new.values() if one.is_human]
    _count(persons)
    if persons:
        whom = sorted({one.touch.contact_id for one in persons if one.touch.contact_id is not None})
        stops.wake(Enrollment.objects.filter(sql.among("contact_id", whom)), now)
    sql.update(Hit, ("id", "judged_at", "verdict"), [(one.hit.pk, now, one.visitor) for one in judged])


def _known(new: Mapping[str, Judged]) -> list[str]:
    workspaces = {one.touch.workspace_id for one in new.values()}
    events = Event.objects.filter(workspace_id__in=workspaces, source=SOURCE)
    known = events.filter(sql.among("external_id", sorted(new)))
    return list(known.values_list("external_id", flat=True)) if new else []


_EVENT_COLUMNS = (
    *("workspace_id", "kind", "contact_id", "enrollment_id", "touch_id", "source", "external_id"),
    *("payload", "occurred_at", "received_at", "triggered_at"),
)


def _add_events(judged: Sequence[Judged], now: datetime) -> None:
    rows = [
        (
            one.touch.workspace_id,
            _EVENTS[FetchKind(one.hit.kind)].value,
            one.touch.contact_id,
            one.touch.enrollment_id,
            one.touch.pk,
            SOURCE,
            one.external_id,
            {"visitor": one.visitor, "reason": one.reason, "step": one.touch.step, "url": one.hit.target},
            one.hit.at,
            now,
            None if one.is_human else now,
        )
        for one in judged
    ]
    sql.insert(Event, _EVENT_COLUMNS, rows, "ON CONFLICT DO NOTHING")


def _count(judged: Sequence[Judged]) -> None:
    """Count them as intake counts answers: for the contact, the enrollment and the step."""
    rows = sorted(
        (
            one.touch.contact_id or 0,
            _EVENTS[FetchKind(one.hit.kind)].value,
            scope,
            one.hit.at,
            one.touch.workspace_id,
        )
        for one in judged
        for scope in _scopes(one.touch)
    )
    for contact_id, kind, scope, at, workspace_id in rows:
        stops.record_fact(workspace_id, [contact_id], kind, at, scope=scope)


def _scopes(touch: Touch) -> tuple[str, ...]:
    if touch.enrollment_id is None:
        return ("",)
    return "", f"enrollment:{touch.enrollment_id}", f"step:{touch.enrollment_id}:{touch.step}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How often a mail was opened or clicked by people, or by machines; `at` is the first time."""

    word: str
    visitor: str
    reason: str
    url: str
    at: datetime
    count: int = 1


def seen_of(enrollment_id: int, contact_id: int) -> dict[tuple[str, int], list[Seen]]:
    """Return who opened and clicked what an enrollment sent, by step and visit; people first."""
    events = Event.objects.filter(contact_id=contact_id, enrollment_id=enrollment_id, source=SOURCE)
    found: dict[tuple[str, int], dict[tuple[str, str], Seen]] = {}
    for kind, payload, at, step, visit in events.order_by("occurred_at", "id").values_list(
        "kind", "payload", "occurred_at", "touch__step", "touch__visit"
    ):
        own = found.setdefault((step or "", visit or 0), {})
        key = (kind, payload["visitor"])
        first = own.get(key)
        own[key] = (
            replace(first, count=first.count + 1)
            if first is not None
            else Seen(word=kind, visitor=key[1], reason=payload["reason"], url=payload["url"], at=at)
        )
    return {
        place: sorted(own.values(), key=lambda one: (one.visitor, one.at)) for place, own in found.items()
    }


def forget(now: datetime) -> int:
    """Delete the judged fetches that are no evidence any more; return how many."""
    old = Hit.objects.filter(judged_at__lt=now - KEPT)
    return old.delete()[0] if old.exists() else 0
