"""The built web app: one page for every address that nothing else answers; its router reads the address."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

import drumbeat

INDEX = Path(drumbeat.__file__).parent / "spa" / "index.html"
NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>drumbeat</title>
<h1>The web app is not built</h1>
<p>Run <code>make build</code> in the checkout, then load this page again. The API and
the engine work without it.</p>
</html>
"""


@never_cache
@require_safe
@ensure_csrf_cookie
def web_app(request: HttpRequest) -> HttpResponse:
    """Answer with the app, or say how to build it."""
    built = INDEX.is_file()
    page = INDEX.read_text(encoding="utf-8") if built else NOT_BUILT
    return HttpResponse(page, status=200 if built else 503)
