"""The filters that a merge text may use, each within bounds on what it takes, makes and costs.

An allow-list: what python-liquid adds later is not here until somebody looked at it. None of them
reads a clock: "now" is a value that the caller gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from functools import wraps
from typing import Any

from dateutil import parser  # type: ignore[import-untyped]
from liquid import Markup
from liquid.exceptions import FilterArgumentError, ResourceLimitError
from liquid.filter import liquid_filter, with_context
from liquid.undefined import is_undefined

MAX_TEXT = 100_000
MAX_ITEMS = 1_000
MAX_WORK = 5_000_000  # characters through filters in one rendering: tens of milliseconds

_ALLOWED = frozenset(
    {"abs", "append", "at_least", "at_most", "capitalize", "ceil", "compact", "concat"}
    | {"date", "default", "divided_by", "downcase", "escape", "escape_once", "find", "find_index"}
    | {"first", "floor", "has", "join", "last", "lstrip", "map", "minus"}
    | {"modulo", "newline_to_br", "plus", "prepend", "reject", "remove", "remove_first", "remove_last"}
    | {"replace", "replace_first", "replace_last", "reverse", "round", "rstrip", "size", "slice"}
    | {"sort", "sort_natural", "split", "squish", "strip", "strip_html", "strip_newlines", "sum"}
    | {"times", "truncate", "truncatewords", "uniq", "upcase", "url_decode", "url_encode", "where"}
)
_ITEM = 100  # what walking over an item costs, in characters
_READING_A_DATE = 10_000
_MAX_DATE_TEXT = 100
_NO_DATE = datetime(1900, 1, 1)  # noqa: DTZ001 - only completes partial dates such as "10 March"

Filter = Callable[..., Any]

_work: ContextVar[list[int]] = ContextVar("work")


def start_work() -> None:
    """Begin a rendering: what its filters may cost is counted from here."""
    _work.set([MAX_WORK])


def bounded(filters: Mapping[str, Filter]) -> dict[str, Filter]:
    """Return the allowed ones of `filters`, each refusing what would cost too much."""
    return {
        name: _bounded(name, _date if name == "date" else filter_)
        for name, filter_ in filters.items()
        if name in _ALLOWED
    }


def _bounded(name: str, filter_: Filter) -> Filter:
    growth = _GROWTH.get(name)

    @wraps(filter_)
    def call(value: Any, *args: Any, **options: Any) -> Any:
        _spend(_cost(value) + sum(map(_cost, args)))
        if growth:
            _check(growth(value, *args))
        result = filter_(value, *args, **options)
        size = _size(result)
        _check(size)
        _spend(size)
        return result

    return call


def _cost(value: Any) -> int:
    return _size(value) + (_ITEM * len(value) if isinstance(value, list | tuple | range) else 0)


def _spend(amount: int) -> None:
    left = _work.get()
    left[0] -= 50 + amount
    if left[0] < 0:
        raise ResourceLimitError("the text asks for too much work", token=None)


def _check(size: int) -> None:
    if size > MAX_TEXT:
        raise ResourceLimitError(f"a value is longer than {MAX_TEXT:,} characters", token=None)


def _size(value: Any) -> int:
    """Return about how many characters a value is when written. Raises for endless ranges and lists."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, int):
        return value.bit_length() // 3
    if isinstance(value, range):
        return _of_items(max(0, value.stop - value.start), range(0))
    if isinstance(value, list | tuple):
        return _of_items(len(value), value)
    return 1


def _of_items(count: int, items: Any) -> int:
    if count > MAX_ITEMS:
        raise ResourceLimitError(f"a list has more than {MAX_ITEMS:,} items", token=None)
    return count + sum(map(_size, items))


def _replaced(value: Any, old: Any = "", new: Any = "", *_: Any) -> int:
    text, old = str(value), str(old)
    found = text.count(old) if old else len(text) + 1
    return len(text) + found * len(str(new))


def _joined(value: Any, separator: Any = " ", *_: Any) -> int:
    count = len(value) if isinstance(value, list | tuple | range) else 1
    return _size(value) + count * _size(separator)


def _tags(value: Any) -> int:
    """A tag that never closes is looked for to the end of the text, each time anew."""
    text = str(value)
    return text.count("<") * len(text) // 100


_GROWTH: Mapping[str, Callable[..., int]] = {"replace": _replaced, "join": _joined, "strip_html": _tags}


@with_context
@liquid_filter
def _date(value: Any, layout: Any = "", *, context: Any) -> Any:
    if is_undefined(value) or value is None:
        return ""
    if value in ("now", "today"):
        value = context.resolve("now", token=None)
    moment = _moment(value)
    if moment is None or is_undefined(layout) or not layout:
        return str(value)
    written = moment.strftime(str(layout).encode("utf-8", "replace").decode())
    return Markup(written) if context.autoescape and isinstance(layout, Markup) else written


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time.min)  # a plain day has no zone
    if isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal()):
        return _from_seconds(value)
    if not isinstance(value, str) or len(value) > _MAX_DATE_TEXT:
        return None
    _spend(_READING_A_DATE)
    try:
        parsed = parser.parse(value, default=_NO_DATE)
    except (parser.ParserError, OverflowError):
        return None
    return parsed if isinstance(parsed, datetime) else None


def _from_seconds(value: float | str) -> datetime:
    try:
        return datetime.fromtimestamp(float(value), UTC)
    except (OverflowError, OSError, ValueError) as fault:
        raise FilterArgumentError("a number of seconds is out of range", token=None) from fault
