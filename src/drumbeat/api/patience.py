"""How long a request waits for the database, and what is answered when it was in vain."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from drumbeat.api import problems
from drumbeat.store import driver

log = logging.getLogger(__name__)

SECONDS = 5.0
"""Workers and commands wait longer. Whoever sent a request does not: mail programs give a one-click POST up after some
ten seconds, a provider repeats a callback, a person reloads; and each that waits keeps one of the few threads that
lead clicks on to where they lead."""

_PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Not now</title>'
    "<p>The database does not answer, or something else keeps it locked. Load the page again in a moment.</p></html>"
)


class Patience:
    """Middleware: bounds the wait, and answers 503 where a view that is not of the API let the fault through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with driver.waiting_at_most(SECONDS):
            return self._get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if not isinstance(fault, OperationalError | InterfaceError) or not driver.is_away(fault):
            return None
        log.warning("%s was not answered, the database is away: %s", request.method, fault)
        if "text/html" in request.headers.get("Accept", ""):
            return problems.told_later(HttpResponse(_PAGE, status=503))
        return problems.later(problems.problem)
