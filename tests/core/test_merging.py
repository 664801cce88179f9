"""Two contacts become one: gaps are filled, the stricter consent counts, the further run goes on."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.merging import OTHER, SURVIVOR, Run, merged, stricter, superseded

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("own", "other", "chosen", "becomes"),
    [
        pytest.param("Kim", "Kimberley", {}, "Kim", id="the survivor's value stays"),
        pytest.param("", "Kimberley", {}, "Kimberley", id="a gap is filled"),
        pytest.param("Kim", "", {}, "Kim", id="nothing fills nothing"),
        pytest.param("Kim", "Kimberley", {"name": OTHER}, "Kimberley", id="a person may choose the other's"),
        pytest.param("Kim", "", {"name": OTHER}, "", id="even where it is empty"),
        pytest.param("", "Kimberley", {"name": SURVIVOR}, "", id="or keep a gap"),
        pytest.param("Kim", "Kim", {"name": OTHER}, "Kim", id="alike is alike"),
    ],
)
def test_a_field_becomes(own, other, chosen, becomes):
    assert merged({"name": own}, {"name": other}, chosen)["name"].value == becomes


@pytest.mark.parametrize(
    ("one", "other", "becomes"),
    [
        pytest.param(True, False, False, id="a no beats a yes"),
        pytest.param(None, False, False, id="a no beats silence"),
        pytest.param(True, None, None, id="silence beats a yes of one"),
        pytest.param(True, True, True, id="both say yes"),
    ],
)
def test_consent_becomes_the_stricter(one, other, becomes):
    assert stricter({"email": one}, {"email": other}) == {"email": becomes}
    assert stricter({"email": other}, {"email": one}) == {"email": becomes}


def test_what_one_of_them_never_said_is_not_said():
    assert stricter({"email": True}, {"sms": False}) == {"email": None, "sms": False}


def a_run(id_, sequence=1, *, settled=0, days_ago=0):
    return Run(
        id=id_,
        contact_id=id_,
        sequence_id=sequence,
        settled=settled,
        started_at=NOW - timedelta(days=days_ago),
    )


@pytest.mark.parametrize(
    ("runs", "ends"),
    [
        pytest.param([a_run(1), a_run(2, sequence=2)], [], id="in different sequences both go on"),
        pytest.param([a_run(1), a_run(2, settled=1)], [1], id="the further one goes on"),
        pytest.param([a_run(1), a_run(2, days_ago=1)], [1], id="of equal ones the older"),
        pytest.param([a_run(2), a_run(1)], [2], id="of equally old ones the first"),
        pytest.param([], [], id="nobody runs"),
    ],
)
def test_of_two_runs_in_one_sequence_one_ends(runs, ends):
    assert superseded(runs) == ends


@given(
    st.lists(
        st.builds(a_run, st.integers(), st.integers(0, 3), settled=st.integers(0, 3)),
        unique_by=lambda run: run.id,
    )
)
def test_one_run_of_each_sequence_goes_on(runs):
    ended = superseded(runs)
    left = [run.sequence_id for run in runs if run.id not in ended]
    assert sorted(left) == sorted({run.sequence_id for run in runs})
