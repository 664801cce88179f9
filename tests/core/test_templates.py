"""The templates: what they are by the book, and that each can be used as it is."""

from itertools import pairwise

import pytest

from drumbeat.core import merge
from drumbeat.core.document import linear, read_document, write_document
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Exit
from drumbeat.core.flow import Channel, EmailStep
from drumbeat.core.lint import LintFacts, lint
from drumbeat.core.merge_tags import ALWAYS_FILLED, MERGE_TAGS
from drumbeat.core.templates import TEMPLATES, template, template_flow

READY = LintFacts(channels=frozenset(Channel), has_postal_address=True, has_rep=True)
NOBODY = {
    "sender": {"name": "Ada Quill", "address": "ada@example.com"},
    "workspace": {"name": "Quill & Co"},
    "sequence": {"name": "Spring"},
    "unsubscribe_url": "https://example.com/u/1",
}


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        pytest.param(
            "cold_outreach",
            [("initial_outreach", "0m"), ("follow_up_email", "4d"), ("follow_up_email", "6d")],
            id="cold outreach: intro, value, call to action",
        ),
        pytest.param(
            "follow_up_series",
            [("follow_up_email", "0m"), ("follow_up_email", "7d")],
            id="follow-up series: check-in, final nudge",
        ),
        pytest.param("re_engagement", [("re_engagement", "0m"), ("re_engagement", "5d")], id="re-engagement"),
        pytest.param("meeting_request", [("initial_outreach", "0m")], id="meeting request"),
        pytest.param(
            "voicemail_email_combo",
            [("initial_outreach", "0m"), ("voicemail_drop", "3d"), ("follow_up_email", "5d")],
            id="voicemail and email, done on day eight",
        ),
    ],
)
def test_a_template_goes_by_the_book(name, steps):
    flow = template_flow(name)
    keys = linear(flow)
    assert keys is not None
    found = [flow.step(key) for key in keys]
    assert [(getattr(step, "job_type", None), str(step.delay)) for step in found] == steps


def test_there_are_five():
    assert list(TEMPLATES) == [
        "cold_outreach",
        "follow_up_series",
        "re_engagement",
        "meeting_request",
        "voicemail_email_combo",
    ]


@pytest.fixture(params=TEMPLATES.values(), ids=str)
def any_template(request):
    return request.param


@pytest.fixture
def texts(any_template):
    steps = any_template.flow.steps.values()
    mails = [step.content for step in steps if isinstance(step, EmailStep) and step.content]
    return [text for mail in mails for text in (mail.subject, mail.text)] + [
        step.script for step in steps if not isinstance(step, EmailStep)
    ]


def test_each_ends_on_a_reply_and_rests_on_a_meeting(any_template):
    assert (any_template.exit_on_reply, any_template.exit_on_meeting) == (Exit.FINISH, Exit.PAUSE)


def test_each_says_what_it_is_for(any_template):
    assert any_template.title
    assert any_template.description.endswith(".")
    for step in any_template.flow.steps.values():
        assert step.name
        assert step.hints.angle and step.hints.call_to_action and step.hints.value_proposition


def test_each_passes_the_audit(any_template):
    assert lint(any_template.flow, READY) == []


def test_each_survives_its_document(any_template):
    assert read_document(write_document(any_template.flow)) == any_template.flow


def test_each_reads_well_to_somebody_we_know_nothing_of(texts):
    for text in texts:
        assert merge.check(text, MERGE_TAGS, ALWAYS_FILLED) == []
        written = merge.render(text, {"contact": {}, **NOBODY})
        assert "{" not in written
        assert "  " not in written
        assert "!" not in written


def test_mails_are_short(texts):
    assert max(len(text.split()) for text in texts) < 120


def test_no_mail_repeats_the_one_before(any_template):
    for one, next_one in pairwise(any_template.flow.steps.values()):
        assert getattr(one, "content", None) != getattr(next_one, "content", None)


def test_an_unknown_template_is_refused_with_the_known_ones():
    with pytest.raises(DomainError, match="meeting_request") as refused:
        template("warm_outreach")
    assert refused.value.code == "template_unknown"
