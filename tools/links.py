"""Finds dead links: what a page points to must exist, headings included. The network is not asked."""

from pathlib import Path
from urllib.parse import unquote

from tools.files import tracked
from tools.markdown import anchors, targets
from tools.report import ROOT, finish

ELSEWHERE = ("http://", "https://", "mailto:")


def faults(root: Path) -> list[str]:
    pages = [path for path in tracked(root) if path.suffix == ".md"]
    return [fault for page in pages for fault in page_faults(root, page)]


def page_faults(root: Path, page: Path) -> list[str]:
    text = (root / page).read_text(encoding="utf-8")
    return [f"{page}: {target} leads nowhere" for target in targets(text) if not leads(root / page, target)]


def leads(page: Path, target: str) -> bool:
    if target.startswith(ELSEWHERE):
        return True
    name, _, anchor = unquote(target).partition("#")
    found = (page.parent / name) if name else page
    if not found.exists():
        return False
    return not anchor or found.suffix != ".md" or anchor in anchors(found.read_text(encoding="utf-8"))


if __name__ == "__main__":
    finish("links", faults(ROOT))
