"""A simulation says when what would leave for whom, and writes nothing."""

import pytest

from drumbeat.actions import lists, sequences
from drumbeat.actions.sequences import cast, simulating
from drumbeat.actions.sequences.cast import Whom
from drumbeat.actions.sequences.simulating import Asked
from drumbeat.core.document import write_condition, write_document
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import TaskStep
from drumbeat.core.rehearsal import read_script
from drumbeat.models import Contact, Enrollment, Segment, Suppression, Touch
from tests.support.flows import a_condition, a_line, a_rule, an_email
from tests.support.office import (
    NOW,
    a_draft,
    a_lead,
    a_mailbox,
    an_active_sequence,
    an_owner,
    another_owner,
    leads,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return an_owner()


def simulated(owner, sequence, **asked):
    script = read_script(asked.pop("script", {}))
    known = {name: asked.pop(name) for name in ("version", "days") if name in asked}
    return simulating.simulate_for(owner, sequence.pk, Asked(**known, whom=Whom(**asked), script=script), NOW)


def days(came):
    return [(volume.day.isoformat(), volume.sent, volume.waiting) for volume in came.report.volumes]


def ends(came):
    return {end.reason or end.state: end.people for end in came.report.ends}


def test_volumes_obey_the_cap_of_the_sender_and_what_is_beyond_it_waits(owner):
    a_mailbox(owner, per_day=50)
    came = simulated(owner, an_active_sequence(owner), people=60)
    assert (came.report.people, came.report.messages, ends(came)) == (60, 120, {"completed": 60})
    assert days(came)[:2] == [("2026-03-02", 50, 10), ("2026-03-03", 10, 0)]
    assert [(wait.reason, wait.messages) for wait in came.report.waits] == [("cap_day", 10)]


def test_the_window_of_a_fresh_sender_is_kept(owner):
    a_mailbox(owner, always=False)
    came = simulated(owner, an_active_sequence(owner), people=1)
    assert days(came) == [("2026-03-02", 1, 0), ("2026-03-05", 1, 0)]


def test_a_draft_is_simulated_as_if_it_ran_and_tasks_take_a_day(owner):
    a_mailbox(owner)
    flow = a_line(an_email("hello"), TaskStep(key="call", title="Call"), an_email("thanks"))
    came = simulated(owner, a_draft(owner, flow), people=1)
    assert [day for day, *_ in days(came)] == ["2026-03-02", "2026-03-03"]
    assert (came.version, ends(came)) == (None, {"completed": 1})


def test_without_a_sender_everybody_is_blocked(owner):
    came = simulated(owner, a_draft(owner), people=3)
    assert (came.report.messages, ends(came)) == (0, {"sender_unavailable": 3})


def test_time_ends_after_the_days_asked_for(owner):
    a_mailbox(owner)
    came = simulated(owner, an_active_sequence(owner), people=2, days=1)
    assert ends(came) == {"active": 2}
    assert [(step.key, step.standing) for step in came.report.steps] == [("hello", 0), ("follow_up", 2)]


def test_any_version_can_be_asked_for(owner):
    a_mailbox(owner)
    sequence = an_active_sequence(owner)
    draft, document = sequence.draft, write_document(a_line(an_email("hello")))
    sequences.save_draft(owner, sequence.pk, document, NOW, revision=draft.revision)
    asked = {None: 2, 1: 2, "draft": 1}
    for version, messages in asked.items():
        assert simulated(owner, sequence, version=version, people=1).report.messages == messages
    with pytest.raises(DomainError, match="There is no version 7"):
        simulated(owner, sequence, version=7)


def test_nothing_is_written(owner):
    a_mailbox(owner)
    simulated(owner, an_active_sequence(owner), list_id=a_list(owner).pk)
    assert not Enrollment.objects.exists()
    assert not Touch.objects.exists()


# For whom


def a_list(owner, count=3):
    found = lists.create(owner, "People", NOW)
    lists.join(owner, found.pk, leads(owner, count), NOW)
    return found


def test_real_contacts_come_with_their_facts(owner):
    """Kim wants German and one address is suppressed: the branch and the skip are theirs."""
    a_mailbox(owner)
    german = a_condition(a_rule("language", "equals", "de"))
    flow = a_line(an_email("hello"), an_email("hallo", only_if=german))
    kim = a_lead(owner, "kim@example.com", language="de")
    ben = a_lead(owner, "ben@example.com")
    came = simulated(owner, an_active_sequence(owner, flow), contact_ids=[kim.pk, ben.pk])
    assert came.of == "contacts"
    hallo = came.report.steps[1]
    assert (hallo.done, dict(hallo.skipped)) == (1, {"condition_false": 1})


def test_a_list_and_a_segment_take_part(owner):
    a_mailbox(owner)
    sequence, found = an_active_sequence(owner), a_list(owner)
    assert simulated(owner, sequence, list_id=found.pk).report.people == 3
    condition = write_condition(a_condition(a_rule("email", "starts_with", "lead1")))
    segment = Segment.objects.create(
        workspace_id=owner.workspace_id, name="One", condition=condition, created_at=NOW, updated_at=NOW
    )
    came = simulated(owner, sequence, segment_id=segment.pk)
    assert (came.of, came.report.people) == ("segment", 1)
    assert cast.segment_named(owner, "One") == segment


def test_contacts_are_loaded_in_a_fixed_number_of_questions_a_chunk(
    owner, django_assert_max_num_queries, monkeypatch
):
    a_mailbox(owner)
    sequence = an_active_sequence(owner)
    found = a_list(owner, 25)
    simulated(owner, sequence, list_id=found.pk)
    with django_assert_max_num_queries(20):
        simulated(owner, sequence, list_id=found.pk)
    monkeypatch.setattr(cast, "PEOPLE_A_CHUNK", 5)
    assert simulated(owner, sequence, list_id=found.pk).report.messages == 50


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        pytest.param({"people": 0}, "Nobody would take part", id="nobody"),
        pytest.param({"people": 10_001}, "1 to 10000 people", id="too many"),
        pytest.param({"people": -1}, "1 to 10000 people", id="fewer than nobody"),
        pytest.param({"people": 5, "list_id": 1}, "in one way", id="two ways"),
        pytest.param({"list_id": 99}, "no list 99", id="no such list"),
        pytest.param({"segment_id": 99}, "no segment 99", id="no such segment"),
        pytest.param({"contact_ids": [99]}, "no contact 99", id="no such contact"),
        pytest.param({"days": 0}, "1 to 730 days", id="no time"),
        pytest.param({"days": 731}, "1 to 730 days", id="too long"),
    ],
)
def test_what_cannot_be_simulated_says_why(owner, asked, says):
    with pytest.raises(DomainError, match=says):
        simulated(owner, a_draft(owner), **asked)


