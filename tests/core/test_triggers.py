"""Triggers and stop rules: their JSON, what they listen to, what meets them, and how they are said."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.conditions import Group, Operator, Rule
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind
from drumbeat.core.triggers import (
    NARROWED_BY,
    Becomes,
    Happening,
    StopWhen,
    Trigger,
    read_stop_when,
    read_trigger,
    write_stop_when,
    write_trigger,
)
from drumbeat.core.triggers.form import STARTING
from drumbeat.core.triggers.listening import CLOCK, announced, heard_by, is_by_the_clock, listened
from drumbeat.core.triggers.matching import Happened, meets
from drumbeat.core.triggers.sentence import said
from drumbeat.core.triggers.starts import CRITERIA, keys_of, keys_of_stop, mark_of, starts_of, waits_for_time

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def where(field, operator="equals", value=None, **more):
    return Rule(field=field, operator=Operator(operator), value=value, **more)


def group(*rules, **more):
    return Group(rules=rules, **more)


WON = group(where("stage", "equals", "won"))
ACTION = {"kind": "tag", "tag": "customer"}


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        pytest.param(7, {"": "Must be an object with the key any."}, id="no object"),
        pytest.param({"any": []}, {"any": "Name at least one event or condition."}, id="no entry"),
        pytest.param({"any": 3}, {"any": "Must be a list."}, id="no list"),
        pytest.param(
            {"any": [{"event": "replied", "name": "x"}]},
            {"any[0].name": "replied cannot be narrowed. Leave it out."},
            id="a name that narrows nothing",
        ),
        pytest.param(
            {"any": [{"event": "date_reached"}]},
            {"any[0].name": "Name the date field."},
            id="a date without field",
        ),
        pytest.param(
            {"any": [{"event": "replied", "days": 2}]},
            {"any[0].days": "Only date_reached takes days."},
            id="days of no date",
        ),
        pytest.param(
            {"any": [{"becomes": {"rules": [{"field": "stage"}]}}]},
            {"any[0].becomes.rules[0].operator": "Is missing."},
            id="half a condition",
        ),
        pytest.param(
            {"any": [{"event": "replied"}], "when": 1}, {"when": "Is not known here."}, id="an unknown key"
        ),
        pytest.param({"any": [{"event": "replied"}], "all": "x\0"}, None, id="a NUL"),
    ],
)
def test_what_is_wrong_with_a_trigger_is_said_by_its_path(data, faults):
    with pytest.raises(DomainError) as refused:
        read_trigger(data)
    assert refused.value.code == "trigger_invalid"
    assert faults is None or refused.value.fields == faults


@pytest.mark.parametrize("kind", sorted(set(EventKind) - STARTING))
def test_what_we_do_ourselves_starts_nothing(kind):
    with pytest.raises(DomainError) as refused:
        read_trigger({"any": [{"event": kind}]})
    assert "starts and stops nothing" in refused.value.fields["any[0].event"]


@pytest.mark.parametrize(
    ("actions", "path"),
    [
        pytest.param([{"kind": "email"}], "actions[0].kind", id="a step that sends"),
        pytest.param([ACTION, {"kind": "tag", "tagg": "x"}], "actions[1].tagg", id="an unknown key"),
        pytest.param([7], "actions[0]", id="no object"),
        pytest.param("x", "actions", id="no list"),
        pytest.param([{**ACTION, "delay": "2d"}], "actions[0].delay", id="a delay"),
    ],
)
def test_what_is_wrong_with_stop_actions_is_said_by_its_path(actions, path):
    with pytest.raises(DomainError) as refused:
        read_stop_when({"any": [{"event": "converted"}], "actions": actions})
    assert (refused.value.code, list(refused.value.fields)) == ("stop_when_invalid", [path])


entries = st.one_of(
    st.sampled_from(sorted(STARTING - {EventKind.DATE_REACHED})).flatmap(
        lambda kind: st.builds(
            Happening,
            event=st.just(EventKind(kind)),
            name=st.text("abc", max_size=5) if kind in NARROWED_BY else st.just(""),
        )
    ),
    st.builds(
        Happening,
        event=st.just(EventKind.DATE_REACHED),
        name=st.just("custom.renewal"),
        days=st.integers(-3650, 3650),
    ),
    st.builds(Becomes, becomes=st.sampled_from([WON, group(), group(where("tag", "one_of", ("a", "b")))])),
)
triggers = st.builds(
    Trigger,
    any=st.lists(entries, min_size=1, max_size=5).map(tuple),
    all=st.sampled_from([None, WON, group()]),
)


@given(triggers)
def test_a_trigger_survives_its_json(trigger):
    assert read_trigger(write_trigger(trigger)) == trigger


@given(triggers)
def test_a_stop_rule_survives_its_json(trigger):
    written = {**write_trigger(trigger), "actions": [ACTION, {"kind": "set_stage", "stage": "x"}]}
    rule = read_stop_when(written)
    assert read_stop_when(write_stop_when(rule)) == rule
    assert [step.key for step in rule.actions] == ["stop_0", "stop_1"]


@given(triggers)
def test_every_trigger_can_be_said_and_listens_to_something(trigger):
    assert said(trigger).startswith("Starts when ")
    assert said(StopWhen(any=trigger.any)).startswith("Ends when ")
    assert all(heard_by(entry) for entry in trigger.any)


@pytest.mark.parametrize(
    ("kind", "payload", "names"),
    [
        pytest.param("replied", {}, [""], id="what names nothing"),
        pytest.param("tag_added", {"tag": "VIP"}, ["", "vip"], id="a tag, folded"),
        pytest.param("list_joined", {"list": 3, "list_name": "Hot"}, ["", "hot"], id="a list, by its name"),
        pytest.param("list_joined", {"list": 3}, ["", "3"], id="a list without a name"),
        pytest.param("field_changed", {"field": "custom.seats"}, ["", "custom.seats"], id="a field"),
        pytest.param(
            "contact_updated", {"fields": ["title", "contact.stage"]}, ["", "title", "stage"], id="fields"
        ),
        pytest.param("contact_updated", {"fields": 3}, [""], id="no list of fields"),
        pytest.param("custom", {}, [""], id="an event without a name"),
        pytest.param("unheard_of", {}, [""], id="an unknown kind"),
    ],
)
def test_under_which_names_an_event_is_announced(kind, payload, names):
    assert announced(kind, payload) == [(kind, name) for name in names]


@pytest.mark.parametrize(
    ("entry", "keys"),
    [
        pytest.param(Happening(event=EventKind.REPLIED), {("replied", "")}, id="any of a kind"),
        pytest.param(Happening(event=EventKind.TAG_ADDED, name="VIP"), {("tag_added", "vip")}, id="a tag"),
        pytest.param(
            Happening(event=EventKind.SEQUENCE_FINISHED, name="A"),
            {("sequence_finished", "")},
            id="a sequence's end",
        ),
        pytest.param(
            Happening(event=EventKind.DATE_REACHED, name="custom.day"),
            {(CLOCK, ""), ("date_reached", "custom.day")},
            id="a date",
        ),
        pytest.param(
            Becomes(becomes=group(where("tag", "equals", "VIP"))),
            {("contact_created", ""), ("tag_added", "vip"), ("tag_removed", "vip")},
            id="a condition on a tag",
        ),
        pytest.param(
            Becomes(becomes=group(where("list", "is_empty"))),
            {("contact_created", ""), ("list_joined", ""), ("list_left", "")},
            id="a condition on any list",
        ),
        pytest.param(
            Becomes(becomes=group(where("event.replied", "happened"))),
            {("contact_created", ""), ("replied", "")},
            id="a condition on an event",
        ),
        pytest.param(
            Becomes(becomes=group(where("event.replied", "happened", days=3))),
            {("contact_created", ""), ("replied", ""), (CLOCK, "")},
            id="a condition on an event in the last days",
        ),
        pytest.param(
            Becomes(becomes=group(where("event.sent", "happened"))),
            {("contact_created", ""), ("sent", ""), (CLOCK, "")},
            id="a condition on what no event announces",
        ),
        pytest.param(
            Becomes(becomes=group(where("updated_at", "within_days", 3))),
            {
                ("contact_created", ""),
                ("contact_updated", ""),
                ("contact_updated", "updated_at"),
                ("field_changed", "updated_at"),
                (CLOCK, ""),
            },
            id="a condition on the last change",
        ),
    ],
)
def test_what_an_entry_listens_to(entry, keys):
    assert heard_by(entry) == keys


@given(st.sampled_from(["title", "stage", "custom.seats", "company"]))
def test_whatever_changes_a_field_is_heard_by_conditions_on_it(field):
    keys = listened(group(where(field, "is_not_empty")))
    assert keys.intersection(announced("field_changed", {"field": field}))
    assert keys.intersection(announced("contact_updated", {"fields": [field]}))
    if field == "stage":
        assert keys.intersection(announced("stage_changed", {"stage": "anything"}))


@pytest.mark.parametrize(
    ("entry", "event", "met"),
    [
        pytest.param(Happening(event=EventKind.REPLIED), Happened("replied", {}), True, id="the kind"),
        pytest.param(Happening(event=EventKind.REPLIED), Happened("converted", {}), False, id="another kind"),
        pytest.param(
            Happening(event=EventKind.TAG_ADDED, name="VIP"),
            Happened("tag_added", {"tag": "vip"}),
            True,
            id="a tag",
        ),
        pytest.param(
            Happening(event=EventKind.TAG_ADDED, name="vip"),
            Happened("tag_added", {"tag": "x"}),
            False,
            id="not it",
        ),
        pytest.param(
            Happening(event=EventKind.FIELD_CHANGED, name="contact.title"),
            Happened("field_changed", {"field": "title"}),
            True,
            id="a field by its long name",
        ),
        pytest.param(
            Happening(event=EventKind.SEQUENCE_FINISHED, name="Hello"),
            Happened("sequence_finished", {}, "hello"),
            True,
            id="the end of a sequence",
        ),
        pytest.param(
            Happening(event=EventKind.DATE_REACHED, name="custom.day", days=-7),
            Happened("date_reached", {"field": "custom.day", "days": -7}),
            True,
            id="a date with its offset",
        ),
        pytest.param(
            Happening(event=EventKind.DATE_REACHED, name="custom.day", days=-7),
            Happened("date_reached", {"field": "custom.day", "days": 0}),
            False,
            id="a date with another offset",
        ),
    ],
)
def test_what_meets_an_entry(entry, event, met):
    assert meets(entry, event) is met


@given(triggers, st.sampled_from(sorted(STARTING)), st.text("abc", max_size=3))
def test_whatever_meets_an_entry_is_announced_to_it(trigger, kind, name):
    payload = {NARROWED_BY.get(EventKind(kind), "x"): name, "days": 0}
    for entry in trigger.any:
        if isinstance(entry, Happening) and meets(entry, Happened(kind, payload, name)):
            assert heard_by(entry).intersection(announced(kind, payload))


def test_criteria_come_first_and_the_trigger_keeps_its_places():
    trigger = Trigger(any=(Happening(event=EventKind.REPLIED), Becomes(becomes=WON)), all=WON)
    starts = starts_of(trigger, WON)

    assert [(start.place, start.all) for start in starts] == [(CRITERIA, None), (0, WON), (1, WON)]
    assert starts_of(None, None) == ()
    assert keys_of(starts) == {("replied", ""), *listened(WON)}
    assert [waits_for_time(start) for start in starts] == [False, False, False]
    assert is_by_the_clock(group(where("created_at", "before_days", 3)))


def test_a_stop_rule_by_state_is_asked_when_either_half_of_it_changes():
    title = group(where("title", "equals", "x"))
    happens, states = (Happening(event=EventKind.REPLIED),), (Becomes(becomes=WON),)

    assert keys_of_stop(happens, title) == {("replied", "")}
    assert keys_of_stop(states, title) == listened(WON) | listened(title)
    assert keys_of_stop(states, None) == listened(WON)


def test_another_condition_has_another_mark_and_the_same_one_the_same():
    assert mark_of(WON) == mark_of(group(where("stage", "equals", "won")))
    assert mark_of(WON) != mark_of(group(where("stage", "equals", "lost")))
    assert len(mark_of(WON)) == 16
