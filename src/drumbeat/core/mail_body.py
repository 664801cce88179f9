"""The two parts of a mail: its content, a contact's values and the look of a workspace become text and HTML.

What does not depend on the contact is made once and remembered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from drumbeat.core import branding_frame, markup, merge, mjml
from drumbeat.core.branding import UNBRANDED, Branding, Layout
from drumbeat.core.branding_frame import Words, framed, preview_line
from drumbeat.core.flow import EmailContent
from drumbeat.core.mail_footer import Body, Footer, complete, complete_text
from drumbeat.core.mail_text import html_from_text


@dataclass(frozen=True, slots=True)
class Look:
    """The branding of a workspace, and where its logo is fetched; "" without one."""

    branding: Branding = UNBRANDED
    logo_url: str = ""

    def layout_of(self, content: EmailContent) -> Layout:
        """Return the step's own choice, else the workspace's; a whole page, which MJML is too, brings its own."""
        if content.mjml or markup.is_page(content.html):
            return Layout.PLAIN
        return self.branding.layout if content.layout == "default" else Layout(content.layout)


def write(
    content: EmailContent, values: Mapping[str, Any], look: Look, footer: Footer, subject: str
) -> tuple[str, str | None]:
    """Return plain text and HTML, None for a mail that has none. Raises MergeError.

    Addresses of links in both are as they leave.
    """
    text = _text(content, values)
    preheader = merge.render_line(content.preheader, values)
    if look.layout_of(content) == Layout.BRANDED:
        return _branded(content, text, values, look, footer, Words(subject, preheader, ""))
    plain, written = complete(text, _page(content, values), footer)
    if written is None or not preheader:
        return plain, written
    return plain, _opened(written, preview_line(preheader))


def _page(content: EmailContent, values: Mapping[str, Any]) -> Body:
    if content.mjml:
        return Body(content.mjml, mjml.written(merge.render(content.mjml, values, html=True)))
    return Body(content.html, merge.render(markup.inlined(content.html), values, html=True))


def _text(content: EmailContent, values: Mapping[str, Any]) -> Body:
    """Return the plain text: the author's, else that of the HTML; nothing where that is to be made per mail."""
    source = content.text or (markup.text_source(content.html) if content.html else "")
    return Body(content.text or content.html if source else "", merge.render(source or "", values))


def _opened(page: str, line: str) -> str:
    """Put the preview line first into what a reader would see."""
    body = page.lower().find("<body")
    start = page.find(">", body) + 1 if body >= 0 else 0
    return page[:start] + line + page[start:]


def _branded(
    content: EmailContent, text: Body, values: Mapping[str, Any], look: Look, footer: Footer, words: Words
) -> tuple[str, str]:
    frame = branding_frame.frame_of(look.branding, look.logo_url)
    if not content.html:
        body = html_from_text(text.rendered).replace("<p>", frame.paragraph).replace("<a href=", frame.link)
        written = framed(frame, Words(words.subject, words.preheader, body), footer.lacking_in(content.text))
        return complete_text(text, footer), written
    made = markup.inlined_fragment(content.html, frame.css)
    rendered = merge.render(made.body, values, html=True)
    sheet = merge.render(made.sheet, values, html=True)
    said = Words(words.subject, words.preheader, rendered, sheet)
    written = framed(frame, said, footer.lacking_in(content.html))
    return complete(text, Body(content.html, rendered), footer)[0], written


HAND_WRITTEN = Look()
