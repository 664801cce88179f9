"""What time alone brings about: conditions that turn true as days pass, dates that are reached, sweeps in between."""

from datetime import timedelta

import pytest

from bench import world
from drumbeat.models import ContactField, ContactFieldValue
from drumbeat.store import sweeps
from tests.support.starting import NOW, a_contact, answers, enrolled_in, read_all, started_by

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
ENROLLED = "enrolled"


@pytest.fixture
def owner():
    return world.a_workspace()


def test_time_alone_makes_a_condition_true_at_the_next_sweep(owner):
    a_contact(owner)
    aged = {"rules": [{"field": "created_at", "operator": "before_days", "value": 3}]}
    sequence = started_by(owner, triggers={"any": [{"becomes": aged}]})
    read_all()

    for days in (1, 2, 5, 6):
        now = NOW + days * DAY
        sweeps.enqueue_due(now)
        read_all(now)
        assert enrolled_in(sequence) == ([] if days < 5 else ["ada"])


def test_sweeps_come_every_quarter_of_an_hour_and_once(owner):
    aged = {"rules": [{"field": "created_at", "operator": "before_days", "value": 3}]}
    started_by(owner, triggers={"any": [{"becomes": aged}]})
    minutes = [NOW + timedelta(minutes=after) for after in (5, 16, 17, 32)]

    assert [sweeps.enqueue_due(now) for now in minutes] == [0, 1, 0, 1]


@pytest.mark.parametrize(
    ("days", "zone", "hours_after_utc_midnight"),
    [
        pytest.param(0, "UTC", 0, id="on the day"),
        pytest.param(-7, "UTC", -7 * 24, id="a week before"),
        pytest.param(2, "UTC", 48, id="two days after"),
        pytest.param(0, "Pacific/Auckland", -13, id="when the day begins where the contact is"),
        pytest.param(0, "America/Bogota", 5, id="later in the west"),
    ],
)
def test_a_date_field_starts_a_sequence_with_its_offset(owner, days, zone, hours_after_utc_midnight):
    ada = a_contact(owner, time_zone=zone)
    field = ContactField.objects.create(
        workspace=owner.workspace, key="renewal", label="Renewal", type="date"
    )
    day = (NOW + 30 * DAY).date()
    ContactFieldValue.objects.create(workspace=owner.workspace, contact=ada, field=field, date=day)
    entry = {"event": "date_reached", "name": "custom.renewal", "days": days}
    sequence = started_by(owner, triggers={"any": [entry]})
    midnight = (NOW + 30 * DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight + timedelta(hours=hours_after_utc_midnight)

    for now, met in ((moment - timedelta(minutes=1), []), (moment + timedelta(minutes=15), ["ada"])):
        sweeps.enqueue_due(now)
        read_all(now)
        assert enrolled_in(sequence) == met
    sweeps.enqueue_due(moment + DAY)
    read_all(moment + DAY)
    assert answers(sequence) == [("ada", 0, "date_reached", ENROLLED)]
