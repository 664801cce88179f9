"""The path that one enrollment would take from here with today's facts: the simulator, begun in the middle.

Every message is accepted, every task is done when it is due, a person resumes and approves at once, and
nothing new is heard.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from drumbeat.core.advance import CHOICES, PlanTouch
from drumbeat.core.advance.verbs import obey
from drumbeat.core.delivery import Refused
from drumbeat.core.enrollment import Enrollment, FinishReason
from drumbeat.core.facts import EventKind, Facts, SequenceState, TouchFacts, Verb, VerbKind
from drumbeat.core.flow import Flow, Step, TaskStep, WebhookStep, channel_of
from drumbeat.core.simulate import Arrival, JournalLine, Person, SimulatedSender
from drumbeat.core.simulate.outbox import Touch
from drumbeat.core.simulate.run import WEBHOOKS, Post, Run
from drumbeat.core.simulate.simulation import moments
from drumbeat.core.timing import later
from drumbeat.core.touch import CONTACT_FACING, SETTLED, TouchKind, TouchStatus

MOST_MOMENTS = 200
"""A path may have no end."""
_FAR = timedelta(days=20 * 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A step to come. `at` None: nobody can say when. `skip_reason`: today it would be skipped."""

    step: str
    visit: int
    at: datetime | None
    skip_reason: str = ""


def path_ahead(
    enrollment: Enrollment, flow: Flow, facts: Facts, now: datetime, *, out_until: datetime | None = None
) -> list[Ahead]:
    """Return the steps to come, in order, the one that is out included.

    `out_until`: when what is out may leave at the earliest (a message) or is due (a task).
    """
    archived = facts.sequence.state is SequenceState.ARCHIVED
    if enrollment.is_finished or facts.contact_deleted or archived:
        return []
    begin = max(now, enrollment.resume_at or now)
    out_until = max(begin, out_until or begin)
    facts = _as_if_nothing_held(facts, begin)
    run = _run(_going(enrollment, facts, begin), flow, facts, begin)
    _put_out(run, facts.touch, out_until)
    ended = len(list(islice(moments(run, begin, begin + _FAR), MOST_MOMENTS))) < MOST_MOMENTS
    found = _read(run.journal, flow)
    standing = run.standings[0].enrollment
    key = standing.step or "", standing.visit
    if ended and not standing.is_finished and standing.step is not None:
        found.setdefault(key, Ahead(step=key[0], visit=key[1], at=None))
    return list(found.values())


def _as_if_nothing_held(facts: Facts, begin: datetime) -> Facts:
    """The sequence runs, and what was handed over arrived."""
    if facts.sequence.state in (SequenceState.DRAFT, SequenceState.PAUSED):
        facts = replace(facts, sequence=replace(facts.sequence, state=SequenceState.ACTIVE))
    touch = facts.touch
    if touch is not None and touch.handed and touch.status not in SETTLED:
        facts = replace(facts, touch=replace(touch, status=TouchStatus.SENT, settled_at=begin))
    return facts


def _going(enrollment: Enrollment, facts: Facts, begin: datetime) -> Enrollment:
    for kind in (VerbKind.RESUME, VerbKind.APPROVE):
        moved = obey(enrollment, facts, Verb(kind=kind), begin)
        enrollment = moved.enrollment if moved is not None else enrollment
    return replace(enrollment, next_step_at=begin)


@dataclass(frozen=True, slots=True)
class _Smooth:
    """A world in which all goes as it should."""

    flow: Flow
    facts: Facts

    def deliver(self, person_id: int, step: str, visit: int, attempt: int) -> Refused | None:
        return None

    def after_sent(self, person_id: int, step: str, visit: int, at: datetime) -> Iterable[Arrival]:
        task = self.flow.steps[step]
        if isinstance(task, TaskStep) and task.waits:
            done_at = later(at, task.due_in, self.facts)
            yield Arrival(done_at, person_id, EventKind.TASK_COMPLETED)

    def after_asked(self, person_id: int, step: str, visit: int, at: datetime) -> Iterable[Arrival]:
        """Nobody can foresee an answer: at its time limit the fallback is taken."""
        return ()


