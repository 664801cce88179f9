"""Errors as kind B's programs read them: a list, each in an envelope with a stable `code`."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from drumbeat.api.problems import STATUSES
from drumbeat.core.errors import DomainError

log = logging.getLogger(__name__)


def answer(
    code: str, message: str, status: HTTPStatus | None = None, fields: Mapping[str, str] | None = None
) -> HttpResponse:
    """Return one error for each of `fields`, or one without a field; the status follows from the code."""
    known = status or STATUSES.get(code, HTTPStatus.UNPROCESSABLE_ENTITY)
    named = dict(fields or {"": message})
    errors = [
        {"error": {"code": code, "message": sentence, "field": path or None}, "meta": {"type": "error"}}
        for path, sentence in named.items()
    ]
    meta = {"type": "errors", "http_status": f"{known.value} {known.phrase}"}
    return HttpResponse(
        json.dumps({"errors": errors, "meta": meta}), status=known.value, content_type="application/json"
    )


def _refused(_: HttpRequest, fault: DomainError) -> HttpResponse:
    return answer(fault.code, fault.message, fields=fault.fields)


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


def _http(_: HttpRequest, fault: HttpError) -> HttpResponse:
    status = HTTPStatus(fault.status_code)
    return answer(status.name.lower(), fault.message, status)


def _not_found(_: HttpRequest, __: Http404 | OverflowError) -> HttpResponse:
    return answer("not_found", "There is nothing here, or it is not yours to see.")


def _too_much(_: HttpRequest, __: SuspiciousOperation) -> HttpResponse:
    return answer("bad_request", "The request has more fields than are read here.", HTTPStatus.BAD_REQUEST)


def _defect(request: HttpRequest, fault: Exception) -> HttpResponse:
    log.error("%s %s failed", request.method, request.path, exc_info=fault)
    return answer(
        "internal_error",
        "This is a defect of drumbeat, not of your request. The log says more.",
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )


def no_such_route(request: HttpRequest) -> HttpResponse:
    """Answer for every address below `/v2/` that no route has."""
    return answer("not_found", f"This interface has no route {request.path}.")


def install(api: NinjaAPI) -> None:
    """Answer every exception of `api` with a list of errors."""
    for fault, reply in (
        (DomainError, _refused),
        (AuthenticationError, _no_key),
        (ValidationError, _unreadable),
        (HttpError, _http),
        (Http404, _not_found),
        (OverflowError, _not_found),
        (SuspiciousOperation, _too_much),
        (Exception, _defect),
    ):
        api.add_exception_handler(fault, reply)  # type: ignore[arg-type]  # ninja types the handler by Exception
