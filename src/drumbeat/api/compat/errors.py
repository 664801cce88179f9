"""Errors as kind B's programs read them: a list, each in an envelope with a stable `code`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from drumbeat.api import problems


def answer(
    code: str, message: str, status: HTTPStatus | None = None, fields: Mapping[str, str] | None = None
) -> HttpResponse:
    """Return one error for each of `fields`, or one without a field; the status follows from the code."""
    known = status or problems.STATUSES.get(code, HTTPStatus.UNPROCESSABLE_ENTITY)
    named = dict(fields or {"": message})
    errors = [
        {"error": {"code": code, "message": sentence, "field": path or None}, "meta": {"type": "error"}}
        for path, sentence in named.items()
    ]
    meta = {"type": "errors", "http_status": f"{known.value} {known.phrase}"}
    return HttpResponse(
        json.dumps({"errors": errors, "meta": meta}), status=known.value, content_type="application/json"
    )


def _no_key(_: HttpRequest, __: AuthenticationError) -> HttpResponse:
    refusal = answer(
        "unauthorized",
        "Send a valid key: Authorization: Bearer <key>.",
        HTTPStatus.UNAUTHORIZED,
    )
    refusal["WWW-Authenticate"] = "Bearer"
    return refusal


def _unreadable(_: HttpRequest, fault: ValidationError) -> HttpResponse:
    fields = {_path(error): str(error["msg"]).removeprefix("Value error, ") for error in fault.errors}
    return answer("request_unreadable", "The request cannot be read.", fields=fields)


def _path(error: Mapping[str, Any]) -> str:
    """Return the path as the caller wrote it: ninja puts where it read and its own argument's name before."""
    where, *rest = (str(part) for part in error["loc"])
    return ".".join(rest[1:] if where == "body" else rest) or where


def no_such_route(request: HttpRequest) -> HttpResponse:
    """Answer for every address below `/v2/` that no route has."""
    return answer("not_found", f"This interface has no route {request.path}.")


def install(api: NinjaAPI) -> None:
    """Answer every exception of `api` with a list of errors."""
    own: problems.Replies = {AuthenticationError: _no_key, ValidationError: _unreadable}
    problems.install(api, {**problems.replies(answer), **own})
