"""Single mails: as they came, how they are meant, whose they are, to whom they are passed on."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from drumbeat.actions.conversations import judging, originals, passing_on, strangers
from drumbeat.api.auth import MemberRequest
from drumbeat.api.files import saved
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.inbox import schemas as out
from drumbeat.api.inbox import view
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.core.answers.wishes import Sentiment

router = Router(tags=["inbox"])

FRAME = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:{images}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""The policy of a shown mail: no script, no origin, no form; links open elsewhere. `images`: from where else."""
_PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"><title>{title}</title><style>'
    "body{{margin:12px;font:14px/1.5 system-ui,sans-serif;color:#1f1f1f;background:#fff;overflow-wrap:anywhere}}"
    "img{{max-width:100%;height:auto}}table{{max-width:100%}}"
    "blockquote{{margin:0 0 0 8px;padding-left:10px;border-left:2px solid #ccc;color:#555}}"
    "</style></head><body>{body}</body></html>"
)
_HTML = {
    "responses": {
        200: {
            "description": "A page with nothing that acts, under a policy of its own",
            "content": {"text/html": {"schema": {"type": "string"}}},
        }
    }
}
FILE = {
    "responses": {
        200: {
            "description": "The file, to be saved",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@router.get(
    "/messages/{int:message_id}/original",
    response={200: out.OriginalOut, **REFUSALS},
    operation_id="get_original",
)
def get_original(request: MemberRequest, message_id: int) -> out.OriginalOut:
    """Show the text of a mail as it came, quotes included."""
    text, has_remote = originals.text_of(request.member, message_id)
    return out.OriginalOut(id=message_id, text=text, has_remote=has_remote)


@router.get(
    "/messages/{int:message_id}/html", response=REFUSALS, operation_id="get_html", openapi_extra=_HTML
)
def get_html(request: MemberRequest, message_id: int, images: bool = False) -> HttpResponse:
    """Show the HTML of a mail made harmless. With `images` pictures from elsewhere too: that tells it was read."""
    shown = originals.html_of(request.member, message_id, remote=images)
    page = HttpResponse(_PAGE.format(title="-", body=shown.html))
    page["Content-Security-Policy"] = FRAME.format(images=" https: http:" if images else "")
    page["X-Frame-Options"] = "SAMEORIGIN"
    page["Referrer-Policy"] = "no-referrer"
    page["Cache-Control"] = "private, max-age=300"
    return page


@router.get(
    "/messages/{int:message_id}/files/{int:number}",
    response=REFUSALS,
    operation_id="get_received_file",
    openapi_extra=FILE,
)
def get_received_file(request: MemberRequest, message_id: int, number: int) -> HttpResponse:
    """Save a file that came with a mail or went along, `number` from 0. A browser never shows it."""
    name, content = originals.file_in(request.member, message_id, number)
    return saved(content, name)


@router.put(
    "/messages/{int:message_id}/sentiment",
    response={200: out.SentimentOut, **REFUSALS},
    operation_id="reclassify_message",
)
def reclassify_message(request: MemberRequest, message_id: int, body: out.SentimentIn) -> out.SentimentOut:
    """Correct how a mail was understood. As `unsubscribe` it unsubscribes the contact at once."""
    meant = Sentiment(body.sentiment) if body.sentiment else None
    message = judging.reclassify(request.member, message_id, meant, SystemClock().now())
    return out.SentimentOut(id=message.pk, sentiment=message.sentiment)


@router.post(
    "/messages/{int:message_id}/forward",
    response={200: out.ForwardedOut, **REFUSALS},
    operation_id="forward_message",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def forward_message(request: MemberRequest, message_id: int, body: out.ForwardIn) -> out.ForwardedOut:
    """Pass a message on to a member by mail."""
    touch = passing_on.forward(
        request.member,
        message_id,
        body.member_id,
        SystemClock().now(),
        note=body.note,
        client_id=body.client_id,
    )
    return out.ForwardedOut(id=touch.pk, status=touch.status, recipient=touch.recipient)


@router.get(
    "/conversations/unmatched",
    response={200: Page[out.UnmatchedOut], **REFUSALS},
    operation_id="list_unmatched_mails",
)
def list_unmatched_mails(request: MemberRequest, page: Paged) -> Page[out.UnmatchedOut]:
    """List mails of people that belong to no contact."""
    return page_of(strangers.unmatched(request.member).defer("html"), ("-id",), page, view.unmatched)


@router.post(
    "/conversations/unmatched/settle",
    response={200: out.SettledCountOut, **REFUSALS},
    operation_id="settle_unmatched_mails",
)
def settle_unmatched_mails(request: MemberRequest, body: out.MessageIdsIn) -> out.SettledCountOut:
    """Put such mails away."""
    now = SystemClock().now()
    return out.SettledCountOut(count=strangers.settle(request.member, body.ids, now))


@router.post(
    "/conversations/unmatched/{int:message_id}/attach",
    response={200: out.GivenOut, **REFUSALS},
    operation_id="attach_unmatched_mail",
)
def attach_unmatched_mail(request: MemberRequest, message_id: int, body: out.AttachIn) -> out.GivenOut:
    """Give such a mail to a contact: it counts as their reply."""
    contact = strangers.attach(request.member, message_id, body.contact_id, SystemClock().now())
    return out.GivenOut(contact_id=contact.pk)


@router.post(
    "/conversations/unmatched/{int:message_id}/contact",
    response={200: out.GivenOut, **REFUSALS},
    operation_id="make_contact_of_mail",
)
def make_contact_of_mail(request: MemberRequest, message_id: int, body: out.MakeContactIn) -> out.GivenOut:
    """Create the contact who wrote such a mail, in no sequence."""
    contact = strangers.make_contact(request.member, message_id, body.model_dump(), SystemClock().now())
    return out.GivenOut(contact_id=contact.pk)
