"""Is the model that the settings name there, and does its server know it?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

from drumbeat.agents.chat import authorization
from drumbeat.agents.endpoint import Endpoint
from drumbeat.agents.faults import FaultCode, ModelFault
from drumbeat.agents.line import call
from drumbeat.agents.refusals import refusal_of

PATIENCE_SECONDS = 3.0
_NO_LIST = frozenset({404, 405, 501})
"""A server need not list its models: it was reached all the same."""


@dataclass(frozen=True, slots=True)
class Reach:
    """`code`: model_ready, model_unknown, or model_out_of_reach."""

    code: str
    model: str
    text: str
    fix: str = ""

    @property
    def is_ready(self) -> bool:
        return self.code == "model_ready"


def look(endpoint: Endpoint, seconds: float = PATIENCE_SECONDS) -> Reach:
    """Ask the server for its models. Never raises; takes at most `seconds`."""
    name = endpoint.model or "of the server's choice"
    try:
        known = _models(endpoint, monotonic() + seconds)
    except ModelFault as fault:
        text = f"The model at {endpoint.url} cannot be asked: {fault.text}"
        return Reach(
            "model_out_of_reach", name, text, "AI steps wait, and take their Else way when time is over."
        )
    if known and endpoint.model and endpoint.model not in known:
        text = f"The server at {endpoint.url} lists no model {endpoint.model}."
        return Reach(
            "model_unknown", name, text, f"Set DRUMBEAT_MODEL to one of: {', '.join(sorted(known)[:10])}"
        )
    return Reach("model_ready", name, f"The model {name} answers at {endpoint.url}.")


def _models(endpoint: Endpoint, ends_at: float) -> set[str]:
    """Return the names that the server lists, none where it lists nothing readable."""
    response = call("GET", f"{endpoint.url}/models", authorization(endpoint), b"", ends_at)
    if response.status in _NO_LIST:
        return set()
    if response.status != 200:
        fault = refusal_of(response)
        raise ModelFault(fault.code, endpoint.keyless(fault.text))
    try:
        listed = json.loads(response.body)["data"]
        return {one["id"] for one in listed if isinstance(one, Mapping) and isinstance(one.get("id"), str)}
    except (ValueError, TypeError, KeyError, RecursionError):
        text = "What answers at DRUMBEAT_MODEL_URL is no model server."
        raise ModelFault(FaultCode.SERVER_ERROR, text) from None
