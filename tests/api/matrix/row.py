"""What the matrix knows of one operation: the right that it needs, and an example request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

PUBLIC = "public"
"""For the right: people without an account may ask."""
OWN = "own"
"""For the right: the admin made it, and to others it is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row(_Request):
    """`right`: None for any member. `ok`: what a permitted one is answered.

    `foreign`: what somebody of another workspace is answered who sends these ids: 404, or what a bulk answers.
    `limited`: what a rep is answered who does not own the contact, whether they may or not: 404, 403, or what a
    bulk answers; None where the route is about no contact.
    """

    right: str | None
    ok: int = HTTPStatus.OK
    foreign: int = HTTPStatus.NOT_FOUND
    limited: int | None = None
