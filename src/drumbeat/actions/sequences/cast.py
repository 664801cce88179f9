"""Who takes part in a simulation: imagined people, a list, a segment, or contacts by name; and who sends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from drumbeat.actions import access
from drumbeat.core.addresses import normal_email
from drumbeat.core.conditions import ConditionView
from drumbeat.core.document import read_condition
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Flow
from drumbeat.core.rehearsal import Script, Story
from drumbeat.core.simulate import Person, SimulatedSender
from drumbeat.models import Contact, ContactList, Member, Segment, SenderProfile
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import conditions, flows, forecasting, sql
from drumbeat.store.senders import caps_of, load_senders
from drumbeat.store.sequence_facts import stop_rule_of

MOST_PEOPLE = 10_000
USUAL_PEOPLE = 100
PEOPLE_A_CHUNK = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """At most one is given; none is 100 imagined people."""

    people: int | None = None
    list_id: int | None = None
    segment_id: int | None = None
    contact_ids: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """`of`: imagined, list, segment or contacts. `ids` are None for imagined people."""

    of: str
    count: int
    ids: Sequence[int] | None = None


def audience(member: Member, whom: Whom, now: datetime) -> Audience:
    """Find out who takes part: of real contacts those whom the member may see."""
    given = [name for name in Whom.__slots__ if getattr(whom, name) is not None]
    if len(given) > 1:
        raise DomainError("simulation_invalid", f"Say for whom in one way, not in {len(given)}.")
    if not given or whom.people is not None:
        return Audience("imagined", _bounded(USUAL_PEOPLE if whom.people is None else whom.people))
    access.require(member, "contacts.view")
    rows = access.visible_to(member, Contact)
    if whom.contact_ids is not None:
        return _of("contacts", _known(member, whom.contact_ids))
    if whom.list_id is not None:
        found = access.get(member, ContactList, whom.list_id, "list")
        rows = rows.filter(lists__contact_list=found)
        return _of("list", list(rows.order_by("id").values_list("id", flat=True)[: MOST_PEOPLE + 1]))
    segment = access.get(member, Segment, whom.segment_id or 0, "segment")
    rows = rows.filter(conditions.where(member.workspace_id, read_condition(segment.condition), now))
    return _of("segment", list(rows.order_by("id").values_list("id", flat=True)[: MOST_PEOPLE + 1]))


def segment_named(member: Member, name: str) -> Segment:
    """Return the segment of this name. Raises DomainError `not_found`."""
    return access.first(access.visible_to(member, Segment).filter(name=name), "segment", name)


def _known(member: Member, contact_ids: Sequence[int]) -> list[int]:
    _bounded(len(contact_ids))
    rows = access.visible_to(member, Contact).filter(sql.among("id", set(contact_ids)))
    known = set(rows.values_list("id", flat=True))
    if missing := [id_ for id_ in contact_ids if id_ not in known]:
        raise DomainError("not_found", f"There is no contact {missing[0]} in this workspace.")
    return sorted(known)


def _of(of: str, ids: Sequence[int]) -> Audience:
    return Audience(of, _bounded(len(ids)), ids)


def _bounded(count: int) -> int:
    if 1 <= count <= MOST_PEOPLE:
        return count
    if count == 0:
        raise DomainError("simulation_invalid", "Nobody would take part. Choose a list with people on it.")
    asked = "more" if count == MOST_PEOPLE + 1 else str(count)
    raise DomainError("simulation_invalid", f"Simulate 1 to {MOST_PEOPLE} people, not {asked}.")


def people(
    who: Audience, sequence: SequenceRow, flow: Flow, zone: ZoneInfo, sent_since: datetime | None
) -> Iterator[Person]:
    """Yield who takes part, real contacts with their facts, loaded in bulk and in chunks; `zone` is the workspace's."""
    if who.ids is None:
        yield from (imagined(id_, zone) for id_ in range(1, who.count + 1))
        return
    reads = flows.reads_of(flow, stop_rule_of(sequence.stop_when))
    for first in range(0, len(who.ids), PEOPLE_A_CHUNK):
        part = who.ids[first : first + PEOPLE_A_CHUNK]
        yield from forecasting.people(part, sequence.pk, sequence.workspace_id, reads, zone, sent_since)


def imagined(id_: int, zone: ZoneInfo) -> Person:
    """Return a person whom everything can be sent to; days of conditions are those of `zone`."""
    fields = {
        "first_name": f"Person {id_}",
        "last_name": "Example",
        "email": f"person{id_}@example.com",
        "company": "Example",
    }
    return Person(id=id_, view=ConditionView(fields=fields, zone=zone))


def stories(member: Member, who: Audience, script: Script) -> Mapping[int, Sequence[Story]]:
    """Return the script's stories by person. Raises DomainError `script_invalid` for somebody who takes no part."""
    by_address = _by_address(member, [one.contact for one in script.stories if "@" in one.contact])
    taking_part = range(1, who.count + 1) if who.ids is None else frozenset(who.ids)
    told: dict[int, list[Story]] = {}
    strangers: dict[str, str] = {}
    for index, story in enumerate(script.stories):
        id_ = int(story.contact) if story.contact.isdecimal() else by_address.get(story.contact)
        if id_ in taking_part and id_ is not None:
            told.setdefault(id_, []).append(story)
        else:
            strangers[f"stories[{index}].contact"] = f"{story.contact!r:.70} does not take part."
    if strangers:
        path, sentence = next(iter(strangers.items()))
        raise DomainError("script_invalid", f"{path}: {sentence}", strangers)
    return told


def _by_address(member: Member, addresses: Sequence[str]) -> dict[str, int]:
    if not addresses:
        return {}
    normal = {address: normal_email(address) for address in addresses}
    rows = access.visible_to(member, Contact).filter(sql.among("email_normal", set(normal.values())))
    ids = dict(rows.values_list("email_normal", "id"))
    return {address: ids[form] for address, form in normal.items() if form in ids}


def senders_of(member: Member) -> dict[int, SimulatedSender]:
    """Return the workspace's senders with their caps, as a simulation takes them."""
    rows = {row.pk: row for row in access.visible_to(member, SenderProfile)}
    known = load_senders([member.workspace_id]).get(member.workspace_id, {})
    return {
        id_: SimulatedSender(
            sender,
            caps_of(rows[id_]),
            rows[id_].warm_up_started_at,
            rows[id_].spacing_seconds,
        )
        for id_, sender in known.items()
    }
