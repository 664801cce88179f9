"""`drumbeat task`: what is to do, written, done, tried again, handed on, taken back."""

import pytest

from drumbeat.models import Task
from tests.support.office import a_lead, an_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return a_lead(an_owner(), "kim@example.com")


@pytest.fixture
def task(run, lead):
    """The id, as a word, of a call written by hand."""
    code, made = run("task", "add", "kim@example.com", "Call Kim", "--call", "--due", "2h")
    assert code == 0
    return str(made["id"])


def listed(run, *words):
    return run("task", "list", *words)[1]


def test_a_task_is_written_and_listed(run, task):
    (found,) = listed(run)
    assert (found["title"], found["kind"], found["overdue"]) == ("Call Kim", "call", False)


def test_a_task_is_done_with_a_note(run, task):
    code, _ = run("task", "done", task, "--outcome", "reached", "--note", "Wants a demo")
    assert (code, listed(run)) == (0, [])
    (done,) = listed(run, "--when", "done")
    assert (done["outcome"], done["note"]) == ("reached", "Wants a demo")


def test_a_call_is_tried_again(run, task):
    code, _ = run("task", "again", task, "1d", "--outcome", "busy")
    (found,) = listed(run)
    assert (code, found["tries"], found["outcome"]) == (0, 1, "busy")


def test_a_task_is_handed_on_and_found_by_who_has_it(run, task):
    address = an_owner().user.email
    assert len(listed(run, "--assignee", address)) == 1
    assert run("task", "assign", "nobody", task)[0] == 0
    assert listed(run, "--assignee", address) == []
    assert run("task", "assign", address, task)[0] == 0
    assert len(listed(run, "--assignee", address)) == 1


@pytest.mark.parametrize("words", [("snooze", "2d"), ("again", "2d")])
def test_why_a_task_waits_is_kept_with_it(run, task, words):
    verb, *rest = words
    assert run("task", verb, task, *rest, "--note", "On leave")[0] == 0
    assert listed(run)[0]["note"] == "On leave"


def test_why_a_task_is_left_undone_is_kept_with_it(run, task):
    assert run("task", "skip", task, "--note", "Left the firm")[0] == 0
    assert listed(run, "--when", "done")[0]["note"] == "Left the firm"


def test_what_was_skipped_by_mistake_is_taken_back(run, task):
    run("task", "skip", task)
    assert run("task", "take-back", task)[0] == 0
    assert len(listed(run)) == 1


def test_what_cannot_be_done_says_why(run, say, task):
    code, told = say("task", "take-back", task, "999999")
    assert (code, "nothing was said of it" in told, "not in this workspace" in told) == (1, True, True)
    assert run("task", "assign", "stranger@ours.test", task)[0] == 1
    assert Task.objects.get().assignee is not None
