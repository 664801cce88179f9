"""How a request becomes values: what no database holds and no answer can be written with is refused here."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.errors import HttpError
from ninja.parser import Parser
from ninja.types import DictStrAny

NUL = "\0"


class Reader(Parser):
    """Reads strictly; what it refuses is answered 400."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the value of a body. ValueError for NUL, NaN, endless numbers and halves of characters.

        RFC 8259, section 8.2: an escape such as `\\ud800` alone is grammatical and names no character. PostgreSQL
        stores no NUL.
        """
        read = json.loads(request.body, parse_constant=_refuse)
        if b"\\u" in request.body:
            _require_text(read)
        return read

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> DictStrAny:
        """Return the values of a query; HttpError 400 for one with NUL."""
        if any(NUL in str(value) for name, values in data.lists() for value in (name, *values)):
            raise HttpError(400, "The query holds a NUL character. Remove it.")
        return super().parse_querydict(data, list_fields, request)


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")


def _require_text(read: object) -> None:
    written = json.dumps(read, ensure_ascii=False)
    written.encode()
    # A backslash is written twice, so that what the caller wrote of one is not taken for the character.
    if "\\u0000" in written.replace("\\\\", ""):
        raise ValueError("NUL")
