"""HTML that came in is shown, and nothing of it acts, whatever it is written like."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from drumbeat.core.received_html import TAGS, safe_html

PIXEL = "data:image/png;base64,iVBORw0KGgo="


def shown(html, *, remote=False, **pictures):
    return safe_html(html, pictures, remote=remote).html


def harmless(html):
    """Parse as a browser does: only known tags, no handler, no link but to a place that is named."""
    tree = LexborHTMLParser(f"<!doctype html><html><head></head><body>{html}</body></html>")
    body = tree.body
    assert body is not None
    for node in body.traverse(include_text=False):
        if node.tag in ("body", "-undef"):
            continue
        assert node.tag in TAGS, node.tag
        for name, value in node.attributes.items():
            assert not name.startswith("on"), name
            assert name not in {"srcdoc", "action", "formaction", "background", "ping", "id", "class", "name"}
            if name in {"href", "src"}:
                assert re.match(
                    r"(?i)\s*(https?:|mailto:|tel:|data:image/(png|gif|jpeg|webp);)", value or ""
                ), value
            if name == "style":
                assert not re.search(r"(?i)url|expression|\\|position", value or ""), value


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("<script>alert(1)</script>", id="a script"),
        pytest.param("<scr<script>ipt>alert(1)</script>", id="a script within a script"),
        pytest.param('<img src=x onerror="alert(1)">', id="an error handler"),
        pytest.param("<img/src=x/onerror=alert(1)>", id="slashes for blanks"),
        pytest.param('<body onload="alert(1)">', id="a load handler"),
        pytest.param("<svg onload=alert(1)>", id="SVG that loads"),
        pytest.param("<svg><script>alert(1)</script></svg>", id="a script in SVG"),
        pytest.param('<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>', id="a link in SVG"),
        pytest.param("<svg><foreignObject><iframe src=//x.test></foreignObject></svg>", id="a frame in SVG"),
        pytest.param('<svg><use href="data:image/svg+xml,<svg onload=alert(1)>"/></svg>', id="SVG that uses"),
        pytest.param(
            '<svg><animate attributeName=href values="javascript:alert(1)"/></svg>', id="SVG moving"
        ),
        pytest.param(
            '<math><maction actiontype="statusline#http://x.test" xlink:href="javascript:alert(1)">x',
            id="MathML",
        ),
        pytest.param(
            '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
            id="MathML that changes its meaning when parsed again",
        ),
        pytest.param(
            '<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=alert(1) src>">',
            id="a form that changes its meaning when parsed again",
        ),
        pytest.param('<noscript><p title="</noscript><img src=x onerror=alert(1)>">', id="noscript"),
        pytest.param('<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">', id="a style in SVG"),
        pytest.param("<template><img src=x onerror=alert(1)></template>", id="a template"),
        pytest.param("<xmp><img src=x onerror=alert(1)></xmp>", id="raw text"),
        pytest.param("<!--><img src=x onerror=alert(1)>-->", id="a comment that ends early"),
        pytest.param("<![CDATA[<img src=x onerror=alert(1)>]]>", id="CDATA"),
        pytest.param('<a href="javascript:alert(1)">x</a>', id="a script as a link"),
        pytest.param(
            '<a href=" &#14; jav&#x09;ascript:alert(1)">x</a>', id="a script as a link, in disguise"
        ),
        pytest.param('<a href="data:text/html,<script>alert(1)</script>">x</a>', id="a page as a link"),
        pytest.param('<a href="vbscript:msgbox(1)">x</a>', id="another script as a link"),
        pytest.param('<iframe srcdoc="<script>alert(1)</script>"></iframe>', id="a frame with a page"),
        pytest.param("<iframe src=https://x.test></iframe>", id="a frame"),
        pytest.param("<object data=x.swf></object><embed src=x.swf><applet code=x>", id="plug-ins"),
        pytest.param('<base href="https://x.test/"><a href="y">x</a>', id="another base"),
        pytest.param('<form action="https://x.test"><input name=p><button>Go</button></form>', id="a form"),
        pytest.param(
            '<input type=image src=x onerror=alert(1) formaction="javascript:alert(1)">', id="a field"
        ),
        pytest.param('<meta http-equiv="refresh" content="0;url=https://x.test">', id="a page that moves on"),
        pytest.param('<link rel=stylesheet href="https://x.test/a.css">', id="a sheet from elsewhere"),
        pytest.param(
            "<style>@import 'https://x.test/a.css'; body{background:url(//x.test)}</style>", id="a sheet"
        ),
        pytest.param('<div style="background:url(https://x.test/p.gif)">x</div>', id="a background"),
        pytest.param('<div style="background-image:url(//x.test/p)">x</div>', id="a background picture"),
        pytest.param(
            '<div style="color:red;background-color:u\\72l(//x.test)">x</div>', id="an escaped style"
        ),
        pytest.param('<div style="width:expression(alert(1))">x</div>', id="a style that computes"),
        pytest.param('<div style="position:fixed;top:0;z-index:9">x</div>', id="a cover over the page"),
        pytest.param('<div style="list-style-type:url(//x.test)">x</div>', id="a picture for a bullet"),
        pytest.param(
            '<table background="//x.test/p.gif"><tr><td background="//x.test">x', id="an old background"
        ),
        pytest.param(
            '<img src="https://x.test/p.gif" srcset="https://x.test/q.gif 2x">', id="another source"
        ),
        pytest.param(
            "<video src=//x.test poster=//x.test/p><source src=//x.test></video><audio src=//x.test>",
            id="sound",
        ),
        pytest.param("<details open ontoggle=alert(1)>x</details>", id="a fold that toggles"),
        pytest.param("<p id=x class=y name=z onclick=alert(1)>x</p>", id="names of the page"),
        pytest.param('<img src="cid:a" onload=alert(1)>', id="a picture that loads"),
        pytest.param('<img src="data:image/svg+xml;base64,PHN2Zz4=">', id="SVG as a picture"),
        pytest.param(
            '<a href="https://x.test" ping="https://y.test" target="_top">x</a>', id="a link that tells"
        ),
        pytest.param("<plaintext><img src=x onerror=alert(1)>", id="plain text to the end"),
        pytest.param("\0<\0script>alert(1)</script>", id="NUL in a tag"),
    ],
)
@pytest.mark.parametrize("remote", [False, True], ids=["without pictures", "with pictures"])
def test_nothing_acts(hostile, remote):
    made = shown(hostile, remote=remote)
    harmless(made)
    harmless(shown(made, remote=remote))


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        pytest.param('<p style="color: red">Hi</p>', "color", id="colours"),
        pytest.param("<table><tr><td colspan=2>x</td></tr></table>", "colspan", id="tables"),
        pytest.param('<a href="https://example.com/a?b=c">x</a>', "https://example.com/a?b=c", id="links"),
        pytest.param('<a href="mailto:kim@example.com">x</a>', "mailto:kim@example.com", id="addresses"),
        pytest.param("<blockquote>said</blockquote>", "<blockquote>", id="quotes"),
        pytest.param(f'<img src="{PIXEL}">', PIXEL, id="a picture that it carries"),
    ],
)
def test_what_is_said_stays(html, kept):
    assert kept in shown(html)


def test_links_open_elsewhere_and_tell_nothing():
    made = shown('<a href="https://example.com">x</a>')
    assert 'target="_blank"' in made
    assert 'rel="noopener noreferrer nofollow"' in made


def test_pictures_from_elsewhere_wait_to_be_asked_for():
    html = '<img src="https://x.test/p.gif"><img src="//x.test/q.gif">'
    without, with_them = safe_html(html, {}, remote=False), safe_html(html, {}, remote=True)
    assert without.has_remote
    assert with_them.has_remote
    assert "x.test" not in without.html
    assert "https://x.test/p.gif" in with_them.html


def test_a_picture_of_the_mail_is_shown_by_its_name():
    made = safe_html(
        '<img src="cid:logo@x"><img src="cid:other"><img src="logo.png">', {"logo@x": PIXEL}, remote=False
    )
    assert made.html.count(PIXEL) == 1
    assert "cid:" not in made.html
    assert not made.has_remote


@given(st.text(alphabet=st.sampled_from("<>/='\" \tabcionerscriptsvgmathstyle!-&;:()"), max_size=200))
def test_whatever_it_is_made_of(text):
    harmless(shown(text, remote=True))
