"""How the mails of a workspace look: people see it, change it, give it a logo, look at a mail in it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from drumbeat.actions import access, audit
from drumbeat.core import branding as rules
from drumbeat.core import mail_body
from drumbeat.core.attachments import shape_of
from drumbeat.core.branding import Branding, Layout
from drumbeat.core.flow import EmailContent
from drumbeat.core.mail_body import Look
from drumbeat.core.mail_footer import Footer
from drumbeat.models import Member, Picture, Workspace
from drumbeat.store import attachments, outgoing, sql
from drumbeat.store.brandings import branding_of, picture_url

SUBJECT = {"de": "So sehen Ihre Mails aus", "en": "This is how your mails look"}
SAMPLE = {
    "de": EmailContent(
        subject=SUBJECT["de"],
        preheader="Ein kurzer Gruß, eine Liste, ein Link",
        html="<p>Guten Tag, Kim,</p><p>so liest sich eine Mail mit Ihrem Rahmen: ein Absatz, "
        '<strong>ein Wort mit Nachdruck</strong> und <a href="https://example.com/">ein Link</a>.</p>'
        "<ul><li>ein Punkt</li><li>noch ein Punkt</li></ul>"
        '<p><a class="button" href="https://example.com/">Termin wählen</a></p><p>Viele Grüße</p>',
    ),
    "en": EmailContent(
        subject=SUBJECT["en"],
        preheader="A greeting, a list, a link",
        html="<p>Hello Kim,</p><p>this is how a mail reads in your frame: a paragraph, "
        '<strong>a word that matters</strong> and <a href="https://example.com/">a link</a>.</p>'
        "<ul><li>one point</li><li>another one</li></ul>"
        '<p><a class="button" href="https://example.com/">Choose a time</a></p><p>Best regards</p>',
    ),
}
"""A mail to look at, by language."""


def seen(member: Member) -> Branding:
    access.require(member, "settings.view")
    return branding_of(_workspace(member))


def change(member: Member, wanted: Mapping[str, Any], now: datetime) -> Branding:
    """Change what is named; it holds from the next mail on. DomainError `branding_invalid`."""
    access.require(member, "settings.edit")
    with transaction.atomic():
        before = _locked(member)
        return _save(member, before, rules.changed(before, wanted), now)


def put_logo(member: Member, data: bytes, now: datetime) -> Branding:
    """Show this picture above branded mails. DomainError `picture_refused`."""
    access.require(member, "settings.edit")
    shape = shape_of(data)
    width, height = shape.shown()
    with transaction.atomic():
        before = _locked(member)
        picture = attachments.keep_picture(member.workspace_id, data, shape, now)
        after = replace(before, logo=picture.token, logo_width=width, logo_height=height)
        return _save(member, before, after, now)


def remove_logo(member: Member, now: datetime) -> Branding:
    """Show none; mails that left keep theirs."""
    access.require(member, "settings.edit")
    with transaction.atomic():
        before = _locked(member)
        return _save(member, before, replace(before, logo="", logo_width=0, logo_height=0), now)


def sample(member: Member, wanted: Mapping[str, Any], layout: Layout) -> tuple[str, str]:
    """Return text and HTML of a mail as it would look with what is wanted; nothing is saved."""
    access.require(member, "settings.view")
    workspace = _workspace(member)
    branding = rules.changed(branding_of(workspace), wanted)
    content = replace(SAMPLE.get(branding.language, SAMPLE["en"]), layout=layout.value)
    footer = Footer(
        signature=workspace.name,
        postal_address=workspace.postal_address,
        link=outgoing.unsubscribe_url(workspace.pk, 0, 0),
        note=branding.footer,
        way_out=branding.way_out,
    )
    text, html = mail_body.write(content, {}, Look(branding, _embedded(branding)), footer, content.subject)
    return text, html or ""


def logo_shown(html: str, branding: Branding) -> str:
    """Return HTML with the logo within it, for a frame that fetches nothing."""
    return html.replace(picture_url(branding.logo), _embedded(branding)) if branding.logo else html


def _embedded(branding: Branding) -> str:
    picture = Picture.objects.filter(token=branding.logo).first() if branding.logo else None
    if picture is None:
        return ""
    return f"data:{picture.content_type};base64,{b64encode(bytes(picture.data)).decode()}"


def picture(token: str) -> Picture | None:
    """Return what lies at a public address."""
    return Picture.objects.filter(token=token).first()


def _workspace(member: Member) -> Workspace:
    return Workspace.objects.get(id=member.workspace_id)


def _locked(member: Member) -> Branding:
    sql.lock(Workspace.objects.filter(id=member.workspace_id))
    return branding_of(_workspace(member))


def _save(member: Member, before: Branding, after: Branding, now: datetime) -> Branding:
    was, becomes = rules.write_branding(before), rules.write_branding(after)
    named = [name for name in becomes if was[name] != becomes[name]]
    if named:
        Workspace.objects.filter(id=member.workspace_id).update(branding=becomes)
        audit.record(
            member,
            "settings.brand",
            now,
            object_kind="workspace",
            object_id=member.workspace_id,
            before={name: was[name] for name in named},
            after={name: becomes[name] for name in named},
        )
    return after
