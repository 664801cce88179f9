"""Nodes put somewhere on the canvas: kept beside the flow for everybody, and no part of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drumbeat.actions import sequences
from drumbeat.actions.sequences import files
from drumbeat.core.document import write_document
from drumbeat.models import SequenceDraft, StepPosition
from tests.support.flows import a_line, an_email
from tests.support.office import another_owner, two_mails

pytestmark = pytest.mark.django_db

HERE, THERE = {"x": 320, "y": -48}, {"x": 16, "y": 1024}


@pytest.fixture
def sequence(owner):
    return sequences.create(owner, "Hello", timezone.now(), document=write_document(two_mails()))


@pytest.fixture
def steps(sequence):
    return [step["key"] for step in SequenceDraft.objects.get(sequence=sequence).document["steps"]]


def move(client, sequence, positions):
    path = f"/api/sequences/{sequence.pk}/positions"
    return client.patch(path, {"positions": positions}, content_type="application/json")


def shown(client, sequence):
    return client.get(f"/api/sequences/{sequence.pk}/positions").json()["positions"]


def test_they_are_kept_for_everybody_until_they_are_let_go(client, sequence, steps):
    first, second = steps
    assert shown(client, sequence) == {}
    assert move(client, sequence, {first: HERE}).json()["positions"] == {first: HERE}
    assert move(client, sequence, {second: THERE}).json()["positions"] == {first: HERE, second: THERE}
    assert move(client, sequence, {first: THERE}).json()["positions"] == {first: THERE, second: THERE}
    assert move(client, sequence, {first: None}).json()["positions"] == {second: THERE}
    assert shown(client, sequence) == {second: THERE}


def test_the_flow_its_revision_and_its_file_know_nothing_of_them(client, owner, sequence, steps):
    def all_of_it():
        draft = SequenceDraft.objects.values().get(sequence=sequence)
        return draft, files.export(owner, sequence.pk).text

    before = all_of_it()
    assert move(client, sequence, {steps[0]: HERE}).status_code == 200
    assert all_of_it() == before
    changed = {"document": write_document(a_line(an_email("other"))), "revision": 1}
    path = f"/api/sequences/{sequence.pk}/draft"
    assert client.put(path, changed, content_type="application/json").json()["revision"] == 2


def test_steps_that_are_not_there_are_left_out_and_what_is_kept_of_them_is_dropped(
    client, owner, sequence, steps
):
    assert move(client, sequence, {"nobody": HERE, steps[0]: HERE}).json()["positions"] == {steps[0]: HERE}
    document = write_document(a_line(an_email("other")))
    sequences.save_draft(owner, sequence.pk, document, timezone.now(), revision=1)
    assert shown(client, sequence) == {}
    assert StepPosition.objects.count() == 1  # undone at once, the step would stand there again
    assert move(client, sequence, {"other": THERE}).json()["positions"] == {"other": THERE}
    assert StepPosition.objects.count() == 1


def test_a_copy_of_the_sequence_looks_the_same(client, owner, sequence, steps):
    move(client, sequence, {steps[1]: THERE})
    assert shown(client, sequences.clone(owner, sequence.pk, timezone.now())) == {steps[1]: THERE}


@pytest.mark.parametrize(
    "position",
    [
        {"x": 1},
        {"x": 1, "y": 2, "z": 3},
        {"x": 1.5, "y": 0},
        {"x": True, "y": 0},
        {"x": "1", "y": 0},
        {"x": 200_001, "y": 0},
        {"x": 0, "y": -(10**18)},
        {"x": float("nan"), "y": 0},
        {"x": 0, "y": float("inf")},
        [1, 2],
    ],
)
def test_what_is_no_position_is_refused_and_changes_nothing(client, sequence, steps, position):
    assert move(client, sequence, {steps[0]: HERE, steps[1]: position}).status_code in (400, 422)
    assert not StepPosition.objects.exists()


@pytest.mark.parametrize("step", ["", "A", "a" * 64, "a\0", "a b"])
def test_what_is_no_key_of_a_step_is_refused(client, sequence, step):
    assert move(client, sequence, {step: HERE}).status_code in (400, 422)


def test_more_positions_than_a_flow_has_steps_are_refused(client, sequence):
    assert move(client, sequence, {f"step_{number}": HERE for number in range(501)}).status_code == 422


def test_archived_sequences_and_those_of_others_stay_as_they_are(client, owner, sequence, steps):
    theirs = sequences.create(another_owner(), "Theirs", timezone.now())
    assert move(client, theirs, {}).status_code == 404
    assert client.get(f"/api/sequences/{theirs.pk}/positions").status_code == 404
    sequences.archive(owner, sequence.pk, timezone.now())
    assert move(client, sequence, {steps[0]: HERE}).json()["code"] == "sequence_archived"
    assert not StepPosition.objects.exists()


def test_it_costs_the_same_however_many_are_moved(client, owner):
    keys = [f"mail_{number}" for number in range(60)]
    document = write_document(a_line(*(an_email(key) for key in keys)))
    sequence = sequences.create(owner, "Long", timezone.now(), document=document)

    def asked(count):
        with CaptureQueriesContext(connection) as queries:
            assert len(move(client, sequence, dict.fromkeys(keys[:count], HERE)).json()["positions"]) == count
        return len(queries)

    assert asked(2) == asked(60)
