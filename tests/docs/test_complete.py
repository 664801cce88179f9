"""Whatever can be set, called, stored or shown is documented, under its own heading, and nothing else is."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from enum import Enum
from pathlib import Path

import pytest

from drumbeat.actions.settings import SETTINGS
from drumbeat.core.enroll_answers import Answer
from drumbeat.core.enrollment import BlockReason, EnrollmentState, FinishReason, PauseReason
from drumbeat.core.facts import EventKind, Exit, SequenceState
from drumbeat.core.touch import FailureReason, HoldReason, Resolution, SkipReason, TouchStatus
from drumbeat.environment import PREFIX, Environment
from tools.markdown import PARSER
from tools.pages import PAGES
from tools.report import ROOT

DOCS = ROOT / "docs"
WORDS: dict[str, type[Enum]] = {
    "Sequence status": SequenceState,
    "Enrollment states": EnrollmentState,
    "Pause reasons": PauseReason,
    "Block reasons": BlockReason,
    "Finish reasons": FinishReason,
    "Touch statuses": TouchStatus,
    "Hold reasons": HoldReason,
    "Skip reasons": SkipReason,
    "Failure reasons": FailureReason,
    "Enroll answers": Answer,
    "Exit settings": Exit,
    "What a doubt becomes": Resolution,
    "Events": EventKind,
}


def under(heading: str, page: Path) -> str:
    """Return what stands under a heading, up to the next of its rank."""
    _, _, rest = page.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    return rest.partition("\n## ")[0]


def rows(text: str) -> list[str]:
    """Return the words that begin the rows of a table."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


@pytest.mark.parametrize(("heading", "words"), [pytest.param(*pair, id=pair[0]) for pair in WORDS.items()])
def test_every_word_has_one_row_and_no_other_word_has(heading, words):
    assert rows(under(heading, DOCS / "reference/words.md")) == [word.value for word in words]


def test_every_variable_of_the_environment_is_explained():
    page = (DOCS / "reference/settings.md").read_text(encoding="utf-8")
    explained = [name for name in rows(page) if name.startswith(PREFIX)]
    assert sorted(explained) == sorted(PREFIX + field.name.upper() for field in fields(Environment))


def test_every_setting_of_a_workspace_is_explained():
    assert rows(under("Of a workspace: `drumbeat setting`", DOCS / "reference/settings.md")) == list(SETTINGS)


@pytest.mark.parametrize(("path", "page"), [pytest.param(*pair, id=pair[0].stem) for pair in PAGES.items()])
def test_what_is_written_by_the_code_is_as_the_code_writes_it(path, page):
    assert path.read_text(encoding="utf-8") == page(), "run: python -m tools.pages"


def pages() -> Iterable[Path]:
    return sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


def code_of(text: str) -> Iterator[str]:
    """Yield what a page sets as code: words in backticks, lines of blocks for a shell."""
    for token in PARSER.parse(text):
        if token.type == "fence" and token.info.split(" ")[0] in {"sh", "console"}:
            yield from (line.partition("  #")[0] for line in token.content.splitlines())
        for child in token.children or []:
            if child.type == "code_inline":
                yield child.content


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Yield the commands that a page names: the word after `drumbeat`, and the verb after it if there is one."""
    for code in code_of(text):
        yield from re.findall(r"(?:^|[\s(;&|])drumbeat ([a-z][a-z-]*)(?: ([a-z][a-z-]*)\b)?", code)


def test_every_command_that_a_page_names_exists():
    titles = re.findall(r"^###? (.+)$", (DOCS / "reference/cli.md").read_text(encoding="utf-8"), re.MULTILINE)
    groups = {title.partition(" ")[0] for title in titles if " " in title}
    unknown = [
        f"{page.name}: drumbeat {name} {verb}"
        for page in pages()
        for name, verb in commands(page.read_text(encoding="utf-8"))
        if (name if name not in groups or not verb else f"{name} {verb}") not in titles
    ]
    assert unknown == []


def routes(text: str) -> Iterator[tuple[str, str]]:
    """Yield the routes of the API that a page names: the method, `GET` where none is said, and the path."""
    for code in code_of(text):
        if found := re.fullmatch(r"(?:(GET|POST|PUT|PATCH|DELETE) )?(/\w[\w/{}.-]*)", code):
            yield found[1] or "", found[2]


def test_every_route_that_a_page_names_exists():
    paths = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))["paths"]
    known = {(verb.upper(), path) for path, verbs in paths.items() for verb in verbs}
    unknown = [
        f"{page.name}: {verb} {path}"
        for page in pages()
        if page.name not in {"routes.md", "kind-b.md"}
        for verb, path in routes(page.read_text(encoding="utf-8"))
        if (verb or path.startswith("/api/")) and (verb, path) not in known and (verb or path not in paths)
    ]
    assert unknown == []


def test_every_page_is_listed_beside_its_neighbours():
    unlisted = [
        page.relative_to(ROOT).as_posix()
        for page in DOCS.rglob("*.md")
        if page.name != "README.md"
        and f"({page.name})" not in (page.parent / "README.md").read_text(encoding="utf-8")
    ]
    assert unlisted == []
