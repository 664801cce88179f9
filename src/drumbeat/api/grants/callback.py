"""Where a provider sends the browser back to: the code becomes a grant, and the person sees the senders again.

Whatever was said against it goes back as a code of ours alone: a page never shows the words of an address.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
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
from drumbeat.core.oauth import why
from drumbeat.models import Member

log = logging.getLogger(__name__)
ROOMS: Mapping[tuple[str, ...], str] = {("mailbox",): "/settings/mailboxes"}
ROOM = "/senders"
"""Where a person sees how it went: among what the account was connected for."""
_LONGEST = 4_000
_LONGEST_CODE = 60
_NOT_OF_CODES = re.compile(r"[^A-Za-z0-9_.-]")
_NUMBER = re.compile(r"AADSTS\d{1,9}")
"""By this one finds out what Microsoft means."""


@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Finish what this browser began; anything else changes nothing. The same answer again leads where it led."""
    now = SystemClock().now()
    state = request.GET.get("state", "")[:_LONGEST]
    before = pending.led_to(request, state)
    if before is not None:
        return _to(before or _where(connect_error="answer_twice"))
    try:
        waiting = pending.take(request, state, now)
    except pending.TooLate:
        return _to(_where(connect_error="answer_late"))
    member = None if waiting is None else _member(request, waiting)
    if waiting is None or member is None:
        return _to(_where(connect_error="answer_unknown"))
    where = _where(waiting, **_finished(request, member, waiting, now))
    pending.answered(request, state, where, now)
    return _to(where)


def _finished(request: HttpRequest, member: Member, waiting: Waiting, now: datetime) -> dict[str, str]:
    """Connect the account, or say by a code of ours why not."""
    code = request.GET.get("code", "")[:_LONGEST]
    if not code:
        return {"connect_error": _refused(request)}
    try:
        tokens = grants.ask_for(
            member, waiting.provider, code, waiting.verifier, waiting.back_to, waiting.uses
        )
        if grants.is_of_another(tokens, waiting.address):
            sealed = grants.seal(tokens)
            held = Held(id=secrets.token_urlsafe(12), waiting=waiting, account=tokens.account, sealed=sealed)
            pending.hold(request, held, now)
            return {"connect_error": "other_account"}
        grant = grants.keep(member, waiting.provider, waiting.address, tokens, now)
        using.use(member, grant, waiting.uses, now, name=waiting.name)
    except DomainError as refused:
        log.warning("an account was not connected: %s %s", refused.code, refused.fields.get("provider", ""))
        return {"connect_error": refused.code}
    return {"connected": waiting.address}


def _refused(request: HttpRequest) -> str:
    """Return what a consent screen that gave no code means (RFC 6749 section 4.1.2.1).

    The log gets the codes alone: descriptions tell addresses, and anybody can write them into a link.
    """
    said = request.GET.get("error", "")
    if not said:
        return "answer_empty"
    number = _NUMBER.search(request.GET.get("error_description", "")[:_LONGEST])
    told = _NOT_OF_CODES.sub("", said)[:_LONGEST_CODE]
    log.warning("a provider gave no code for an account: %s %s", told, number.group() if number else "")
    return why(said).value


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


def _where(waiting: Waiting | None = None, /, **about: str) -> str:
    room = ROOMS.get(waiting.uses, ROOM) if waiting else ROOM
    return f"{room}?{urlencode(about)}"


def _to(where: str) -> HttpResponse:
    answer = HttpResponseRedirect(where)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


urlpatterns: list[URLPattern] = [path(pending.PATH.lstrip("/"), callback, name="oauth_callback")]
