"""One enrollment in full, and its *Why?*, as the API shows them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from drumbeat.actions import access
from drumbeat.actions.enrollments import standing
from drumbeat.actions.enrollments.explaining import Line, Why
from drumbeat.actions.enrollments.showing import EnrollmentView, Item
from drumbeat.api.enrollments import view
from drumbeat.api.enrollments.schemas import EnrollmentDetailOut, SeenOut, TimelineOut, WhyLineOut, WhyOut
from drumbeat.core.flow import EmailStep, Flow
from drumbeat.models import Enrollment, Member


def detail_out(shown: EnrollmentView, member: Member, now: datetime) -> EnrollmentDetailOut:
    rows = access.visible_to(member, Enrollment).select_related(
        *view.NEEDED, "version", "enrolled_by", "finished_by", "move__version"
    )
    row = access.first(rows.filter(id=shown.id), "enrollment", shown.id)
    beside = view.load([row], now)
    return EnrollmentDetailOut(
        **view.row_of(row, beside).model_dump(),
        version=shown.version,
        moving_to=row.move.version.number if row.move else None,
        source=row.source,
        enrolled_by=row.enrolled_by.name if row.enrolled_by else "",
        finished_by=row.finished_by.name if row.finished_by else "",
        timeline=[_item(item) for item in shown.timeline],
    )


def _item(item: Item) -> TimelineOut:
    step = item.as_planned
    return TimelineOut(
        position=item.position,
        step=item.step,
        visit=item.visit,
        kind=item.kind,
        job_type=view.job_type_of(step),
        name=view.name_of(step),
        delay=item.delay,
        status=item.status,
        reason=item.reason,
        hold=item.hold,
        due_at=item.due_at,
        executed_at=item.executed_at,
        estimated_execute_at=item.estimated_execute_at,
        overdue=item.overdue,
        task_id=item.task_id,
        task_content=item.task_content,
        subject=step.content.subject if isinstance(step, EmailStep) and step.content else "",
        seen=[SeenOut(**asdict(one)) for one in item.seen],
    )


def why_out(why: Why, member: Member, now: datetime) -> WhyOut:
    row = access.visible_to(member, Enrollment).select_related(*view.NEEDED).get(id=why.id)
    beside = view.load([row], now)
    flow = beside.flows[row.version_id].flow
    touch = beside.touches.get(row.pk)
    sender = (
        touch.sender if touch is not None and touch.kind != "task" else row.step_sender or row.chosen_sender
    )
    return WhyOut(
        id=row.pk,
        contact=view.contact_of(row.contact),
        state=row.state,
        reason=row.reason,
        fault=row.fault if row.reason == "error" else "",
        lines=[_line(line, row.version_id, flow) for line in why.lines],
        now=why.state_now,
        next=view.next_of(standing.next_of(row, touch, now), flow),
        next_at=why.next_at,
        hold=why.hold,
        sender=view.sender_of(sender),
        sender_trouble=sender.down_text or sender.down_reason if sender is not None else "",
        acts=list(why.acts),
    )


def _line(line: Line, version_id: int, flow: Flow) -> WhyLineOut:
    step = flow.steps.get(line.step)
    return WhyLineOut(
        at=line.at,
        rule=line.rule,
        reason=line.reason,
        sentence=line.sentence,
        step=line.step,
        kind=step.kind if step else "",
        job_type=view.job_type_of(step),
        number=view.number_of(version_id, flow, line.step),
        visit=line.visit,
        read=list(line.read),
    )
