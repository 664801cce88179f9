"""The settings of the workspace, and the workspaces that a person works in."""

from __future__ import annotations

from typing import Any

from ninja import Field, Router, Schema

from drumbeat.actions import settings, workspaces
from drumbeat.api.auth import WORKSPACE_KEY, MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.problems import REFUSALS, Problem
from drumbeat.clock import SystemClock

router = Router(tags=["workspace"])
CAP = Field(default=None, ge=1, le=10_000_000)


class WorkspaceSettingsOut(Schema):
    """Caps count messages of all senders; null: none. `default_sender` is the id of a sender.

    `frequency_cap`: how many messages of sequences one contact gets within `frequency_cap_days`; null: off.
    """

    name: str
    time_zone: str
    postal_address: str
    sequence_batch_limit: int
    cap_per_minute: int | None
    cap_per_hour: int | None
    cap_per_day: int | None
    frequency_cap: int | None
    frequency_cap_days: int
    overdue_minutes: int
    reps_see_own_contacts: bool
    draft_days: int
    forwards_replies: bool
    allows_tracking: bool
    won_stages: list[str]
    default_sender: int | None


class WorkspaceChangeIn(Body):
    """What is absent stays as it is; null takes a cap or the default sender away."""

    name: str = Field(default="", max_length=200)
    time_zone: str = Field(default="", max_length=64)
    postal_address: str = Field(default="", max_length=1_000)
    sequence_batch_limit: int = Field(default=1, ge=1, le=100_000)
    cap_per_minute: int | None = CAP
    cap_per_hour: int | None = CAP
    cap_per_day: int | None = CAP
    frequency_cap: int | None = Field(default=None, ge=1, le=1_000)
    frequency_cap_days: int = Field(default=1, ge=1, le=365)
    overdue_minutes: int = Field(default=1, ge=1, le=100_000)
    reps_see_own_contacts: bool = False
    draft_days: int = Field(default=7, ge=1, le=365)
    forwards_replies: bool = True
    allows_tracking: bool = True
    won_stages: list[str] = Field(default_factory=list, max_length=50)
    default_sender: int | None = Field(default=None, ge=1, lt=2**63)


class MembershipOut(Schema):
    """A workspace that you work in. `is_current`: the one that this session is in."""

    id: int
    name: str
    role: str
    is_current: bool


class SwitchIn(Body):
    workspace_id: int = Field(ge=1, lt=2**63)


@router.get("/workspace", response={200: WorkspaceSettingsOut, **REFUSALS}, operation_id="get_settings")
def get_settings(request: MemberRequest) -> WorkspaceSettingsOut:
    """Show the settings of the workspace."""
    return _settings(settings.values(request.member))


@router.patch("/workspace", response={200: WorkspaceSettingsOut, **REFUSALS}, operation_id="change_settings")
def change_settings(request: MemberRequest, body: WorkspaceChangeIn) -> WorkspaceSettingsOut:
    """Change settings; they hold from the next message on."""
    wanted = body.dict(exclude_unset=True)
    return _settings(settings.change_all(request.member, wanted, SystemClock().now()))


@router.get("/workspaces", response={200: list[MembershipOut], 401: Problem}, operation_id="list_workspaces")
def list_workspaces(request: MemberRequest) -> list[MembershipOut]:
    """List the workspaces that you work in; with a key, the key's own."""
    return [
        MembershipOut(
            id=each.workspace_id,
            name=each.workspace.name,
            role=each.role,
            is_current=each.pk == request.member.pk,
        )
        for each in workspaces.of(request.member)
    ]


@router.put("/session/workspace", response={200: MembershipOut, **REFUSALS}, operation_id="switch_workspace")
def switch_workspace(request: MemberRequest, body: SwitchIn) -> MembershipOut:
    """Work in another of your workspaces; a key stays in its own."""
    chosen = workspaces.chosen(request.member, body.workspace_id)
    request.session[WORKSPACE_KEY] = chosen.workspace_id
    return MembershipOut(
        id=chosen.workspace_id, name=chosen.workspace.name, role=chosen.role, is_current=True
    )


def _settings(values: Any) -> WorkspaceSettingsOut:
    return WorkspaceSettingsOut(**values)
