"""The suppression list does not answer: nothing leaves, it is said why, and all goes on by itself afterwards."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from drumbeat.core.touch import HoldReason
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.models import Touch
from drumbeat.store import stops
from tests.support import judge
from tests.support.campaign import NOW, a_campaign
from tests.support.hand_wire import HandWire
from tests.support.installation import ON_POSTGRESQL

pytest_plugins = ["tests.support.installed"]


@contextmanager
def renamed() -> Iterator[None]:
    execute("ALTER TABLE drumbeat_suppression RENAME TO drumbeat_gone")
    yield
    execute("ALTER TABLE drumbeat_gone RENAME TO drumbeat_suppression")


@contextmanager
def half_a_table() -> Iterator[None]:
    execute("ALTER TABLE drumbeat_suppression RENAME COLUMN scope TO scopes")
    yield
    execute("ALTER TABLE drumbeat_suppression RENAME COLUMN scopes TO scope")


@contextmanager
def forbidden() -> Iterator[None]:
    """Another role, without the right to read it."""
    execute("CREATE ROLE clerk")
    execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO clerk")
    execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO clerk")
    execute("REVOKE ALL ON drumbeat_suppression FROM clerk")
    execute("SET ROLE clerk")
    yield
    execute("RESET ROLE")
    execute("DROP OWNED BY clerk")
    execute("DROP ROLE clerk")


@contextmanager
def locked() -> Iterator[None]:
    """Somebody holds it, and the server gives up waiting."""
    holder = connection.copy()
    holder.set_autocommit(False)
    with holder.cursor() as cursor:
        cursor.execute("LOCK TABLE drumbeat_suppression IN ACCESS EXCLUSIVE MODE")
    execute("SET lock_timeout = '20ms'")
    yield
    holder.rollback()
    holder.close()
    execute("RESET lock_timeout")


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def go_round(wire: HandWire, now) -> None:
    dispatcher = Dispatcher("worker", wire)
    for _ in range(6):
        Planner().plan_once(now)
        dispatcher.turn(now, wait_seconds=0)
        wire.end_all()
    dispatcher.turn(now, wait_seconds=0, claim=False)


@pytest.mark.parametrize(
    "breaking",
    [
        pytest.param(renamed, id="its table is gone"),
        pytest.param(half_a_table, id="its table has another form"),
    ],
)
def test_without_an_answer_nothing_leaves_and_afterwards_all_does(installation, breaking):
    fails_closed(breaking)


@pytest.mark.parametrize(
    "breaking", [pytest.param(forbidden, id="it may not be read"), pytest.param(locked, id="it is locked")]
)
@pytest.mark.parametrize("installation", ON_POSTGRESQL, indirect=True)
def test_without_rights_or_in_time_it_is_no_answer_either(installation, breaking):
    fails_closed(breaking)


def fails_closed(breaking: Callable[[], AbstractContextManager[None]]) -> None:
    campaign = a_campaign(5)
    with transaction.atomic():
        stops.suppress(
            campaign.workspace_id,
            channel="email",
            base_address=campaign.contact(2).email_normal,
            reason="manual",
            source="test",
            now=NOW,
        )
    wire = HandWire()
    with breaking():
        for seconds in range(0, 60, 15):
            go_round(wire, NOW + timedelta(seconds=seconds))
        assert wire.transmitted == []
        assert set(Touch.objects.values_list("hold_reason", "status")) == {
            (HoldReason.COMPLIANCE_UNAVAILABLE_STUB, "planned")
        }
        assert judge.forgotten() == []

    go_round(wire, NOW + timedelta(minutes=10))

    reached = set(Touch.objects.filter(id__in=wire.transmitted).values_list("contact_id", flat=True))
    assert reached == set(campaign.contact_ids) - {campaign.contact_ids[2]}
