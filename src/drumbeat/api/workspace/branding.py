"""How mails look: see it, change it, upload a logo, look at a sample."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Field, File, Router, Schema
from ninja.files import UploadedFile

from drumbeat.actions import branding
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.core.attachments import MOST_PICTURE
from drumbeat.core.branding import FONTS, WAYS_OUT, Branding, Layout, doubts
from drumbeat.core.errors import DomainError
from drumbeat.store.brandings import picture_url

router = Router(tags=["workspace"])
LayoutWord = Literal["plain", "branded"]


class BrandingOut(Schema):
    """`layout` holds for steps that choose none: `plain` looks written by hand. `logo_url` is public, or "".

    `way_out`: the words of the unsubscribe link as they are sent. `doubts`: what is hard to read, in words.
    """

    layout: LayoutWord
    name: str
    logo_url: str
    logo_width: int
    logo_height: int
    accent: str
    text: str
    background: str
    font: str
    footer: str
    unsubscribe: str
    way_out: str
    language: str
    fonts: list[str]
    languages: list[str]
    doubts: list[str]


class BrandingChangeIn(Body):
    """What is absent stays as it is."""

    layout: LayoutWord = "plain"
    name: str = Field(default="", max_length=200)
    accent: str = Field(default="", max_length=7)
    text: str = Field(default="", max_length=7)
    background: str = Field(default="", max_length=7)
    font: str = Field(default="", max_length=20)
    footer: str = Field(default="", max_length=1_000)
    unsubscribe: str = Field(default="", max_length=100)
    language: str = Field(default="", max_length=10)


class BrandingPreviewIn(Body):
    """What is wanted, unsaved; `shown` is the look of the sample."""

    wanted: BrandingChangeIn = Field(default_factory=BrandingChangeIn)
    shown: LayoutWord = "branded"


class BrandingPreviewOut(Schema):
    """A mail in this look, written by the renderer of all mails. Show `html` in a sandboxed frame."""

    html: str
    text: str


@router.get("/branding", response={200: BrandingOut, **REFUSALS}, operation_id="get_branding")
def get_branding(request: MemberRequest) -> BrandingOut:
    """Show how mails look."""
    return _out(branding.seen(request.member))


@router.patch("/branding", response={200: BrandingOut, **REFUSALS}, operation_id="change_branding")
def change_branding(request: MemberRequest, body: BrandingChangeIn) -> BrandingOut:
    """Change how mails look; it holds from the next mail on."""
    wanted = body.dict(exclude_unset=True)
    return _out(branding.change(request.member, wanted, SystemClock().now()))


@router.post("/branding/logo", response={200: BrandingOut, **REFUSALS}, operation_id="upload_logo")
def upload_logo(request: MemberRequest, file: File[UploadedFile]) -> BrandingOut:
    """Show this picture above branded mails: PNG, JPEG, GIF or WebP, at most 1 MB."""
    if (file.size or 0) > MOST_PICTURE:
        raise DomainError("picture_refused", "The picture is larger than 1 MB.", {"file": "too large"})
    return _out(branding.put_logo(request.member, file.read(), SystemClock().now()))


@router.delete("/branding/logo", response={200: BrandingOut, **REFUSALS}, operation_id="remove_logo")
def remove_logo(request: MemberRequest) -> BrandingOut:
    """Show no logo from the next mail on."""
    return _out(branding.remove_logo(request.member, SystemClock().now()))


@router.post(
    "/branding/preview", response={200: BrandingPreviewOut, **REFUSALS}, operation_id="preview_branding"
)
def preview_branding(request: MemberRequest, body: BrandingPreviewIn) -> BrandingPreviewOut:
    """Write a sample mail in the look that is wanted; nothing is saved or sent."""
    wanted: dict[str, Any] = body.wanted.dict(exclude_unset=True)
    text, html = branding.sample(request.member, wanted, Layout(body.shown))
    return BrandingPreviewOut(html=html, text=text)


def _out(found: Branding) -> BrandingOut:
    return BrandingOut(
        layout=found.layout.value,
        name=found.name,
        logo_url=picture_url(found.logo) if found.logo else "",
        logo_width=found.logo_width,
        logo_height=found.logo_height,
        accent=found.accent,
        text=found.text,
        background=found.background,
        font=found.font,
        footer=found.footer,
        unsubscribe=found.unsubscribe,
        way_out=found.way_out,
        language=found.language,
        fonts=list(FONTS),
        languages=list(WAYS_OUT),
        doubts=doubts(found),
    )
