"""How a workspace's mails look: name, logo, colours, font, what stands below. Values and their rules only.

Without a word from anybody a mail looks as if it were written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from drumbeat.core.errors import DomainError
from drumbeat.core.mail_footer import WAY_OUT


class Layout(StrEnum):
    PLAIN = "plain"
    BRANDED = "branded"


FONTS: Mapping[str, str] = MappingProxyType(
    {
        "system": "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif",
        "arial": "Arial,Helvetica,sans-serif",
        "verdana": "Verdana,Geneva,sans-serif",
        "tahoma": "Tahoma,Geneva,sans-serif",
        "trebuchet": "'Trebuchet MS',Tahoma,sans-serif",
        "georgia": "Georgia,'Times New Roman',serif",
        "times": "'Times New Roman',Times,serif",
        "courier": "'Courier New',Courier,monospace",
    }
)
"""Fonts that mail programs have; none is fetched."""

WAYS_OUT: Mapping[str, str] = MappingProxyType(
    {
        "en": WAY_OUT,
        "de": "Nichts für Sie?",
        "es": "¿No le interesa?",
        "fr": "Pas pour vous ?",
        "it": "Non fa per lei?",
        "nl": "Niets voor u?",
    }
)
"""How the way out is offered in each language; a workspace may say it in its own words."""

LONGEST_NAME, LONGEST_NOTE, LONGEST_WORDS = 200, 1_000, 100
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_READABLE = 4.5  # WCAG 2.2, 1.4.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Branding:
    """`layout` holds for steps that choose none. `logo` is the token of a picture, its size in pixels as shown.

    `footer` stands below mails of either look, above the postal address; `unsubscribe` are the words of the way out,
    "" for those of the language.
    """

    layout: Layout = Layout.PLAIN
    name: str = ""
    logo: str = ""
    logo_width: int = 0
    logo_height: int = 0
    accent: str = "#2f5bea"
    text: str = "#1f2328"
    background: str = "#f4f5f7"
    font: str = "system"
    footer: str = ""
    unsubscribe: str = ""
    language: str = "en"

    @property
    def way_out(self) -> str:
        return self.unsubscribe or WAYS_OUT[self.language]


UNBRANDED = Branding()

CHOSEN = frozenset(
    {"layout", "name", "accent", "text", "background", "font", "footer", "unsubscribe", "language"}
)
"""What people choose; the logo comes by its own way."""


def changed(branding: Branding, wanted: Mapping[str, Any]) -> Branding:
    """Return it with what is wanted; DomainError `branding_invalid` names every value that cannot be."""
    problems = {name: sentence for name, value in wanted.items() if (sentence := _problem(name, value))}
    if problems:
        raise DomainError("branding_invalid", next(iter(problems.values())), problems)
    kept = {name: _tidy(value) for name, value in wanted.items()}
    return _of({**write_branding(branding), **kept})


def _problem(name: str, value: Any) -> str:
    if name not in CHOSEN:
        return f"Branding has no {name}. It has: {', '.join(sorted(CHOSEN))}."
    if not isinstance(value, str) or _CONTROL.search(value):
        return f"{name} takes a text."
    if name in _CHOICES:
        return "" if value in _CHOICES[name] else f"{name} takes one of: {', '.join(_CHOICES[name])}."
    if name in _LENGTHS:
        return "" if len(value) <= _LENGTHS[name] else f"{name} takes at most {_LENGTHS[name]} characters."
    return "" if _COLOUR.fullmatch(value) else f"{name} takes a colour such as #2f5bea."


_CHOICES: Mapping[str, tuple[str, ...]] = {
    "layout": tuple(Layout),
    "font": tuple(FONTS),
    "language": tuple(WAYS_OUT),
}
_LENGTHS = {"name": LONGEST_NAME, "footer": LONGEST_NOTE, "unsubscribe": LONGEST_WORDS}


def _tidy(value: str) -> str:
    value = value.strip()
    return value.lower() if _COLOUR.fullmatch(value) else value


def read_branding(kept: Mapping[str, Any]) -> Branding:
    """Return what `write_branding` wrote, also in an earlier release: what is unknown here is passed over."""
    return _read(tuple(sorted(kept.items())))


@lru_cache(maxsize=256)
def _read(items: tuple[tuple[str, Any], ...]) -> Branding:
    return _of(dict(items))


def _of(values: Mapping[str, Any]) -> Branding:
    known = {field.name for field in fields(Branding)}
    found = {name: value for name, value in values.items() if name in known}
    return Branding(**{**found, "layout": Layout(found.get("layout", Layout.PLAIN))})


def write_branding(branding: Branding) -> dict[str, Any]:
    return {field.name: getattr(branding, field.name) for field in fields(branding)}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(value) for value in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def readable(colour: str, ground: str) -> str:
    """Return the colour, moved towards white or black until it can be read on the ground."""
    towards = 255 if _luminance(ground) < 0.18 else 0
    parts = _parts(colour)
    moved = (
        "#" + "".join(f"{round(part + (towards - part) * step / 10):02x}" for part in parts)
        for step in range(11)
    )
    return next((one for one in moved if contrast(one, ground) >= _READABLE), "#" + f"{towards:02x}" * 3)


def doubts(branding: Branding) -> list[str]:
    """Say which colours are hard to read."""
    pairs = {"text": (branding.text, "#ffffff"), "accent": (branding.accent, "#ffffff")}
    return [
        f"{name} has a contrast of {contrast(*pair):.1f} on white; people need {_READABLE}."
        for name, pair in pairs.items()
        if contrast(*pair) < _READABLE
    ]
