"""When a sequence sends: the next moments for a contact, and the catalogue of public holidays."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from drumbeat.actions.sequences import times
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body, Id
from drumbeat.api.problems import REFUSALS, Problem
from drumbeat.clock import SystemClock
from drumbeat.core import holidays
from drumbeat.core.delay import parse_delay
from drumbeat.core.next_times import USUAL_COUNT, MovedBy

router = Router(tags=["sequences"])


class SubdivisionOut(Schema):
    """A part of a country that has holidays of its own; in settings it is named by country and code: `DE-BY`."""

    code: str
    name: str


class CountryOut(Schema):
    code: str
    name: str
    subdivisions: list[SubdivisionOut]


class HolidayOut(Schema):
    """`where`: the country or part whose holiday it is, as it was asked for."""

    day: date
    name: str
    where: str


class HolidaysAsked(Schema):
    """`countries`: codes with commas between them, such as `DE-BY,US`."""

    countries: str
    year: int


@router.get(
    "/holidays/countries",
    response={200: list[CountryOut], 401: Problem},
    operation_id="list_holiday_countries",
)
def list_holiday_countries(request: MemberRequest) -> list[CountryOut]:
    """List the countries whose public holidays are known, by their English names."""
    return [
        CountryOut(
            code=one.code,
            name=one.name,
            subdivisions=[SubdivisionOut(code=code, name=name) for code, name in one.subdivisions.items()],
        )
        for one in holidays.countries()
    ]


@router.get(
    "/holidays", response={200: list[HolidayOut], 401: Problem, 422: Problem}, operation_id="list_holidays"
)
def list_holidays(request: MemberRequest, asked: Annotated[HolidaysAsked, Query()]) -> list[HolidayOut]:
    """List the public holidays of a year in these countries."""
    codes = [code for code in asked.countries.split(",") if code.strip()]
    found = holidays.public_holidays(codes, asked.year)
    return [HolidayOut(day=one.day, name=one.name, where=one.where) for one in found]


class NextTimesIn(Body):
    """Settings that are named stand in for those that hold, as in the settings of a sequence.

    `step`: whose channel counts; without it the first that writes. `delay`: before the first moment, such as `2wd`.
    """

    contact_id: Id
    step: str | None = Field(default=None, max_length=63)
    delay: str | None = Field(default=None, max_length=20)
    count: int = Field(default=USUAL_COUNT, ge=1, le=50)
    window: dict[str, Any] | None = None
    holidays: dict[str, Any] | None = None
    jitter_seconds: int | None = Field(default=None, ge=0, le=86_400)
    sender_id: int | None = None

    def asked(self) -> times.Asked:
        draft = {name: getattr(self, name) for name in times.DRAFTED & self.model_fields_set}
        delay = parse_delay(self.delay) if self.delay else times.NO_DELAY
        return times.Asked(
            contact_id=self.contact_id, step=self.step, delay=delay, draft=draft, count=self.count
        )


class NextTimeOut(Schema):
    """`moved_by`, in order: delay, window, holiday, quiet_hours, jitter, spacing; none: it leaves when it is due."""

    at: datetime
    moved_by: list[MovedBy]


class NextTimesOut(Schema):
    """Caps are left out: they depend on what else is sent. `zone_of`: contact, sender or workspace."""

    step: str
    sender_id: int | None
    sender: str
    zone: str
    zone_of: str
    times: list[NextTimeOut]


@router.post(
    "/sequences/{int:sequence_id}/next-times",
    response={200: NextTimesOut, **REFUSALS},
    operation_id="list_next_times",
)
def list_next_times(request: MemberRequest, sequence_id: int, body: NextTimesIn) -> NextTimesOut:
    """Say when messages would leave for a contact if a step fell due now, and at the openings after."""
    found = times.foresee(request.member, sequence_id, body.asked(), SystemClock().now())
    return NextTimesOut(
        step=found.step,
        sender_id=found.sender.id if found.sender else None,
        sender=found.sender.address if found.sender else "",
        zone=found.zone,
        zone_of=found.zone_of,
        times=[NextTimeOut(at=one.at, moved_by=list(one.moved_by)) for one in found.times],
    )
