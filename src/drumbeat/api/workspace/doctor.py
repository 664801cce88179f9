"""The doctor: why is nothing going out?"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Router, Schema

from drumbeat.actions import access, doctor
from drumbeat.api.auth import MemberRequest
from drumbeat.api.problems import Problem
from drumbeat.clock import SystemClock

router = Router(tags=["doctor"])


class FindingOut(Schema):
    """One answer: `code` is stable, `text` what is so, `fix` what to do.

    `stops`: it keeps messages from leaving.
    The rest says the same in pieces: what is concerned, why (a code), a moment, and what others said.
    """

    level: Literal["ok", "note", "warning", "error"]
    code: str
    text: str
    count: int | None
    fix: str
    name: str
    object_id: int | None
    reason: str
    at: datetime | None
    detail: str
    stops: bool


class DoctorOut(Schema):
    findings: list[FindingOut]


@router.get("/doctor", response={200: DoctorOut, 401: Problem, 403: Problem}, operation_id="ask_doctor")
def ask_doctor(request: MemberRequest) -> DoctorOut:
    """Look at everything that can keep a message from leaving, what stops most first."""
    access.require(request.member, "enrollments.view")
    found = doctor.examine(request.member, SystemClock().now())
    return DoctorOut(findings=[FindingOut.from_orm(finding) for finding in found])
