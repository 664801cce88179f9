"""A call, a meeting or a conversion counts once and stops what is still to leave."""

import pytest

from drumbeat.actions.events import LOGGED_BY_HAND, Logged, log_event
from drumbeat.core.errors import DomainError
from drumbeat.models import ContactFact, Event, Role
from tests.support.outreach import NOW, a_member, an_outreach

pytestmark = pytest.mark.django_db


@pytest.fixture
def outreach():
    return an_outreach()


@pytest.mark.parametrize("kind", LOGGED_BY_HAND)
def test_it_becomes_a_fact_wakes_the_enrollment_and_withholds_what_has_not_left(outreach, kind):
    logged = log_event(outreach.rep, outreach.contact, kind, NOW)

    assert logged == Logged(counted=True, woken=1)
    event = Event.objects.get()
    assert (event.kind, event.contact, event.source) == (kind, outreach.contact, "manual")
    assert ContactFact.objects.get(contact=outreach.contact, kind=kind, scope="").count == 1
    outreach.enrollment.refresh_from_db()
    outreach.planned.refresh_from_db()
    outreach.sent.refresh_from_db()
    assert outreach.enrollment.woken_at == NOW
    assert outreach.enrollment.state == "awaiting"  # only a look moves it
    assert outreach.planned.vetoed_at == NOW
    assert outreach.sent.vetoed_at is None


def test_an_external_id_counts_once(outreach):
    first = log_event(
        outreach.rep, outreach.contact, "meeting_booked", NOW, source="calendar", external_id="7"
    )
    again = log_event(
        outreach.rep, outreach.contact, "meeting_booked", NOW, source="calendar", external_id="7"
    )
    other = log_event(outreach.rep, outreach.contact, "meeting_booked", NOW, source="crm", external_id="7")

    assert [first.counted, again.counted, other.counted] == [True, False, True]
    assert ContactFact.objects.get(kind="meeting_booked").count == 2


def test_without_an_external_id_each_counts(outreach):
    for _ in range(2):
        log_event(outreach.rep, outreach.contact, "call_logged", NOW)

    assert Event.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "role", "code"),
    [
        pytest.param("replied", Role.ADMIN, "event_kind_unknown", id="a reply comes by mail"),
        pytest.param("lunch", Role.ADMIN, "event_kind_unknown", id="a word nobody knows"),
        pytest.param("converted", Role.VIEWER, "not_permitted", id="a viewer only looks"),
    ],
)
def test_what_is_refused(outreach, kind, role, code):
    with pytest.raises(DomainError) as refused:
        log_event(a_member(outreach.workspace, "asker", role), outreach.contact, kind, NOW)

    assert refused.value.code == code
    assert not Event.objects.exists()


def test_a_contact_of_another_workspace_is_not_found(outreach):
    stranger = an_outreach("Theirs", sender="rep@theirs.test").rep

    with pytest.raises(DomainError) as refused:
        log_event(stranger, outreach.contact, "converted", NOW)

    assert refused.value.code == "not_found"
