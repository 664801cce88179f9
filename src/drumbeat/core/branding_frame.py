"""The frame of a branded mail: tables of 600 pixels that every mail program draws, readable without images and in the
dark.

Made once per branding; only words go into it per mail. Outlook for Windows reads the conditional comments.
"""

from __future__ import annotations

import html as markup
from dataclasses import dataclass
from functools import lru_cache

from drumbeat.core.branding import FONTS, Branding, readable
from drumbeat.core.mail_footer import Footer, lines

_DARK_PAGE, _DARK_CARD, _DARK_TEXT, _DARK_QUIET = "#16181c", "#202329", "#e6e8eb", "#a3a9b3"
_QUIET = "#646b75"
_GAP = "&#847;&zwnj;&nbsp;" * 40  # keeps what follows out of the preview line

_SHEET = """
:root{{color-scheme:light dark;supported-color-schemes:light dark}}
@media (max-width:620px){{
.db-cell{{padding-left:20px!important;padding-right:20px!important}}.db-page{{padding:0!important}}
}}
@media (prefers-color-scheme:dark){{
.db-ground{{background:{page}!important;background-color:{page}!important}}
.db-card{{background:{card}!important;background-color:{card}!important}}
.db-text,.db-text p,.db-text li,.db-text td,.db-text h1,.db-text h2,.db-text h3{{color:{text}!important}}
.db-text a{{color:{accent}!important}}.db-text a.button{{color:#ffffff!important}}
.db-quiet,.db-quiet p,.db-quiet a{{color:{quiet}!important}}
.db-logo{{background:#ffffff!important;border-radius:6px}}
}}
[data-ogsc] .db-text,[data-ogsc] .db-text p,[data-ogsc] .db-text li{{color:{text}!important}}
[data-ogsc] .db-text a{{color:{accent}!important}}
"""

_TOP = """<!DOCTYPE html>
<html lang="{language}" dir="ltr" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="x-apple-disable-message-reformatting">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>"""

_HEAD = """</title>
<!--[if mso]><xml><o:OfficeDocumentSettings>
<o:PixelsPerInch>96</o:PixelsPerInch>
</o:OfficeDocumentSettings></xml><![endif]-->
<style>{sheet}</style>
"""

_BODY = """</head>
<body class="db-ground"
 style="margin:0;padding:0;width:100%;background-color:{background};-webkit-text-size-adjust:100%">
"""

_TABLE = 'table role="presentation" cellpadding="0" cellspacing="0" border="0"'
_OPEN = """<{table} width="100%" class="db-ground" style="background-color:{background}">
<tr><td class="db-page" align="center" style="padding:24px 12px">
<!--[if mso]><{table} width="600" align="center"><tr><td><![endif]-->
<{table} width="100%" class="db-card" style="max-width:600px;background-color:#ffffff">
<tr><td style="height:4px;line-height:4px;font-size:0;background-color:{accent}">&nbsp;</td></tr>
{header}<tr><td class="db-cell db-text" align="left" style="padding:28px 36px 20px;{type}">
"""

_FOOT = """</td></tr>
<tr><td class="db-cell db-quiet" align="left"
 style="padding:8px 36px 28px;font-family:{font};font-size:12px;line-height:18px;color:{quiet}">
"""

_CLOSE = """</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</body>
</html>
"""

