"""Several workers read events at once: each counts once, and those of one contact in their order."""

import threading

from django.db import connection

from bench import world
from drumbeat.core.facts import EventKind
from drumbeat.engine import triggers
from drumbeat.models import Enrollment, Event, TriggerMatch
from drumbeat.store import contact_events
from tests.support.starting import NOW, a_contact, started_by

pytest_plugins = ["tests.support.installed"]

PEOPLE, ROUNDS, WORKERS = 30, 8, 4


def work() -> None:
    try:
        while Event.objects.filter(triggered_at=None).exists():
            triggers.process_once(NOW, limit=17)
    finally:
        connection.close()


def work_in_threads() -> None:
    workers = [threading.Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)


def test_every_event_counts_once_and_in_the_order_of_its_contact(installation, monkeypatch):
    owner = world.a_workspace()
    people = [a_contact(owner, f"p{number}").pk for number in range(PEOPLE)]
    sequences = [
        started_by(owner, f"S{number}", triggers={"any": [{"event": "custom"}]}) for number in range(2)
    ]
    for number in range(ROUNDS):
        payload = {"event": "tick", "number": number}
        contact_events.add(owner.workspace_id, EventKind.CUSTOM, people, NOW, source="test", payload=payload)
    seen: list[tuple[int, int]] = []
    matches = triggers._matches

    def watched(sequence_id, rules, events, views, now):
        if sequence_id == sequences[0].pk:
            seen.extend((event.contact_id, event.payload["number"]) for event in events)
        return matches(sequence_id, rules, events, views, now)

    monkeypatch.setattr(triggers, "_matches", watched)

    work_in_threads()

    assert sorted(seen) == sorted((id_, number) for id_ in people for number in range(ROUNDS))
    for id_ in people:
        assert [number for contact_id, number in seen if contact_id == id_] == list(range(ROUNDS))
    assert Enrollment.objects.count() == PEOPLE * len(sequences)
    assert TriggerMatch.objects.filter(answer="enrolled").count() == PEOPLE * len(sequences)
