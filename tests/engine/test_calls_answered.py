"""A person answers a call that has something to say to people: it counts as made when they were told."""

import pytest

from bench import world
from drumbeat.core import calls as core
from drumbeat.models import Call, Member, Message
from drumbeat.store import calls
from tests.support.phoning import REP, calling, logged, placed, the_touch

pytest_plugins = ["tests.support.installed", "tests.support.phoning"]

NOW = world.START
PERSON = {"AnsweredBy": "human"}


@pytest.mark.parametrize("on_human", ["read", "connect"])
def test_whoever_hung_up_before_a_word_was_said_is_called_again(owner, office, on_human):
    Member.objects.filter(pk=owner.pk).update(phone=REP)
    calling(owner, ["human"], on_human=on_human)
    sid = placed(office)
    office.twilio.calls[sid]["status"] = "completed"  # and nobody has told us yet
    office.tell(sid, NOW, **PERSON)
    office.go(NOW)
    assert Call.objects.get().was_told is False
    office.tell(sid, NOW, CallStatus="completed", CallDuration="3")
    office.go(NOW)
    assert (the_touch().status, Call.objects.get().outcome) == ("scheduled", "not_reached")
    assert not Message.objects.exists() and not logged().exists()


@pytest.mark.parametrize(
    ("was_told", "status", "outcome"),
    [(True, "sent", "reached_human"), (False, "scheduled", "not_reached")],
)
def test_what_a_person_may_or_may_not_have_heard_is_in_doubt_until_that_is_known(
    owner, office, was_told, status, outcome
):
    calling(owner, ["human"], on_human="read")
    sid = placed(office)
    office.twilio.says = (500, {"code": 20500, "message": "oops"})
    office.tell(sid, NOW, **PERSON)
    office.go(NOW)
    office.twilio.says = None
    assert (Call.objects.get().deed, Call.objects.get().was_told) == ("read", None)
    office.tell(sid, NOW, CallStatus="completed", CallDuration="9")
    after = NOW + core.LATE_TELLING
    office.go(after)
    assert (the_touch().status, Call.objects.get().outcome) == ("interrupted", "in_doubt")

    calls.note_told(Call.objects.get().pk, was_told, after)

    assert (the_touch().status, Call.objects.get().outcome) == (status, outcome)
    assert Message.objects.exists() is was_told
