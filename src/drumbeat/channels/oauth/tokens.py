"""What a mail channel knows of OAuth 2.0: how to come by a token, and that it may not."""

from __future__ import annotations

from collections.abc import Callable

TokenSource = Callable[[str], str]
"""Returns an access token that is not the one given, which a server has just refused ("": none was). May take seconds:
called in a thread of its own. Raises TokenFault."""


class TokenFault(Exception):
    """There is no token. `lost`: until a person connects the account again."""

    def __init__(self, text: str, *, lost: bool = False) -> None:
        super().__init__(text)
        self.text = text
        self.lost = lost
