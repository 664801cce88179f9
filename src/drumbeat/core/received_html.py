"""The HTML of a mail that came in, made harmless: an allow-list of tags, attributes and styles.

It is drawn in a frame without scripts and without an origin besides. What is fetched from outside stays out until
somebody asks for it, since it tells the sender that the mail was read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import nh3

_BLOCKS = (
    "address article aside blockquote br center col colgroup dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table tbody td tfoot th thead tr caption ul"
)
_WORDS = (
    "a abbr acronym b big bdi bdo cite code del dfn em font i img ins kbd mark q s samp small span strike strong sub "
    "sup time tt u var wbr"
)
TAGS = frozenset(f"{_BLOCKS} {_WORDS}".split())
_GONE = frozenset({"script", "style", "title", "noscript", "template", "svg", "math", "select", "textarea"})
"""Their content is no text of the mail."""
_ATTRIBUTES = {
    "*": {"style", "align", "valign", "dir", "lang", "title", "width", "height", "bgcolor"},
    "a": {"href"},
    "img": {"src", "alt", "border"},
    "font": {"color", "face", "size"},
    "table": {"border", "cellpadding", "cellspacing"},
    "td": {"colspan", "rowspan", "nowrap"},
    "th": {"colspan", "rowspan", "nowrap"},
    "ol": {"start", "type"},
    "col": {"span"},
}
_STYLES = (
    "background-color border border-bottom border-collapse border-color border-left border-radius border-right "
    "border-spacing border-style border-top border-width clear color direction display float font font-family "
    "font-size font-style font-weight height letter-spacing line-height list-style-type margin margin-bottom "
    "margin-left margin-right margin-top max-width min-width padding padding-bottom padding-left padding-right "
    "padding-top table-layout text-align text-decoration text-indent text-transform vertical-align white-space "
    "width word-break word-spacing overflow-wrap"
)
_UNSAFE_STYLE = re.compile(r"url|image|expression|\\|@|/\*|javascript|var\s*\(", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|gif|jpeg|webp);base64,[A-Za-z0-9+/=\s]*")
_REMOTE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_LINK = re.compile(r"\s*(?:https?://|mailto:|tel:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SafeHtml:
    """`has_remote`: it shows pictures that lie elsewhere; they are left out unless they were asked for."""

    html: str
    has_remote: bool


def safe_html(html: str, pictures: Mapping[str, str], *, remote: bool) -> SafeHtml:
    """Return the HTML with nothing that acts. `pictures`: data URLs of the mail's own pictures by Content-ID. Total."""
    outside = False

    def kept(tag: str, name: str, value: str) -> str | None:
        nonlocal outside
        if name == "style":
            return _style(value)
        if (tag, name) == ("a", "href"):
            return value if _LINK.match(value) else None
        if (tag, name) != ("img", "src"):
            return value
        if not _REMOTE.match(value):
            return _own_picture(value, pictures)
        outside = True
        return value if remote else None

    cleaned = nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(_GONE),
        attributes=_ATTRIBUTES,
        attribute_filter=kept,
        filter_style_properties=set(_STYLES.split()),
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return SafeHtml(cleaned, outside)


def _style(value: str) -> str:
    """Return the declarations of a style, without those that could fetch or hide something in their values."""
    declarations = (one for one in value.split(";") if one.strip() and not _UNSAFE_STYLE.search(one))
    return ";".join(declarations)


def _own_picture(value: str, pictures: Mapping[str, str]) -> str | None:
    scheme, _, rest = value.strip().partition(":")
    if scheme.lower() == "cid":
        return pictures.get(rest.strip("<>"))
    return value if _PICTURE.fullmatch(value) else None
