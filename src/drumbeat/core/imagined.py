"""The imagined person for whom texts are written that are to serve everybody, and what makes a source of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from drumbeat.core.drafts import verbatim

PERSON: Mapping[str, str] = MappingProxyType(
    {
        "first_name": "Alex",
        "last_name": "Example",
        "company": "Example Ltd",
        "title": "Head of Operations",
    }
)
_FALLBACKS: Mapping[str, str] = MappingProxyType(
    {"first_name": "there", "last_name": "", "company": "your company", "title": "your role"}
)


def source_of(text: str, sender: str) -> str:
    """Return a text that was written for the imagined person as a Liquid source: their data become merge tags.

    `sender` is the name under which it was written, "" for none. Nothing else in the text is a tag.
    """
    tags = {value: _tag(f"contact.{name}", _FALLBACKS[name]) for name, value in PERSON.items()}
    if sender.strip():
        tags.setdefault(sender.strip(), "{{ sender.name }}")
    longest_first = sorted(tags, key=len, reverse=True)
    names = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first))
    pieces, end = [], 0
    for found in names.finditer(text):
        pieces += [verbatim(text[end : found.start()]), tags[found.group()]]
        end = found.end()
    return "".join((*pieces, verbatim(text[end:])))


def _tag(name: str, fallback: str) -> str:
    return f'{{{{ {name} | default: "{fallback}" }}}}'
