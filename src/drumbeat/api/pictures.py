"""Pictures at public addresses: the logos of mails. Whoever has the address sees it, as with any image of a mail."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from drumbeat.actions import branding

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def picture(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the picture: an image type that we found ourselves, never a page, for any site to show."""
    found = branding.picture(token) if _TOKEN.fullmatch(token) else None
    if found is None:
        return HttpResponseNotFound(content_type="text/plain")
    answer = HttpResponse(bytes(found.data), content_type=found.content_type)
    answer.headers["Cache-Control"] = _FOR_GOOD
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


urlpatterns: list[URLPattern] = [path("pictures/<str:token>", picture, name="picture")]
