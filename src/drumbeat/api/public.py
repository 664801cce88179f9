"""Pages for people who are not signed in: `/u/<token>`, the unsubscribe link of a mail.

Reading it changes nothing, because mail gateways fetch every link; only a POST acts (RFC 8058). No cookie, no
login, no redirect, no script, and no word on whether a token exists. The question is asked without a database too; a
wish that cannot be stored is never said to be, and the reader learns what else to do.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from drumbeat.actions import opt_outs
from drumbeat.clock import SystemClock
from drumbeat.models import Sequence, Workspace
from drumbeat.store.marks import unseal

log = logging.getLogger(__name__)

PURPOSE = "unsubscribe"
ONE_CLICK = "List-Unsubscribe=One-Click"
FIELD = "from"
ALL = "all"
ONE_SEQUENCE = "sequence"
AGAIN_SECONDS = 30

_TOKEN = re.compile(r"[A-Za-z0-9_-]*")
_PAYLOAD = re.compile(r"(\d{1,18}):(\d{1,18}):(\d{0,18})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The page in one language; `{name}` is the workspace, or `somebody` where the link does not tell."""

    title: str
    somebody: str
    ask: str
    all: str
    one_sequence: str
    ask_note: str
    done: str
    done_all: str
    done_one: str
    done_note: str
    not_stored: str
    not_stored_sentence: str
    again: str
    not_stored_note: str


def read_words(folder: Path) -> Mapping[str, Words]:
    """Return the page's words by language: one file each, so that another language is another file."""
    files = sorted(folder.glob("*.toml"))
    return MappingProxyType({file.stem: Words(**tomllib.loads(file.read_text("utf-8"))) for file in files})


_PAGES = Path(__file__).parents[1] / "templates/public"
WORDS = read_words(_PAGES / "words")


@dataclass(frozen=True, slots=True)
class Link:
    """What a token says. `sequence_id` is None for a mail outside a sequence."""

    workspace_id: int
    contact_id: int
    sequence_id: int | None


def read_token(token: str) -> Link | None:
    """Return what the token of an unsubscribe link says, None for anything that we did not write.

    What mail programs leave at the end of a link is overlooked.
    """
    found = _TOKEN.match(token)
    payload = unseal(PURPOSE, found.group()) if found else None
    parts = _PAYLOAD.fullmatch(payload or "")
    if parts is None:
        return None
    workspace_id, contact_id, sequence_id = parts.groups()
    return Link(int(workspace_id), int(contact_id), int(sequence_id or 0) or None)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "OPTIONS", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Show the question; on a POST of the page's form or of a mail program, carry it out.

    Known, unknown and repeated tokens are answered alike. 503 when the wish could not be stored: who sent it may
    send it again (RFC 9110 section 15.6.4).
    """
    link = read_token(token)
    wish = _wish(request) if request.method == "POST" else None
    if wish is None:
        return _ask(request, link)
    only = link.sequence_id if link and wish == ONE_SEQUENCE else None
    if link is not None:
        source = "unsubscribe_page" if FIELD in request.POST else "one_click"
        try:
            opt_outs.unsubscribe(
                link.workspace_id, link.contact_id, SystemClock().now(), source=source, sequence_id=only
            )
        except Error:
            log.exception("a wish to get no more mails could not be stored")
            return _not_stored(request, wish)
    return _done(request, link, one_sequence=only is not None)


def _wish(request: HttpRequest) -> str | None:
    """Return `all` or `sequence`, None when the request carries neither our form nor the one-click words.

    The body is read as bytes first: mail programs send it as a form of either kind, and some without a type.
    """
    one_click = ONE_CLICK.encode() in request.body or request.POST.get("List-Unsubscribe") == "One-Click"
    chosen = request.POST.get(FIELD)
    if chosen in (ALL, ONE_SEQUENCE):
        return chosen
    return ALL if one_click else None


def _ask(request: HttpRequest, link: Link | None) -> HttpResponse:
    language, words = _words(request)
    name, has_sequence = _sender(link, words)
    offers = [(ALL, words.all)]
    if has_sequence:
        offers.append((ONE_SEQUENCE, words.one_sequence))
    heading = words.ask.format(name=name)
    return _page(
        request,
        {"language": language, "words": words, "heading": heading, "offers": offers, "note": words.ask_note},
    )


def _not_stored(request: HttpRequest, wish: str) -> HttpResponse:
    language, words = _words(request)
    page = _page(
        request,
        {
            "language": language,
            "words": words,
            "heading": words.not_stored,
            "sentence": words.not_stored_sentence,
            "offers": [(wish, words.again)],
            "note": words.not_stored_note,
        },
        status=503,
    )
    page["Retry-After"] = str(AGAIN_SECONDS)
    return page


def _done(request: HttpRequest, link: Link | None, *, one_sequence: bool) -> HttpResponse:
    language, words = _words(request)
    name, _ = _sender(link, words)
    sentence = (words.done_one if one_sequence else words.done_all).format(name=name)
    return _page(
        request,
        {
            "language": language,
            "words": words,
            "heading": words.done,
            "sentence": sentence,
            "offers": [(ALL, words.all)] if one_sequence else [],
            "note": words.done_note,
        },
    )


def _sender(link: Link | None, words: Words) -> tuple[str, bool]:
    """Return who sends, and whether the link is of a sequence that there is.

    What the database does not tell, because it is away, is taken from the link.
    """
    if link is None:
        return words.somebody, False
    try:
        workspace = Workspace.objects.filter(id=link.workspace_id).first()
        return (workspace.name if workspace else "") or words.somebody, _has_sequence(link)
    except Error as fault:
        log.warning("the unsubscribe page is shown without a name: %s", fault)
        return words.somebody, link.sequence_id is not None


def _has_sequence(link: Link) -> bool:
    if link.sequence_id is None:
        return False
    return Sequence.objects.filter(id=link.sequence_id, workspace_id=link.workspace_id).exists()


def _words(request: HttpRequest) -> tuple[str, Words]:
    """Return the first language that the browser asks for and we have, else English."""
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()[:500])
    known = (tag.partition("-")[0] for tag, _ in asked)
    language = next((tag for tag in known if tag in WORDS), "en")
    return language, WORDS[language]


def _page(request: HttpRequest, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    style, policy = _style()
    page = render(
        request, "public/unsubscribe.html", {**context, "field": FIELD, "style": style}, status=status
    )
    page["Content-Security-Policy"] = policy
    page["Cache-Control"] = "no-store"
    page["Referrer-Policy"] = "no-referrer"
    page["X-Robots-Tag"] = "noindex"
    page["Vary"] = "Accept-Language"
    return page


@cache
def _style() -> tuple[str, str]:
    """Return the style sheet and the policy that lets through this sheet, our form, and nothing else."""
    css = (_PAGES / "page.css").read_text()
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return css, policy


urlpatterns: list[URLPattern] = [path("u/<str:token>", unsubscribe, name="unsubscribe")]
