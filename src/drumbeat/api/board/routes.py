"""The live board: one call that shows everything."""

from __future__ import annotations

from datetime import datetime

from ninja import Router

from drumbeat.actions import access
from drumbeat.api.auth import MemberRequest
from drumbeat.api.board import view as board_view
from drumbeat.api.board.kept import Kept
from drumbeat.api.board.schemas import BoardOut
from drumbeat.api.problems import Problem
from drumbeat.clock import SystemClock
from drumbeat.models import Member
from drumbeat.store import board
from drumbeat.store.flows import load_flows

router = Router(tags=["live board"])
_kept = Kept()


@router.get("/board", response={200: BoardOut, 401: Problem}, operation_id="get_board")
def get_board(request: MemberRequest) -> BoardOut:
    """Show what is sent, on the way, held and next, for every running sequence."""
    access.require(request.member, "sequences.view")
    now = SystemClock().now()
    return board_view.view(_read(request.member, now), now)


def _read(member: Member, now: datetime) -> board_view.Seen:
    """Ask the eight statements about whom the member sees; counts of many may be up to half a minute old."""
    workspace_id, owner_id = whose = member.workspace_id, access.only_owner(member)
    groups = _kept.ask(("groups", *whose), lambda: board.groups(*whose))
    lines = board_view.chosen(board.lines(workspace_id), groups)
    samples = {line.id: board_view.people_per_dot(groups, line.id) for line in lines}
    senders = board.senders(workspace_id)
    mailboxes = board.mailboxes(senders)
    messages = board.messages(*whose)
    versions = {line.version_id for line in lines} | {said.version_id for said in messages if said.version_id}
    return board_view.Seen(
        totals=_kept.ask(("totals", *whose), lambda: board.totals(*whose)),
        senders=senders,
        lines=lines,
        groups=groups,
        people=_kept.ask(("people", *whose), lambda: board.people(samples, owner_id)),
        messages=messages,
        queued=_kept.ask(("queued", *whose), lambda: board.queued(mailboxes, now, owner_id)),
        waiting=board.waiting(mailboxes, owner_id),
        flows={id_: loaded.flow for id_, loaded in load_flows(versions).items()},
        stopped_at=member.workspace.stopped_at,
        stopped_by=member.workspace.stopped_by,
    )
