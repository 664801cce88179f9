"""Furnishes the demo workspace: people, mailboxes, lists, sequences. Doing it again adds what is missing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from drumbeat.actions import lists, senders, workspaces
from drumbeat.actions.contacts.input import read_contact
from drumbeat.channels.email.server import is_loopback
from drumbeat.core.conditions import fold
from drumbeat.core.errors import DomainError
from drumbeat.demo import equipment, programme
from drumbeat.demo.people import HOME, Person, person
from drumbeat.demo.twilio.server import ACCOUNT as TWILIO_OF_OURS
from drumbeat.models import (
    Contact,
    ContactTag,
    Member,
    PhoneAccount,
    Role,
    SenderKind,
    SenderProfile,
    Sequence,
    Tag,
    User,
    Workspace,
)
from drumbeat.store import sql, upserting
from drumbeat.store.contacts import OnDuplicate

WORKSPACE = "Demo"
ADDRESS = "Demo Ltd, 1 Example Street, 10115 Berlin"
ZONE = "Europe/Berlin"
EVERYBODY = "Everybody"
PEOPLE = 300
PER_DAY = 5_000
_TEAM = ("Robin Vale", "Kim Abadi", "Noor Haas")
_PHONES = "+1202555017{}"
"""Where calls are put through to: numbers that nobody has."""
_LISTS = {"Trade fair": "trade fair", "Webinar guests": "webinar", "Partners": "partner"}


def furnish(now: datetime, smtp_port: int) -> Member:
    """Return the owner of the demo workspace, complete and with its mailboxes on `smtp_port` of this machine.

    Raises DomainError `not_a_demo` where the data folder holds a real installation.
    """
    _refuse_real_installation()
    owner = _owner(now)
    team = [owner, *_reps(owner, now)]
    for place, member in enumerate(team):
        Member.objects.filter(id=member.pk, phone="").update(phone=_PHONES.format(place))
    boxes = _mailboxes(owner, team, now, smtp_port)
    if not Sequence.objects.filter(workspace_id=owner.workspace_id, name=programme.TRIAL).exists():
        ids = add_people(owner, 0, PEOPLE, now)
        _share_out(team, ids)
        _fill_lists(owner, now)
        programme.place_templates(owner, ids, boxes, now)
        programme.place_trial(owner, now)  # the last of what is done once: it says that all is there
    equipment.place_numbers(owner, team, now)
    equipment.place_agent(owner, now)
    programme.place_sides(owner, now)
    return owner


def _refuse_real_installation() -> None:
    """The demo starts an engine: it may not find a mailbox or a number that reaches real people."""
    hosts = SenderProfile.objects.filter(kind=SenderKind.SMTP).values_list("host", flat=True).distinct()
    real = [host for host in hosts if not is_loopback(host)]
    real += SenderProfile.objects.filter(kind=SenderKind.ESP).values_list("provider", flat=True)
    if PhoneAccount.objects.exclude(sid=TWILIO_OF_OURS).exists():
        real.append("an account at Twilio")
    if real:
        raise DomainError(
            "not_a_demo",
            f"This data folder sends through {real[0]}, so it is no demo and stays untouched. "
            "Name another folder: DRUMBEAT_DATA=./demo drumbeat demo. To run this one: drumbeat serve.",
        )


def _owner(now: datetime) -> Member:
    """Return the owner; an installation that nobody has used yet becomes the demo."""
    made = Member.objects.filter(workspace__name=WORKSPACE, is_owner=True).select_related("workspace", "user")
    if (owner := made.first()) is not None:
        return owner
    owner, _ = workspaces.create_installation(now, time_zone=ZONE)
    if _is_used(owner.workspace):
        owner = workspaces.create_workspace(WORKSPACE, owner.user, _TEAM[0], now, time_zone=ZONE)
    Workspace.objects.filter(id=owner.workspace_id).update(
        name=WORKSPACE, time_zone=ZONE, postal_address=ADDRESS
    )
    Member.objects.filter(id=owner.pk).update(name=_TEAM[0])
    owner.refresh_from_db()
    return owner


def _is_used(workspace: Workspace) -> bool:
    return any(model.objects.filter(workspace=workspace).exists() for model in (Contact, Sequence))


def _reps(owner: Member, now: datetime) -> list[Member]:
    reps = []
    for name in _TEAM[1:]:
        user, _ = User.objects.get_or_create(email=_address(name), defaults={"password": "!"})
        rep, _ = Member.objects.get_or_create(
            workspace_id=owner.workspace_id,
            user=user,
            defaults={"name": name, "role": Role.REP, "created_at": now},
        )
        reps.append(rep)
    return reps


def _address(name: str) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}@{HOME}"


def _mailboxes(owner: Member, team: list[Member], now: datetime, smtp_port: int) -> list[SenderProfile]:
    """Return a mailbox for each of the team, pointed at where the outside world takes mail now."""
    ours = SenderProfile.objects.filter(workspace_id=owner.workspace_id, kind=SenderKind.SMTP)
    for member in team:
        if not ours.filter(address=_address(member.name)).exists():
            smtp = f"smtp://127.0.0.1:{smtp_port}"
            box = senders.add(
                owner,
                _address(member.name),
                now,
                name=member.name,
                smtp=smtp,
                per_day=PER_DAY,
                always=True,
                host_trusted=True,
            )
            ours.filter(id=box.pk).update(plus_addressing=True, owner=member)
    ours.filter(address__endswith=f"@{HOME}").update(
        port=smtp_port, down_until=None, down_reason="", down_text="", failures=0
    )
    return list(ours.filter(address__endswith=f"@{HOME}").order_by("id"))


def add_people(owner: Member, first: int, count: int, now: datetime) -> list[int]:
    """Add `count` invented people from number `first` on, with tags and on a list; return their ids."""
    people = [person(index) for index in range(first, first + count)]
    inputs = [read_contact(_values(each)) for each in people]
    with transaction.atomic():
        written = upserting.upsert(owner.workspace_id, inputs, now, OnDuplicate.SKIP)
        ids = [id_ for id_ in written.ids if id_ is not None]
        _tag(owner.workspace_id, dict(zip(ids, people, strict=True)), now)
    everybody = lists.create(owner, EVERYBODY, now)
    lists.join(owner, everybody.pk, ids, now)
    return ids


def _values(each: Person) -> dict[str, str]:
    return {
        "first_name": each.first_name,
        "last_name": each.last_name,
        "email": each.email,
        "phone": each.phone,
        "company": each.company,
        "title": each.title,
        "stage": each.stage,
        "time_zone": each.time_zone,
        "language": each.language,
    }


def _tag(workspace_id: int, people: dict[int, Person], now: datetime) -> None:
    names = sorted({tag for each in people.values() for tag in each.tags})
    rows = [(workspace_id, name, fold(name)) for name in names]
    sql.insert(Tag, ("workspace_id", "name", "folded"), rows, "ON CONFLICT DO NOTHING")
    ids = dict(Tag.objects.filter(workspace_id=workspace_id, name__in=names).values_list("name", "id"))
    tagged = [
        (workspace_id, contact_id, ids[tag], now) for contact_id, each in people.items() for tag in each.tags
    ]
    sql.insert(
        ContactTag, ("workspace_id", "contact_id", "tag_id", "created_at"), tagged, "ON CONFLICT DO NOTHING"
    )


def _share_out(team: list[Member], ids: list[int]) -> None:
    for place, member in enumerate(team):
        Contact.objects.filter(id__in=ids[place :: len(team)]).update(owner=member)


def _fill_lists(owner: Member, now: datetime) -> None:
    for name, tag in _LISTS.items():
        tagged = ContactTag.objects.filter(workspace_id=owner.workspace_id, tag__name=tag)
        made = lists.create(owner, name, now)
        lists.join(owner, made.pk, list(tagged.values_list("contact_id", flat=True)), now)
