"""`/hooks/esp/<provider>/<token>`: a provider tells what became of mail, and passes on received mail.

No account and no cookie: what proves the call is checked before anything of it is read, and it is stored before it is
acknowledged.
"""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from drumbeat.api import links
from drumbeat.api.problems import problem
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.core.providers import Half
from drumbeat.inbound.providers.calls import LARGEST, Call
from drumbeat.inbound.providers.taking import take

_STATUSES = {"provider_refused": HTTPStatus.FORBIDDEN, "provider_unreadable": HTTPStatus.BAD_REQUEST}
_CHUNK = 1 << 20
_ASKED = frozenset({"amazon_ses"})
"""Who gives the password of the address only when asked for it."""


@csrf_exempt
def told(request: HttpRequest, provider: str, token: str, half: Half = Half.EVENTS) -> HttpResponse:
    """Answer 200 once what was told is stored. A question by GET or HEAD is answered alike for every address."""
    if request.method in ("GET", "HEAD"):
        return HttpResponse()
    if request.method != "POST":
        sentence = "Send what happened by POST."
        return problem("method_not_allowed", sentence, HTTPStatus.METHOD_NOT_ALLOWED)
    body = _body(request)
    if body is None:
        sentence = f"A call has at most {LARGEST >> 20} MB."
        return problem("provider_call_too_large", sentence, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    call = Call(
        half=half,
        address=links.at(request, request.path),
        content_type=request.headers.get("Content-Type", ""),
        headers=dict(request.headers.items()),
        body=body,
    )
    try:
        take(provider, token, call, SystemClock().now())
    except DomainError as error:
        if error.code == "provider_refused" and provider in _ASKED and "Authorization" not in request.headers:
            return _challenge(error)
        return problem(error.code, error.message, _STATUSES.get(error.code), error.fields)
    return JsonResponse({})


def _challenge(error: DomainError) -> HttpResponse:
    answer = problem(error.code, error.message, HTTPStatus.UNAUTHORIZED, error.fields)
    answer["WWW-Authenticate"] = 'Basic realm="drumbeat"'
    return answer


def _body(request: HttpRequest) -> bytes | None:
    """Return the raw body, None when it is too large; its announced length is refused unread."""
    announced = request.headers.get("Content-Length", "0")
    if announced.isdecimal() and int(announced) > LARGEST:
        return None
    parts, size = [], 0
    while part := request.read(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            return None
    return b"".join(parts)


urlpatterns: list[URLPattern] = [
    path("hooks/esp/<str:provider>/<str:token>", told, name="provider_events"),
    path(
        "hooks/esp/<str:provider>/<str:token>/inbound", told, {"half": Half.INBOUND}, name="provider_inbound"
    ),
]
