"""Who fetched it: a table of what happens to a mail, and what is made of each fetch."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.tracking_verdicts import REASONS, Fetch, FetchKind, How, Verdict, judge
from tests.core.test_tracking_agents import PEOPLE

DELIVERED = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = DELIVERED + timedelta(hours=2)
BROWSER, OTHER = PEOPLE[0], PEOPLE[4]
HUMAN = Verdict(True)


def after(seconds, at=LATER):
    return at + timedelta(seconds=seconds)


def an_open(at=LATER, agent=BROWSER, **more):
    return Fetch(kind=FetchKind.OPEN, at=at, agent=agent, **more)


def a_click(at=LATER, agent=BROWSER, link=1, links=5, **more):
    return Fetch(kind=FetchKind.CLICK, at=at, agent=agent, link=link, links=links, **more)


def a_trap(at=LATER, agent=BROWSER):
    return a_click(at, agent, link=0, links=0)


def verdict(fetch, *others, tracks_opens=False):
    return judge(fetch, [fetch, *others], delivered_at=DELIVERED, tracks_opens=tracks_opens)


@pytest.mark.parametrize(
    ("fetch", "others"),
    [
        pytest.param(an_open(), [], id="an open two hours later"),
        pytest.param(a_click(), [], id="a click two hours later"),
        pytest.param(a_click(), [a_click(after(1))], id="a double click"),
        pytest.param(a_click(), [a_click(after(5), link=2)], id="another link five seconds later"),
        pytest.param(a_click(), [a_click(after(20), link=2), a_click(after(40), link=3)], id="a reader"),
        pytest.param(
            an_open(), [an_open(after(30)), an_open(after(60))], id="opened three times in a minute"
        ),
        pytest.param(an_open(after(20, DELIVERED)), [], id="opened twenty seconds after it came"),
        pytest.param(a_click(), [a_trap(after(-7_000), OTHER)], id="long after another's scan"),
        pytest.param(a_click(links=2), [a_click(after(60), link=2, links=2)], id="both links in a minute"),
        pytest.param(a_click(links=1), [], id="the only link"),
    ],
)
def test_people(fetch, others):
    assert verdict(fetch, *others) == HUMAN


@pytest.mark.parametrize(
    ("fetch", "others", "reason"),
    [
        pytest.param(an_open(agent="Mozilla/5.0"), [], "apple_proxy", id="Apple's privacy proxy"),
        pytest.param(an_open(agent="x GoogleImageProxy"), [], "gmail_proxy", id="Gmail's image proxy"),
        pytest.param(an_open(agent="YahooMailProxy"), [], "yahoo_proxy", id="Yahoo's image proxy"),
        pytest.param(an_open(agent="imgproxy/3"), [], "image_proxy", id="another image proxy"),
        pytest.param(a_click(agent="Googlebot/2.1"), [], "bot", id="a program that says that it is one"),
        pytest.param(a_click(agent=""), [], "no_browser", id="a program without a name"),
        pytest.param(a_click(how=How.HEAD), [], "head", id="only the head of the answer is asked for"),
        pytest.param(a_click(how=How.PREFETCH), [], "prefetch", id="a browser that fetches in advance"),
        pytest.param(an_open(after(9, DELIVERED)), [], "too_soon", id="within ten seconds of delivery"),
        pytest.param(a_trap(), [], "hidden_link", id="the hidden link itself"),
        pytest.param(a_click(), [a_trap(after(50), OTHER)], "hidden_link", id="near to the hidden link"),
        pytest.param(an_open(), [a_trap(after(-50), OTHER)], "hidden_link", id="an open near to it"),
        pytest.param(a_click(), [a_trap(after(-7_000))], "hidden_link", id="by who touched it before"),
        pytest.param(
            a_click(links=2),
            [a_click(after(12), link=2, links=2)],
            "all_links",
            id="all links in fifteen seconds",
        ),
        pytest.param(a_click(), [a_click(after(1), link=2)], "burst", id="two links in two seconds"),
        pytest.param(
            a_click(),
            [a_click(after(5), link=2), a_click(after(9), link=3)],
            "burst",
            id="three in ten seconds",
        ),
        pytest.param(an_open(), [a_click(link=1), a_click(link=2)], "burst", id="an open amid a burst"),
        pytest.param(
            an_open(), [an_open(after(2)), an_open(after(4))], "repeated", id="thrice in five seconds"
        ),
    ],
)
def test_machines(fetch, others, reason):
    assert verdict(fetch, *others) == Verdict(False, reason)


@pytest.mark.parametrize(
    ("fetch", "others", "tracks_opens", "expected"),
    [
        pytest.param(a_click(), [], True, HUMAN, id="a click without an open alone is no proof"),
        pytest.param(a_click(after(30, DELIVERED)), [], False, HUMAN, id="nor is one within a minute"),
        pytest.param(
            a_click(after(30, DELIVERED)), [], True, Verdict(False, "no_open"), id="both together are"
        ),
        pytest.param(
            a_click(after(30, DELIVERED)),
            [an_open(after(20, DELIVERED))],
            True,
            HUMAN,
            id="opened first, so a person",
        ),
        pytest.param(
            a_click(after(30, DELIVERED)),
            [an_open(after(50, DELIVERED))],
            True,
            Verdict(False, "no_open"),
            id="an open afterwards does not count",
        ),
        pytest.param(an_open(after(30, DELIVERED)), [], True, HUMAN, id="an open needs no open"),
    ],
)
def test_weak_signs(fetch, others, tracks_opens, expected):
    assert verdict(fetch, *others, tracks_opens=tracks_opens) == expected


def test_without_a_time_of_delivery_nothing_is_too_soon():
    assert judge(an_open(DELIVERED), [an_open(DELIVERED)]) == HUMAN


FETCHES = st.builds(
    Fetch,
    kind=st.sampled_from(FetchKind),
    at=st.integers(0, 600).map(lambda seconds: after(seconds, DELIVERED)),
    how=st.sampled_from(How),
    agent=st.sampled_from((*PEOPLE, "Mozilla/5.0", "")),
    link=st.integers(0, 4),
    links=st.integers(0, 4),
)


@given(st.lists(FETCHES, min_size=1, max_size=8), st.booleans())
def test_more_fetches_never_make_a_person_of_a_machine(fetches, tracks_opens):
    """But for an open before a click: that is what a person does."""
    alone = judge(fetches[0], fetches[:1], delivered_at=DELIVERED, tracks_opens=tracks_opens)
    among = judge(fetches[0], fetches, delivered_at=DELIVERED, tracks_opens=tracks_opens)
    assert alone.is_human or not among.is_human or alone.reason == "no_open"
    assert among.reason in ("", *REASONS)
    assert among.is_human == (among.reason == "")
