"""`/hooks/twilio/<token>`: Twilio tells what became of texts and calls, and passes on what people write.

No account and no cookie: the signature over the configured public address is checked before anything is read, and
what was posted is stored before it is acknowledged.
"""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from drumbeat.api.problems import problem
from drumbeat.channels.twilio.signature import HEADER
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.core.twilio_callbacks import MAX_BODY
from drumbeat.inbound.twilio.taking import Posted, note_method, take

_STATUSES = {
    "callback_refused": HTTPStatus.FORBIDDEN,
    "callback_unreadable": HTTPStatus.BAD_REQUEST,
    "secret_unreadable": HTTPStatus.SERVICE_UNAVAILABLE,
}
_NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


@csrf_exempt
def told(request: HttpRequest, token: str, mark: str = "") -> HttpResponse:
    """Answer 200 with empty TwiML once what was posted is stored: answers leave by the outbox alone.

    A person who opens the address sees nothing. Twilio itself may ask by GET where a number is set so: that is refused
    and noted, for the words in the query are in every log on the way.
    """
    if request.method in ("GET", "HEAD") and HEADER not in request.headers:
        return HttpResponse()
    if request.method != "POST":
        note_method(token, SystemClock().now())
        sentence = "Send what happened by POST."
        return problem("method_not_allowed", sentence, HTTPStatus.METHOD_NOT_ALLOWED)
    body = _body(request)
    if body is None:
        sentence = f"A callback has at most {MAX_BODY // 1024} KB."
        return problem("callback_too_large", sentence, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    posted = Posted(
        path=request.path,
        query=request.META.get("QUERY_STRING", ""),
        body=body,
        signature=request.headers.get(HEADER, ""),
    )
    try:
        take(token, mark, posted, SystemClock().now())
    except DomainError as error:
        return problem(error.code, error.message, _STATUSES.get(error.code), error.fields)
    return HttpResponse(_NOTHING_TO_SAY, content_type="text/xml")


def _body(request: HttpRequest) -> bytes | None:
    """Return the raw body, None when it is too large; its announced length is refused unread."""
    announced = request.headers.get("Content-Length", "0")
    if announced.isdecimal() and int(announced) > MAX_BODY:
        return None
    try:
        body = request.body
    except RequestDataTooBig:
        return None
    return body if len(body) <= MAX_BODY else None


urlpatterns: list[URLPattern] = [
    path("hooks/twilio/<str:token>", told, name="twilio_told"),
    path("hooks/twilio/<str:token>/<str:mark>", told, name="twilio_told_of"),
]
