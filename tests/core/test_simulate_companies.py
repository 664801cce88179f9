"""The simulator knows who is whose colleague: replies that end the others' runs, and how many of a company begin."""

from datetime import timedelta

import pytest

from drumbeat.core.facts import Exit
from drumbeat.core.simulate import Arrival
from tests.core.test_simulate import FLOW, a_person, simulated
from tests.support.standing import MONDAY

AN_HOUR = timedelta(hours=1)


def crowd(*companies):
    return [a_person(id_, company=company) for id_, company in enumerate(companies, 1)]


def ends(came):
    return {id_: f"{one.state} {one.reason}".strip() for id_, one in came.enrollments.items()}


@pytest.mark.parametrize(
    ("rule", "kind", "colleague"),
    [
        pytest.param(Exit.FINISH, "replied", "finished replied", id="a reply ends"),
        pytest.param(Exit.FINISH, "meeting_booked", "finished replied", id="a meeting ends"),
        pytest.param(Exit.PAUSE, "replied", "paused company_reply", id="a reply pauses"),
        pytest.param(Exit.OFF, "replied", "finished completed", id="the sequence does not heed it"),
        pytest.param(Exit.FINISH, "call_logged", "finished completed", id="a call is told to nobody"),
    ],
)
def test_what_somebody_answers_is_told_to_colleagues(rule, kind, colleague):
    people = crowd("acme.test", "acme.test", "umbrella.test", "")
    answer = Arrival(MONDAY + AN_HOUR, 1, kind)
    came = simulated(FLOW, people, sequence={"exit_on_company_reply": rule}, arrivals=[answer])
    assert [ends(came)[id_] for id_ in (2, 3, 4)] == [colleague, "finished completed", "finished completed"]


def test_who_is_done_hears_nothing_and_who_has_no_company_has_no_colleagues():
    people = crowd("acme.test", "acme.test", "", "")
    answers = [Arrival(MONDAY + AN_HOUR, 1, "replied"), Arrival(MONDAY + AN_HOUR, 3, "replied")]
    answers.append(Arrival(MONDAY + 2 * AN_HOUR, 2, "replied"))
    came = simulated(FLOW, people, sequence={"exit_on_company_reply": Exit.FINISH}, arrivals=answers)
    assert ends(came) == {
        1: "finished replied",
        2: "finished replied",
        3: "finished replied",
        4: "finished completed",
    }


@pytest.mark.parametrize(
    ("limit", "begun", "left_out"),
    [
        pytest.param(None, [1, 2, 3, 4, 5, 6], 0, id="no limit"),
        pytest.param(2, [1, 2, 4, 5, 6], 1, id="the first two of a company"),
        pytest.param(1, [1, 4, 5, 6], 2, id="one of each, and all who have none"),
    ],
)
def test_so_many_of_a_company_begin(limit, begun, left_out):
    people = crowd("acme.test", "acme.test", "acme.test", "umbrella.test", "", "")
    came = simulated(FLOW, people, company_limit=limit)
    assert (sorted(came.enrollments), came.left_out) == (begun, left_out)
