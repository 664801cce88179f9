"""By what they call themselves: people's programs pass, machines that say so are known."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.tracking_agents import Agent, read_agent
from tests.support import corpora

PEOPLE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 "
    "Edg/142.0.0.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 "
    "Safari/605.1.15",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.6.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "CriOS/142.0.7444.77 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F90 "
    "[LinkedInApp]/9.30.1",
    "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 "
    "Chrome/125.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP4A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/131.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; Trident/7.0; .NET4.0C; .NET4.0E; "
    "Microsoft Outlook 16.0.5356; ms-office; MSOffice 16)",
    "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
    "Outlook-iOS/709.2226530.prod.iphone (3.24.1)",
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.12026; Pro)",
)


@pytest.mark.parametrize("agent", PEOPLE)
def test_programs_of_people_pass(agent):
    assert read_agent(agent) is Agent.BROWSER


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        pytest.param("Mozilla/5.0", Agent.APPLE_PROXY, id="Apple's privacy proxy"),
        pytest.param(
            "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
            Agent.GMAIL_PROXY,
            id="Gmail's image proxy",
        ),
        pytest.param("YahooMailProxy; https://help.yahoo.com/", Agent.YAHOO_PROXY, id="Yahoo's image proxy"),
        pytest.param("imgproxy/3.21.0", Agent.IMAGE_PROXY, id="another image proxy"),
        pytest.param("Corporate Mail Proxy 2", Agent.IMAGE_PROXY, id="another mail proxy"),
        pytest.param("", Agent.NO_BROWSER, id="no name"),
        pytest.param("Mozilla/5.0 (compatible)", Agent.NO_BROWSER, id="a name without a system"),
        pytest.param("Lynx/2.9.2", Agent.NO_BROWSER, id="no browser that shows mail"),
        pytest.param("python-requests/2.32", Agent.BOT, id="a library"),
        pytest.param(f"{PEOPLE[0]} HeadlessChrome", Agent.BOT, id="a browser without a screen"),
        pytest.param("Barracuda Sentinel (EE)", Agent.BOT, id="a mail filter"),
    ],
)
def test_machines_that_say_what_they_are(agent, expected):
    assert read_agent(agent) is expected


@given(st.text(max_size=300))
def test_it_reads_anything(agent):
    assert read_agent(agent) in Agent


def test_known_bots_are_recalled(capsys):
    counted = Counter(read_agent(row["user_agent"]) for row in corpora.rows("bot-user-agents/crawlers.jsonl"))
    taken_for_people = counted[Agent.BROWSER] / counted.total()
    with capsys.disabled():
        print("\nuser agents of bots, read as:")
        for agent, count in counted.most_common():
            print(f"  {agent.value:12} {count:4} {count / counted.total():7.1%}")
    assert taken_for_people <= 0.02
