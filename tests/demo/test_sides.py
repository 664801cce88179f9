"""The sequences that live beside the trial: who begins in them, and when."""

import random
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from drumbeat.demo import programme, seed, sides
from drumbeat.models import Agent, Contact, Enrollment, Member, PhoneAccount, SenderProfile, Sequence
from drumbeat.store import flows, stops
from tests.demo.test_life import Always, Never

pytestmark = pytest.mark.django_db
NOON_IN_BERLIN = datetime(2026, 3, 2, 11, tzinfo=UTC)


@pytest.fixture
def owner():
    return seed.furnish(NOON_IN_BERLIN, 2525)


def enrolled(side):
    return Enrollment.objects.filter(sequence__name=side.name)


def test_the_voicemail_combo_is_the_template_with_a_minute_for_each_day(owner):
    version = Sequence.objects.get(name=programme.VOICEMAIL.name).current_version
    assert version is not None
    steps = flows.flow_of(version.pk).steps.values()
    assert [step.kind for step in steps] == ["email", "voice", "email"]
    assert [(step.delay.value, step.delay.unit) for step in steps] == [
        (0, "minutes"),
        (3, "minutes"),
        (5, "minutes"),
    ]


def test_the_demo_can_text_call_and_write(owner):
    account = PhoneAccount.objects.get()
    numbers = SenderProfile.objects.filter(account=account, enabled=True)
    assert set(numbers.values_list("channel", flat=True)) == {"sms", "whatsapp", "voice"}
    agent = Agent.objects.get()
    assert agent.is_default
    # Nothing that it writes leaves without a person, answers included.
    assert (agent.autonomy, agent.policies) == ("controlled", {"reply": "approval"})


def test_a_few_begin_with_the_demo_each_in_one_sequence_alone(owner):
    sides.Sides(owner, Never()).begin(NOON_IN_BERLIN)
    for side in programme.SIDES:
        assert enrolled(side).count() == side.first
    unfinished = Enrollment.objects.filter(finished_at=None).values_list("contact_id", flat=True)
    assert len(unfinished) == len(set(unfinished))


def test_a_restart_fills_up_to_the_first_ones_and_no_more(owner):
    sides.Sides(owner, Never()).begin(NOON_IN_BERLIN)
    sides.Sides(owner, Never()).begin(NOON_IN_BERLIN)
    assert enrolled(programme.LETTERS).count() == programme.LETTERS.first


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_texts_and_calls_go_where_it_is_day_at_any_hour(owner, hour):
    now = NOON_IN_BERLIN.replace(hour=hour)
    sides.Sides(owner, Never()).begin(now)
    zones = list(enrolled(programme.TEXTS).values_list("contact__time_zone", flat=True))
    assert len(zones) == programme.TEXTS.first
    assert all(8 <= now.astimezone(ZoneInfo(zone)).hour < 21 for zone in zones)


def test_who_answered_or_has_no_number_is_left_alone(owner):
    Contact.objects.filter(id__in=Contact.objects.order_by("-id")[:100]).update(phone="", phone_normal="")
    answered = list(Contact.objects.exclude(phone_normal="").values_list("id", flat=True))
    stops.record_fact(owner.workspace_id, answered, "replied", NOON_IN_BERLIN)
    sides.Sides(owner, Never()).begin(NOON_IN_BERLIN)
    assert not enrolled(programme.VOICEMAIL).exists()
    assert enrolled(programme.LETTERS).count() == programme.LETTERS.first


def test_a_round_adds_one_to_each_while_there_is_room(owner, monkeypatch):
    lively = sides.Sides(owner, Always(1))
    lively.begin(NOON_IN_BERLIN)
    lively.round(NOON_IN_BERLIN)
    assert enrolled(programme.LETTERS).count() == programme.LETTERS.first + 1
    full = enrolled(programme.LETTERS).count()
    for _ in range(programme.LETTERS.most):
        lively.round(NOON_IN_BERLIN)
    assert full < enrolled(programme.LETTERS).count() == programme.LETTERS.most
    assert isinstance(lively.chance, random.Random)


def test_each_of_the_team_has_a_number_and_is_put_through_to(owner):
    team = Member.objects.filter(workspace=owner.workspace)
    for member in team:
        assert SenderProfile.objects.filter(owner=member, kind="twilio").count() == 3
        assert member.phone.startswith("+1202555")
    assert len({member.phone for member in team}) == 3
