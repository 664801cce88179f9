"""Where a provider sends the browser back to: the code becomes a grant, and the person sees the senders again.

Whatever was said against it goes back as a code of ours alone: a page never shows the words of an address.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET

from drumbeat.actions import grants
from drumbeat.actions.grants import using
from drumbeat.api.grants import pending
from drumbeat.api.grants.pending import Held, Waiting
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.models import Member

log = logging.getLogger(__name__)
ROOMS: Mapping[tuple[str, ...], str] = {("mailbox",): "/settings/mailboxes"}
ROOM = "/senders"
"""Where a person sees how it went: among what the account was connected for."""
_LONGEST = 4_000


@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Finish what this browser began; anything else changes nothing."""
    now = SystemClock().now()
    waiting = pending.take(request, request.GET.get("state", "")[:_LONGEST], now)
    member = None if waiting is None else _member(request, waiting)
    if waiting is None or member is None:
        return _back(connect_error="answer_unknown")
    code = request.GET.get("code", "")[:_LONGEST]
    if not code:
        return _back(waiting, connect_error="access_denied")
    try:
        tokens = grants.ask_for(member, waiting.provider, code, waiting.verifier, waiting.back_to)
        if grants.is_of_another(tokens, waiting.address):
            sealed = grants.seal(tokens)
            held = Held(id=secrets.token_urlsafe(12), waiting=waiting, account=tokens.account, sealed=sealed)
            pending.hold(request, held, now)
            return _back(waiting, connect_error="other_account")
        grant = grants.keep(member, waiting.provider, waiting.address, tokens, now)
        using.use(member, grant, waiting.uses, now, name=waiting.name)
    except DomainError as refused:
        log.warning("an account was not connected: %s", refused.code)
        return _back(waiting, connect_error=refused.code)
    return _back(waiting, connected=waiting.address)


def _member(request: HttpRequest, waiting: Waiting) -> Member | None:
    """Return who asked, as long as they are signed in and work there."""
    if not request.user.is_authenticated or not request.user.is_active:
        return None
    rows = Member.objects.select_related("workspace", "user").filter(
        user_id=request.user.pk, workspace_id=waiting.workspace_id, deactivated_at=None
    )
    member = rows.first()
    if member is not None:
        member.via = "web"
    return member


def _back(waiting: Waiting | None = None, /, **about: str) -> HttpResponse:
    room = ROOMS.get(waiting.uses, ROOM) if waiting else ROOM
    answer = HttpResponseRedirect(f"{room}?{urlencode(about)}")
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


urlpatterns: list[URLPattern] = [path(pending.PATH.lstrip("/"), callback, name="oauth_callback")]
