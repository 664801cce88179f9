"""Writes the pages of `docs/` and the root as plain HTML to `site/`: they need no server and no script."""

import html
import re
import shutil
from pathlib import Path

from tools.files import tracked
from tools.markdown import PARSER, title
from tools.report import ROOT

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} · drumbeat</title><link rel="stylesheet" href="{up}site.css"></head>
<body><nav>{nav}</nav><main>{body}</main></body></html>
"""
MARKDOWN_LINK = re.compile(r'(href="(?!\w+:)[^"#]*)\.md(?=["#])')


def pages(root: Path) -> list[Path]:
    return [path for path in tracked(root) if path.suffix == ".md" and path.parts[0] in {path.name, "docs"}]


def write(root: Path, site: Path) -> int:
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir()
    shutil.copy(root / "tools/site.css", site / "site.css")
    listed = {path: title((root / path).read_text(encoding="utf-8")) for path in pages(root)}
    for path, name in listed.items():
        target = site / path.with_suffix(".html")
        target.parent.mkdir(parents=True, exist_ok=True)
        body = PARSER.render((root / path).read_text(encoding="utf-8"))
        target.write_text(page(path, name, body, listed), encoding="utf-8")
    if (root / "docs/images").is_dir():
        shutil.copytree(root / "docs/images", site / "docs/images")
    return len(listed)


def page(path: Path, name: str, body: str, listed: dict[Path, str]) -> str:
    up = "../" * (len(path.parts) - 1)
    nav = "".join(link(up, other, text) for other, text in listed.items())
    return PAGE.format(title=html.escape(name), up=up, nav=nav, body=MARKDOWN_LINK.sub(r"\1.html", body))


def link(up: str, path: Path, name: str) -> str:
    return f'<a href="{up}{path.with_suffix(".html")}">{html.escape(name)}</a>'


if __name__ == "__main__":
    print(f"site: {write(ROOT, ROOT / 'site')} pages")
