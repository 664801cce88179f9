"""What a provider's call only names: it lies at the provider and is fetched from there, later."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""After how long it is tried again; after the last one it is set aside."""
_BUCKET = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.)){1,253}[A-Za-z0-9]")


class What(StrEnum):
    """`subscription`: nothing comes of it, but that Amazon tells from then on."""

    BREVO = "brevo"
    MAILTRAP = "mailtrap"
    RESEND = "resend"
    S3 = "s3"
    SUBSCRIPTION = "subscription"


PROVIDER_OF: Mapping[What, str] = MappingProxyType(
    {
        What.BREVO: "brevo",
        What.MAILTRAP: "mailtrap",
        What.RESEND: "resend",
        What.S3: "amazon_ses",
        What.SUBSCRIPTION: "amazon_ses",
    }
)
"""At which provider it lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """`about`: what is needed to fetch it, as plain values. `external_id` is the same whenever it is told."""

    what: What
    external_id: str
    about: Mapping[str, Any]
    envelope_from: str = ""
    envelope_to: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def read_lying(stored: Mapping[str, Any]) -> Lying:
    """Return what `to_json` gave."""
    return Lying(
        what=What(stored["what"]),
        external_id=stored["external_id"],
        about=stored["about"],
        envelope_from=stored["envelope_from"],
        envelope_to=tuple(stored["envelope_to"]),
    )


def is_bucket(name: str) -> bool:
    """Say whether it can be the name of a bucket of S3, old ones included: no more than one part of a path."""
    return bool(_BUCKET.fullmatch(name))
