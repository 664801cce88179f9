"""Requests that contact people may be sent again: the header `Idempotency-Key` makes the second one an echo.

Key and answer are written in the transaction of the verb itself, so that no crash falls between them.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Concatenate, ParamSpec

from django.db import transaction
from django.http import HttpResponse
from ninja import Schema, Status

from drumbeat.api.auth import MemberRequest
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError, NotedError
from drumbeat.models import IdempotencyKey

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
LONGEST = 200
PARAMETER: Mapping[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": HEADER,
            "required": False,
            "schema": {"type": "string", "maxLength": LONGEST},
            "description": "Any text of your own. The same key with the same body answers what it answered before.",
        }
    ]
}
"""For `openapi_extra` of a route."""

P = ParamSpec("P")
Answer = Schema | Status[Any]


def idempotent(route: Callable[Concatenate[MemberRequest, P], Answer]) -> Callable[..., Any]:
    """Answer a repeated request with what the first one answered, and do nothing.

    Refusals are not kept: what was refused can be asked again. DomainError `idempotency_key_reused` when the key
    came with another request before.
    """

    @functools.wraps(route)
    def answering(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> Answer | HttpResponse:
        key = request.headers.get(HEADER, "").strip()
        if not key:
            return route(request, *args, **kwargs)
        with transaction.atomic():
            kept, is_new = _key(request, key, SystemClock().now())
            if not is_new:
                return _echo(kept)
            try:
                answer = route(request, *args, **kwargs)
            except NotedError as refused:
                kept.delete()
                noted = refused
            else:
                kept.status, kept.body = _written(answer)
                kept.save(update_fields=["status", "body"])
                return answer
        raise noted

    # Ninja reads names of types where it finds the function; they are known where the route is written.
    answering.__signature__ = inspect.signature(route, eval_str=True)  # type: ignore[attr-defined]
    return answering


def _key(request: MemberRequest, key: str, now: datetime) -> tuple[IdempotencyKey, bool]:
    if len(key) > LONGEST or not key.isprintable():
        raise DomainError(
            "idempotency_key_invalid", f"An Idempotency-Key has at most {LONGEST} printable characters."
        )
    asked = _fingerprint(request)
    kept, is_new = IdempotencyKey.objects.get_or_create(
        workspace_id=request.member.workspace_id,
        member_id=request.member.pk,
        key=key,
        defaults={"fingerprint": asked, "created_at": now},
    )
    if kept.fingerprint != asked:
        raise DomainError(
            "idempotency_key_reused", "This Idempotency-Key came with another request before. Use a new one."
        )
    return kept, is_new


def _fingerprint(request: MemberRequest) -> str:
    asked = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    asked.update(request.body)
    return asked.hexdigest()


def _written(answer: Answer) -> tuple[int, str]:
    if isinstance(answer, Status):
        body = answer.value
        return answer.status_code, body.model_dump_json() if isinstance(body, Schema) else ""
    return 200, answer.model_dump_json()


def _echo(kept: IdempotencyKey) -> HttpResponse:
    return HttpResponse(
        kept.body, status=kept.status, content_type="application/json", headers={REPLAYED: "true"}
    )
