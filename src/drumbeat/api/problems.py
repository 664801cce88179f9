"""Errors as problem documents (RFC 9457), all made here: one shape, one stable `code` each."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Protocol

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from drumbeat.core.errors import DomainError
from drumbeat.store.driver import is_away

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
    "settings_conflict": HTTPStatus.CONFLICT,
    "answer_not_waiting": HTTPStatus.CONFLICT,
    "answer_concerns": HTTPStatus.CONFLICT,
    "answer_changed": HTTPStatus.CONFLICT,
    "answer_outdated": HTTPStatus.CONFLICT,
    "draft_not_waiting": HTTPStatus.CONFLICT,
    "draft_concerns": HTTPStatus.CONFLICT,
    "draft_changed": HTTPStatus.CONFLICT,
    "draft_outdated": HTTPStatus.CONFLICT,
    "draft_too_late": HTTPStatus.CONFLICT,
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


class Write(Protocol):
    """Puts what went wrong into the shape of an interface; without a status the code says it."""

    def __call__(
        self,
        code: str,
        detail: str,
        status: HTTPStatus | None = None,
        fields: Mapping[str, str] | None = None,
        /,
    ) -> HttpResponse: ...


AGAIN_SECONDS = 5


def later(write: Write) -> HttpResponse:
    """Say that the database is away or kept locked (RFC 9110 section 15.6.4).

    It promises nothing of what was asked: a commit whose answer is lost may have been carried out.
    """
    sentence = (
        "The database does not answer, or something else keeps it locked. Try again in a moment: with the same "
        "Idempotency-Key, or after a look at what is there."
    )
    answer = write("database_busy", sentence, HTTPStatus.SERVICE_UNAVAILABLE)
    return told_later(answer)


def told_later(answer: HttpResponse) -> HttpResponse:
    """Give an answer of status 503 the headers that belong to it."""
    answer["Retry-After"] = str(AGAIN_SECONDS)
    answer["Cache-Control"] = "no-store"
    return answer


Reply = Callable[[HttpRequest, Any], HttpResponse]
Replies = Mapping[type[Exception], Reply]


def replies(write: Write) -> Replies:
    """Return how faults are answered that mean the same to whoever asks."""

    def http(_: HttpRequest, fault: HttpError) -> HttpResponse:
        status = HTTPStatus(fault.status_code)
        return write(status.name.lower(), fault.message, status)

    def absent(_: HttpRequest, __: Exception) -> HttpResponse:
        return write("not_found", "There is nothing here, or it is not yours to see.")

    def too_much(_: HttpRequest, __: Exception) -> HttpResponse:
        return write("bad_request", "The request has more fields than are read here.", HTTPStatus.BAD_REQUEST)

    def defect(request: HttpRequest, fault: Exception) -> HttpResponse:
        log.error("%s %s failed", request.method, request.path, exc_info=fault)
        sentence = "This is a defect of drumbeat, not of your request. The log says more."
        return write("internal_error", sentence, HTTPStatus.INTERNAL_SERVER_ERROR)

    def away(request: HttpRequest, fault: Exception) -> HttpResponse:
        if not is_away(fault):
            return defect(request, fault)
        log.warning(
            "%s %s was not carried out, the database is away: %s", request.method, request.path, fault
        )
        return later(write)

    return {
        OperationalError: away,
        InterfaceError: away,
        DomainError: lambda _, fault: write(fault.code, fault.message, None, fault.fields),
        HttpError: http,
        Http404: absent,
        OverflowError: absent,  # an id that no database can hold
        SuspiciousOperation: too_much,
        Exception: defect,
    }


def _signed_out(_: HttpRequest, __: AuthenticationError) -> HttpResponse:
    return problem("signed_out", "You are signed out. Sign in, then try again.")


def _unreadable(_: HttpRequest, fault: ValidationError) -> HttpResponse:
    fields = {_path(error): str(error["msg"]) for error in fault.errors}
    return problem("request_unreadable", "The request cannot be read; see fields.", fields=fields)


def _path(error: Mapping[str, Any]) -> str:
    return ".".join(str(part) for part in error["loc"])


def _without_token(request: HttpRequest, fault: HttpError) -> HttpResponse:
    if fault.status_code != HTTPStatus.FORBIDDEN:
        return _COMMON[HttpError](request, fault)
    sentence = "The request carries no valid CSRF token. Load the page again."
    return problem("token_missing", sentence, HTTPStatus.FORBIDDEN)


_COMMON = replies(problem)
_REPLIES: Replies = {
    **_COMMON,
    AuthenticationError: _signed_out,
    ValidationError: _unreadable,
    HttpError: _without_token,
}


@csrf_exempt  # it changes nothing, and Django would refuse with a page before it could answer
def no_such_route(request: HttpRequest) -> HttpResponse:
    """Answer for every address below `/api/` that no route has."""
    return problem("not_found", f"The API has no route {request.path}.")


def install(api: NinjaAPI, chosen: Replies = _REPLIES) -> None:
    """Answer every exception of `api`, by problem documents where nothing else is chosen."""
    for fault, reply in chosen.items():
        api.add_exception_handler(fault, reply)
