"""Tables that a job fills are analysed while they grow, and only then."""

import pytest
from django.db import connection

from bench import world
from drumbeat.models import Contact
from drumbeat.store import sql, statistics

pytestmark = pytest.mark.django_db(transaction=True)


def known():
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'drumbeat_contact'")
        return cursor.fetchone()[0]


def test_a_table_that_grew_several_times_is_looked_at_again():
    owner = world.a_workspace()
    if not sql.is_postgresql():
        statistics.follow(Contact, 1_000)
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE drumbeat_contact")
    counted = []
    for first in range(0, 1_600, 100):
        world.contacts(owner.workspace, 100, first)
        statistics.follow(Contact, first + 100)
        counted.append(known())
    assert counted == [100] * 4 + [500] * 12
