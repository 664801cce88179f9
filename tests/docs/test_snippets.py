"""Pages that show commands show what those commands do."""

import pytest

from tests.docs.snippets import runs, snippets
from tools.report import ROOT

PAGES = [path for path in sorted((ROOT / "docs").rglob("*.md")) if snippets(path)]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in PAGES])
def test_what_a_page_shows_happens(path, tmp_path):
    runs(path, tmp_path)
