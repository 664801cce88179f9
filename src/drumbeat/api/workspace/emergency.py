"""The emergency stop of a workspace."""

from __future__ import annotations

from ninja import Router, Status

from drumbeat.actions import emergency
from drumbeat.api.auth import MemberRequest
from drumbeat.api.board.schemas import StopOut
from drumbeat.api.problems import Problem
from drumbeat.clock import SystemClock

router = Router(tags=["emergency stop"])


@router.post(
    "/emergency-stop",
    response={200: StopOut, 401: Problem, 403: Problem},
    operation_id="create_emergency_stop",
)
def create_emergency_stop(request: MemberRequest) -> StopOut:
    """Let nothing leave the workspace from now on; stopping again changes nothing."""
    workspace = emergency.stop_all(request.member, SystemClock().now())
    assert workspace.stopped_at is not None
    return StopOut(at=workspace.stopped_at, by=workspace.stopped_by)


@router.delete(
    "/emergency-stop",
    response={204: None, 401: Problem, 403: Problem},
    operation_id="delete_emergency_stop",
)
def delete_emergency_stop(request: MemberRequest) -> Status[None]:
    """Lift the stop; what came due meanwhile is paced by windows and caps."""
    emergency.lift(request.member, SystemClock().now())
    return Status(204, None)
