"""What keeps a model from answering, in words that an operator can act on."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from drumbeat.agents.usage import NOTHING_USED, Usage


class FaultCode(StrEnum):
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TOO_LONG = "too_long"
    KEY_REFUSED = "key_refused"
    NOT_FOUND = "not_found"
    NO_CREDIT = "no_credit"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    REQUEST_REFUSED = "request_refused"
    CONTENT_REFUSED = "content_refused"
    CUT_OFF = "cut_off"
    NO_ANSWER = "no_answer"


OF_THE_QUESTION = frozenset({FaultCode.CONTENT_REFUSED, FaultCode.CUT_OFF, FaultCode.NO_ANSWER})
"""The same question would most likely end so again: whoever asked falls back, and does not ask on."""


class ModelFault(Exception):
    """There is no answer that counts. `used` was paid for all the same; `text` never holds the key.

    `cost`: what `used` cost, where whoever raised it knows.
    """

    def __init__(self, code: FaultCode, text: str, used: Usage = NOTHING_USED) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.used = used
        self.cost: Decimal | None = None

    @property
    def passes(self) -> bool:
        """Asking again later may help."""
        return self.code not in OF_THE_QUESTION
