"""`/hooks/<token>`: takes in what another program tells, stored before it is acknowledged.

No account and no cookie: the signature over the raw body is checked before anything of it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from drumbeat.actions import hooks
from drumbeat.api.problems import problem
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.core.hooks import LARGEST_BODY

STATUSES: Mapping[str, HTTPStatus] = {
    "hook_unknown": HTTPStatus.NOT_FOUND,
    "hook_signature_wrong": HTTPStatus.UNAUTHORIZED,
}


@csrf_exempt
def take(request: HttpRequest, token: str) -> HttpResponse:
    """Answer 200 once what was told is stored, else a problem that says what to change."""
    if request.method != "POST":
        sentence = "Send what happened by POST."
        return problem("method_not_allowed", sentence, HTTPStatus.METHOD_NOT_ALLOWED)
    body = _body(request)
    if body is None:
        sentence = f"A hook takes at most {LARGEST_BODY // 1024} KB. Put less into data."
        return problem("hook_body_too_large", sentence, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        taken = hooks.take(token, body, headers, SystemClock().now())
    except DomainError as error:
        return problem(error.code, error.message, STATUSES.get(error.code), error.fields)
    return JsonResponse({"counted": taken.counted, "contact_id": taken.contact_id})


def _body(request: HttpRequest) -> bytes | None:
    """Return the raw body, None when it is too large; its announced length is refused unread."""
    announced = request.headers.get("Content-Length", "0")
    if announced.isdecimal() and int(announced) > LARGEST_BODY:
        return None
    try:
        body = request.body
    except RequestDataTooBig:
        return None
    return body if len(body) <= LARGEST_BODY else None


urlpatterns: list[URLPattern] = [path("hooks/<str:token>", take, name="hook")]
