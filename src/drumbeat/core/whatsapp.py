"""WhatsApp's window: free text for 24 hours after the person's last message, outside it only approved templates.

Source: Meta's policy on messages that businesses begin; Twilio refuses the rest with error 63016. Templates here are
known by their content id and the values of their numbered or named places.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

WINDOW = timedelta(hours=24)
MARGIN = timedelta(minutes=2)
"""What leaves near the end of the window may arrive after it."""


@dataclass(frozen=True, slots=True)
class FreeText:
    text: str


@dataclass(frozen=True, slots=True)
class Template:
    """`content_sid`: HX…; `values` by the name of the place: `{"1": "Ann"}`."""

    content_sid: str
    values: Mapping[str, str]


Content: TypeAlias = FreeText | Template


def closes_at(last_heard_at: datetime | None) -> datetime | None:
    """Return until when free text may be sent to somebody last heard of then; None: not at all."""
    return None if last_heard_at is None else last_heard_at + WINDOW - MARGIN


def choose(
    text: str, template: Template | None, last_heard_at: datetime | None, now: datetime
) -> Content | None:
    """Return what may be sent now: the text while the window is open, else the template, else None."""
    closes = closes_at(last_heard_at)
    if text and closes is not None and now < closes:
        return FreeText(text)
    return template


def written_values(template: Template) -> str:
    """Return the values as Twilio takes them. It refuses empty ones and line ends, so both become a space or dash."""
    return json.dumps({name: " ".join(value.split()) or "-" for name, value in template.values.items()})


_PLACE = re.compile(r"\{\{\s*(\w{1,60})\s*\}\}")


def filled(body: str, values: Mapping[str, str]) -> str:
    """Return a template's text as the person reads it; a place without a value stays as it is."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), body)