def _run(enrollment: Enrollment, flow: Flow, facts: Facts, begin: datetime) -> Run:
    run = Run(
        flow=flow,
        sequence=facts.sequence,
        posts={id_: Post(SimulatedSender(sender)) for id_, sender in facts.senders.items()},
        senders=facts.senders,
        world=_Smooth(flow, facts),
        workspace_zone=facts.workspace_zone,
        workspace_sender_id=facts.workspace_sender_id,
    )
    person = Person(
        id=enrollment.id,
        view=facts.view,
        zone=facts.zone,
        unreachable=facts.unreachable,
        owner_id=facts.owner_id,
        last_senders=facts.contact_sender_ids,
    )
    standing = run.enroll(person, enrollment)
    standing.counts, standing.last_sent_at = dict(facts.counts), facts.last_sent_at
    if facts.decision is not None:
        standing.decisions[enrollment.step or "", enrollment.visit] = facts.decision
    return run


def _put_out(run: Run, known: TouchFacts | None, out_until: datetime) -> None:
    """Give the run what is out at the step at hand; a message whose sender is no more is planned again."""
    enrollment = run.standings[0].enrollment
    if known is None or enrollment.step is None:
        return
    kind, waits = _touch_kind(run.flow.steps[enrollment.step]), known.status not in SETTLED
    post = run.every_post().get(WEBHOOKS if kind is TouchKind.WEBHOOK else known.sender_id or -1)
    if waits and kind is not TouchKind.TASK and post is None:
        return
    plan = PlanTouch(
        kind=kind,
        step=enrollment.step,
        visit=enrollment.visit,
        due_at=out_until,
        sender_id=known.sender_id if post is not None and kind in CONTACT_FACING else None,
    )
    touch = Touch(
        person_id=enrollment.id,
        plan=plan,
        created_at=known.created_at,
        not_before=out_until,
        status=TouchStatus.PLANNED if waits else known.status,
        reason=known.reason,
        settled_at=known.settled_at,
        escalated=known.escalated,
    )
    run.touches[enrollment.id, enrollment.step, enrollment.visit] = touch
    if waits and post is not None and kind is not TouchKind.TASK:
        post.outbox.put(touch)
    elif waits:
        run.expect(Arrival(out_until, enrollment.id, EventKind.TASK_COMPLETED))


def _touch_kind(step: Step) -> TouchKind:
    """Return what carries out the touch of a step that has one."""
    channel = channel_of(step)
    if channel is not None:
        return TouchKind(channel.value)
    return TouchKind.WEBHOOK if isinstance(step, WebhookStep) else TouchKind.TASK


def _read(journal: Iterable[JournalLine], flow: Flow) -> dict[tuple[str, int], Ahead]:
    found: dict[tuple[str, int], Ahead] = {}
    for line in journal:
        ends_it = line.rule == "finished" and line.reason in _AT_ITS_END
        if not line.step or not (ends_it or line.rule in _TELLS):
            continue
        key = line.step, line.visit
        known = found.setdefault(key, Ahead(step=line.step, visit=line.visit, at=line.at))
        if line.rule == "skipped":
            found[key] = replace(known, skip_reason=line.reason)
        elif line.rule == "blocked":
            found[key] = replace(known, at=None)
        elif _tells_when(line, flow):
            found[key] = replace(known, at=line.at)
    return found


def _tells_when(line: JournalLine, flow: Flow) -> bool:
    """A task is there once it is created; what leaves or is decided, when it did."""
    sent = line.rule == "settled" and _touch_kind(flow.steps[line.step]) is not TouchKind.TASK
    return sent or line.rule == "decided"


_TELLS = CHOICES | {"planned", "asked", "acted", "skipped", "settled", "failed", "blocked"}
_AT_ITS_END = frozenset({FinishReason.COMPLETED.value, FinishReason.GOAL.value})
