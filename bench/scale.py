"""A claim of 500 with 10 thousand and with 1 million touches waiting behind it: the backlog must not matter."""

from __future__ import annotations

import time
from datetime import timedelta

from django.db import connection

from bench import world
from drumbeat.models import Enrollment, SenderProfile, Touch
from drumbeat.store import claims, leases, sql

FEW, MANY, CLAIM = 10_000, 1_000_000, 500

_TOUCHES = """
    INSERT INTO drumbeat_touch (workspace_id, key, mark, kind, enrollment_id, contact_id, step, visit, sender_id,
        recipient, base_address, status, reason, priority, due_at, not_before, hold_reason, lease_token, deaths,
        attempts, reserved, created_at)
    SELECT e.workspace_id, 'bench:' || n, 'bench' || n, 'email', e.id, e.contact_id, 'first', 1, {sender}, '', '',
        'planned', '', 20 + 10 * (n % 2), e.origin_at, e.origin_at, '', '', 0, 0, '', e.origin_at
    FROM {numbers} JOIN drumbeat_enrollment e ON e.id = {first} + n % {count}"""


def _numbers(first: int, last: int) -> str:
    if sql.is_postgresql():
        return f"generate_series({first}, {last}) AS numbers(n)"
    return (
        f"(WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last}) "
        "SELECT n FROM numbers) AS numbers"
    )


def _fill(sender: SenderProfile, first: int, last: int) -> None:
    ids = Enrollment.objects.order_by("id").values_list("id", flat=True)
    with connection.cursor() as cursor:
        cursor.execute(
            _TOUCHES.format(sender=sender.pk, numbers=_numbers(first, last), first=ids[0], count=ids.count())
        )
        cursor.execute("ANALYZE drumbeat_touch")


def _claim(sender: SenderProfile) -> float:
    """Return the seconds of the fastest of five claims."""
    SenderProfile.objects.filter(pk=sender.pk).update(lease_token="bench.0")
    times = []
    now = world.START + timedelta(minutes=1)
    for n in range(6):
        began = time.perf_counter()
        taken = claims.claim(sender.pk, "bench.0", f"bench.{n + 1}", CLAIM, now, now)
        times.append(time.perf_counter() - began)
        assert len(taken.touches) == CLAIM
    leases.release_all("bench")  # while the next million is written they would end, and be suspect
    return min(times[1:])


def measure(many: int = MANY) -> dict[str, float]:
    """Return milliseconds per claim with few and with many waiting, and their ratio."""
    owner = world.a_workspace()
    sender = world.a_sender(owner.workspace, 800)
    version = world.a_sequence(owner, sender, "Scale")
    people = world.contacts(owner.workspace, 5_000, first=2_000_000)
    world.enroll(version, people, due_at=world.LATER, state="awaiting")  # the guard holds what nobody awaits
    _fill(sender, 1, FEW)
    few = _claim(sender)
    _fill(sender, FEW + 1, many)
    with_many = _claim(sender)
    assert Touch.objects.count() >= many
    return {
        "claim_ms_10k_waiting": few * 1000,
        "claim_ms_1m_waiting": with_many * 1000,
        "ratio": with_many / few,
    }
