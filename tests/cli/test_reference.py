"""The reference page says what the parsers say."""

from pathlib import Path

from drumbeat.cli.entry import COMMANDS
from drumbeat.cli.reference import markdown

PAGE = Path(__file__).parents[2] / "docs/reference/cli.md"


def test_the_page_is_the_one_that_the_parsers_write():
    assert PAGE.read_text(encoding="utf-8") == markdown(), (
        "run: python -m drumbeat.cli.reference > docs/reference/cli.md"
    )


def test_every_command_has_its_place():
    page = markdown()
    assert all(f"\n## {name}\n" in page for name in COMMANDS)