_HIDDEN = (
    "display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;"
    "font-size:1px;line-height:1px;mso-hide:all"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The fixed pieces of a mail in their order, and the styles of what stands between them.

    `css` is for HTML of authors, `paragraph` and `link` the same for paragraphs that are made of a text.
    """

    top: str
    head: str
    body: str
    open: str
    foot: str
    close: str
    css: str
    paragraph: str
    link: str
    quiet: str


@lru_cache(maxsize=256)
def frame_of(branding: Branding, logo_url: str) -> Frame:
    """Return the frame of a branding; `logo_url` is where its logo is fetched, "" for none."""
    font, accent = FONTS[branding.font], readable(branding.accent, "#ffffff")
    type_ = f"font-family:{font};font-size:16px;line-height:25px;color:{branding.text}"
    sheet = _SHEET.format(
        page=_DARK_PAGE,
        card=_DARK_CARD,
        text=_DARK_TEXT,
        quiet=_DARK_QUIET,
        accent=readable(branding.accent, _DARK_CARD),
    )
    return Frame(
        top=_TOP.format(language=branding.language),
        head=_HEAD.format(sheet=sheet),
        body=_BODY.format(background=branding.background),
        open=_OPEN.format(
            table=_TABLE,
            background=branding.background,
            accent=branding.accent,
            header=_header(branding, logo_url, font),
            type=type_,
        ),
        foot=_FOOT.format(font=font, quiet=_QUIET),
        close=_CLOSE,
        css=_css(branding, type_, accent),
        paragraph=f'<p style="margin:0 0 16px;{type_}">',
        link=f'<a style="color:{accent}" href=',
        quiet=_QUIET,
    )


def _css(branding: Branding, type_: str, accent: str) -> str:
    heading = f"font-family:{FONTS[branding.font]};color:{branding.text};font-weight:bold"
    return (
        f"p{{margin:0 0 16px;{type_}}}ul,ol{{margin:0 0 16px;padding:0 0 0 24px}}li{{margin:0 0 6px;{type_}}}"
        f"h1{{margin:0 0 16px;font-size:26px;line-height:32px;{heading}}}"
        f"h2{{margin:8px 0 12px;font-size:20px;line-height:27px;{heading}}}"
        f"h3{{margin:8px 0 8px;font-size:17px;line-height:24px;{heading}}}"
        f"a{{color:{accent}}}img{{border:0;max-width:100%;height:auto}}"
        "hr{border:0;border-top:1px solid #d9dce1;margin:20px 0}"
        "blockquote{margin:0 0 16px;padding:0 0 0 14px;border-left:3px solid #d9dce1}"
        f"a.button{{display:inline-block;padding:11px 22px;border-radius:6px;background-color:{branding.accent};"
        "color:#ffffff;font-weight:bold;text-decoration:none}"
    )


def _header(branding: Branding, logo_url: str, font: str) -> str:
    name = markup.escape(branding.name)
    style = f"font-family:{font};font-size:20px;line-height:26px;font-weight:bold;color:{branding.text}"
    if not logo_url:
        cell = f'<tr><td class="db-cell db-text" align="left" style="padding:24px 36px 0;{style}">{name}</td></tr>\n'
        return cell if name else ""
    image = (
        f'<img class="db-logo" src="{markup.escape(logo_url)}" alt="{name}" width="{branding.logo_width}" '
        f'height="{branding.logo_height}" style="display:block;border:0;max-width:100%;height:auto;{style}">'
    )
    return f'<tr><td class="db-cell db-text" align="left" style="padding:24px 36px 0">{image}</td></tr>\n'


@dataclass(frozen=True, slots=True)
class Words:
    """What goes into a frame: plain texts, except `body`, which is HTML, and the author's own sheet."""

    subject: str
    preheader: str
    body: str
    sheet: str = ""


def framed(frame: Frame, words: Words, lacks: Footer) -> str:
    """Return the page; `lacks` is what the author did not write below."""
    return "".join(
        (
            *(frame.top, markup.escape(words.subject), frame.head, words.sheet, frame.body),
            preview_line(words.preheader),
            *(frame.open, words.body),
            f"{frame.paragraph}{lines(lacks.signature)}</p>" if lacks.signature else "",
            *(frame.foot, _below(frame, lacks), frame.close),
        )
    )


def preview_line(text: str) -> str:
    """Return the words that a list of mails shows behind the subject, hidden in the mail itself."""
    if not text:
        return ""
    return f'<div style="{_HIDDEN}" aria-hidden="true">{markup.escape(text)}{_GAP}</div>\n'


def _below(frame: Frame, lacks: Footer) -> str:
    said = [lines(text) for text in (lacks.note, lacks.postal_address) if text]
    if lacks.link:
        href = markup.escape(lacks.link)
        said.append(f'<a style="color:{frame.quiet}" href="{href}">{markup.escape(lacks.way_out)}</a>')
    return "".join(f'<p style="margin:0 0 8px">{each}</p>\n' for each in said)
