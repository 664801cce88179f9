"""Triggers: what happened is read in order, and starts or stops the sequences that listen to it.

Nothing is decided here: `core.triggers` says what meets what, `actions` enrolls, the planner ends.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction

from drumbeat.actions.enrollments import starting
from drumbeat.core.conditions import ConditionView, holds
from drumbeat.core.triggers import Becomes, Happening, StopWhen
from drumbeat.core.triggers.listening import announced
from drumbeat.core.triggers.matching import Happened, meets
from drumbeat.core.triggers.starts import Start, mark_of
from drumbeat.store import conditions_seen, listeners, stop_rules, trigger_events
from drumbeat.store.conditions import load_views
from drumbeat.store.conditions_seen import Place
from drumbeat.store.listeners import STOP, Rules
from drumbeat.store.trigger_events import UnreadEvent

log = logging.getLogger(__name__)

BATCH = 500


def process_once(now: datetime, *, limit: int = BATCH) -> bool:
    """Look at up to `limit` events; return whether there may be more.

    Where a batch fails, each event is looked at alone, and the faulty ones are set aside with a line in the log.
    """
    events: list[UnreadEvent] = []
    try:
        with transaction.atomic():
            events = trigger_events.claim(limit)
            _look_at(events, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        if not events:
            raise
        log.exception("a batch of events could not be looked at; trying one by one")
        for event in events:
            _alone(event, now)
    return len(events) == limit


def _alone(event: UnreadEvent, now: datetime) -> None:
    try:
        with transaction.atomic():
            _look_at([event], now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("event %s starts and stops nothing: it is set aside", event.id)
        trigger_events.mark([event.id], now)


def _look_at(events: Sequence[UnreadEvent], now: datetime) -> None:
    by_workspace: dict[int, list[UnreadEvent]] = {}
    for event in events:
        if event.contact_id is not None:
            by_workspace.setdefault(event.workspace_id, []).append(event)
    for workspace_id, some in sorted(by_workspace.items()):
        _in_workspace(workspace_id, some, now)
    trigger_events.mark((event.id for event in events), now)


@dataclass(slots=True)
class _Asked:
    """Which sequences must be asked about which events, and for which contacts conditions are read anew."""

    starts: dict[int, list[UnreadEvent]] = field(default_factory=dict)
    stops: dict[int, list[UnreadEvent]] = field(default_factory=dict)

    def sequence_ids(self) -> set[int]:
        return self.starts.keys() | self.stops.keys()

    def contact_ids(self) -> set[int]:
        events = (event for each in (self.starts, self.stops) for some in each.values() for event in some)
        return {event.contact_id for event in events if event.contact_id is not None}


def _in_workspace(workspace_id: int, events: Sequence[UnreadEvent], now: datetime) -> None:
    asked = _who_is_asked(workspace_id, events)
    if not asked.sequence_ids():
        return
    rules = listeners.load_rules(sorted(asked.sequence_ids()))
    views = _Views(workspace_id, asked.contact_ids())
    matches = [
        match
        for sequence_id, some in sorted(asked.starts.items())
        for match in _matches(sequence_id, rules[sequence_id], some, views, now)
    ]
    matches += _turned_true(asked, rules, views, now)
    starting.start(workspace_id, matches, now)
    _stop(workspace_id, asked, rules, views, now)


def _who_is_asked(workspace_id: int, events: Sequence[UnreadEvent]) -> _Asked:
    keys = [(event, announced(event.kind, event.payload)) for event in events]
    hearing = listeners.who_hears(workspace_id, {key for _, some in keys for key in some})
    asked = _Asked()
    for event, some in keys:
        who = {listening for key in some for listening in hearing.get(key, ())}
        for listening in who:
            into = asked.stops if listening.purpose == STOP else asked.starts
            into.setdefault(listening.sequence_id, []).append(event)
    return asked


class _Views:
    """What conditions read of the contacts of a batch, loaded when the first condition asks."""

    def __init__(self, workspace_id: int, contact_ids: Iterable[int]) -> None:
        self._workspace_id, self._contact_ids = workspace_id, sorted(contact_ids)
        self._views: Mapping[int, ConditionView] | None = None

    def of(self, contact_id: int) -> ConditionView | None:
        """Return None for a contact that is gone."""
        if self._views is None:
            self._views = load_views(self._workspace_id, self._contact_ids)
        return self._views.get(contact_id)


def _happened(event: UnreadEvent) -> Happened:
    return Happened(event.kind, event.payload, event.sequence_name)


def _matches(
    sequence_id: int, rules: Rules, events: Sequence[UnreadEvent], views: _Views, now: datetime
) -> Iterable[starting.Match]:
    """Yield what the events bring about by themselves."""
    for event in events:
        for start in rules.starts:
            if not isinstance(start.entry, Happening) or not meets(start.entry, _happened(event)):
                continue
            if _besides(start, event.contact_id or 0, views, now):
                yield starting.Match(
                    sequence_id,
                    event.contact_id or 0,
                    start.place,
                    event.kind,
                    event.of_sequence,
                    event.chain,
                )
                break


def _besides(start: Start, contact_id: int, views: _Views, now: datetime) -> bool:
    if start.all is None or not start.all.rules:
        return True
    view = views.of(contact_id)
    return view is not None and holds(start.all, view, now)


def _turned_true(
    asked: _Asked, rules: Mapping[int, Rules], views: _Views, now: datetime
) -> list[starting.Match]:
    """Return whom conditions have come to fit, and remember for whom each is true now."""
    looks = [
        (sequence_id, start, start.entry.becomes, {event.contact_id: event for event in events})
        for sequence_id, events in sorted(asked.starts.items())
        for start in rules[sequence_id].starts
        if isinstance(start.entry, Becomes)
    ]
    if not looks:
        return []
    places = [(sequence_id, mark_of(condition)) for sequence_id, _, condition, _ in looks]
    known = conditions_seen.seen(places, asked.contact_ids())
    matches: list[starting.Match] = []
    fresh: list[tuple[Place, int]] = []
    for place, (sequence_id, start, condition, events) in zip(places, looks, strict=True):
        before = known.get(place, set())
        now_true = {id_ for id_ in events if id_ and (view := views.of(id_)) and holds(condition, view, now)}
        fresh += [(place, id_) for id_ in sorted(now_true - before)]
        if gone := before.intersection(filter(None, events)) - now_true:
            conditions_seen.forget(place, gone)
        for id_ in sorted(now_true - before):
            if _besides(start, id_, views, now):
                event = events[id_]
                matches.append(
                    starting.Match(sequence_id, id_, start.place, "", event.of_sequence, event.chain)
                )
    conditions_seen.remember(fresh)
    return matches


def _stop(workspace_id: int, asked: _Asked, rules: Mapping[int, Rules], views: _Views, now: datetime) -> None:
    for sequence_id, events in sorted(asked.stops.items()):
        rule = rules[sequence_id].stop
        if rule is None:
            continue
        running = stop_rules.running(sequence_id, (event.contact_id or 0 for event in events))
        mine = [event for event in events if event.contact_id in running]
        met = {event.contact_id or 0 for event in mine if _meets_stop(rule, event, views, now)}
        holding = {
            event.contact_id or 0 for event in mine if _stands(rule, event.contact_id or 0, views, now)
        }
        stop_rules.stop(workspace_id, sequence_id, met, holding - met, now)


def _meets_stop(rule: StopWhen, event: UnreadEvent, views: _Views, now: datetime) -> bool:
    happened = _happened(event)
    if not any(isinstance(entry, Happening) and meets(entry, happened) for entry in rule.any):
        return False
    view = views.of(event.contact_id or 0)
    return rule.all is None or (view is not None and holds(rule.all, view, now))


def _stands(rule: StopWhen, contact_id: int, views: _Views, now: datetime) -> bool:
    """Say whether a condition of the rule holds: the look that the wake causes ends the enrollment by it."""
    states = [entry.becomes for entry in rule.any if isinstance(entry, Becomes)]
    if not states or (view := views.of(contact_id)) is None:
        return False
    return any(holds(each, view, now) for each in states) and (rule.all is None or holds(rule.all, view, now))
