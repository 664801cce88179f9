"""The page that says which test shows what names tests that exist, and leaves out no behaviour of its sections."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/requirements.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)))


@pytest.mark.parametrize(("file", "test"), [pytest.param(*each, id=each[1]) for each in NAMED])
def test_a_test_that_is_named_exists(file, test):
    assert re.search(rf"^\s*(async )?def {test}\(", (ROOT / file).read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize(("family", "last"), [("SEQ", 10), ("STEP", 15)])
def test_no_behaviour_is_left_out(family, last):
    rows = re.findall(rf"\*\*{family}-([\d, ]+)\*\*", PAGE)
    assert {int(number) for row in rows for number in row.split(",")} == set(range(1, last + 1))
