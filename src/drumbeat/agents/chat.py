"""A conversation with the model: asked for one structured answer, corrected once, then given up.

What the model says is data. It calls no tools here, and nothing that it says is carried out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from time import monotonic, sleep
from typing import Generic, TypeAlias, TypeVar

from pydantic import BaseModel

from drumbeat.agents.endpoint import Endpoint
from drumbeat.agents.faults import FaultCode, ModelFault
from drumbeat.agents.line import Response, call
from drumbeat.agents.refusals import refusal_of, told, wait_wished
from drumbeat.agents.shapes import Unfit, read_as, schema_of, skeleton_of
from drumbeat.agents.usage import NOTHING_USED, Usage, usage_in
from drumbeat.core.prompts_data import Prompt
from drumbeat.environment import ModelOutput

T = TypeVar("T", bound=BaseModel)
Message: TypeAlias = dict[str, str]

FIRST_WAIT = 2.0
_BUSY = frozenset({429, 503})
_QUOTED = 4_000
_NAME = "answer"
_RENAMED: Mapping[str, str | None] = {"max_tokens": "max_completion_tokens", "temperature": None}
"""What newer models no longer take, and what they call it."""


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """An answer that fits. `said` is what the model wrote, `used` and `cost` are of all rounds together."""

    value: T
    said: str
    model: str
    used: Usage
    cost: Decimal | None
    rounds: int


@dataclass(slots=True)
class Chat:
    """Asks one endpoint. May be shared by threads: what it learns of the server is the same for all."""

    endpoint: Endpoint
    wait: Callable[[float], None] = sleep
    _refused: set[str] = field(default_factory=set)

    def ask(self, prompt: Prompt, shape: type[T], objection: Callable[[T], str] | None = None) -> Reply[T]:
        """Return an answer of this shape. Raises ModelFault when the second one does not fit either.

        `objection` may say what is wrong with an answer that fits: it is told once, and the second answer is taken.
        """
        ends_at = monotonic() + self.endpoint.seconds
        messages = self._messages(prompt, shape)
        used, model, wrong = NOTHING_USED, self.endpoint.model, ""
        for round_ in (1, 2):
            try:
                answer = self._post(self._request(prompt, messages, shape), ends_at)
                used += usage_in(answer)
                model = _text(answer.get("model")) or model
                said = _said(answer)
            except ModelFault as fault:
                raise ModelFault(fault.code, self.endpoint.keyless(fault.text), used + fault.used) from fault
            try:
                value = read_as(shape, said)
            except Unfit as unfit:
                wrong = str(unfit)
            else:
                wrong = objection(value) if objection is not None and round_ == 1 else ""
                if not wrong:
                    return Reply(value, said, model, used, self.endpoint.prices.of(used), round_)
            messages = [*messages, *_correction(said, wrong)]
        text = f"The model gave no answer of the right form twice: {wrong}."
        raise ModelFault(FaultCode.NO_ANSWER, self.endpoint.keyless(text), used)

    def _messages(self, prompt: Prompt, shape: type[BaseModel]) -> list[Message]:
        system = prompt.system
        if self.endpoint.output is not ModelOutput.JSON_SCHEMA:
            schema = json.dumps(schema_of(shape), ensure_ascii=False)
            system += f"\n\nAnswer with one JSON object and nothing else, of this form:\n{skeleton_of(shape)}"
            system += f"\nIts JSON Schema:\n{schema}"
        return [{"role": "system", "content": system}, {"role": "user", "content": prompt.user}]

    def _post(self, request: Mapping[str, object], ends_at: float) -> Mapping[str, object]:
        """Ask until there is an answer, as long as the server only wants us to wait and the time lasts."""
        pause = FIRST_WAIT
        while True:
            response = self._call(request, ends_at)
            if response.status == 200:
                return _answer(response)
            if (simpler := self._without_refused(request, response)) != request:
                request = simpler
                continue
            fault = refusal_of(response)
            if response.status not in _BUSY or fault.code is FaultCode.NO_CREDIT:
                raise fault
            rest = wait_wished(response)
            rest = pause if rest is None else rest
            if monotonic() + rest >= ends_at:
                raise fault
            self.wait(rest)
            pause *= 2

    def _call(self, request: Mapping[str, object], ends_at: float) -> Response:
        headers = {"Content-Type": "application/json", "Accept": "application/json"} | authorization(
            self.endpoint
        )
        body = json.dumps(request, ensure_ascii=False).encode("utf-8", errors="replace")
        return call("POST", f"{self.endpoint.url}/chat/completions", headers, body, ends_at)

    def _request(
        self, prompt: Prompt, messages: list[Message], shape: type[BaseModel]
    ) -> Mapping[str, object]:
        limits = {"max_tokens": prompt.most_tokens, "temperature": prompt.temperature}
        request = {"model": self.endpoint.model, "messages": messages, **limits, **self._form(shape)}
        return self._simpler(request)

    def _form(self, shape: type[BaseModel]) -> dict[str, object]:
        if self.endpoint.output is ModelOutput.JSON_SCHEMA:
            told_as = {"name": _NAME, "strict": True, "schema": schema_of(shape)}
            return {"response_format": {"type": "json_schema", "json_schema": told_as}}
        if self.endpoint.output is ModelOutput.JSON_OBJECT:
            return {"response_format": {"type": "json_object"}}
        return {}

    def _without_refused(self, request: Mapping[str, object], response: Response) -> Mapping[str, object]:
        """Return the request without the parameters that the server has just refused, and remember them."""
        if response.status in {400, 422}:
            said = told(response)
            self._refused |= {name for name in _RENAMED if name in said}
        return self._simpler(request)

    def _simpler(self, request: Mapping[str, object]) -> Mapping[str, object]:
        names = {name: _RENAMED[name] if name in self._refused else name for name in _RENAMED}
        renamed = {names.get(name, name): value for name, value in request.items()}
        return {name: value for name, value in renamed.items() if name is not None}


def authorization(endpoint: Endpoint) -> dict[str, str]:
    return {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}


def _correction(said: str, wrong: str) -> list[Message]:
    again = f"That answer cannot be used: {wrong}. Answer again with one JSON object of the wanted form, nothing else."
    return [
        {"role": "assistant", "content": said[:_QUOTED] or "(nothing)"},
        {"role": "user", "content": again},
    ]


def _answer(response: Response) -> Mapping[str, object]:
    try:
        answer = json.loads(response.body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, Mapping):
        raise ModelFault(FaultCode.SERVER_ERROR, "What answers at DRUMBEAT_MODEL_URL is no model server.")
    return answer


def _said(answer: Mapping[str, object]) -> str:
    """Return the text of the first choice. Raises ModelFault where the model refused, or had no room to end."""
    choices = answer.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, Mapping) else None
    if not isinstance(first, Mapping) or not isinstance(message, Mapping):
        raise ModelFault(FaultCode.SERVER_ERROR, "The model server's answer holds no message.")
    if refusal := _text(message.get("refusal")):
        raise ModelFault(FaultCode.CONTENT_REFUSED, f"The model refuses: {refusal[:200]}")
    if first.get("finish_reason") == "content_filter":
        raise ModelFault(FaultCode.CONTENT_REFUSED, "The model server's filter refuses.")
    if first.get("finish_reason") == "length":
        raise ModelFault(FaultCode.CUT_OFF, "The model's answer was cut off: it is too long.")
    return _text(message.get("content"))


def _text(said: object) -> str:
    """Return a text, given whole or in parts; "" for anything else, such as calls of tools that nobody offered."""
    parts = (
        [part.get("text") for part in said if isinstance(part, Mapping)] if isinstance(said, list) else [said]
    )
    return "".join(part for part in parts if isinstance(part, str))
