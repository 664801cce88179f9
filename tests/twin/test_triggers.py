"""Triggers against a twin that asks every sequence about every event: no listener is forgotten, none asked in vain."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from django.db import transaction

from bench import world
from drumbeat.actions import contacts, events
from drumbeat.core.conditions import fold, holds
from drumbeat.core.triggers import Becomes, Happening, Trigger, read_trigger
from drumbeat.engine import triggers
from drumbeat.models import Contact, Event, Member, Sequence, TriggerMatch
from drumbeat.store import lists, tags
from drumbeat.store.conditions import load_views
from tests.support.starting import NOW, a_contact, read_all, started_by

pytestmark = pytest.mark.django_db(transaction=True)

SEEDS = range(12)
MANY_SEEDS = range(200)
TAGS, STAGES, TITLES, LISTS = ("hot", "Cold"), ("lead", "Won", ""), ("CEO", "cto"), ("News", "Fair")
NAMES = {
    "tag": TAGS,
    "stage": STAGES[:2],
    "list": LISTS,
    "field": ("title", "stage"),
    "event": ("tick", "tock"),
}
KINDS = (
    ("tag_added", "tag"),
    ("tag_removed", "tag"),
    ("list_joined", "list"),
    ("list_left", "list"),
    ("stage_changed", "stage"),
    ("field_changed", "field"),
    ("contact_updated", ""),
    ("converted", ""),
)


def _rule(chance: Random) -> dict[str, Any]:
    return chance.choice(
        [
            {
                "field": "stage",
                "operator": chance.choice(["equals", "not_equals"]),
                "value": chance.choice(STAGES[:2]),
            },
            {"field": "title", "operator": "starts_with", "value": "c"},
            {"field": "title", "operator": "is_empty"},
            {
                "field": "tag",
                "operator": chance.choice(["equals", "not_equals"]),
                "value": chance.choice(TAGS),
            },
            {"field": "list", "operator": "one_of", "value": list(LISTS)},
            {"field": "event.converted", "operator": chance.choice(["happened", "not_happened"])},
        ]
    )


def _condition(chance: Random) -> dict[str, Any]:
    rules = [_rule(chance) for _ in range(chance.randint(1, 3))]
    return {"combinator": chance.choice(["and", "or"]), "negated": chance.random() < 0.2, "rules": rules}


def _entry(chance: Random) -> dict[str, Any]:
    if chance.random() < 0.5:
        return {"becomes": _condition(chance)}
    kind, narrowed_by = chance.choice(KINDS)
    name = chance.choice(["", *NAMES[narrowed_by]]) if narrowed_by else ""
    return {"event": kind, "name": name}


def _trigger(chance: Random) -> dict[str, Any]:
    found: dict[str, Any] = {"any": [_entry(chance) for _ in range(chance.randint(1, 3))]}
    return found | ({"all": _condition(chance)} if chance.random() < 0.4 else {})


def _change(chance: Random, owner: Member, contact: Contact) -> None:
    """Do something to the contact, as people and programs do it."""
    what = chance.choice(["tag", "untag", "stage", "title", "join", "leave", "convert"])
    workspace_id = owner.workspace_id
    with transaction.atomic():
        tag = tags.ensure(workspace_id, chance.choice(TAGS))
        list_id = lists.ensure(workspace_id, chance.choice(LISTS), NOW)
        match what:
            case "tag":
                tags.add(workspace_id, tag, [contact.pk], NOW, source="manual")
            case "untag":
                tags.remove(workspace_id, tag, [contact.pk], NOW, source="manual")
            case "join":
                lists.join_and_tell(workspace_id, list_id, [contact.pk], NOW, source="manual")
            case "leave":
                lists.leave(workspace_id, list_id, [contact.pk], NOW, source="manual")
            case "stage":
                contacts.change(owner, contact.pk, {"stage": chance.choice(STAGES)}, NOW)
            case "title":
                contacts.change(owner, contact.pk, {"title": chance.choice(["", *TITLES])}, NOW)
            case _:
                events.log_event(owner, contact, "converted", NOW)


@dataclass
class Twin:
    """What each sequence should have met, found the plain way: every sequence is asked about every event."""

    sequences: dict[int, Trigger]
    truths: dict[tuple[int, int, int], bool] = field(default_factory=dict)
    started: set[tuple[int, int]] = field(default_factory=set)

    def look(self, owner: Member, contact_id: int, happened: list[Event]) -> set[tuple[int, str]]:
        """Return which sequences should have answered what."""
        view = load_views(owner.workspace_id, [contact_id])[contact_id]
        found = set()
        for sequence_id, trigger in self.sequences.items():
            besides = trigger.all is None or holds(trigger.all, view, NOW)
            came = [
                self._came(sequence_id, contact_id, place, trigger, view, happened)
                for place in range(len(trigger.any))
            ]
            if happened and any(came) and besides:
                place = sequence_id, contact_id
                found.add((sequence_id, "already_enrolled" if place in self.started else "enrolled"))
                self.started.add(place)
        return found

    def _came(
        self,
        sequence_id: int,
        contact_id: int,
        place: int,
        trigger: Trigger,
        view: Any,
        happened: list[Event],
    ) -> bool:
        entry = trigger.any[place]
        if isinstance(entry, Happening):
            return any(_is_it(entry, event) for event in happened)
        assert isinstance(entry, Becomes)
        known = sequence_id, contact_id, place
        before, self.truths[known] = self.truths.get(known, False), holds(entry.becomes, view, NOW)
        return self.truths[known] and not before


def _is_it(entry: Happening, event: Event) -> bool:
    said = {
        fold(str(event.payload[key]))
        for key in ("tag", "list_name", "stage", "field")
        if key in event.payload
    }
    return entry.event == event.kind and (not entry.name or fold(entry.name) in said)


def compare(seed: int) -> None:
    chance = Random(seed)
    owner = world.a_workspace()
    people = [a_contact(owner, name, stage=chance.choice(STAGES)) for name in ("ada", "bob")]
    rows: list[Sequence] = [
        started_by(owner, f"S{number}", triggers=_trigger(chance)) for number in range(chance.randint(2, 6))
    ]
    read_all()
    twin = Twin({row.pk: read_trigger(row.triggers) for row in rows})
    for person in people:
        twin.look(owner, person.pk, [])
    assert not TriggerMatch.objects.exists()
    for _ in range(25):
        person = chance.choice(people)
        after, met = _last(Event), _last(TriggerMatch)
        _change(chance, owner, person)
        happened = list(Event.objects.filter(id__gt=after).order_by("id"))
        expected = twin.look(owner, person.pk, happened)
        triggers.process_once(NOW)
        matches = TriggerMatch.objects.filter(id__gt=met)
        assert set(matches.values_list("sequence_id", "answer")) == expected


def _last(model: Any) -> int:
    return model.objects.order_by("-id").values_list("id", flat=True).first() or 0


@pytest.mark.parametrize("seed", SEEDS)
def test_triggers_and_their_twin_agree(seed):
    compare(seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", MANY_SEEDS)
def test_triggers_and_their_twin_agree_over_many_seeds(seed):
    compare(seed)
