"""Rehearsals: scripted stories and rates, and what is counted of them."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.conditions import ConditionView
from drumbeat.core.document import parse_text
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import (
    AiDecideStep,
    Arm,
    Branch,
    Channel,
    ConditionStep,
    NamedBranch,
    SplitStep,
    TagStep,
    Way,
    WayKind,
)
from drumbeat.core.pacing import Caps
from drumbeat.core.rehearsal import (
    USUAL,
    Cast,
    Rate,
    Script,
    StepTally,
    Story,
    fit,
    read_script,
    rehearse,
    script_schema,
    write_script,
)
from drumbeat.core.rehearsal.form import write_report
from drumbeat.core.simulate import Person, SimulatedSender
from drumbeat.core.touch import SkipReason
from drumbeat.core.window import OFFICE_HOURS
from tests.support.flows import a_condition, a_flow, a_line, a_rule, an_email
from tests.support.standing import MONDAY, a_sender, a_sequence, a_task, after

UTC = ZoneInfo("UTC")
FLOW = a_line(an_email("hello"), an_email("again", after="3d"))


def a_cast(flow=FLOW, people=1, *, caps=None, stories=None, sequence=None, window=None):
    crowd = [Person(id=id_, view=ConditionView()) for id_ in range(1, people + 1)]
    sender = SimulatedSender(a_sender(window=window), caps or Caps(), MONDAY)
    return Cast(
        flow=flow,
        sequence=a_sequence(**sequence or {}),
        people=crowd if isinstance(people, int) else people,
        senders={1: sender},
        workspace_zone=UTC,
        workspace_sender_id=1,
        stories=stories or {},
    )


def rehearsed(cast, script=None, days=60):
    return rehearse(cast, script or Script(), MONDAY, after(days))


def ends(report):
    return {(end.state, end.reason): end.people for end in report.ends}


def told(event, **more):
    """Rehearse one person with one story, and return when and how the run ended."""
    settings = more.pop("sequence", None)
    story = Story(contact="1", event=event, **{"step": "hello"} | more)
    report = rehearsed(a_cast(stories={1: [story]}, sequence=settings))
    return report.messages, *report.ends[0].reason.split(), report.ended_at


# Stories


@pytest.mark.parametrize(
    ("event", "more", "messages", "reason", "ended_at"),
    [
        pytest.param("replied", {}, 1, "replied", after(1), id="a reply a day after the first mail ends it"),
        pytest.param(
            "replied", {"step": "again"}, 2, "completed", after(4), id="a reply to the last mail is late"
        ),
        pytest.param(
            "opted_out", {"step": ""}, 1, "opted_out", after(1), id="an opt-out counted from the start"
        ),
        pytest.param("meeting_booked", {}, 1, "meeting", after(1), id="a meeting pauses"),
        pytest.param("bounced", {}, 1, "bounced", after(1), id="a bounce ends it"),
        pytest.param("opened", {}, 2, "completed", after(3), id="opening ends nothing"),
        pytest.param("rejected_permanent", {}, 1, "completed", after(3), id="a refused mail is passed over"),
    ],
)
def test_a_story_is_played(event, more, messages, reason, ended_at):
    assert told(event, **more) == (messages, reason, ended_at)


def test_a_temporary_refusal_is_tried_again():
    story = Story(contact="1", event="rejected_temporary", step="hello")
    report = rehearsed(a_cast(stories={1: [story]}))
    assert report.messages == 2
    assert [(wait.reason, wait.messages) for wait in report.waits] == [("retry", 1)]


def test_an_absence_lasts_a_week_and_postpones():
    story = Story(contact="1", event="out_of_office", step="hello", after=USUAL.rates[1].within)
    report = rehearsed(a_cast(stories={1: [story]}, sequence={"postpone_on_out_of_office": True}))
    assert report.messages == 2
    assert report.last_send_at > after(6)


def test_who_has_a_story_does_only_what_it_says():
    rates = Script(rates=(Rate(event="replied", percent=100),))
    stories = {1: [Story(contact="1", event="opened", step="hello")]}
    report = rehearsed(a_cast(people=2, stories=stories), rates)
    assert ends(report) == {("finished", "completed"): 1, ("finished", "replied"): 1}


# Rates


def test_rates_bring_about_as_many_as_they_say():
    script = Script(rates=(Rate(event="replied", percent=20, step="hello"), Rate(event="replied", percent=0)))
    replied = ends(rehearsed(a_cast(people=500), script))["finished", "replied"]
    assert 70 < replied < 130


def test_a_rate_of_a_step_takes_the_place_of_the_general_one():
    script = Script(
        rates=(Rate(event="replied", percent=100), Rate(event="replied", percent=0, step="hello"))
    )
    report = rehearsed(a_cast(people=3), script)
    assert report.messages == 6


def test_a_refusal_comes_at_once():
    """Each attempt is another chance, so nothing that is refused for good leaves, and half leaves in the end."""
    script = Script(rates=(Rate(event="rejected_permanent", percent=100, step="hello"),))
    report = rehearsed(a_cast(people=3), script)
    assert dict(report.steps[0].failed) == {"rejected_permanent": 3}
    assert report.messages == 3
    never = rehearsed(a_cast(people=3), Script(rates=(Rate(event="rejected_temporary", percent=100),)))
    assert never.messages == 0


def test_tasks_are_done_after_their_time_or_never():
    flow = a_line(a_task("call"), an_email("hello"))
    done = rehearsed(a_cast(flow), read_script({"tasks": {"percent": 100, "after": "2d"}}))
    assert (done.steps[0].done, done.first_send_at) == (1, after(2))
    never = rehearsed(a_cast(flow), read_script({"tasks": {"percent": 0}}))
    assert (never.messages, never.steps[0].standing, ends(never)) == (0, 1, {("awaiting", ""): 1})


def test_an_ai_step_is_answered_as_the_script_says_and_else_falls_back():
    hot = NamedBranch(name="hot", next="hello")
    flow = a_flow(AiDecideStep(key="decide", question="Hot?", branches=(hot,), next=None), an_email("hello"))
    script = read_script(
        {"decisions": [{"step": "other", "answer": "x"}, {"step": "decide", "answer": "hot"}]}
    )
    assert dict(rehearsed(a_cast(flow), script).steps[0].ways) == {"hot": 1}
    rare = read_script({"decisions": [{"step": "decide", "answer": "hot", "percent": 0}]})
    assert dict(rehearsed(a_cast(flow), rare).steps[0].ways) == {"else": 1}


@given(seed=st.integers(0, 2**53 - 1))
def test_the_same_seed_gives_the_same_report(seed):
    script = read_script({"seed": seed, "rates": [{"event": "replied", "percent": 30}]})
    cast = a_cast(people=4, caps=Caps(per_day=3), window=OFFICE_HOURS)
    assert write_report(rehearsed(cast, script)) == write_report(rehearsed(cast, script))


# What is counted


def test_what_a_cap_leaves_over_waits_and_is_counted_day_by_day():
    report = rehearsed(a_cast(a_line(an_email("hello")), people=5, caps=Caps(per_day=2), window=OFFICE_HOURS))
    assert [(day.day.day, day.sent, day.waiting, day.cap) for day in report.volumes] == [
        (2, 2, 3, 2),
        (3, 2, 1, 2),
        (4, 1, 0, 2),
    ]
    (wait,) = report.waits
    assert (wait.day.day, wait.reason, wait.messages) == (2, "cap_day", 3)
    assert wait.longest == timedelta(days=2)


@pytest.mark.parametrize(
    ("caps", "reasons"),
    [
        pytest.param(Caps(per_minute=1), {"cap_minute": 2}, id="a minute"),
        pytest.param(Caps(per_hour=1), {"cap_hour": 2}, id="an hour"),
        pytest.param(
            Caps(per_hour=1, per_day=2), {"cap_hour": 1, "cap_day": 1}, id="the longest that was full"
        ),
    ],
)
def test_the_cap_that_held_is_named(caps, reasons):
    report = rehearsed(a_cast(a_line(an_email("hello")), people=3, caps=caps))
    assert {wait.reason: wait.messages for wait in report.waits} == reasons


def test_a_rest_between_two_messages_is_named():
    cast = a_cast(a_line(an_email("hello")), people=3)
    spaced = {id_: replace(sender, spacing_seconds=60) for id_, sender in cast.senders.items()}
    report = rehearsed(replace(cast, senders=spaced))
    assert {wait.reason: wait.messages for wait in report.waits} == {"spacing": 2}


def test_what_waits_in_the_end_is_counted_too():
    report = rehearsed(a_cast(people=3, caps=Caps(per_day=1)), days=1)
    assert [(day.sent, day.waiting) for day in report.volumes] == [(1, 2), (1, 1)]
    assert sum(wait.messages for wait in report.waits) == 2


def test_what_an_absence_puts_off_is_held_until_the_window_opens():
    """Ben is back at midnight of a Tuesday: his mail is written then and leaves at nine."""
    an_hour = read_script({"tasks": {"after": "1h"}}).tasks.after
    stories = {1: [Story(contact="1", event="out_of_office", after=an_hour)]}
    cast = a_cast(window=OFFICE_HOURS, stories=stories, sequence={"postpone_on_out_of_office": True})
    (wait,) = rehearsed(cast).waits
    assert (wait.day.day, wait.reason, wait.messages) == (10, "hold", 1)


def test_every_step_is_tallied():
    tagged = a_condition(a_rule("tag", "equals", "vip"))
    flow = a_flow(
        TagStep(key="mark", tag="vip", next="fork"),
        ConditionStep(
            key="fork", branches=(Branch(name="important", condition=tagged, next="half"),), next=None
        ),
        SplitStep(
            key="half", arms=(Arm(name="a", weight=1, next="hello"), Arm(name="b", weight=0, next=None))
        ),
        an_email("hello", next="never"),
        an_email("never", only_if=a_condition(a_rule("company", "equals", "x")), name="Never sent"),
    )
    report = rehearsed(a_cast(flow, people=2))
    tallies = {step.key: step for step in report.steps}
    assert [step.entered for step in report.steps] == [2] * 5
    assert dict(tallies["fork"].ways) == {"important": 2}
    assert dict(tallies["half"].ways) == {"a": 2}
    assert (tallies["mark"].done, tallies["mark"].quarters()[0]) == (2, MONDAY)
    assert dict(tallies["never"].skipped) == {"condition_false": 2}
    assert write_report(report)["steps"][4]["name"] == "Never sent"


def test_a_step_says_when_half_of_it_is_done_and_the_middle_half():
    tally = StepTally("hello", "email", "")
    for day in (8, 0, 2, 1, 3, 40, 2):
        tally.did(MONDAY + timedelta(days=day))
    days = [(at - MONDAY).days for at in tally.quarters()]
    assert days == [0, 1, 2, 3, 40]


@pytest.mark.parametrize("count", range(1, 9))
def test_the_quarters_are_in_order_and_moments_at_which_it_was_done(count):
    tally = StepTally("hello", "email", "")
    moments = [MONDAY + timedelta(days=day * day) for day in range(count)]
    for at in reversed(moments):
        tally.did(at)
    quarters = tally.quarters()
    assert list(quarters) == sorted(quarters)
    assert (quarters[0], quarters[-1]) == (moments[0], moments[-1])
    assert set(quarters) <= set(moments)


def test_nobody_and_nothing():
    report = rehearsed(a_cast(people=0))
    assert (report.messages, report.volumes, report.ends, report.ended_at) == (0, [], [], MONDAY)
    written = write_report(report)
    assert (written["first_send_at"], written["steps"][0]["first_at"]) == (None, None)


def test_progress_is_told_once_a_day_and_time_may_be_none():
    shares: list[float] = []
    rehearse(a_cast(), Script(), MONDAY, after(6), shares.append)
    assert shares == [0.0, 0.5]
    rehearse(a_cast(), Script(), MONDAY, MONDAY, shares.append)
    assert shares[-1] == 1.0


def test_the_form_says_minutes_and_days():
    cast = a_cast(a_line(an_email("hello")), people=2, caps=Caps(per_day=1))
    written = write_report(rehearsed(cast))
    assert written["waits"] == [
        {"day": "2026-03-02", "sender_id": 1, "reason": "cap_day", "messages": 1, "longest_minutes": 900}
    ]
    assert written["volumes"][0] == {"day": "2026-03-02", "sender_id": 1, "sent": 1, "waiting": 1, "cap": 1}


def test_who_cannot_be_reached_is_counted_by_reason():
    flow = a_line(an_email("hello", on_skip=Way(WayKind.STEP, "call")), a_task("call"))
    people = [Person(id=1, view=ConditionView(), unreachable={Channel.EMAIL: SkipReason.NO_ADDRESS})]
    cast = Cast(
        flow=flow,
        sequence=a_sequence(),
        people=people,
        senders={1: SimulatedSender(a_sender())},
        workspace_zone=UTC,
    )
    assert dict(rehearse(cast, Script(), MONDAY, after(9)).steps[0].skipped) == {"no_address": 1}


# Scripts as documents


def test_a_script_is_read_and_written():
    text = """
    seed: 7
    rates:
      - {event: replied, percent: 5}
      - {event: opened, percent: 40.5, step: hello, within: 4h}
    tasks: {percent: 90, after: 1wd}
    decisions: [{step: qualify, answer: qualified, percent: 60}]
    stories:
      - {contact: ana@example.com, event: replied, step: hello, after: 2d}
    """
    script = read_script(parse_text(text))
    assert (script.seed, script.rates[1].percent, script.stories[0].contact) == (7, 40.5, "ana@example.com")
    assert read_script(write_script(script)) == script
    assert read_script(None) == Script()
    assert set(script_schema()["properties"]) == {"seed", "rates", "tasks", "decisions", "stories"}


@pytest.mark.parametrize(
    ("document", "path", "says"),
    [
        pytest.param([], "script", "Must be an object", id="a list"),
        pytest.param({"rate": []}, "rate", "not known", id="an unknown key"),
        pytest.param(
            {"rates": [{"event": "replied", "percent": 101}]}, "rates[0].percent", "at most 100", id="many"
        ),
        pytest.param(
            {"rates": [{"event": "replied", "percent": -1}]}, "rates[0].percent", "at least 0", id="few"
        ),
        pytest.param(
            {"rates": [{"event": "replied", "percent": "5"}]}, "rates[0].percent", "a number", id="text"
        ),
        pytest.param(
            {"rates": [{"event": "replyed", "percent": 5}]}, "rates[0].event", "mean replied", id="an event"
        ),
        pytest.param(
            {"stories": [{"contact": "1", "event": "sent"}]},
            "stories[0].event",
            "cannot happen",
            id="our own doing",
        ),
        pytest.param({"tasks": {"after": "soon"}}, "tasks.after", "not a delay", id="no delay"),
    ],
)
def test_what_is_wrong_with_a_script_is_said_by_its_path(document, path, says):
    with pytest.raises(DomainError) as refused:
        read_script(document)
    assert refused.value.code == "script_invalid"
    assert says in refused.value.fields[path]


def test_a_script_may_name_only_steps_that_there_are():
    fit(Script(rates=(Rate(event="replied", percent=1, step="hello"),)), FLOW)
    with pytest.raises(DomainError, match="Did you mean hello"):
        fit(Script(stories=(Story(contact="1", event="replied", step="helo"),)), FLOW)
