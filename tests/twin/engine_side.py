"""The real engine over the connected database, in virtual time: the planner and the dispatcher, a scripted wire."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from drumbeat.actions import workspaces
from drumbeat.actions.enrollments.elsewhere import ANSWERED
from drumbeat.channels.base import PermanentRefusal, Receipt, TemporaryRefusal
from drumbeat.core.addresses import base_email
from drumbeat.core.companies import company_of
from drumbeat.core.conditions import ConditionView, fold
from drumbeat.core.delivery import Refused
from drumbeat.core.document import read_document
from drumbeat.core.facts import STOP_WHEN, Exit, SenderFacts, SequenceFacts
from drumbeat.core.flow import Channel, Flow
from drumbeat.core.simulate import DECIDED, Arrival, JournalLine, Person, SimulatedSender
from drumbeat.core.touch import SkipReason, TouchKind, TouchStatus
from drumbeat.engine import jobs
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.drafting import Drafting
from drumbeat.engine.planner import Planner
from drumbeat.engine.wire import Ended, Happening, Ready
from drumbeat.models import (
    Contact,
    ContactTag,
    Decision,
    Enrollment,
    JournalEntry,
    Member,
    SenderKind,
    SenderProfile,
    Sequence,
    SequenceVersion,
    Tag,
    Task,
    Touch,
    Workspace,
)
from drumbeat.store import companies, decisions, flows, stop_rules, stops, tasks
from drumbeat.store.claims import Claimed
from drumbeat.store.decisions import Given
from drumbeat.store.senders import UTC, caps_of, window_of, zone_named
from drumbeat.store.sequence_facts import holidays_of, stop_rule_of
from tests.twin.cases import START, Case, PersonCase, ScriptedWorld, SenderCase


@dataclass
class ScriptedWire:
    """Ready at once; what the world says becomes the channel's answer."""

    world: ScriptedWorld
    now: datetime = START
    arrivals: list[Arrival] = field(default_factory=list)
    _happened: list[Happening] = field(default_factory=list)

    def begin(self, claimed: Claimed) -> None:
        self._happened.append(Ready(claimed))

    def decide(self, claims: Iterable[Claimed], *, transmit: bool) -> None:
        for claimed in claims:
            self._happened.append(Ended(claimed, self._answer(claimed) if transmit else None))

    def _answer(self, claimed: Claimed) -> Receipt | PermanentRefusal | TemporaryRefusal:
        assert claimed.outbound is not None
        if claimed.kind == TouchKind.NOTICE or _is_of_a_stop(claimed.outbound.touch_key):
            return Receipt()  # own people do not answer, and nothing waits for what leaves after the end
        _, enrollment_id, step, visit = claimed.outbound.touch_key.split(":")
        key = int(enrollment_id), step, int(visit)
        refused = self.world.deliver(*key, claimed.attempts + 1)
        if refused is None:
            self.arrivals.extend(self.world.after_sent(*key, self.now))
            return Receipt()
        return _refusal(refused)

    def happenings(self, wait_seconds: float) -> list[Happening]:
        happened, self._happened = self._happened, []
        return happened

    def close_sender(self, sender_id: int) -> None:
        pass

    def stop(self) -> None:
        pass


def _is_of_a_stop(key: str) -> bool:
    return key.startswith("stop:")


def _refusal(refused: Refused) -> PermanentRefusal | TemporaryRefusal:
    if refused.permanent:
        return PermanentRefusal("no", reason=refused.reason, suppress=refused.dead_address)
    return TemporaryRefusal("later", reason=refused.reason)


@dataclass
class Stage:
    """One case in the database, and the same case as values for the simulator."""

    case: Case
    flow: Flow
    sequence: SequenceFacts
    people: list[Person]
    senders: dict[int, SimulatedSender]
    enrollment_ids: dict[int, int]
    workspace: Workspace
    asked: set[int] = field(default_factory=set)


