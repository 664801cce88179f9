"""Today: everything of the first room in one answer, cheap enough to be asked every few seconds."""

from __future__ import annotations

from datetime import datetime

from ninja import Router

from drumbeat.actions import access, approvals, conversations, tasks, today
from drumbeat.actions.today import Coming
from drumbeat.api.auth import MemberRequest
from drumbeat.api.board.kept import Kept
from drumbeat.api.bodies import ZoneName
from drumbeat.api.enrollments import view
from drumbeat.api.inbox import view as inbox_view
from drumbeat.api.inbox.schemas import ConversationOut
from drumbeat.api.problems import Problem
from drumbeat.api.tasks.routes import task_out
from drumbeat.api.tasks.schemas import TaskOut
from drumbeat.api.today import schemas as out
from drumbeat.clock import SystemClock
from drumbeat.core.flow import Flow
from drumbeat.models import Member
from drumbeat.store import flows
from drumbeat.store.tasks import count_open

router = Router(tags=["today"])
_kept = Kept()
LINES = 6


@router.get("/today", response={200: out.TodayOut, 401: Problem, 403: Problem}, operation_id="get_today")
def get_today(request: MemberRequest, zone: ZoneName = "") -> out.TodayOut:
    """Show the day: its beat in the reader's `zone`, who waits for an answer, what is to do, what is wrong.

    Tasks and answers stay empty for who may not see them in their own rooms.
    """
    member, now = request.member, SystemClock().now()
    access.require(member, "enrollments.view")
    whose = access.only_owner(member)
    task_counts = _task_counts(member, now, zone)
    return out.TodayOut(
        now=now,
        beat=_kept.ask(("beat", member.workspace_id, whose, zone), lambda: _beat(member, zone, now)),
        replies=_replies(member),
        reply_count=_reply_count(member),
        tasks=_tasks(member, zone, now),
        task_count=task_counts["today"],
        overdue_count=task_counts["overdue"],
        review_count=today.in_review(member),
        approval_count=approvals.waiting_for(member),
        problems=[out.ProblemOut.from_orm(one) for one in today.problems_of(member, now)],
        next=_next(member, now),
    )


def _tasks(member: Member, zone: str, now: datetime) -> list[TaskOut]:
    if not access.may(member, "tasks.view"):
        return []
    due = tasks.list_of(member, now, when="today", zone=zone).filter(today.mine_or_nobodys(member))
    return [task_out(row, now) for row in due.select_related(*tasks.NEEDED).order_by("due_at", "id")[:LINES]]


def _task_counts(member: Member, now: datetime, zone: str) -> dict[str, int]:
    if not access.may(member, "tasks.view"):
        return {"today": 0, "overdue": 0}
    rows = tasks.list_of(member, now, when="open").filter(today.mine_or_nobodys(member))
    return _kept.ask(
        ("tasks", member.pk, access.only_owner(member), zone),
        lambda: count_open(rows, now, tasks.end_of_day(member, now, zone)),
    )


def _beat(member: Member, zone: str, now: datetime) -> out.BeatOut:
    drawn = today.beat(member, zone, now)
    return out.BeatOut(
        start=drawn.start,
        end=drawn.end,
        quarters=[out.QuarterOut.from_orm(quarter) for quarter in drawn.quarters],
        sent=drawn.sent,
        planned=drawn.planned,
        later=drawn.later,
        cap=drawn.cap,
        used=drawn.used,
        spans=[out.SpanOut(start=start, end=end) for start, end in drawn.spans],
    )


def _reply_count(member: Member) -> int:
    if not access.may(member, "contacts.view"):
        return 0
    whose = access.only_owner(member)
    counted = _kept.ask(("counts", member.pk, whose), lambda: conversations.counts_of(member))
    return counted.needs_answer


def _replies(member: Member) -> list[ConversationOut]:
    if not access.may(member, "contacts.view"):
        return []
    rows = conversations.list_of(member, "needs_answer").select_related("contact", "last_message")
    return list(inbox_view.lines(list(rows.order_by("-last_at", "-id")[:LINES])))


def _next(member: Member, now: datetime) -> list[out.ComingOut]:
    coming = today.coming_of(member, now)
    loaded = flows.load_flows({one.version_id for one in coming if one.version_id}, {})
    return [_coming(one, _flow(one, loaded)) for one in coming]


def _flow(one: Coming, loaded: flows.LoadedFlows) -> Flow:
    known = loaded.get(one.version_id or 0)
    return known.flow if known is not None else Flow(None, {})


def _coming(one: Coming, flow: Flow) -> out.ComingOut:
    step = flow.steps.get(one.step)
    content = one.touch.content if one.touch is not None and one.touch.content else {}
    return out.ComingOut(
        key=f"touch:{one.touch.pk}"
        if one.touch
        else f"enrollment:{one.enrollment.pk if one.enrollment else 0}",
        at=one.at,
        contact=view.contact_of(one.contact) if one.contact else None,
        enrollment_id=one.enrollment.pk if one.enrollment else None,
        kind=step.kind if step else (one.touch.kind if one.touch else ""),
        job_type=view.job_type_of(step),
        name=view.name_of(step) or content.get("subject", ""),
        step=one.step,
        number=view.number_of(one.version_id, flow, one.step) if one.version_id else 0,
        hold=one.hold,
        sender=view.sender_of(one.touch.sender) if one.touch else None,
    )
