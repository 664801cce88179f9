"""What kind B's programs may ask: bodies in their envelopes, pages, lists of ids. Nothing unknown passes in a body."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Field, Query, Schema
from pydantic import AfterValidator

from drumbeat.actions.enrollments.by_resource import Order, Wanted, WantedState
from drumbeat.api.bodies import Body
from drumbeat.core.errors import DomainError

DEFAULT_PER_PAGE = 25
MOST_PER_PAGE = 100
LAST_PAGE = 10_000
MOST_IDS = 500
LARGEST_ID = 2**63 - 1

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
ResourceType = Literal["lead", "contact"]


def _numbers(text: str) -> str:
    numbers = text.split(",") if text.strip() else []
    if len(numbers) > MOST_IDS:
        raise ValueError(f"At most {MOST_IDS} ids at a time.")
    for number in numbers:
        if not (number.strip().isdecimal() and number.isascii() and 0 < len(number.strip()) < 20):
            raise ValueError("Write ids as numbers with commas between them: 3,7,12.")
        if int(number) > LARGEST_ID:
            raise ValueError("No id is that large.")
    return text


Ids = Annotated[str, Field(max_length=MOST_IDS * 21), AfterValidator(_numbers)]


class PageIn(Schema):
    """Which page of a list, from 1."""

    page: int = Field(default=1, ge=1, le=LAST_PAGE)
    per_page: int = Field(default=DEFAULT_PER_PAGE, ge=1, le=MOST_PER_PAGE)

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.per_page


class SequencesPageIn(PageIn):
    """Sequences are few, and a program that asks for no page wants them all."""

    per_page: int = Field(default=MOST_PER_PAGE, ge=1, le=MOST_PER_PAGE)


class EnrollmentsIn(PageIn):
    """Which enrollments; what is not given does not narrow them."""

    ids: Ids | None = None
    resource_ids: Ids | None = None
    resource_type: ResourceType | None = None

    def wanted(self) -> Wanted:
        return Wanted(
            ids=_read(self.ids),
            contact_ids=_read(self.resource_ids),
            resource_type=self.resource_type or "",
            offset=self.offset,
            limit=self.per_page,
        )


def _read(ids: str | None) -> list[int] | None:
    return None if ids is None else [int(number) for number in ids.split(",") if number.strip()]


SequencesPage = Annotated[SequencesPageIn, Query()]
Enrollments = Annotated[EnrollmentsIn, Query()]


class _Envelope(Body):
    """Programs may send the envelope's `meta` along; it says nothing that counts."""

    meta: dict[str, Any] | None = None


class EnrollData(Body):
    """One contact into one sequence."""

    sequence_id: Id
    resource_type: ResourceType
    resource_id: Id
    actor_id: Id | None = None

    def order(self) -> Order:
        return Order(
            sequence_id=self.sequence_id,
            contact_id=self.resource_id,
            resource_type=self.resource_type,
            actor_id=self.actor_id,
        )


class EnrollIn(_Envelope):
    data: EnrollData


class FinishData(Body):
    """Whose enrollments, and in which sequences: none named is all."""

    resource_type: ResourceType
    resource_id: Id
    sequence_ids: Annotated[list[Id], Field(max_length=MOST_IDS)] | None = None


class FinishIn(_Envelope):
    data: FinishData


class ChangeIn(_Envelope):
    data: dict[str, Any]

    def state(self) -> WantedState:
        """Return the state asked for.

        DomainError `read_only` for anything else that is written, `state_missing`, `state_unknown`.
        """
        if others := self.data.keys() - {"state", "status"}:
            raise DomainError(
                "read_only",
                "Only the state can be written.",
                {f"data.{name}"[:100]: "This cannot be written." for name in sorted(others)[:20]},
            )
        asked = list(self.data.values())
        if not asked:
            raise DomainError("state_missing", "Say which state: active, blocked or finished.")
        if asked[0] != asked[-1] or asked[0] not in list(WantedState):
            raise DomainError("state_unknown", "A state is active, blocked or finished.")
        return WantedState(asked[0])
