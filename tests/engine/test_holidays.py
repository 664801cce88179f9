"""On a sequence's holidays nothing of it leaves; what waits falls due anew when the holidays change."""

from datetime import date, timedelta

import pytest

from drumbeat.actions import enrollments
from drumbeat.actions.sequences import settings
from drumbeat.core import holidays
from drumbeat.core.errors import DomainError
from drumbeat.models import Enrollment, Touch
from drumbeat.store import sequence_facts
from tests.support import flows, office
from tests.support.clockwork import Clockwork
from tests.support.office import NOW

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = {"countries": [], "days": [NOW.date().isoformat()]}
TOMORROW = NOW + timedelta(hours=14)
"""Midnight in UTC, the workspace's zone."""


@pytest.fixture
def owner():
    return office.an_owner()


def begun(owner, **more):
    office.a_mailbox(owner)
    sequence = office.an_active_sequence(owner, **more)
    enrollments.enroll(owner, sequence.pk, [office.a_lead(owner).pk], NOW)
    return sequence


def test_without_a_window_it_leaves_on_the_first_day_that_is_none(owner):
    begun(owner, holidays=TODAY)
    clock = Clockwork()
    assert [len(clock.run(at)) for at in (NOW, TOMORROW - timedelta(seconds=1), TOMORROW)] == [0, 0, 1]


def test_a_holiday_that_is_named_holds_what_is_planned_already(owner):
    sequence = begun(owner)
    office_only = {"monday": [["11:00", "12:00"]], "tuesday": [["11:00", "12:00"]]}
    settings.change(owner, sequence.pk, {"window": office_only}, NOW)
    clock = Clockwork()
    clock.run(NOW)
    settings.change(owner, sequence.pk, {"holidays": TODAY}, NOW)
    assert [len(clock.run(NOW + timedelta(hours=hour))) for hour in (0, 1, 25)] == [0, 0, 1]


def test_a_holiday_that_is_none_any_more_holds_nothing(owner):
    sequence = begun(owner)
    clock = Clockwork()
    touch_of = Touch.objects.filter(enrollment__sequence=sequence)
    settings.change(owner, sequence.pk, {"holidays": TODAY}, NOW)
    assert clock.run(NOW) == []
    changed = settings.change(owner, sequence.pk, {"holidays": None}, NOW)
    assert [(one.setting, one.effect, one.people) for one in changed.changes] == [
        ("holidays", "dates_move", 1)
    ]
    assert len(clock.run(NOW)) == 1
    assert touch_of.get().status == "sent"


def test_weekdays_after_a_message_leave_holidays_out(owner):
    flow = flows.a_line(flows.an_email("hello"), flows.an_email("later", after="1wd"))
    sequence = begun(owner, flow=flow, holidays={"countries": ["DE-BY"], "days": ["2026-03-03"]})
    Clockwork().run(NOW)
    assert Enrollment.objects.get(sequence=sequence).next_step_at == NOW + timedelta(days=2)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        pytest.param({"countries": ["de-by"]}, {"countries": ["DE-BY"], "days": []}, id="as it is spelled"),
        pytest.param({"countries": [], "days": []}, None, id="none at all"),
        pytest.param(None, None, id="null"),
    ],
)
def test_the_setting_is_kept_in_one_form(owner, given, kept):
    sequence = office.a_draft(owner)
    assert settings.change(owner, sequence.pk, {"holidays": given}, NOW).sequence.holidays == kept


def test_a_country_that_is_not_known_is_refused_by_its_place(owner):
    sequence = office.a_draft(owner)
    with pytest.raises(DomainError, match="Did you mean DE") as refused:
        settings.change(owner, sequence.pk, {"holidays": {"countries": ["Germny"]}}, NOW)
    assert (refused.value.code, list(refused.value.fields)) == ("setting_invalid", ["holidays.countries.0"])


def test_a_worker_learns_them_before_a_transaction_asks(owner):
    """The library is slow the first time, and whoever plans holds rows meanwhile."""
    begun(owner, holidays={"countries": ["DE-BE"], "days": []})
    holidays._days_of.cache_clear()
    sequence_facts.learn_holidays(NOW)
    learned = holidays._days_of.cache_info().misses
    assert date(2026, 3, 8) in holidays.Holidays(("DE-BE",))
    assert date(2027, 1, 1) in holidays.Holidays(("DE-BE",))
    assert holidays._days_of.cache_info().misses == learned == 2
