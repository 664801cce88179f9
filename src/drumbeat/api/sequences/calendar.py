"""When a sequence sends: the catalogue of public holidays."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Query, Router, Schema

from drumbeat.api.auth import MemberRequest
from drumbeat.api.problems import Problem
from drumbeat.core import holidays

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
