"""What an agent wrote, put in the place of a step's own text; what a draft rests on; what a person changed."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core import merge
from drumbeat.core.autonomy import goes_without_a_person
from drumbeat.core.document import read_step, write_document
from drumbeat.core.drafts import is_by_agent, own_text, verbatim, worded, words_of
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import (
    Channel,
    EmailContent,
    EmailStep,
    EndStep,
    Hints,
    SmsStep,
    VoiceStep,
    WhatsAppStep,
)
from drumbeat.core.personas import ActionKind, Agent, Autonomy, Policy
from drumbeat.core.prompts import DraftRequest, Line, Origin, fingerprint_of, is_untrue, outdated
from drumbeat.core.word_difference import MOST_WORDS, Part, word_difference
from tests.support.flows import a_flow, texts

WORDS = words_of("Subject", "Hello {{ you }}")


def said_by(step):
    return merge.render(own_text(step)[1], {})


@pytest.mark.parametrize(
    "step",
    [
        SmsStep(key="a", written_by="agent"),
        WhatsAppStep(key="a", written_by="agent", template_id="HX1"),
        VoiceStep(key="a", written_by="agent"),
    ],
    ids=lambda step: step.kind,
)
def test_a_text_of_an_agent_stands_in_the_place_of_the_steps_own(step):
    assert said_by(worded(step, WORDS)) == "Hello {{ you }}"


def test_a_mail_of_an_agent_keeps_the_files_and_the_layout():
    own = EmailContent(subject="Ours", text="x", html="<p>x</p>", preheader="y", layout="branded")
    step = worded(EmailStep(key="a", written_by="agent", content=own), WORDS)
    assert isinstance(step, EmailStep)
    assert step.content is not None
    assert (step.content.subject, step.content.html, step.content.preheader) == ("Subject", "", "")
    assert step.content.layout == "branded"
    assert said_by(step) == "Hello {{ you }}"


def test_without_a_subject_of_its_own_a_mail_has_the_steps():
    own = EmailContent(subject="Ours", text="x")
    step = worded(EmailStep(key="a", written_by="agent", content=own), words_of("", "Hello"))
    assert own_text(step) == ("Ours", "Hello", "text")
    bare = worded(EmailStep(key="a", written_by="agent"), words_of("", "Hello"))
    assert own_text(bare) == ("", "Hello", "text")


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (SmsStep(key="a", written_by="agent", text="ours"), None),
        (SmsStep(key="a", written_by="agent", text="ours"), {"html": "no words"}),
        (SmsStep(key="a", text="ours"), WORDS),
        (EndStep(key="a"), WORDS),
    ],
)
def test_other_steps_stay_as_they_are(step, words):
    assert worded(step, words) is step
    assert is_by_agent(step) is (getattr(step, "written_by", "") == "agent")


@given(texts(200) | st.text("{}%'\" -", max_size=30))
def test_whatever_it_says_nothing_of_it_is_a_merge_tag(text):
    assert (
        merge.render(verbatim(text), {}) == merge.render("{{ text }}", {"text": text or " "}).strip(" ")
        or text
    )


def test_html_of_a_step_is_known_as_such():
    step = EmailStep(key="a", content=EmailContent(subject="s", html="<p>x</p>"))
    assert own_text(step) == ("s", "<p>x</p>", "html")
    assert own_text(replace(step, content=EmailContent(mjml="<mjml/>"))) == ("", "<mjml/>", "mjml")
    assert own_text(EmailStep(key="a")) == ("", "", "text")
    assert own_text(EndStep(key="a")) == ("", "", "text")


def a_request(**more: Any) -> DraftRequest:
    values: dict[str, Any] = {
        "agent": Agent(name="Robin"),
        "channel": Channel.EMAIL,
        "contact": {"company": "Acme"},
    }
    return DraftRequest(**(values | more))


@pytest.mark.parametrize(
    ("other", "origin"),
    [
        ({"contact": {"company": "Bolt"}}, Origin.CONTACT),
        ({"conversation": (Line(by_contact=True, text="Hi"),)}, Origin.CONVERSATION),
        ({"hints": Hints(angle="price")}, Origin.STEP),
        ({"channel": Channel.SMS}, Origin.STEP),
        ({"agent": Agent(name="Robin", facts=("We are in Basel.",))}, Origin.AGENT),
        ({"sender_name": "Kim"}, Origin.AGENT),
    ],
)
def test_a_draft_rests_on_facts(other, origin):
    was = fingerprint_of(a_request())
    assert outdated(was, a_request(**other)) == [origin]
    assert is_untrue(was, a_request(**other))


@pytest.mark.parametrize(
    "agent", [Agent(name="Sam"), Agent(name="Robin", persona="Calm"), Agent(name="Robin", language="de")]
)
def test_how_an_agent_writes_is_told_but_is_no_fact(agent):
    was = fingerprint_of(a_request())
    assert outdated(was, a_request(agent=agent)) == [Origin.AGENT]
    assert not is_untrue(was, a_request(agent=agent))


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"agent": Agent(name="Robin", autonomy=Autonomy.FULL, drafts_per_day=3)},
        {"note": "shorter", "earlier": "text"},
    ],
)
def test_who_approves_and_what_is_wished_for_outdates_nothing(other):
    was = fingerprint_of(a_request())
    assert outdated(was, a_request(**other)) == []
    assert not is_untrue(was, a_request(**other))


def test_several_origins_are_told_in_their_order():
    was = fingerprint_of(a_request())
    other = a_request(agent=Agent(name="Sam", links=("a.example",)), contact={}, hints=Hints(angle="x"))
    assert outdated(was, other) == ["agent", "step", "contact"]


def test_what_no_agent_wrote_is_never_outdated():
    assert (outdated("", a_request()), is_untrue("", a_request())) == ([], False)


@pytest.mark.parametrize(
    ("agent", "goes"),
    [
        (None, True),
        (Agent(name="a"), False),
        (Agent(name="a", autonomy=Autonomy.FULL, warm_up=5), True),
        (Agent(name="a", autonomy=Autonomy.CONTROLLED), False),
        (Agent(name="a", autonomy=Autonomy.CONTROLLED, policies={ActionKind.EMAIL: Policy.DISABLED}), True),
    ],
)
def test_a_fallback_waits_where_a_person_wants_to_see_what_leaves(agent, goes):
    assert goes_without_a_person(agent, ActionKind.EMAIL) is goes


def test_a_difference_is_told_word_by_word():
    assert word_difference("Good morning Kim", "Good evening Kim") == [
        Part("same", "Good "),
        Part("removed", "morning"),
        Part("added", "evening"),
        Part("same", " Kim"),
    ]


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_both_texts_can_be_read_from_a_difference(before, after):
    parts = word_difference(before, after)
    assert "".join(one.text for one in parts if one.kind != "added") == before
    assert "".join(one.text for one in parts if one.kind != "removed") == after


def test_long_texts_are_compared_line_by_line():
    long = "a b\n" * MOST_WORDS
    assert word_difference(long, long + "c") == [Part("same", long), Part("added", "c")]


def test_a_step_is_read_alone():
    flow = a_flow(SmsStep(key="a", text="Hi", written_by="agent", next="b"), EndStep(key="b"))
    document = write_document(flow)["steps"][0]
    assert read_step(document) == SmsStep(key="a", text="Hi", written_by="agent")


@pytest.mark.parametrize(
    ("step", "path"), [({"kind": "sms"}, "key"), ({"key": "a", "kind": "fax"}, "kind"), ({}, "")]
)
def test_a_step_that_cannot_be_read_is_refused(step, path):
    with pytest.raises(DomainError) as refused:
        read_step(step)
    assert refused.value.code == "document_invalid"
    assert refused.value.fields
    assert not path or any(path in name for name in refused.value.fields)


def test_a_step_alone_leads_nowhere_and_what_it_asks_stays():
    document = {"key": "a", "kind": "ai_decide", "question": "?", "next": "b"}
    step = read_step(document | {"branches": [{"name": "x", "next": "c"}, {"name": "y", "next": None}]})
    assert [(branch.name, branch.next) for branch in getattr(step, "branches", ())] == [
        ("x", None),
        ("y", None),
    ]
    with pytest.raises(DomainError):
        read_step(document | {"branches": ["x"]})
