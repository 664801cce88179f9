"""The picture of a rehearsal: valid XML, every day and step in it, and its numbers in words."""

from collections import Counter
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.rehearsal.picture import Words, picture
from drumbeat.core.rehearsal.report import DayVolume, Report, StepTally
from tests.support.standing import MONDAY, after

SVG = "{http://www.w3.org/2000/svg}"
FIRST = date(2026, 3, 4)


def a_report(*volumes, steps=()):
    return Report(
        people=3,
        starts_at=MONDAY,
        until=after(60),
        ended_at=after(9),
        messages=sum(volume.sent for volume in volumes),
        first_send_at=None,
        last_send_at=None,
        volumes=volumes,
        waits=(),
        ends=(),
        steps=steps,
    )


def a_volume(days=0, sender_id=1, sent=5, waiting=0, cap=None):
    return DayVolume(FIRST + timedelta(days=days), sender_id, sent, waiting, cap)


def drawn(report, **words):
    return ElementTree.fromstring(
        picture(report, Words(**{"title": "Hello", "senders": {1: "ann@ours.test"}} | words))
    )


def days_of(root):
    return [group.get("data-day") for group in root.iter(f"{SVG}g") if group.get("data-day")]


def texts(root):
    return [text.text for text in root.iter(f"{SVG}text")]


@given(
    days=st.lists(st.tuples(st.integers(0, 400), st.integers(1, 8), st.integers(0, 900)), max_size=12),
    cap=st.none() | st.integers(0, 1000),
)
def test_every_day_from_the_first_to_the_last_is_in_it(days, cap):
    known = {(day, sender): sent for day, sender, sent in days}
    root = drawn(a_report(*(a_volume(day, sender, sent, cap=cap) for (day, sender), sent in known.items())))
    found = sorted(day for day, _ in known)
    expected = range(found[0], found[-1] + 1) if found else ()
    assert days_of(root) == [str(FIRST + timedelta(days=day)) for day in expected]


def test_it_says_in_words_what_it_shows():
    root = drawn(a_report(a_volume(0, sent=5, waiting=2, cap=5), a_volume(2, sent=2, cap=5)))
    assert root.find(f"{SVG}title").text == "Hello"
    assert root.find(f"{SVG}desc").text == "7 messages, 3 people. 2026-03-04: 5. 2026-03-06: 2."
    bars = {each.get("data-day"): each.find(f"{SVG}title").text for each in root.iter(f"{SVG}g")}
    assert bars["2026-03-04"] == "2026-03-04: 5 messages, 2 waiting at the end of the day"
    assert bars["2026-03-05"] == "2026-03-05: 0 messages"
    assert root.get("role") == "img"


def test_names_are_text_and_no_markup():
    step = StepTally('a"<b>', "email", "<script>", entered=1, done=1)
    root = drawn(a_report(a_volume(), steps=[step]), title="<b>&</b>", senders={1: "<i>"})
    assert {"<b>&</b>", "<i>", "<script>"} <= set(texts(root))


def test_senders_beyond_the_colours_are_drawn_together():
    root = drawn(a_report(*(a_volume(0, id_, sent=id_) for id_ in range(1, 8))))
    assert "other senders" in texts(root)
    assert "7" in texts(root)


@pytest.mark.parametrize(
    ("cap", "lines"),
    [
        pytest.param(6, 2, id="a near cap is a line and a legend"),
        pytest.param(900, 1, id="a cap far above would press the bars flat: its legend alone"),
        pytest.param(None, 0, id="no cap"),
    ],
)
def test_the_cap_is_drawn_where_it_is_near(cap, lines):
    root = drawn(a_report(a_volume(cap=cap)))
    assert sum(path.get("class") == "cap" for path in root.iter(f"{SVG}path")) == lines


def test_dates_stand_where_there_is_room():
    few = [text for text in texts(drawn(a_report(a_volume(), a_volume(2)))) if text.startswith("2026")]
    assert few == ["2026-03-04", "2026-03-05", "2026-03-06"]
    many = [text for text in texts(drawn(a_report(a_volume(), a_volume(400)))) if text.startswith("202")]
    assert 10 < len(many) < 60


def test_steps_say_what_became_of_people():
    step = StepTally(
        "fork", "condition", "A very long name of a step that nobody can read at once", entered=9, done=4
    )
    step.skipped = Counter(no_address=2)
    step.failed = Counter(bounced=1)
    step.ways = Counter(important=3)
    step.standing = 2
    root = drawn(a_report(steps=[step]))
    (said,) = [each.find(f"{SVG}title").text for each in root.iter(f"{SVG}g") if each.get("data-step")]
    assert said.endswith(": 4 of 9 · important 3 · 2 skipped · 1 failed · 2 still here")
    assert "Nothing would leave." in texts(root)
