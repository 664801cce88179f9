"""Workers that meet at a sender which leaves time between its messages: together they leave as much as one would."""

from datetime import timedelta
from functools import partial
from itertools import pairwise
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from drumbeat.engine.planner import Planner
from drumbeat.models import Touch
from drumbeat.store import claims, outcomes
from tests.support.campaign import NOW, a_campaign
from tests.support.crash_worker import crew, start
from tests.support.installation import ON_POSTGRESQL, Call
from tests.support.processes import until
from tests.support.smtp import serving

pytest_plugins = ["tests.support.installed"]
SECOND, WORKERS, SPACING = timedelta(seconds=1), 8, 20


def handed_at():
    return sorted(Touch.objects.exclude(handed_at=None).values_list("handed_at", flat=True))


def has_handed(count):
    return len(handed_at()) >= count


def gaps():
    return [later - at for at, later in pairwise(handed_at())]


def test_claims_and_hand_overs_at_the_same_moments_keep_the_spacing(installation):
    """All hold the sender's lease, as workers would whose leases are broken; some take long until they hand over."""
    campaign = a_campaign(60, spacing_seconds=SPACING)
    while Planner().plan_once(NOW):
        pass
    sender_id = campaign.senders[0].pk
    claims.lease_senders("worker.lease", 1, NOW)
    together = Barrier(WORKERS)

    def work(number):
        held: list[Any] = []
        for second in range(240):
            now = NOW + second * SECOND
            together.wait(30)
            if second % (3 + 5 * number) == 0:
                outcomes.wave([], held, now)
                held = []
            token = f"worker.{number}.{second}"
            held += claims.claim(sender_id, "worker.lease", token, 5, now, now).touches
        return len(held)

    calls = [Call(work, number) for number in range(WORKERS)]
    for call in calls:
        call.result(120)

    assert len(handed_at()) >= 3
    assert min(gaps()) >= (SPACING + 1) * SECOND


@pytest.mark.crash
@pytest.mark.parametrize("installation", ON_POSTGRESQL, indirect=True)
def test_eight_workers_that_take_a_sender_from_one_another_keep_its_spacing(installation, tmp_path):
    with serving(tmp_path / "judge") as server, crew(installation) as workers:
        a_campaign(6, port=server.port, spacing_seconds=1)
        workers += [start(installation) for _ in range(WORKERS)]
        for count in range(1, 7):
            until(partial(has_handed, count))
            with connection.cursor() as cursor:  # whoever holds the sender loses it, and another takes it
                cursor.execute("UPDATE drumbeat_senderprofile SET lease_until = '2000-01-01'")
        until(lambda: not Touch.objects.filter(settled_at=None).exists())
        for one in workers:
            assert one.terminate() == 0
    assert len(handed_at()) == 6
    assert min(gaps()) >= 2 * SECOND