def test_contacts_of_another_workspace_take_no_part(owner):
    other = another_owner()
    theirs = Contact.objects.create(workspace=other.workspace, created_at=NOW, updated_at=NOW)
    with pytest.raises(DomainError, match="no contact"):
        simulated(owner, a_draft(owner), contact_ids=[theirs.pk])


# How they behave


def test_a_story_names_a_contact_by_address(owner):
    a_mailbox(owner)
    kim = a_lead(owner, "kim@example.com")
    story = {"contact": "Kim@Example.com", "event": "replied", "step": "hello", "after": "2d"}
    asked = {"contact_ids": [kim.pk, a_lead(owner, "ben@example.com").pk], "script": {"stories": [story]}}
    came = simulated(owner, an_active_sequence(owner), **asked)
    assert ends(came) == {"completed": 1, "replied": 1}


@pytest.mark.parametrize("contact", ["7", "ann", "nobody@example.com"])
def test_a_story_about_somebody_else_is_refused(owner, contact):
    story = {"contact": contact, "event": "replied"}
    with pytest.raises(DomainError, match="does not take part") as refused:
        simulated(owner, a_draft(owner), people=3, script={"stories": [story]})
    assert refused.value.fields == {"stories[0].contact": f"'{contact}' does not take part."}


def test_a_script_must_fit_the_steps(owner):
    rate = {"event": "replied", "percent": 5, "step": "helo"}
    with pytest.raises(DomainError, match="Did you mean hello"):
        simulated(owner, a_draft(owner), script={"rates": [rate]})


def test_the_same_seed_gives_the_same_answer_and_another_one_another(owner):
    a_mailbox(owner)
    sequence = an_active_sequence(owner)
    rates = [{"event": "replied", "percent": 50}]

    def told(seed):
        return simulated(owner, sequence, people=40, script={"seed": seed, "rates": rates}).to_json()

    assert told(1) == told(1)
    assert told(1)["ends"] != told(2)["ends"]


def test_who_is_suppressed_is_passed_over(owner):
    from drumbeat.actions import suppressions

    a_mailbox(owner)
    kim = a_lead(owner, "kim@example.com")
    suppressions.add(owner, "kim@example.com", NOW)
    assert Suppression.objects.exists()
    came = simulated(owner, an_active_sequence(owner), contact_ids=[kim.pk])
    assert (came.report.messages, ends(came)) == (0, {"suppressed": 1})


def test_the_json_form_names_only_senders_that_are_spoken_of(owner):
    first, _ = a_mailbox(owner), a_mailbox(owner, "spare@ours.test")
    told = simulated(owner, an_active_sequence(owner), people=2).to_json()
    assert told["senders"] == [{"id": first.pk, "address": "rep@ours.test", "zone": "UTC"}]
    assert told["sequence"]["version"] == 1
    assert (told["format"], told["of"], told["people"]) == (1, "imagined", 2)
