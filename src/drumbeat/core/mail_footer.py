"""What stands below every sequence mail: the sender's signature, the postal address, the way out.

Each is added to a part of the mail only when that part does not write it itself; what is not set is not there.
"""

from __future__ import annotations

import html as markup
from dataclasses import dataclass

from drumbeat.core.mail_text import text_from_html
from drumbeat.core.merge_tags import POSTAL_ADDRESS, SIGNATURE, UNSUBSCRIBE_URL

RULE = "--"
WAY_OUT = "Not for you?"
_SMALL = 'style="color:#777;font-size:12px"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """Plain texts; `link` is the unsubscribe address and never empty."""

    signature: str
    postal_address: str
    link: str

    def lacking_in(self, source: str) -> Footer:
        """Return what a part with this Liquid source does not write itself."""
        return Footer(
            signature="" if SIGNATURE in source else self.signature.strip(),
            postal_address="" if POSTAL_ADDRESS in source else self.postal_address.strip(),
            link="" if UNSUBSCRIBE_URL in source else self.link,
        )


@dataclass(frozen=True, slots=True)
class Body:
    """A part of a mail: its Liquid source and the text that was made of it."""

    source: str
    rendered: str


def complete(text: Body, html: Body, footer: Footer) -> tuple[str, str | None]:
    """Return plain text and HTML (None without one) with their footers. A text that is missing is made of the HTML."""
    written = _html(html.rendered, footer.lacking_in(html.source)) if html.source else None
    if text.source or written is None:
        return _text(text.rendered, footer.lacking_in(text.source)), written
    return text_from_html(written), written


def _text(body: str, lacks: Footer) -> str:
    above, rule, below = _parted(body)
    if lacks.signature:
        above = f"{above.rstrip()}\n\n{lacks.signature}\n"
    lines = [" · ".join(filter(None, (line.strip() for line in lacks.postal_address.splitlines())))]
    lines.append(f"{WAY_OUT} {lacks.link}" if lacks.link else "")
    added = "\n".join(filter(None, lines))
    if not added:
        return above + rule + below
    if not rule:
        return f"{above.rstrip()}\n\n{RULE}\n{added}\n"
    return f"{above}{rule}{below.rstrip()}\n{added}\n"


def _parted(body: str) -> tuple[str, str, str]:
    """Part a text at its last rule: a footer that somebody wrote stays below what is added to the words."""
    rule = f"\n{RULE}\n"
    above, found, below = body.replace("\r\n", "\n").rpartition(rule)
    return (above, found, below) if found else (below, "", "")


def _html(body: str, lacks: Footer) -> str:
    pieces = [body]
    if lacks.signature:
        pieces.append(f"<p>{_lines(lacks.signature)}</p>")
    if lacks.postal_address:
        pieces.append(f"<p {_SMALL}>{_lines(lacks.postal_address)}</p>")
    if lacks.link:
        pieces.append(f'<p {_SMALL}><a href="{markup.escape(lacks.link)}">{WAY_OUT}</a></p>')
    return "".join(pieces)


def _lines(text: str) -> str:
    return "<br>".join(markup.escape(line.strip()) for line in text.splitlines())
