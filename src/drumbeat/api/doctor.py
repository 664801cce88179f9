"""The doctor: why is nothing going out?"""

from __future__ import annotations

from ninja import Router, Schema

from drumbeat.actions import access, doctor
from drumbeat.api.auth import MemberRequest
from drumbeat.api.problems import Problem
from drumbeat.clock import SystemClock

router = Router(tags=["doctor"])


class FindingOut(Schema):
    """One answer: `level` is ok, note, warning or error; `code` is stable, `text` what is so, `fix` what to do."""

    level: str
    code: str
    text: str
    count: int | None
    fix: str


class DoctorOut(Schema):
    findings: list[FindingOut]


@router.get("/doctor", response={200: DoctorOut, 401: Problem, 403: Problem}, operation_id="ask_doctor")
def ask_doctor(request: MemberRequest) -> DoctorOut:
    """Look at everything that can keep a message from leaving, what stops most first."""
    access.require(request.member, "enrollments.view")
    found = doctor.examine(request.member, SystemClock().now())
    return DoctorOut(findings=[FindingOut.from_orm(finding) for finding in found])
