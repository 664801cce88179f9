"""Where reading begins, and how patient it is after a fault."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.mailboxes import LONGEST_WAIT, begins_at, patience


@pytest.mark.parametrize(
    ("uidnext", "missed", "last"),
    [
        pytest.param(1, [], 0, id="an empty folder begins before its first mail"),
        pytest.param(120, [], 119, id="what lies in a folder already is left alone"),
        pytest.param(120, [101, 117], 100, id="what came while nobody could read begins at its first mail"),
    ],
)
def test_where_reading_begins(uidnext, missed, last):
    assert begins_at(uidnext, missed) == last


@given(faults=st.integers(1, 1_000), mailbox_id=st.integers(1, 2**63 - 1))
def test_the_wait_grows_up_to_its_bound_and_is_never_short(faults, mailbox_id):
    wait = patience(faults, mailbox_id)

    assert timedelta(seconds=4) <= wait <= LONGEST_WAIT * 1.2
    assert patience(faults + 5, mailbox_id) >= wait * 0.6
