"""Drafts: what a model said as a value, and what a person should look at before it goes out."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.draft_checks import Concern, Grounds, Severity, concerns_about
from drumbeat.core.draft_checks_links import foreign_links, lies_below
from drumbeat.core.drafts import Draft, made_of, seconds_to_say, text_hash, words_in
from drumbeat.core.flow import Channel, JobType

FIRST, FOLLOW_UP = JobType.INITIAL_OUTREACH, JobType.FOLLOW_UP_EMAIL
GOOD = (
    "Hi Kim, I saw that Acme opened a second shop. We make bicycles that last, and teams such as yours "
    "ride them to work. "
    "Could we talk for 15 minutes on Tuesday at 10:30?"
)
OURS = "https://acme.example.com/demo"
GROUNDS = Grounds(
    facts=("We have 1,200 customers in 14 countries.", "We are ISO 9001 certified."),
    known=("company: Acme", "40 people"),
    links=(OURS,),
    banned=("synergy", "cheap!"),
)


def a_mail(text, subject="Bicycles for Acme"):
    return made_of(Channel.EMAIL, FIRST, text, subject)


def codes(text, grounds=GROUNDS):
    return [one.code for one in concerns_about(a_mail(f"{GOOD} {text}"), grounds)]


@pytest.mark.parametrize(
    ("channel", "job_type", "subject"),
    [
        pytest.param(Channel.EMAIL, FIRST, "Bicycles for you", id="a first mail has a subject, on one line"),
        pytest.param(Channel.EMAIL, FOLLOW_UP, "", id="a follow-up keeps that of its thread"),
        pytest.param(Channel.SMS, FIRST, "", id="a text message has none"),
    ],
)
def test_what_a_model_said_becomes_a_draft(channel, job_type, subject):
    made = made_of(channel, job_type, " Hello\u200b \r\n", "Bicycles\n for you", (3, 1, 3))
    assert made == Draft(channel=channel, text="Hello", subject=subject, facts=(1, 3))


def test_how_long_it_takes_to_say():
    assert words_in("It's a well-made bike, 2 wheels.") == 6
    assert seconds_to_say("word " * 25) == 10


@given(st.lists(st.text(), min_size=4, max_size=4))
def test_a_text_is_told_from_any_other_by_its_hash(words):
    one, other = (words[0], words[1]), (words[2], words[3])
    assert (text_hash(*one) == text_hash(*other)) == (one == other)
    assert len(text_hash(*one)) == 64


def test_where_the_subject_ends_makes_another_text():
    assert text_hash("a", "b c") != text_hash("a b", "c")


def test_a_good_draft_has_no_concerns():
    assert concerns_about(a_mail(GOOD), GROUNDS) == []


@pytest.mark.parametrize(
    "gap",
    [
        "{{ contact.first_name }}",
        "{% if x %}",
        "{first_name}",
        "[First Name]",
        "[Dein Name]",
        "<first name>",
        "%FIRSTNAME%",
        "____",
        "XXX",
        "TODO",
        "Lorem ipsum",
    ],
)
def test_a_gap_stops_a_draft(gap):
    [concern] = concerns_about(a_mail(f"{GOOD} Dear {gap}, hello."), GROUNDS)
    assert (concern.code, concern.severity) == ("unfilled_tag", Severity.STOP)
    assert gap in concern.text


@pytest.mark.parametrize("tag", ["<b>", "</p>", "<a href='x'>", "<script>", "<!--", "<br/>", "&nbsp;"])
def test_html_stops_a_draft(tag):
    assert "markup" in codes(tag)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(f"See {OURS}.", [], id="ours"),
        pytest.param(f"See {OURS}/x?y=1#z now", [], id="below ours"),
        pytest.param("See acme.example.com/demo", [], id="ours without https"),
        pytest.param("HTTPS://ACME.example.COM/demo", [], id="ours in capitals"),
        pytest.param("Note:this, e.g. that; node.js and 3.5", [], id="no links at all"),
        pytest.param("http://acme.example.com/demo", ["http://acme.example.com/demo"], id="without TLS"),
        pytest.param(
            "https://acme.example.com/demonic", ["https://acme.example.com/demonic"], id="beside it"
        ),
        pytest.param("https://acme.example.com.evil.test/demo", None, id="a host that begins like ours"),
        pytest.param("https://acme.example.com@evil.test/demo", None, id="ours as a name"),
        pytest.param("https://evil.test\\@acme.example.com/demo", None, id="a backslash"),
        pytest.param("https://acme.example.com/demo/../x", None, id="up again"),
        pytest.param("https://acme.example.com/demo/%2e%2e/x", None, id="up again, written otherwise"),
        pytest.param("https://acme.example.com:99999/demo", None, id="no port"),
        pytest.param("https://acmе.example.com/demo", None, id="a letter that only looks like ours"),
        pytest.param("https:evil.test", None, id="without slashes"),
        pytest.param("//evil.test/x", None, id="without a scheme"),
        pytest.param("Go to evil.com now", None, id="a bare host"),
        pytest.param("Go to www.evil.museum/x now", None, id="a bare host of any kind"),
        pytest.param("[click](https://evil.test)", None, id="in Markdown"),
        pytest.param("See goo.gl/abc", ["goo.gl/abc"], id="a short link"),
        pytest.param("See evil.sh/x", ["evil.sh/x"], id="a country that few write from"),
        pytest.param("Go to evil.to.", ["evil.to"], id="a country without a path"),
        pytest.param("Go to evil.page/x", ["evil.page/x"], id="an ending of words"),
        pytest.param("Go to evil.store, now", ["evil.store"], id="an ending of words without a path"),
        pytest.param("Go to Evil.Store", ["Evil.Store"], id="an ending with a capital"),
        pytest.param("Go to evil.ninja", ["evil.ninja"], id="an ending that nobody listed"),
        pytest.param("Go to Evil.Ninja/x", ["Evil.Ninja/x"], id="with a capital and a path"),
        pytest.param("Go to [evil.se/x]", ["evil.se/x"], id="in brackets"),
        pytest.param(
            "paypal.com-secure.gg/x", ["paypal.com-secure.gg/x"], id="a host that begins like another"
        ),
        pytest.param("Go to evil.com-now", ["evil.com-now"], id="a host with a dash behind it"),
        pytest.param("bücher.de/login", ["bücher.de/login"], id="with an umlaut"),
        pytest.param(
            "\u0430pple.com/login", ["\u0430pple.com/login"], id="a Cyrillic letter that looks like an a"
        ),
        pytest.param("пример.рф", ["пример.рф"], id="a country in its own letters"),
        pytest.param("उदाहरण.भारत", ["उदाहरण.भारत"], id="with vowel signs"),
        pytest.param("evil.xn--p1ai", ["evil.xn--p1ai"], id="a country as machines write it"),
        pytest.param("a.b.c.d.e.f.g.evil.com/x", ["a.b.c.d.e.f.g.evil.com/x"], id="a host of many labels"),
        pytest.param("evil.test:8080/x", ["evil.test:8080/x"], id="with a port"),
        pytest.param("Call 10.20.30.40/x", ["10.20.30.40/x"], id="an address in numbers"),
        pytest.param("Go to evil.com.Thanks", None, id="a host that a sentence follows without a space"),
        pytest.param("Go to evil.com.-", None, id="a host with dots and dashes behind it"),
        pytest.param("Well -.-, a.-", [], id="no host at all"),
        pytest.param("Website:evil.com", ["evil.com"], id="behind a colon"),
        pytest.param("Wait ...evil.com", ["evil.com"], id="behind dots"),
        pytest.param("here/evil.com", ["evil.com"], id="behind a slash"),
        pytest.param("That was the end.Next I ask.", [], id="a sentence without a space before it"),
        pytest.param("The end.Next? Yes", [], id="a question without a space before it"),
        pytest.param("At 10 a.m. e.g./i.e., U.S. z.B. z.Hd. M.Sc., Mr./Mrs. ok", [], id="abbreviations"),
        pytest.param("1.5 of 2.0, 3.5/5, on 24.12./25.12., v1.2.3.4", [], id="numbers"),
        pytest.param("report.pdf, index.html and Node.js", [], id="files"),
        pytest.param("javascript:alert", None, id="a script"),
        pytest.param("tel:+491234", None, id="a number"),
        pytest.param("Write to kim@evil.test", None, id="an address"),
    ],
)
def test_only_allowed_links_are_used(text, found):
    foreign = list(foreign_links(text, [OURS]))
    assert foreign == found if found is not None else len(foreign) >= 1
    assert ("foreign_link" in codes(text)) is bool(foreign)


@pytest.mark.parametrize("part", ["a.", "a-", "a", ".", "@", "a@", "a.b@", "//", "x:", "ü.", "-.", "a1."])
def test_links_are_found_in_time_whatever_the_text(part):
    began = perf_counter()
    list(foreign_links(part * 5_000, [OURS]))
    assert perf_counter() - began < 2


def test_a_host_allows_all_below_it():
    assert lies_below("https://acme.example.com/x", "https://acme.example.com/")
    assert lies_below("http://acme.example.com", "http://acme.example.com")
    assert not lies_below("https://[::1", "https://acme.example.com")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("What a SYNERGY.", "banned_word", id="a banned word in any case"),
        pytest.param("Syn\u200bergy again", "banned_word", id="with a character that nobody sees"),
        pytest.param("It is cheap!", "banned_word", id="a banned word with a sign"),
        pytest.param(
            "Here is the email you asked for.", None, id="machine talk counts at the beginning alone"
        ),
        pytest.param("We guarantee it.", "sensitive_promise", id="a promise"),
        pytest.param("Mit 20 Rabatten", "sensitive_promise", id="a promise in German"),
        pytest.param("Nous garantissons tout.", "sensitive_promise", id="in French"),
        pytest.param("Con descuentos para ti.", "sensitive_promise", id="in Spanish"),
        pytest.param("Con uno sconto.", "sensitive_promise", id="in Italian"),
        pytest.param("Met korting.", "sensitive_promise", id="in Dutch"),
        pytest.param("We are the market leader.", "claim_not_in_facts", id="a boast"),
        pytest.param("We are certified.", None, id="a boast that is a fact"),
        pytest.param("It is 37 % faster.", "claim_not_in_facts", id="a share"),
        pytest.param("It costs €49.", "claim_not_in_facts", id="a price"),
        pytest.param("It is 3x faster.", "claim_not_in_facts", id="a multiple"),
        pytest.param("Since 2009.", "claim_not_in_facts", id="a year"),
        pytest.param("1.200 customers in 14 countries.", None, id="facts, however written"),
        pytest.param("You are 40 people.", None, id="what is known of the contact"),
        pytest.param("I have 2 questions, at 16h or 4 pm.", None, id="small numbers and hours"),
        pytest.param("Synergyless", None, id="a longer word"),
    ],
)
def test_words_and_figures_are_looked_at(text, code):
    assert (code in codes(text)) if code else codes(text) == []


def test_machine_talk_at_the_beginning_stops_a_draft():
    assert [one.code for one in concerns_about(a_mail(f"Here is the email: {GOOD}"), GROUNDS)] == [
        "machine_talk"
    ]


MARK = "a1b2c3d4e5f60718"


@pytest.mark.parametrize(
    ("text", "grounds", "stops"),
    [
        pytest.param(f"END {MARK}", GROUNDS, True, id="the line at the end of the data"),
        pytest.param(
            f"Data {MARK.upper()} contact", GROUNDS, True, id="the line at its beginning, in any case"
        ),
        pytest.param(f"Yours, {MARK}", Grounds(mark=MARK), True, id="the mark alone, where it is known"),
        pytest.param("Here are the data 12345678.", Grounds(known=("12345678",)), False, id="a number"),
        pytest.param("In the end 40 people decide.", GROUNDS, False, id="an end"),
    ],
)
def test_what_stood_around_the_data_stops_a_draft(text, grounds, stops):
    found = concerns_about(a_mail(f"{GOOD} {text}"), grounds)
    assert [one.code for one in found if one.severity is Severity.STOP] == ["fence_mark"] * stops


@pytest.mark.parametrize(
    ("channel", "text", "codes"),
    [
        pytest.param(Channel.EMAIL, " ", ["empty"], id="nothing"),
        pytest.param(Channel.EMAIL, "Hi there", ["too_short"], id="a short mail"),
        pytest.param(Channel.EMAIL, "word " * 221, ["too_long"], id="a long mail"),
        pytest.param(Channel.SMS, "Hello there Kim", [], id="a text message"),
        pytest.param(Channel.SMS, "ж" * 30 + " и" * 60, ["too_long", "too_long"], id="a long one"),
        pytest.param(Channel.WHATSAPP, "long " * 121, ["too_long"], id="a long WhatsApp message"),
        pytest.param(Channel.VOICE, "say this now " * 20, [], id="what is said in half a minute"),
        pytest.param(Channel.VOICE, "say this now " * 26, ["too_long", "too_long"], id="what is not"),
        pytest.param(
            Channel.VOICE,
            "Hello Kim, we talked about nine bikes & more, call me back at 030 today.",
            ["claim_not_in_facts", "not_speakable", "not_speakable"],
            id="what cannot be said as it is written",
        ),
    ],
)
def test_each_channel_has_its_size(channel, text, codes):
    draft = made_of(channel, FOLLOW_UP, text)
    assert [one.code for one in concerns_about(draft, Grounds(job_type=FOLLOW_UP))] == codes


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        pytest.param("", "no_subject", id="none"),
        pytest.param("y" * 79, "long_subject", id="a long one"),
        pytest.param("Re: our talk", "false_subject", id="one that lies"),
    ],
)
def test_a_first_mail_needs_an_honest_subject(subject, code):
    assert [one.code for one in concerns_about(a_mail(GOOD, subject), GROUNDS)] == [code]


def test_what_stops_comes_first_and_nothing_is_said_a_hundred_times():
    found = concerns_about(
        a_mail(GOOD + " 11 %" + " [Gap]" * 9 + "".join(f" [Gap{one}x]" for one in "abcdefgh")), GROUNDS
    )
    assert [one.severity for one in found] == [Severity.STOP] * 5 + [Severity.LOOK]


DRAFTS = st.builds(
    made_of,
    st.sampled_from(Channel),
    st.sampled_from(JobType),
    st.text(max_size=400) | st.text("{}[]<>%_-a1./:@ \n", max_size=400),
    st.text(max_size=50),
)


@given(draft=DRAFTS, texts=st.lists(st.text(max_size=30), max_size=3))
def test_checking_is_total_and_says_a_sentence(draft, texts):
    for concern in concerns_about(draft, Grounds(facts=texts, known=texts, links=texts, banned=texts)):
        assert isinstance(concern, Concern)
        assert concern.text.rstrip("”")[-1] in ".?!"
        assert len(concern.excerpt) <= 60


@pytest.mark.parametrize(
    "text",
    [
        "{" * 9999,
        "[" * 9999,
        "<a " * 4000,
        "1 " * 5000,
        "a." * 5000,
        "a@" * 5000,
        "//" * 5000,
        ("a" * 60 + ".") * 160,
    ],
)
def test_checking_is_fast_whatever_was_written(text):
    began = perf_counter()
    concerns_about(
        made_of(Channel.VOICE, FIRST, text), Grounds(facts=[text], banned=["x"] * 200, links=[OURS])
    )
    assert perf_counter() - began < 2
