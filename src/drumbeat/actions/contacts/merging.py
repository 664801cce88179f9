"""Two contacts that are one person become one: foreseen, then done in one transaction. It cannot be undone.

The survivor keeps its id; whatever pointed to the other points to it. What the person ever refused stays refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Q

from drumbeat.actions import access, audit
from drumbeat.actions.suppressions import OF_THE_PERSON
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind, Verb, VerbKind
from drumbeat.core.flow import Channel
from drumbeat.core.merging import OTHER, SURVIVOR, Merged, Run, merged, stricter, superseded
from drumbeat.models import Contact, ContactField, Enrollment, Event, Member, Suppression, Touch
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import contacts, enrolling, holds, merging, moves, sql, stops
from drumbeat.store.contact_rows import custom_of
from drumbeat.store.reach import addresses_of

FIELDS = (*(name for name in contacts.COLUMNS if not name.endswith("_normal")), "owner")
CUSTOM = "custom."


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An unfinished enrollment of one of the two; `ends` because in its sequence the other's is further."""

    id: int
    sequence: str
    contact_id: int
    ends: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    survivor: Contact
    other: Contact
    fields: Sequence[Merged]
    consent: Mapping[str, bool | None]
    enrollments: Sequence[Kept]


def foresee(
    member: Member, survivor_id: int, other_id: int, chosen: Mapping[str, str] | None = None
) -> Foreseen:
    """Say what `merge` would do, writing nothing; DomainError `merge_invalid`, `not_found`."""
    survivor, other = _both(member, survivor_id, other_id)
    runs = _runs(survivor, other)
    ends = set(superseded(runs))
    names = dict(Enrollment.objects.filter(id__in=[r.id for r in runs]).values_list("id", "sequence__name"))
    return Foreseen(
        survivor=survivor,
        other=other,
        fields=list(_fields(survivor, other, chosen or {}).values()),
        consent=stricter(survivor.consent, other.consent),
        enrollments=[
            Kept(id=run.id, sequence=names[run.id], contact_id=run.contact_id, ends=run.id in ends)
            for run in runs
        ],
    )


def merge(
    member: Member,
    survivor_id: int,
    other_id: int,
    now: datetime,
    *,
    chosen: Mapping[str, str] | None = None,
) -> Contact:
    """Make the other contact part of the survivor. `chosen` says by field whose value is taken, `survivor` or `other`.

    In one sequence the further enrollment goes on, the other finishes with `merged`; what is not handed over yet
    goes to the survivor's address. DomainError `merge_invalid` by field, `not_found`.
    """
    _both(member, survivor_id, other_id)
    with transaction.atomic():
        sql.lock(Contact.objects.filter(workspace_id=member.workspace_id, id__in=(survivor_id, other_id)))
        survivor, other = _both(member, survivor_id, other_id)
        fields = _fields(survivor, other, chosen or {})
        wishes = _wishes(survivor, other)
        _join_runs(member, survivor, other, now)
        moved = merging.move_all(other.pk, survivor.pk)
        Contact.objects.filter(id=other.pk).delete()
        _write(survivor, other, fields, now)
        _aim(survivor)
        if survivor.time_zone != other.time_zone or fields["time_zone"].from_other:
            holds.reconsider(Touch.objects.filter(contact=survivor), now)  # their enrollments look anyway
        _keep_wishes(survivor, wishes, now)
        changed = [name for name, field in fields.items() if field.from_other]
        _tell(member, survivor, other.pk, changed, moved, now)
    return survivor


def _both(member: Member, survivor_id: int, other_id: int) -> tuple[Contact, Contact]:
    access.require(member, "contacts.delete")
    if survivor_id == other_id:
        raise DomainError("merge_invalid", "A contact cannot be merged with itself. Name another one.")
    survivor = access.get(member, Contact, survivor_id, "contact")
    return survivor, access.get(member, Contact, other_id, "contact")


def _fields(survivor: Contact, other: Contact, chosen: Mapping[str, str]) -> dict[str, Merged]:
    keys = dict(ContactField.objects.filter(workspace_id=survivor.workspace_id).values_list("id", "key"))
    own, others = _values(survivor, keys), _values(other, keys)
    faults = {
        name: "There is no such field." if name not in own else f"Use {SURVIVOR} or {OTHER}."
        for name, whose in chosen.items()
        if name not in own or whose not in (SURVIVOR, OTHER)
    }
    found = merged(own, others, chosen)
    if not faults and not (found["email"].value or found["phone"].value):
        faults["email"] = "A contact needs a mail address or a phone number."
    if faults:
        path, sentence = next(iter(faults.items()))
        raise DomainError("merge_invalid", f"{path}: {sentence}", faults)
    return found


def _values(contact: Contact, keys: Mapping[int, str]) -> dict[str, str]:
    custom = custom_of(contact.pk)
    shown = {name: getattr(contact, name) for name in FIELDS if name != "owner"}
    shown["owner"] = contact.owner.name if contact.owner else ""
    return shown | {f"{CUSTOM}{key}": _shown(custom.get(id_)) for id_, key in keys.items()}


