"""What an answer of the server that is no success means, in words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from drumbeat.agents.faults import FaultCode, ModelFault
from drumbeat.agents.line import Response

_BY_STATUS: Mapping[int, tuple[FaultCode, str]] = {
    401: (FaultCode.KEY_REFUSED, "The model server refuses the key: check DRUMBEAT_MODEL_KEY"),
    402: (FaultCode.NO_CREDIT, "The account at the model server has no credit left"),
    403: (FaultCode.KEY_REFUSED, "The model server does not let this key in: check DRUMBEAT_MODEL_KEY"),
    404: (
        FaultCode.NOT_FOUND,
        "There is no such model or address: check DRUMBEAT_MODEL and DRUMBEAT_MODEL_URL (most end in /v1)",
    ),
    408: (FaultCode.TIMEOUT, "The model server says that it took too long"),
    413: (FaultCode.REQUEST_REFUSED, "The question is too long for the model server"),
    429: (FaultCode.RATE_LIMITED, "The model server lets in no more questions for now"),
}
_CREDIT_WORDS = ("insufficient_quota", "billing", "credit")
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SHOWN = 300


def refusal_of(response: Response) -> ModelFault:
    """Return the fault that a status other than 2xx stands for."""
    said = told(response)
    code, text = _meaning(response.status)
    if code is FaultCode.RATE_LIMITED and any(word in said.casefold() for word in _CREDIT_WORDS):
        code, text = _BY_STATUS[402]
    return ModelFault(code, f"{text}. It says: {said}" if said else f"{text}.")


def _meaning(status: int) -> tuple[FaultCode, str]:
    if found := _BY_STATUS.get(status):
        return found
    if status >= 500:
        return FaultCode.SERVER_ERROR, f"The model server failed ({status})"
    if 300 <= status < 400:
        return FaultCode.NOT_FOUND, "The address leads elsewhere, and redirects are not followed"
    return FaultCode.REQUEST_REFUSED, f"The model server refuses the question ({status})"


def told(response: Response) -> str:
    """Return the server's own words, shortened, on one line."""
    text = response.body.decode("utf-8", errors="replace")
    try:
        error = json.loads(text)
    except (ValueError, RecursionError):
        error = text
    for key in ("error", "message"):
        if isinstance(error, Mapping) and key in error:
            error = error[key]
    shown = error if isinstance(error, str) else text
    if shown.lstrip().startswith("<"):  # a page of some proxy
        return ""
    return _UNREADABLE.sub(" ", shown).strip()[:_SHOWN]


def wait_wished(response: Response) -> float | None:
    """Return the seconds of Retry-After (RFC 9110 section 10.2.3), None without a readable one."""
    wish = response.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", wish, re.ASCII):
        return float(wish)
    try:
        until, sent = parsedate_to_datetime(wish), parsedate_to_datetime(response.headers.get("date", ""))
        return max((until - sent).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return None
