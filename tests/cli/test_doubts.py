"""`drumbeat enrollment list` and `resolve`: find what is in doubt, say what became of it."""

import pytest

from drumbeat import cli
from drumbeat.actions import enrollments
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, Touch
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_mailbox, an_active_sequence, an_owner, leads

pytestmark = pytest.mark.django_db


@pytest.fixture
def sequence():
    owner = an_owner()
    a_mailbox(owner)
    return an_active_sequence(owner, a_line(an_email("hello")))


@pytest.fixture
def doubtful(sequence):
    """The ids, as words, of three enrollments whose first mail is in doubt."""
    enrollments.enroll(an_owner(), sequence.pk, leads(an_owner(), 3), NOW)
    Planner().plan_once(NOW)
    Touch.objects.update(status="interrupted", handed_at=NOW)
    Enrollment.objects.update(next_step_at=NOW)
    Planner().plan_once(NOW)
    return [str(id_) for id_ in Enrollment.objects.order_by("id").values_list("id", flat=True)]


def test_what_is_in_doubt_is_found_and_resolved(run, doubtful):
    code, found = run("enrollment", "list", "--state", "blocked", "--reason", "interrupted")
    assert (code, [str(one["id"]) for one in found]) == (0, doubtful[::-1])
    code, data = run("enrollment", "resolve", *doubtful[:2], "arrived")
    assert (code, data[0]) == (
        0,
        {
            "id": int(doubtful[0]),
            "state": "finished",
            "reason": "completed",
            "code": "",
            "steps": ["hello"],
            "done": True,
        },
    )
    assert len(run("enrollment", "list", "--state", "blocked")[1]) == 1
    code, why = run("enrollment", "why", doubtful[0])
    assert "hello: it is known that it arrived." in [line["sentence"] for line in why[0]["lines"]]


@pytest.mark.parametrize(
    ("word", "statuses"), [("send-again", {"planned"}), ("skip", {"skipped"}), ("arrived", {"sent"})]
)
def test_every_doubt_of_a_sequence(run, sequence, doubtful, word, statuses):
    code, data = run("enrollment", "resolve", word, "--sequence", str(sequence.pk))
    assert (code, len(data)) == (0, 3)
    assert set(Touch.objects.values_list("status", flat=True)) == statuses
    assert run("enrollment", "resolve", word, "--sequence", str(sequence.pk)) == (0, [])


def test_what_is_not_in_doubt_exits_1_and_says_so(run, say, doubtful):
    run("enrollment", "resolve", doubtful[0], "arrived")
    code, data = run("enrollment", "resolve", doubtful[0], "send-again")
    assert (code, data[0]["code"], data[0]["done"]) == (1, "not_in_doubt", False)
    assert "nothing of it is in doubt" in say("enrollment", "resolve", doubtful[0], "skip")[1]


@pytest.mark.parametrize("words", [["arrived"], ["1", "perhaps"], ["1", "arrived", "--sequence", "1"]])
def test_words_that_say_too_little_or_too_much_are_wrong_usage(words):
    assert cli.main(["enrollment", "resolve", *words]) == 2


def test_people_read_a_table(say, doubtful):
    code, text = say("enrollment", "list", "--limit", "2")
    assert code == 0
    assert "lead2@example.com" in text
    assert "The newest 2 of 3" in text
    assert "resolved: hello" in say("enrollment", "resolve", doubtful[0], "send-again")[1]
    assert "No such enrollment." in say("enrollment", "list", "--state", "pending_review")[1]
