"""Errors as problem documents (RFC 9457), all made here: one shape, one stable `code` each."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from drumbeat.core.errors import DomainError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
STATUSES: Mapping[str, HTTPStatus] = {
    "not_found": HTTPStatus.NOT_FOUND,
    "not_permitted": HTTPStatus.FORBIDDEN,
    "sequence_locked": HTTPStatus.FORBIDDEN,
    "sequence_password_wrong": HTTPStatus.FORBIDDEN,
    "signed_out": HTTPStatus.UNAUTHORIZED,
    "draft_conflict": HTTPStatus.CONFLICT,
    "revision_conflict": HTTPStatus.CONFLICT,
    "throttled": HTTPStatus.TOO_MANY_REQUESTS,
}
"""Codes whose status is not 422, the one for a request that is understood and cannot be carried out."""


class Problem(Schema):
    """What went wrong, and what to do. `fields` maps the path of an input to its sentence."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    fields: dict[str, str] = Field(default_factory=dict)


UNSEEN: Mapping[int, type[Problem]] = {401: Problem, 403: Problem, 404: Problem}
"""What a route may answer instead that shows something: for its `response`."""
REFUSALS: Mapping[int, type[Problem]] = {**UNSEEN, 422: Problem}
"""The same of one that reads a request or changes something."""


def problem(
    code: str, detail: str, status: HTTPStatus | None = None, fields: Mapping[str, str] | None = None
) -> HttpResponse:
    """Return the problem document for `code`; its status is looked up unless it is given."""
    known = status or STATUSES.get(code, HTTPStatus.UNPROCESSABLE_ENTITY)
    body = Problem(
        type=f"urn:drumbeat:problem:{code}",
        title=known.phrase,
        status=known.value,
        code=code,
        detail=detail,
        fields=dict(fields or {}),
    )
    return HttpResponse(body.model_dump_json(), status=known.value, content_type=MEDIA_TYPE)


def _refused(_: HttpRequest, fault: DomainError) -> HttpResponse:
    return problem(fault.code, fault.message, fields=fault.fields)


def _signed_out(_: HttpRequest, __: AuthenticationError) -> HttpResponse:
    return problem("signed_out", "You are signed out. Sign in, then try again.")


def _unreadable(_: HttpRequest, fault: ValidationError) -> HttpResponse:
    fields = {_path(error): str(error["msg"]) for error in fault.errors}
    return problem("request_unreadable", "The request cannot be read; see fields.", fields=fields)


def _path(error: Mapping[str, Any]) -> str:
    return ".".join(str(part) for part in error["loc"])


def _http(_: HttpRequest, fault: HttpError) -> HttpResponse:
    status = HTTPStatus(fault.status_code)
    if status is HTTPStatus.FORBIDDEN:
        return problem(
            "token_missing", "The request carries no valid CSRF token. Load the page again.", status=status
        )
    return problem(status.name.lower(), fault.message, status=status)


def _not_found(_: HttpRequest, __: Http404 | OverflowError) -> HttpResponse:
    """Answer for what is not there, such as an id that no database can hold."""
    return problem("not_found", "There is nothing here, or it is not yours to see.")


def _too_much(_: HttpRequest, __: SuspiciousOperation) -> HttpResponse:
    return problem("bad_request", "The request has more fields than are read here.", HTTPStatus.BAD_REQUEST)


def _defect(request: HttpRequest, fault: Exception) -> HttpResponse:
    log.error("%s %s failed", request.method, request.path, exc_info=fault)
    return problem(
        "internal_error",
        "This is a defect of drumbeat, not of your request. The log says more.",
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
    )


@csrf_exempt  # it changes nothing, and Django would refuse with a page before it could answer
def no_such_route(request: HttpRequest) -> HttpResponse:
    """Answer for every address below `/api/` that no route has."""
    return problem("not_found", f"The API has no route {request.path}.")


def install(api: NinjaAPI) -> None:
    """Answer every exception of `api` with a problem document."""
    for fault, answer in (
        (DomainError, _refused),
        (AuthenticationError, _signed_out),
        (ValidationError, _unreadable),
        (HttpError, _http),
        (Http404, _not_found),
        (OverflowError, _not_found),
        (SuspiciousOperation, _too_much),
        (Exception, _defect),
    ):
        api.add_exception_handler(fault, answer)  # type: ignore[arg-type]  # ninja types the handler by Exception
