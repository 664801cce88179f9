"""SQLite: what waits for no disk is followed by what does, whatever goes wrong. PostgreSQL is asked per transaction."""

import pytest
from django.db import OperationalError, connection, transaction

from drumbeat.store import sql

pytestmark = pytest.mark.django_db(transaction=True)


class Fault(Exception):
    """What goes wrong in a transaction."""


def test_whatever_goes_wrong_the_next_commit_waits_for_the_disk():
    with pytest.raises(Fault), sql.left_to_a_later_commit():
        raise Fault
    assert disk() == 2
    with transaction.atomic(), sql.left_to_a_later_commit():
        assert disk() == 2, "within another transaction nothing is asked"
    assert disk() == 2


def test_a_connection_that_cannot_be_told_to_wait_again_is_given_up(monkeypatch):
    def refuse(execute, statement, params, many, context):
        if statement == "PRAGMA synchronous = FULL":
            raise OperationalError("disk I/O error")
        return execute(statement, params, many, context)

    closed = []
    monkeypatch.setattr(
        connection, "close", lambda: closed.append(disk())
    )  # a database in memory is never closed
    with pytest.raises(OperationalError), connection.execute_wrapper(refuse), sql.left_to_a_later_commit():
        pass
    assert closed == [1]
    with sql.left_to_a_later_commit():
        pass
    assert disk() == 2


def disk():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return cursor.fetchone()[0]
