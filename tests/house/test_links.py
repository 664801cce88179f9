"""No page of this repository points into the void."""

import pytest

from tools.links import faults, leads
from tools.report import ROOT


def test_every_link_of_every_page_leads_somewhere():
    assert faults(ROOT) == []


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param("other.md", True, id="a page"),
        pytest.param("other.md#two-words-and-a-name", True, id="a heading"),
        pytest.param("#here", True, id="a heading of the same page"),
        pytest.param("https://example.com/x", True, id="another site, which is not asked"),
        pytest.param("missing.md", False, id="a missing page"),
        pytest.param("other.md#missing", False, id="a missing heading"),
    ],
)
def test_where_links_lead(tmp_path, target, expected):
    (tmp_path / "page.md").write_text("# Here\n")
    (tmp_path / "other.md").write_text("# Other\n\n## Two words, and `a name`\n")
    assert leads(tmp_path / "page.md", target) is expected
