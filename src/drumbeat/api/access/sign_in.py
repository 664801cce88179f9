"""`/sign-in/<token>`: GET shows a button, POST signs in. What fetches links from mails presses no buttons."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from drumbeat.actions.members import sign_in as verbs
from drumbeat.api.board import received
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.environment import environment

AFTERWARDS = "/"
AFTERWARDS_IN_DEMO = "/live"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a one-time link."""
    now = SystemClock().now()
    if request.method != "POST":
        usable = verbs.is_usable(token, now)
        return render(request, "sign_in.html", {"usable": usable}, status=200 if usable else 410)
    try:
        user = verbs.use(token, now)
    except DomainError as error:
        return render(request, "sign_in.html", {"usable": False, "sentence": error.message}, status=410)
    login(request, user, backend=BACKEND)
    is_demo = received.file_in(environment().data) is not None
    return HttpResponseRedirect(AFTERWARDS_IN_DEMO if is_demo else AFTERWARDS)
