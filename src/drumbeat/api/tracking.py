"""What tracked mails fetch: `/o/<token>.gif`, a picture of one dot, and `/c/<token>`, which leads on to a link.

Neither needs the database: the fetch is written to a file and counted later. No cookie, no session; what we did not
write ourselves leads nowhere and is answered alike.
"""

from __future__ import annotations

import base64
import secrets

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.encoding import iri_to_uri
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from drumbeat.clock import SystemClock
from drumbeat.core.link_hosts import PATH
from drumbeat.core.tracking_verdicts import FetchKind, How
from drumbeat.inbound.tracking import spool
from drumbeat.inbound.tracking_spool import Hit
from drumbeat.store.link_hosts import own_mark
from drumbeat.store.tracking_links import Clicked, read_link, read_picture

_DOT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_HEADERS = {
    "Cache-Control": "no-store, max-age=0",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_NOWHERE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Nothing here</title>'
    "<p>This link leads nowhere. It may have been cut: try to copy it as a whole.</p></html>"
)
_LONGEST_AGENT = 300


@csrf_exempt
@require_safe
def picture(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with a transparent dot, whoever asks and however often."""
    mark = read_picture(token)
    if mark is None:
        return _nowhere()
    _write(request, FetchKind.OPEN, Clicked(mark, 0, 0, ""))
    return HttpResponse(_DOT, content_type="image/gif", headers=_HEADERS)


@csrf_exempt
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Lead on to where the link was written to lead; the hidden link leads nowhere."""
    clicked = read_link(token)
    if clicked is None:
        return _nowhere()
    _write(request, FetchKind.CLICK, clicked)
    if not clicked.target:
        return _nowhere()
    return HttpResponse(status=302, headers={**_HEADERS, "Location": iri_to_uri(clicked.target)})


@csrf_exempt
@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """Say which installation this is: so a host that should lead here is known to."""
    return HttpResponse(own_mark(), content_type="text/plain", headers=_HEADERS)


def _nowhere() -> HttpResponse:
    return HttpResponse(_NOWHERE, status=404, headers=_HEADERS)


def _write(request: HttpRequest, kind: FetchKind, clicked: Clicked) -> None:
    spool().put(
        Hit(
            key=secrets.token_hex(16),
            kind=kind,
            mark=clicked.mark,
            at=SystemClock().now(),
            how=_how(request),
            agent=request.headers.get("User-Agent", "")[:_LONGEST_AGENT],
            link=clicked.link,
            links=clicked.links,
            target=clicked.target,
        )
    )


def _how(request: HttpRequest) -> How:
    if request.method == "HEAD":
        return How.HEAD
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return How.PREFETCH if any("pre" in purpose.lower() for purpose in purposes) else How.GET


urlpatterns: list[URLPattern] = [
    path("o/<str:token>.gif", picture, name="tracked_picture"),
    path("c/<str:token>", link, name="tracked_link"),
    path(PATH.lstrip("/"), who),
]