def set_up(case: Case) -> Stage:
    """Write the case to the database; enrollment ids are the people's ids, since jitter is a hash of them."""
    workspaces.create_installation(START)
    owner = Member.objects.select_related("workspace").get(is_owner=True)
    workspace = owner.workspace
    senders = {
        row.pk: _simulated(row) for row in (_sender(workspace, i, s) for i, s in enumerate(case.senders))
    }
    first = next(iter(senders))
    Workspace.objects.filter(pk=workspace.pk).update(
        default_sender_id=first,
        frequency_cap=case.frequency.most if case.frequency else None,
        frequency_cap_days=case.frequency.days if case.frequency else 7,
        cap_per_minute=case.workspace_caps.per_minute,
        cap_per_hour=case.workspace_caps.per_hour,
        cap_per_day=case.workspace_caps.per_day,
    )
    sequence = Sequence.objects.create(
        workspace=workspace,
        name="Twin",
        owner=owner,
        status="active",
        created_at=START,
        updated_at=START,
        **case.settings,
    )
    flow = read_document(case.document)
    with transaction.atomic():
        version = flows.save_version(sequence, flow, owner, START)
    _another(owner, workspace)
    people, ids = _enroll(case, workspace, sequence, version, flow)
    return Stage(case, flow, _settings(sequence), people, senders, ids, workspace)


def _enroll(
    case: Case, workspace: Workspace, sequence: Sequence, version: SequenceVersion, flow: Flow
) -> tuple[list[Person], dict[int, int]]:
    """Enroll whom the company limit lets in; return everybody, and the contacts by enrollment."""
    people, ids = [], {}
    contacts = [_contact(workspace, i, person) for i, person in enumerate(case.people)]
    beyond = _beyond_limit(sequence, [contact.pk for contact in contacts], case.company_limit)
    for contact, person in zip(contacts, case.people, strict=True):
        if contact.pk in beyond:
            people.append(_person(-contact.pk, contact, person))
            continue
        row = Enrollment.objects.create(
            workspace=workspace, sequence=sequence, version=version, contact=contact, state="active", step=flow.start,
            visits={flow.start: 1}, origin_at=START, next_step_at=START, created_at=START, updated_at=START,
        )  # fmt: skip
        people.append(_person(row.pk, contact, person))
        ids[row.pk] = contact.pk
    return people, ids


def _beyond_limit(sequence: Sequence, contact_ids: list[int], limit: int | None) -> set[int]:
    if limit is None:
        return set()
    with transaction.atomic():
        return set(companies.beyond_limit(sequence.pk, contact_ids, limit))


def _another(owner: Member, workspace: Workspace) -> None:
    """Create the sequence that flows enroll in: it writes nothing, so it takes no sender's place."""
    other = Sequence.objects.create(
        workspace=workspace, name="Other", owner=owner, status="active", reenrollment="always",
        created_at=START, updated_at=START,
    )  # fmt: skip
    steps = [{"key": "tag", "kind": "tag", "tag": "elsewhere", "delay": "3d"}]
    with transaction.atomic():
        flows.save_version(other, read_document({"format": 1, "steps": steps}), owner, START)


def _sender(workspace: Workspace, i: int, sender: SenderCase) -> SenderProfile:
    return SenderProfile.objects.create(
        workspace=workspace, kind=SenderKind.NULL, name="Ann", address=f"ann{i}@ours.test", window=sender.window,
        time_zone=sender.zone, cap_per_minute=sender.per_minute, cap_per_hour=sender.per_hour,
        cap_per_day=sender.per_day, warm_up=sender.warm_up, spacing_seconds=sender.spacing_seconds, created_at=START,
    )  # fmt: skip


def _simulated(row: SenderProfile) -> SimulatedSender:
    zone = zone_named(row.time_zone) or UTC
    facts = SenderFacts(
        id=row.pk, channel=Channel.EMAIL, zone=zone, address=row.address, window=window_of(row.window)
    )
    return SimulatedSender(facts, caps_of(row), row.warm_up_started_at, row.spacing_seconds)


