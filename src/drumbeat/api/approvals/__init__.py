"""Approvals: what agents wrote and a person lets go, changes, has written anew or refuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated

from ninja import Query, Router

from drumbeat.actions import approvals
from drumbeat.actions.approvals import deciding, editing
from drumbeat.actions.approvals.deciding import Decided
from drumbeat.actions.approvals.editing import Trial
from drumbeat.agents.named import drafter_of
from drumbeat.api.approvals import schemas as out
from drumbeat.api.approvals import view
from drumbeat.api.auth import MemberRequest
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS, Problem
from drumbeat.clock import SystemClock
from drumbeat.core.document import read_step
from drumbeat.environment import environment

router = Router(tags=["approvals"])
ORDERS: Mapping[str, tuple[str, ...]] = {
    "waiting": ("waits_since", "id"),
    "writing": ("asked_at", "id"),
    "decided": ("decided_at", "id"),
}
CHANGED = {**REFUSALS, 409: Problem}


@router.get("/approvals", response={200: Page[out.ApprovalOut], **REFUSALS}, operation_id="list_approvals")
def list_approvals(
    request: MemberRequest, asked: Annotated[out.ApprovalListIn, Query()], page: Paged
) -> Page[out.ApprovalOut]:
    """List drafts: those that wait for a person, those that are being written, or what was decided."""
    now = SystemClock().now()
    rows = approvals.rows_of(request.member, asked.query(), now)
    order = ORDERS[asked.view]
    if asked.sort == "newest":
        order = tuple(f"-{name}" for name in order)
    return page_of(rows.select_related(*view.NEEDED), order, page, lambda rows: view.page(rows, now))


@router.get(
    "/approvals/counts", response={200: out.ApprovalCountsOut, **REFUSALS}, operation_id="count_approvals"
)
def count_approvals(request: MemberRequest) -> out.ApprovalCountsOut:
    """Count what waits, by sequence, and what is being written."""
    found = approvals.counts(request.member)
    return out.ApprovalCountsOut(
        waiting=found.waiting,
        writing=found.writing,
        oldest_at=found.oldest_at,
        sequences=[
            out.ApprovalsOfSequenceOut(sequence_id=id_, sequence=name, drafts=n)
            for id_, name, n in found.sequences
        ],
    )


@router.get(
    "/approvals/{int:draft_id}",
    response={200: out.ApprovalDetailOut, **REFUSALS},
    operation_id="get_approval",
)
def get_approval(request: MemberRequest, draft_id: int) -> out.ApprovalDetailOut:
    """Open one draft with its checks, the difference to what the agent wrote, and the conversation so far."""
    return _detail(request, draft_id)


@router.patch(
    "/approvals/{int:draft_id}",
    response={200: out.ApprovalDetailOut, **CHANGED},
    operation_id="change_approval",
)
def change_approval(request: MemberRequest, draft_id: int, body: out.EditIn) -> out.ApprovalDetailOut:
    """Keep other words; the draft goes on waiting, and its checks are made anew."""
    editing.edit(request.member, draft_id, body.text, SystemClock().now(), body.subject, body.text_hash)
    return _detail(request, draft_id)


@router.post(
    "/approvals/{int:draft_id}/check",
    response={200: list[out.ConcernOut], **REFUSALS},
    operation_id="check_approval",
)
def check_approval(request: MemberRequest, draft_id: int, body: out.DraftTextIn) -> list[out.ConcernOut]:
    """Say what should be looked at in other words; nothing is kept."""
    now = SystemClock().now()
    return view.concerns(editing.check(request.member, draft_id, body.subject or "", body.text, now))


@router.post(
    "/approvals/{int:draft_id}/restore",
    response={200: out.ApprovalDetailOut, **CHANGED},
    operation_id="restore_approval",
)
def restore_approval(request: MemberRequest, draft_id: int) -> out.ApprovalDetailOut:
    """Bring back what the agent wrote."""
    editing.restore(request.member, draft_id, SystemClock().now())
    return _detail(request, draft_id)


@router.post(
    "/approvals/{int:draft_id}/regenerate",
    response={200: out.ApprovalDetailOut, **CHANGED},
    operation_id="regenerate_approval",
)
def regenerate_approval(
    request: MemberRequest, draft_id: int, body: out.RegenerateIn
) -> out.ApprovalDetailOut:
    """Have it written anew, with a wish."""
    editing.regenerate(request.member, draft_id, body.note, SystemClock().now())
    return _detail(request, draft_id)


@router.post(
    "/approvals/{int:draft_id}/approve",
    response={200: out.DecidedOut, **CHANGED},
    operation_id="approve_draft",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def approve_draft(request: MemberRequest, draft_id: int, body: out.ApproveIn) -> out.DecidedOut:
    """Let a draft leave, as it is or in other words: ten seconds from now, in its window, under its caps."""
    now = SystemClock().now()
    if body.text is not None:
        answer = deciding.approve_as(
            request.member,
            draft_id,
            body.text,
            now,
            subject=body.subject,
            anyway=body.anyway,
            read=body.text_hash,
        )
    else:
        read = {draft_id: body.text_hash}
        (answer,) = deciding.approve(request.member, [draft_id], now, anyway=body.anyway, read=read)
    return view.decided(deciding.one(answer))


@router.post(
    "/approvals/approve",
    response={200: out.DecidedManyOut, **REFUSALS},
    operation_id="approve_drafts",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def approve_drafts(request: MemberRequest, body: out.ApproveManyIn) -> out.DecidedManyOut:
    """Let many drafts leave; each says what became of it."""
    now = SystemClock().now()
    answers = deciding.approve(request.member, body.ids, now, anyway=body.anyway, read=body.text_hashes)
    return _many(answers)


@router.post(
    "/approvals/reject", response={200: out.DecidedManyOut, **REFUSALS}, operation_id="reject_drafts"
)
def reject_drafts(request: MemberRequest, body: out.RejectManyIn) -> out.DecidedManyOut:
    """Let drafts not leave: their steps are left out, or their enrollments end."""
    now = SystemClock().now()
    return _many(deciding.reject(request.member, body.ids, now, and_stop=body.then == "stop"))


@router.post("/approvals/undo", response={200: out.DecidedManyOut, **REFUSALS}, operation_id="undo_approvals")
def undo_approvals(request: MemberRequest, body: out.DraftIdsIn) -> out.DecidedManyOut:
    """Take approvals back within ten seconds: the drafts wait again."""
    return _many(deciding.undo(request.member, body.ids, SystemClock().now()))


@router.post(
    "/sequences/{int:sequence_id}/write",
    response={200: out.PreviewDraftOut, **REFUSALS},
    operation_id="preview_draft",
)
def preview_draft(request: MemberRequest, sequence_id: int, body: out.PreviewDraftIn) -> out.PreviewDraftOut:
    """Have the sequence's agent write a step for a contact; nothing is stored or sent. It may take a minute."""
    now = SystemClock().now()
    return view.preview(
        editing.preview(request.member, sequence_id, _trial(body), drafter_of(environment()), now)
    )


@router.post(
    "/agents/{int:agent_id}/write",
    response={200: out.PreviewDraftOut, **REFUSALS},
    operation_id="try_agent",
)
def try_agent(request: MemberRequest, agent_id: int, body: out.PreviewDraftIn) -> out.PreviewDraftOut:
    """Have an agent write a step for a contact, with no sequence at hand; nothing is stored or sent."""
    now = SystemClock().now()
    return view.preview(
        editing.try_out(request.member, agent_id, _trial(body), drafter_of(environment()), now)
    )


def _trial(body: out.PreviewDraftIn) -> Trial:
    return Trial(step=read_step(body.step), contact_id=body.contact_id, note=body.note, earlier=body.earlier)


def _detail(request: MemberRequest, draft_id: int) -> out.ApprovalDetailOut:
    return view.detail(approvals.get(request.member, draft_id), SystemClock().now())


def _many(answers: Sequence[Decided]) -> out.DecidedManyOut:
    return out.DecidedManyOut(
        answers=[view.decided(one) for one in answers],
        counts=dict(Counter(one.code for one in answers)),
    )
