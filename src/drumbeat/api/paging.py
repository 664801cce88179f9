"""Lists in pages: a cursor names the last row seen, so that a page costs the same however far down it lies."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Annotated, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from ninja import Field, Query, Schema

from drumbeat.core.errors import DomainError

DEFAULT_LIMIT = 50
MAX_LIMIT = 200

RowT = TypeVar("RowT", bound=Model)
ItemT = TypeVar("ItemT")


class Page(Schema, Generic[ItemT]):
    """A page of a list. `next_cursor` is what to ask for next; null at the end."""

    items: list[ItemT]
    next_cursor: str | None


class PageIn(Schema):
    """Which page: `cursor` comes from the page before, empty for the first."""

    cursor: str = Field(default="", max_length=2_000)
    limit: int = Field(default=DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)


Paged = Annotated[PageIn, Query()]
"""The type of a route's argument that takes `cursor` and `limit` from the query."""


def page_of(
    rows: QuerySet[RowT], order: Sequence[str], asked: PageIn, shape: Callable[[list[RowT]], Iterable[ItemT]]
) -> Page[ItemT]:
    """Return a page of `rows` in `order`, whose last field makes it total and which holds no NULL.

    `order` is field names as for `order_by`; each must be a column or annotation of the rows. `shape` gets the
    rows of the page at once, so that it can load what they need together. DomainError `cursor_invalid`.
    """
    after = _read(asked.cursor, order) if asked.cursor else None
    if after is not None:
        rows = rows.filter(_beyond(order, after))
    found = list(rows.order_by(*order)[: asked.limit + 1])
    shown = found[: asked.limit]
    cursor = _write(order, shown[-1]) if len(found) > asked.limit else None
    return Page(items=list(shape(shown)), next_cursor=cursor)


def _beyond(order: Sequence[str], after: Sequence[object]) -> Q:
    """Return the rows after those values: later in the first field, or equal there and later in the next."""
    beyond = Q()
    equal = Q()
    for name, value in zip(order, after, strict=True):
        field = name.removeprefix("-")
        later = "lt" if name.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{field}__{later}": value})
        equal &= Q(**{field: value})
    first = order[0].removeprefix("-")
    bound = "lte" if order[0].startswith("-") else "gte"
    # Implied by the rest, but an index can use it.
    return Q(**{f"{first}__{bound}": after[0]}) & beyond


def _write(order: Sequence[str], row: Model) -> str:
    values = [getattr(row, name.removeprefix("-")) for name in order]
    shown = [{"at": value.isoformat()} if isinstance(value, datetime) else value for value in values]
    text = json.dumps([*order, *shown], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str, order: Sequence[str]) -> list[object]:
    try:
        read = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        names, values = read[: len(order)], read[len(order) :]
        if names != list(order) or len(values) != len(order):
            raise ValueError("a cursor of another list or order")
        return [_value(value) for value in values]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DomainError(
            "cursor_invalid", "This cursor does not belong to this list. Begin again without a cursor."
        ) from error


def _value(written: object) -> object:
    if isinstance(written, dict):
        moment = datetime.fromisoformat(written["at"])
        if moment.tzinfo is None:
            raise ValueError("a moment without a zone")
        return moment
    if not isinstance(written, str | int) or isinstance(written, bool):
        raise ValueError("not a value of a cursor")
    if isinstance(written, int) and abs(written) >= 2**63:
        raise ValueError("no id is that large")
    if isinstance(written, str) and "\x00" in written:
        raise ValueError("no column holds that")
    return written
