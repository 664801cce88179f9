"""A webhook as plain data: where it goes and what it says. Nothing here connects, signs or waits.

Values of contacts are data: in the body they fill JSON texts, in the address they are percent-encoded, so that none
of them can change the form of either.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any
from urllib.parse import quote, urlsplit

import idna

from drumbeat.core import merge
from drumbeat.core.errors import DomainError

LONGEST_URL = 2000
LARGEST_BODY = 256 * 1024
DEEPEST_BODY = 50
PORTS = frozenset({80, 443, 8080, 8443})
"""Ports of the public internet that may be called; in networks that the operator named every port may."""
TAGS = frozenset(
    {"contact.id", "enrollment.id", "sequence.id", "sequence.name", "step.key", "step.name", "step.visit"}
    | {"contact.language", "contact.time_zone", "workspace.name"}
)
"""Merge tags that every webhook knows, besides those of the contact."""

_ALONE = re.compile(r"\s*\{\{-?\s*([A-Za-z_][\w.]*)\s*-?\}\}\s*")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_FIXED_HOST = re.compile(r"https?://[^/?#{}\s]+(?:[/?#]|$)", re.IGNORECASE)
_LEFT = "%/:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect and what to ask for there. `path` has the query with it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Return the value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"


def read_target(url: str) -> Target:
    """Read an address without merge tags; DomainError `webhook_url_invalid`."""
    if len(url) > LONGEST_URL or not url.isprintable():
        raise _invalid(f"it is longer than {LONGEST_URL} characters or has control characters")
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        raise _invalid("its host or port cannot be read") from None
    if scheme not in ("http", "https") or not host:
        raise _invalid("it must begin with https:// or http:// and name a host")
    if "@" in parts.netloc:
        raise _invalid("it must not hold a user or a password")
    path = quote(parts.path or "/", safe=_LEFT)
    query = f"?{quote(parts.query, safe=_LEFT + '?')}" if parts.query else ""
    usual = {"http": 80, "https": 443}[scheme]
    return Target(scheme, _ascii(host), usual if port is None else port, path + query)


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        raise _invalid("its host is no name") from None


def _invalid(why: str) -> DomainError:
    return DomainError("webhook_url_invalid", f"The address cannot be called: {why}.")


def url_fault(source: str) -> str:
    """Say why an address with merge tags could not be called, "" when it could."""
    if not _FIXED_HOST.match(source.strip()):
        return "The address must begin with https:// or http:// and a host without merge tags."
    try:
        read_target(_TAG.sub("x", source))
    except DomainError as fault:
        return fault.message
    return ""


def render_url(source: str, values: Mapping[str, Any]) -> Target:
    """Fill in the address; raise MergeError for a value that is missing, DomainError `webhook_url_invalid`."""
    return read_target(merge.render(source.strip(), _quoted(values)))


def _quoted(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _quoted(v) if isinstance(v, Mapping) else _part(v) for name, v in values.items()}


def _part(value: Any) -> Any:
    plain = _plain(value)
    return quote(plain, safe="") if isinstance(plain, str) else plain


def body_texts(source: str) -> Iterator[str]:
    """Yield the texts of a body that hold merge tags; raise ValueError when it is not JSON."""
    yield from _texts(_read(source)) if source.strip() else ()


def _read(source: str) -> Any:
    try:
        found = json.loads(source, parse_constant=_number, parse_float=_number)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    level = [found]
    for _ in range(DEEPEST_BODY + 1):
        level = [inner for part in level for inner in _inner(part)]
    if level:
        raise ValueError("it is nested too deeply")
    return found


def _number(text: str) -> float:
    """Python reads NaN and Infinity, and 1e999 as the latter; RFC 8259 knows none of them."""
    if not isfinite(value := float(text)):
        raise ValueError(f"{text} is no number there")
    return value


def _inner(part: Any) -> Iterable[Any]:
    if isinstance(part, dict):
        return part.values()
    return part if isinstance(part, list) else ()


def _texts(part: Any) -> Iterator[str]:
    match part:
        case dict():
            for value in part.values():
                yield from _texts(value)
        case list():
            for value in part:
                yield from _texts(value)
        case str() if _TAG.search(part):
            yield part
        case _:
            return


def render_body(source: str, values: Mapping[str, Any]) -> str:
    """Return the body as JSON: the usual one where `source` is empty.

    A text that is one merge tag alone becomes the value with its type. A text that lacks a value becomes null.
    Raises MergeError, or DomainError `webhook_body_invalid`.
    """
    try:
        filled = _filled(_read(source), values) if source.strip() else _usual(values)
        body = json.dumps(filled, default=str, allow_nan=False)
    except ValueError as fault:
        raise DomainError("webhook_body_invalid", f"The body is not JSON: {fault}.") from fault
    if len(body) > LARGEST_BODY:
        raise DomainError("webhook_body_invalid", f"The body is larger than {LARGEST_BODY} bytes.")
    return body


def _usual(values: Mapping[str, Any]) -> Any:
    data = {name: _filled_all(values[name]) for name in ("enrollment", "contact", "sequence", "step")}
    return {"type": "sequence.step", "timestamp": _plain(values["timestamp"]), "data": data}


def _filled_all(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _filled_all(part) for name, part in value.items()}
    return _plain(value)


def _filled(part: Any, values: Mapping[str, Any]) -> Any:
    match part:
        case dict():
            return {name: _filled(value, values) for name, value in part.items()}
        case list():
            return [_filled(value, values) for value in part]
        case str() if alone := _ALONE.fullmatch(part):
            return _named(alone[1], values)
        case str() if _TAG.search(part):
            return _merged(part, values)
        case _:
            return part


def _named(name: str, values: Mapping[str, Any]) -> Any:
    found: Any = values
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return None if found == "" else _filled_all(found)


def _merged(text: str, values: Mapping[str, Any]) -> str | None:
    try:
        return merge.render(text, values)
    except merge.MergeError as fault:
        if fault.code == "merge_value_missing":
            return None
        raise


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
