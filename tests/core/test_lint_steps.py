"""The audit of single steps: content, senders, texts, conditions, fields."""

from dataclasses import replace

import pytest

from drumbeat.core.delay import parse_delay
from drumbeat.core.flow import (
    AiDecideStep,
    AiQualifyStep,
    Arm,
    Branch,
    ConditionStep,
    EmailContent,
    EndStep,
    GoToStep,
    JobType,
    ListStep,
    NamedBranch,
    NotifyStep,
    OtherSequenceStep,
    SetFieldStep,
    SetStageStep,
    SmsStep,
    SplitStep,
    SuppressStep,
    TagStep,
    TaskStep,
    VoiceStep,
    WaitForStep,
    WebhookStep,
    WhatsAppStep,
)
from drumbeat.core.lint import Severity, lint
from tests.support.audits import LINK, READY, a_mail, codes, found, tag
from tests.support.flows import STEPS, a_condition, a_flow, a_line, a_rule, an_email


@pytest.mark.parametrize(
    ("step", "path"),
    [
        pytest.param(an_email("a", content=None), "content", id="a mail without content"),
        pytest.param(a_mail("a", text=" "), "content", id="a mail with a blank text"),
        pytest.param(a_mail("a", subject=" "), "content.subject", id="a mail without a subject"),
        pytest.param(SmsStep(key="a"), "text", id="an SMS without text"),
        pytest.param(WhatsAppStep(key="a"), "text", id="a WhatsApp message without anything"),
        pytest.param(VoiceStep(key="a"), "script", id="a voicemail without a script"),
        pytest.param(
            VoiceStep(key="a", job_type=JobType.INITIAL_OUTREACH, on_machine="hang_up", on_human="read"),
            "script",
            id="a call that reads nothing",
        ),
        pytest.param(TaskStep(key="a", when_not_done="skip"), "title", id="a task that says nothing"),
        pytest.param(ConditionStep(key="a"), "branches", id="a condition without branches"),
        pytest.param(SplitStep(key="a", arms=(Arm(name="x"),)), "arms", id="a split with one arm"),
        pytest.param(
            SplitStep(key="a", arms=(Arm(name="x"), Arm(name="y", weight=0))),
            "arms",
            id="a split with one weight",
        ),
        pytest.param(WaitForStep(key="a", event=" "), "event", id="a wait for nothing"),
        pytest.param(GoToStep(key="a"), "target", id="a go-to without a target"),
        pytest.param(AiDecideStep(key="a"), "question", id="a decision without a question"),
        pytest.param(AiQualifyStep(key="a"), "question", id="a qualification without a question"),
        pytest.param(NotifyStep(key="a"), "text", id="a notice without text"),
        pytest.param(TagStep(key="a", tag=" "), "tag", id="a blank tag"),
        pytest.param(SetFieldStep(key="a"), "field", id="no field"),
        pytest.param(SetStageStep(key="a"), "stage", id="no stage"),
        pytest.param(ListStep(key="a"), "list", id="no list"),
        pytest.param(OtherSequenceStep(key="a"), "sequence", id="no sequence"),
        pytest.param(WebhookStep(key="a"), "url", id="no address"),
    ],
)
def test_a_step_needs_what_it_is_for(step, path):
    problems = [each for each in lint(a_flow(step), READY) if each.code == "step_without_content"]
    assert f"steps[0].{path}" in {problem.path for problem in problems}


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(
            VoiceStep(key="a", job_type=JobType.INITIAL_OUTREACH, on_machine="hang_up"),
            id="a call for the rep",
        ),
        pytest.param(WhatsAppStep(key="a", template_id="hello"), id="a template"),
        pytest.param(SuppressStep(key="a"), id="suppressing"),
        pytest.param(EndStep(key="a"), id="an end"),
        pytest.param(
            an_email("a", content=EmailContent(subject="x", html="<p>x</p>" + LINK)), id="HTML alone"
        ),
    ],
)
def test_what_needs_no_text_has_enough(step):
    assert codes(a_flow(step)) == set()


def test_only_a_follow_up_after_a_mail_may_keep_its_subject():
    follow_up = a_mail("b", subject="", after="2d", job_type=JobType.FOLLOW_UP_EMAIL)
    assert codes(a_line(a_mail("a"), follow_up)) == set()
    assert codes(a_line(follow_up)) == {"step_without_content"}
    skipping = a_flow(
        ConditionStep(key="c", branches=(Branch(name="x", condition=a_condition(), next="a"),), next="b"),
        a_mail("a", next="b"),
        follow_up,
    )
    assert codes(skipping) == {"step_without_content"}


