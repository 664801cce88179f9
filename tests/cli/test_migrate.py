"""The tables of an installation: made once, and refused where an earlier version left off half-way."""

import sqlite3

from tests.support.processes import drumbeat


def test_running_it_again_changes_nothing(data):
    again = drumbeat(data, "migrate")
    assert again.returncode == 0
    assert "nothing to migrate" in again.stdout


def test_a_database_from_before_the_first_release_is_refused_and_left_alone(data):
    with sqlite3.connect(data / "drumbeat.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'drumbeat'")
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('drumbeat', '0001_initial', '2026-01-01')"
        )
    refused = drumbeat(data, "migrate")
    assert refused.returncode == 1
    assert "Begin with a new one" in refused.stderr
    with sqlite3.connect(data / "drumbeat.sqlite3") as database:
        ran = database.execute("SELECT name FROM django_migrations WHERE app = 'drumbeat'").fetchall()
    assert ran == [("0001_initial",)]