def _shown(value: str | float | bool | date | None) -> str:
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _runs(survivor: Contact, other: Contact) -> list[Run]:
    rows = Enrollment.objects.filter(UNFINISHED, contact_id__in=(survivor.pk, other.pk))
    done = Count("touches", filter=Q(touches__settled_at__isnull=False))
    return [
        Run(id=id_, contact_id=contact_id, sequence_id=sequence_id, settled=settled, started_at=at)
        for id_, contact_id, sequence_id, settled, at in rows.annotate(done=done)
        .order_by("id")
        .values_list("id", "contact_id", "sequence_id", "done", "created_at")
    ]


def _join_runs(member: Member, survivor: Contact, other: Contact, now: datetime) -> None:
    """End one of two runs in one sequence, and let the others know no fact of the other contact as new."""
    runs = _runs(survivor, other)
    by = f"contact:{survivor.pk}"
    ended = superseded(runs)
    moves.move(ended, now, Verb(kind=VerbKind.MERGE, by=by), member.pk)
    going = [run for run in runs if run.id not in ended]
    # A look before this commits would still count for one contact alone.
    both = (survivor.pk, other.pk)
    stops.halt(
        Enrollment.objects.filter(contact_id__in=both),
        Touch.objects.filter(contact_id__in=both),
        now,
    )
    for run in going:
        foreign = other.pk if run.contact_id == survivor.pk else survivor.pk
        told = enrolling.heard(run.sequence_id, [foreign]).get(foreign, {})
        row = Enrollment.objects.get(id=run.id)
        heard = {kind: row.heard.get(kind, 0) + told.get(kind, 0) for kind in {*row.heard, *told}}
        Enrollment.objects.filter(id=run.id).update(heard=heard)


def _write(survivor: Contact, other: Contact, fields: Mapping[str, Merged], now: datetime) -> None:
    values = {name: getattr(survivor, name) for name in contacts.COLUMNS}
    for name, field in fields.items():
        if field.from_other and name in values:
            values[name] = field.value
            if f"{name}_normal" in values:
                values[f"{name}_normal"] = getattr(other, f"{name}_normal")
    found = dict(zip(contacts.SEARCHED, contacts.searched(values), strict=True))
    for name, text in {**values, **found}.items():
        setattr(survivor, name, text)
    if fields["owner"].from_other:
        survivor.owner_id = other.owner_id
    survivor.consent = stricter(survivor.consent, other.consent)
    survivor.updated_at = now
    survivor.save()


def _aim(survivor: Contact) -> None:
    """Point what is still to leave at the addresses that the survivor has now."""
    addresses = addresses_of(survivor.email_normal, survivor.phone_normal, survivor.whatsapp)
    waiting = Touch.objects.filter(
        contact=survivor, enrollment__isnull=False, handed_at=None, settled_at=None
    )
    for channel in Channel:
        waiting.filter(kind=channel.value).update(
            recipient=addresses.by_channel.get(channel, ""),
            base_address=addresses.hashes.get(channel, ""),
        )


@dataclass(frozen=True, slots=True)
class _Wish:
    channel: str
    reason: str
    scope: str


def _wishes(survivor: Contact, other: Contact) -> list[_Wish]:
    """Return what the person refused, under whichever of the addresses."""
    hashes: set[str] = set()
    for one in (survivor, other):
        hashes |= set(addresses_of(one.email_normal, one.phone_normal, one.whatsapp).hashes.values())
    rows = Suppression.objects.filter(
        Q(hash__in=hashes) | Q(contact_id__in=(survivor.pk, other.pk)),
        workspace_id=survivor.workspace_id,
        kind="address",
        lifted_at=None,
        reason__in=OF_THE_PERSON | {"manual"},
    )
    return sorted(
        {_Wish(*row) for row in rows.values_list("channel", "reason", "scope")},
        key=lambda wish: (wish.channel, wish.reason, wish.scope),
    )


def _keep_wishes(survivor: Contact, wishes: Sequence[_Wish], now: datetime) -> None:
    """Let every address of the survivor be as unreachable as the person wanted."""
    for wish in wishes:
        for base in contacts.base_forms(survivor, wish.channel):
            stops.suppress(
                survivor.workspace_id,
                channel=wish.channel,
                base_address=base,
                reason=wish.reason,
                source=merging.SOURCE,
                now=now,
                scope=wish.scope,
                contact_id=survivor.pk,
            )


def _tell(
    member: Member,
    survivor: Contact,
    other_id: int,
    changed: Sequence[str],
    moved: Mapping[str, int],
    now: datetime,
) -> None:
    Event.objects.create(
        workspace_id=survivor.workspace_id,
        kind=EventKind.CONTACT_UPDATED.value,
        contact=survivor,
        source=merging.SOURCE,
        external_id=merging.mark(other_id),
        payload={"member": member.pk, "fields": list(changed), "merged": other_id},
        occurred_at=now,
        received_at=now,
    )
    audit.record(
        member,
        "contact.merge",
        now,
        object_kind="contact",
        object_id=survivor.pk,
        before={"other": other_id},
        after={"fields": list(changed), "moved": {name: count for name, count in moved.items() if count}},
    )