@pytest.mark.parametrize(
    ("step", "has_agent", "expected"),
    [
        pytest.param(an_email("a", content=None, written_by="agent"), True, set(), id="an agent writes"),
        pytest.param(
            an_email("a", content=None, written_by="agent"), False, {"agent_not_configured"}, id="no agent"
        ),
        pytest.param(a_mail("a", written_by="agent"), False, set(), id="a text to fall back on"),
        pytest.param(
            SmsStep(key="a", written_by="agent"), False, {"agent_not_configured"}, id="on any channel"
        ),
    ],
)
def test_an_agent_writes_if_there_is_one(step, has_agent, expected):
    assert codes(a_flow(step), replace(READY, has_agent=has_agent)) == expected


@pytest.mark.parametrize(
    ("step", "path"),
    [
        pytest.param(
            ConditionStep(
                key="a",
                branches=(
                    Branch(name="x", condition=a_condition()),
                    Branch(name=" x", condition=a_condition()),
                ),
            ),
            "branches[1].name",
            id="branches",
        ),
        pytest.param(SplitStep(key="a", arms=(Arm(name="x"), Arm(name=" "))), "arms[1].name", id="arms"),
        pytest.param(
            AiDecideStep(key="a", question="?", branches=(NamedBranch(name=""),)), "branches[0].name", id="AI"
        ),
    ],
)
def test_branches_have_names_of_their_own(step, path):
    assert found(a_flow(step), "duplicate_name").path == f"steps[0].{path}"


def test_a_channel_needs_a_sender():
    problem = found(a_flow(a_mail()), "channel_without_sender", replace(READY, channels=frozenset()))
    assert "email" in problem.message


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("See https://ours.test/x for more", "https://ours.test/x"),
        ("See www.ours.test", "www.ours.test"),
        ("Go to {{ unsubscribe_url }}", "{{ unsubscribe_url }}"),
        ("<b>Hi</b>", "<b>"),
        ("Hi {{ contact.first_name | default: 'there' }}, 3 < 4, ours dot test", ""),
    ],
)
def test_what_nobody_can_say_aloud_is_named(script, said):
    flow = a_flow(VoiceStep(key="a", script=script))
    if said:
        assert said in found(flow, "script_not_speakable").message
    else:
        assert "script_not_speakable" not in codes(flow)


def test_a_call_that_is_put_through_needs_somebody():
    nobody = replace(READY, has_rep=False)
    assert found(a_flow(VoiceStep(key="a", script="Hi")), "nobody_to_connect", nobody).path.endswith(
        "on_human"
    )
    assert "nobody_to_connect" not in codes(a_flow(VoiceStep(key="a", script="Hi", on_human="read")), nobody)
    assert "nobody_to_connect" not in codes(a_flow(VoiceStep(key="a", script="Hi")))


def test_a_number_is_what_a_call_needs():
    problem = found(
        a_flow(VoiceStep(key="a", script="Hi")),
        "channel_without_sender",
        replace(READY, channels=frozenset()),
    )
    assert "voice" in problem.message and "Phone numbers" in problem.message


def test_a_first_whatsapp_message_needs_a_template():
    free, ready = WhatsAppStep(key="a", text="Hi"), WhatsAppStep(key="b", template_id="hi", text="Hi")
    assert found(a_line(free), "whatsapp_without_template").path == "steps[0].template_id"
    later = replace(free, delay=parse_delay("2d"))
    assert "whatsapp_without_template" not in codes(a_line(ready, later))
    assert "whatsapp_without_template" in codes(a_line(replace(free, written_by="agent")))


@pytest.mark.parametrize(
    ("step", "code", "path"),
    [
        pytest.param(
            a_mail("a", subject="{{ contact.nme }}"), "unknown_merge_tag", "content.subject", id="subject"
        ),
        pytest.param(a_mail("a", text="{{ x" + LINK), "merge_syntax", "content.text", id="half a tag"),
        pytest.param(
            a_mail("a", text="{{ contact.first_name }}" + LINK),
            "merge_tag_without_fallback",
            "content.text",
            id="no fallback",
        ),
        pytest.param(
            an_email("a", content=EmailContent(subject="x", html="{{ contact.custom.seat }}" + LINK)),
            "unknown_merge_tag",
            "content.html",
            id="HTML",
        ),
        pytest.param(SmsStep(key="a", text="{{ nope }}"), "unknown_merge_tag", "text", id="SMS"),
        pytest.param(
            WhatsAppStep(key="a", template_id="x", template_variables={"1": "{{ nope }}"}),
            "unknown_merge_tag",
            "template_variables.1",
            id="a variable of a template",
        ),
        pytest.param(VoiceStep(key="a", script="{{ nope }}"), "unknown_merge_tag", "script", id="script"),
        pytest.param(
            TaskStep(key="a", title="{{ nope }}", when_not_done="skip"),
            "unknown_merge_tag",
            "title",
            id="task",
        ),
        pytest.param(NotifyStep(key="a", text="{{ nope }}"), "unknown_merge_tag", "text", id="notice"),
        pytest.param(
            WebhookStep(key="a", url="https://x.test/", body='["{{ nope }}"]'),
            "unknown_merge_tag",
            "body",
            id="webhook",
        ),
    ],
)
def test_merge_tags_are_checked_in_every_text(step, code, path):
    assert found(a_flow(step), code).path == f"steps[0].{path}"


