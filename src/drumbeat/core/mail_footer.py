"""What stands below every sequence mail: the sender's signature, a note, the postal address, the way out.

Each is added to a part of the mail only when that part does not write it itself; what is not set is not there.
"""

from __future__ import annotations

import html as markup
from dataclasses import dataclass
from functools import lru_cache

from drumbeat.core.mail_text import text_from_html
from drumbeat.core.merge_tags import POSTAL_ADDRESS, SIGNATURE, UNSUBSCRIBE_URL

RULE = "--"
WAY_OUT = "Not for you?"
_SMALL = 'style="color:#777;font-size:12px"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """Plain texts; `link` is the unsubscribe address and never empty, `way_out` the words that offer it."""

    signature: str
    postal_address: str
    link: str
    note: str = ""
    way_out: str = WAY_OUT

    def lacking_in(self, source: str) -> Footer:
        """Return what a part with this Liquid source does not write itself."""
        written = _named_in(source)
        return Footer(
            signature="" if SIGNATURE in written else self.signature.strip(),
            postal_address="" if POSTAL_ADDRESS in written else self.postal_address.strip(),
            link="" if UNSUBSCRIBE_URL in written else self.link,
            note=self.note.strip(),
            way_out=self.way_out,
        )


@lru_cache(maxsize=512)
def _named_in(source: str) -> frozenset[str]:
    return frozenset(tag for tag in (SIGNATURE, POSTAL_ADDRESS, UNSUBSCRIBE_URL) if tag in source)


@dataclass(frozen=True, slots=True)
class Body:
    """A part of a mail: its Liquid source and the text that was made of it."""

    source: str
    rendered: str


def complete(text: Body, html: Body, footer: Footer) -> tuple[str, str | None]:
    """Return plain text and HTML (None without one) with their footers. A text that is missing is made of the HTML."""
    written = _html(html.rendered, footer.lacking_in(html.source)) if html.source else None
    if text.source or written is None:
        return complete_text(text, footer), written
    return text_from_html(written), written


def complete_text(text: Body, footer: Footer) -> str:
    """Return the plain text with its footer."""
    return _text(text.rendered, footer.lacking_in(text.source))


def _text(body: str, lacks: Footer) -> str:
    above, rule, below = _parted(body)
    if lacks.signature:
        above = f"{above.rstrip()}\n\n{lacks.signature}\n"
    said = [_on_one_line(lacks.note), _on_one_line(lacks.postal_address)]
    said.append(f"{lacks.way_out} {lacks.link}" if lacks.link else "")
    added = "\n".join(filter(None, said))
    if not added:
        return above + rule + below
    if not rule:
        return f"{above.rstrip()}\n\n{RULE}\n{added}\n"
    return f"{above}{rule}{below.rstrip()}\n{added}\n"


def _on_one_line(text: str) -> str:
    return " · ".join(filter(None, (line.strip() for line in text.splitlines())))


def _parted(body: str) -> tuple[str, str, str]:
    """Part a text at its last rule: a footer that somebody wrote stays below what is added to the words."""
    rule = f"\n{RULE}\n"
    above, found, below = body.replace("\r\n", "\n").rpartition(rule)
    return (above, found, below) if found else (below, "", "")


def _html(body: str, lacks: Footer) -> str:
    pieces = []
    if lacks.signature:
        pieces.append(f"<p>{lines(lacks.signature)}</p>")
    pieces += [f"<p {_SMALL}>{lines(text)}</p>" for text in (lacks.note, lacks.postal_address) if text]
    if lacks.link:
        href, words = markup.escape(lacks.link), markup.escape(lacks.way_out)
        pieces.append(f'<p {_SMALL}><a href="{href}">{words}</a></p>')
    end = _end_of(body)
    return "".join((body[:end], *pieces, body[end:]))


def _end_of(body: str) -> int:
    """Return where a page ends that the author closed."""
    end = body.lower().rfind("</body")
    return end if end >= 0 else len(body)


def lines(text: str) -> str:
    """Return a plain text as HTML, line by line."""
    return "<br>".join(markup.escape(line.strip()) for line in text.splitlines())