def _contact(workspace: Workspace, i: int, person: PersonCase) -> Contact:
    domain = person.company or f"people{i}.test"
    address = f"p{i}@{domain}" if person.email else ""
    contact = Contact.objects.create(
        workspace=workspace, first_name=person.name, email=address, email_normal=address, stage=person.stage,
        email_domain=domain if address else "",
        time_zone=person.zone, created_at=START, updated_at=START,
    )  # fmt: skip
    for name in person.tags:
        tag, _ = Tag.objects.get_or_create(workspace=workspace, folded=fold(name), defaults={"name": name})
        ContactTag.objects.create(workspace=workspace, contact=contact, tag=tag, created_at=START)
    if person.suppressed and address:
        with transaction.atomic():
            stops.suppress(
                workspace.pk,
                channel="email",
                base_address=base_email(address),
                reason="manual",
                source="",
                now=START,
            )
    return contact


def _person(enrollment_id: int, contact: Contact, person: PersonCase) -> Person:
    zone = zone_named(person.zone)
    unreachable = {channel: SkipReason.NO_ADDRESS for channel in Channel}
    del unreachable[Channel.EMAIL]
    if not person.email:
        unreachable[Channel.EMAIL] = SkipReason.NO_ADDRESS
    elif person.suppressed:
        unreachable[Channel.EMAIL] = SkipReason.SUPPRESSED
    view = ConditionView(
        fields={"first_name": person.name, "stage": person.stage or None, "created_at": START},
        tags=frozenset(fold(tag) for tag in person.tags),
        zone=zone or ZoneInfo("UTC"),
    )
    company = company_of(contact.email_domain)
    return Person(id=enrollment_id, view=view, zone=zone, unreachable=unreachable, company=company)


def _settings(row: Sequence) -> SequenceFacts:
    return SequenceFacts(
        id=row.pk,
        exit_on_reply=Exit(row.exit_on_reply),
        exit_on_meeting=Exit(row.exit_on_meeting),
        exit_on_call=Exit(row.exit_on_call),
        exit_on_conversion=Exit(row.exit_on_conversion),
        exit_on_company_reply=Exit(row.exit_on_company_reply),
        stop_when=stop_rule_of(row.stop_when),
        window=window_of(row.window),
        holidays=holidays_of(row.holidays),
        jitter_seconds=row.jitter_seconds,
    )


def run_engine(
    stage: Stage,
    asked: Iterable[tuple[datetime, Callable[[datetime], None]]] = (),
    drafting: Drafting | None = None,
) -> None:
    """Move virtual time from due moment to due moment, until the end or until nothing is due.

    `asked`: what people ask for, and when. `drafting` writes what agents are to write.
    """
    waiting = sorted(asked, key=lambda one: one[0])
    world = ScriptedWorld(stage.case.seed)
    wire = ScriptedWire(world)
    planner, dispatcher = Planner(), Dispatcher("twin", wire)
    now: datetime | None = START
    while now is not None and now <= stage.case.until:
        wire.now = now
        _deliver_arrivals(stage, wire, now)
        while waiting and waiting[0][0] <= now:
            tasks_before = set(Task.objects.values_list("touch__key", flat=True))
            waiting.pop(0)[1](now)
            _expect_tasks(wire, world, tasks_before, now)
            _expect_decisions(stage, wire, world, now)
        while True:
            tasks_before = set(Task.objects.values_list("touch__key", flat=True))
            looked = planner.plan_once(now, limit=7)
            _expect_tasks(wire, world, tasks_before, now)
            _expect_decisions(stage, wire, world, now)
            while jobs.run_once(now):
                pass
            sent = int(drafting is not None and _written(drafting, now))
            while dispatcher.turn(now):
                sent += 1
            if not looked and not sent:
                break
        now = min(filter(None, (_next_moment(wire, now), *(at for at, _ in waiting[:1]))), default=None)


def _written(drafting: Drafting, now: datetime) -> bool:
    wanted = Touch.objects.filter(status=TouchStatus.DRAFTING).exists()
    drafting.turn(now)
    for thread in threading.enumerate():
        if thread.name.startswith("draft-"):
            thread.join(20)
    return drafting.turn(now) or wanted


