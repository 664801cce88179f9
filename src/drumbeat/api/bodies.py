"""What a request may carry: nothing that no route asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict


class Body(Schema):
    """A request body. A field it does not name is refused, not ignored: a typing error would change nothing."""

    model_config = ConfigDict(extra="forbid")


Id = Annotated[int, Field(ge=1, lt=2**63)]
"""An id within a list: no column holds a larger number, and a list of them would fail in the database."""

ZoneName = Annotated[str, Field(max_length=64)]
"""The name of a time zone; what is unknown is the workspace's."""


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("No calendar reaches that far.") from None


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A moment that a caller names, with its zone: without one nobody knows which moment is meant. It becomes UTC."""
