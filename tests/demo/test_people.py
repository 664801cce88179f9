"""The invented people and what they do with mails: the same luck in every demo."""

import pytest

from drumbeat.demo.habits import Answer, is_refused, reaction
from drumbeat.demo.people import HOME, person

FIRST_WAVE = [person(index) for index in range(80)]


def first_answers():
    willing = [each.email for each in FIRST_WAVE if not is_refused(each.email)]
    return [reaction(address, 1) for address in willing]


def test_no_two_people_share_an_address():
    assert len({person(index).email for index in range(2_000)}) == 2_000


def test_every_address_lies_where_no_mail_is_delivered():
    assert all(person(index).email.endswith(".test") for index in range(300))


def test_the_same_number_is_the_same_person():
    assert person(7) == person(7)


def test_names_are_whole_words():
    assert not any("\n" in f"{each.first_name}{each.company}{each.title}" for each in FIRST_WAVE)


@pytest.mark.parametrize(
    ("answer", "at_least"),
    [
        pytest.param(Answer.REPLY, 6, id="several of the first wave reply"),
        pytest.param(Answer.BOUNCE, 1, id="somebody's mailbox is gone"),
        pytest.param(Answer.OUT_OF_OFFICE, 1, id="somebody is away"),
    ],
)
def test_the_first_wave_shows_what_the_demo_is_for(answer, at_least):
    assert sum(each.answer is answer for each in first_answers()) >= at_least


def test_some_addresses_of_the_first_wave_are_refused_at_once():
    assert sum(is_refused(each.email) for each in FIRST_WAVE) >= 1


@pytest.mark.parametrize("address", [f"robin@{HOME}", "owner@localhost"])
def test_the_team_reads_its_notices_and_answers_none(address):
    assert not is_refused(address)
    assert {reaction(address, nth).answer for nth in range(200)} == {Answer.NOTHING}


def test_most_people_stay_silent():
    assert sum(each.answer is Answer.NOTHING for each in first_answers()) > 50


def test_answers_come_within_half_a_minute():
    assert max(each.after_seconds for each in first_answers()) <= 30