def _expect_tasks(wire: ScriptedWire, world: ScriptedWorld, before: set[str], now: datetime) -> None:
    for key in Task.objects.exclude(touch__key__in=before).values_list("touch__key", flat=True):
        if _is_of_a_stop(key):
            continue
        _, enrollment_id, step, visit = key.split(":")
        wire.arrivals.extend(world.after_sent(int(enrollment_id), step, int(visit), now))


def _expect_decisions(stage: Stage, wire: ScriptedWire, world: ScriptedWorld, now: datetime) -> None:
    for row in Decision.objects.exclude(id__in=stage.asked).order_by("id"):
        stage.asked.add(row.pk)
        if row.decided_at is None:
            wire.arrivals.extend(world.after_asked(row.enrollment_id, row.step, row.visit, now))


def _deliver_arrivals(stage: Stage, wire: ScriptedWire, now: datetime) -> None:
    due = [arrival for arrival in wire.arrivals if arrival.at <= now]
    wire.arrivals = [arrival for arrival in wire.arrivals if arrival.at > now]
    for arrival in sorted(due, key=lambda one: (one.at, one.person_id, one.kind)):
        contact_id = stage.enrollment_ids[arrival.person_id]
        with transaction.atomic():
            if arrival.kind == "task_completed":
                _complete_task(arrival, now)
                continue
            if arrival.kind == DECIDED:
                _decide(arrival, now)
                continue
            if arrival.kind == STOP_WHEN:
                stop_rules.stop(stage.workspace.pk, stage.sequence.id, [contact_id], [], now)
                continue
            for scope in (f"enrollment:{arrival.person_id}", f"step:{arrival.person_id}:{arrival.step}"):
                stops.record_fact(stage.workspace.pk, [contact_id], arrival.kind, now, scope=scope)
            stops.stop_contacts(stage.workspace.pk, [contact_id], arrival.kind, now)
            if arrival.kind == "opted_out":
                address = Contact.objects.get(pk=contact_id).email_normal
                stops.suppress(
                    stage.workspace.pk, channel="email", base_address=base_email(address), reason="unsubscribe",
                    source="test", now=now,
                )  # fmt: skip


def _complete_task(arrival: Arrival, now: datetime) -> None:
    visits = Enrollment.objects.values_list("visits", flat=True).get(pk=arrival.person_id)
    key = f"step:{arrival.person_id}:{arrival.step}:{visits.get(arrival.step, 0)}"
    task = Task.objects.filter(touch__key=key).first()
    if task is not None:
        tasks.settle(task, TouchStatus.COMPLETED, "done", now)


def _decide(arrival: Arrival, now: datetime) -> None:
    asked = (
        Decision.objects.filter(enrollment_id=arrival.person_id, step=arrival.step).order_by("visit").last()
    )
    assert asked is not None
    decisions.record(asked.pk, Given(answer=arrival.answer), now)


def _next_moment(wire: ScriptedWire, now: datetime) -> datetime | None:
    moments: list[datetime | None] = [arrival.at for arrival in wire.arrivals]
    moments += Enrollment.objects.exclude(state="finished").values_list("next_step_at", flat=True)
    moments += (
        Touch.objects.filter(
            handed_at=None, settled_at=None, vetoed_at=None, status__in=["planned", "scheduled"]
        )
        .exclude(kind="task")
        .values_list("not_before", flat=True)
    )
    moments += SenderProfile.objects.values_list("full_until", flat=True)
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def engine_journal() -> list[JournalLine]:
    """Return the decisions of the case's enrollments; what another sequence answered is none of them."""
    return [
        JournalLine(
            at=entry.at,
            person_id=entry.enrollment_id,
            rule=entry.rule,
            step=entry.step,
            visit=entry.visit,
            reason=entry.reason,
        )
        for entry in JournalEntry.objects.filter(enrollment__sequence__name="Twin").order_by("id")
        if entry.rule != ANSWERED
    ]