def test_fields_of_the_workspace_are_merge_tags():
    text = "{{ contact.custom.seats | default: 'some' }}" + LINK
    assert codes(a_flow(a_mail(text=text))) == set()
    assert codes(a_flow(a_mail(text=text)), replace(READY, fields={})) == {"unknown_merge_tag"}


def test_own_people_can_bear_a_gap():
    text = "{{ contact.first_name }} is waiting."
    assert codes(a_line(NotifyStep(key="a", text=text), NotifyStep(key="b", text=text))) == set()


def test_a_mail_need_not_say_how_to_unsubscribe_because_its_footer_does():
    assert codes(a_flow(an_email(content=EmailContent(subject="x", text="Hi")))) == set()


def test_mail_needs_a_postal_address():
    known = replace(READY, has_postal_address=False)
    assert found(a_line(a_mail("a"), a_mail("b", after="2d")), "postal_address_missing", known).step is None
    assert codes(a_flow(tag("a")), known) == set()


def test_conditions_are_checked_wherever_they_stand():
    wrong = a_condition(a_rule("nope", "equals", "x"))
    flow = a_line(
        tag("a", only_if=wrong),
        ConditionStep(key="b", branches=(Branch(name="x", condition=wrong, next="a"),)),
    )
    paths = [each.path for each in lint(flow, READY) if each.code == "condition_invalid"]
    assert paths == ["steps[0].only_if.rules[0].field", "steps[1].branches[0].condition.rules[0].field"]


def test_a_condition_may_name_a_step_of_its_flow():
    asks = a_condition(a_rule("event.replied", "happened", step="a"))
    assert codes(a_line(a_mail("a"), tag("b", only_if=asks))) == set()
    assert codes(a_line(tag("b", only_if=asks))) == {"condition_invalid"}


def test_opens_are_only_known_with_tracking():
    flow = a_flow(tag("a", only_if=a_condition(a_rule("event.opened", "happened"))))
    assert codes(flow) == set()
    for tracked in (frozenset(), frozenset({"clicked"})):
        assert codes(flow, replace(READY, tracked=tracked)) == {"tracking_off"}


@pytest.mark.parametrize(
    ("field", "value", "path"),
    [
        pytest.param("company", "Acme", None, id="a field of contacts"),
        pytest.param("contact.company", "Acme", None, id="named as in merge tags"),
        pytest.param("custom.seats", 5, None, id="a number"),
        pytest.param("custom.seats", None, None, id="emptied"),
        pytest.param("custom.note", 5, None, id="anything as text"),
        pytest.param("custom.seats", "5", "value", id="text for a number"),
        pytest.param("custom.renewal", "soon", "value", id="no date"),
        pytest.param("email", "x@example.com", "field", id="an address is not set by a flow"),
        pytest.param("custom.nope", 1, "field", id="no such field"),
    ],
)
def test_a_field_is_set_to_what_it_can_hold(field, value, path):
    flow = a_flow(SetFieldStep(key="a", field=field, value=value))
    assert codes(flow) == ({"field_invalid"} if path else set())
    if path:
        assert found(flow, "field_invalid").path == f"steps[0].{path}"


def test_a_notice_by_mail_needs_a_sender():
    step = NotifyStep(key="a", text="x", by=("email",))
    assert codes(a_flow(step), replace(READY, channels=frozenset())) == {"channel_without_sender"}


@pytest.mark.parametrize("kind", ["ai_decide", "ai_qualify"])
def test_a_decision_needs_somebody_who_decides(kind):
    flow = a_flow(STEPS[kind](key="a"))
    problem = found(flow, "decider_not_configured", replace(READY, has_decider=False))
    assert problem.severity is Severity.ERROR
    assert "DRUMBEAT_MODEL_URL" in problem.message
    assert "decider_not_configured" not in codes(flow)


def test_a_winner_that_chooses_itself_is_refused():
    split = SplitStep(key="a", arms=(Arm(name="x"), Arm(name="y")), automatic_winner=True)
    problem = found(a_flow(split), "setting_not_available")
    assert (problem.severity, problem.path) == (Severity.ERROR, "steps[0].automatic_winner")
    assert "setting_not_available" not in codes(a_flow(replace(split, automatic_winner=False)))


@pytest.mark.parametrize("event", ["form_submitted", "sent"])
def test_a_wait_for_what_flows_are_not_told_is_in_vain(event):
    assert event in found(a_flow(WaitForStep(key="a", event=event)), "wait_in_vain").message
