"""How a request's JSON becomes values: what no database holds and no answer can be written with is refused here."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser


class Reader(Parser):
    """Reads bodies strictly; ninja answers 400 to whatever it raises."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the value of a body. ValueError for NaN, for endless numbers, and for halves of characters.

        RFC 8259, section 8.2: an escape such as `\\ud800` alone is grammatical and names no character.
        """
        read = json.loads(request.body, parse_constant=_refuse)
        if b"\\u" in request.body:
            json.dumps(read, ensure_ascii=False).encode()
        return read


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")
