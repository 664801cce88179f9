"""An import whose process is killed goes on where it stood: nobody twice, nobody lost."""

import json
import sqlite3

from tests.support.office import csv_text
from tests.support.processes import running, until

ROWS = 12_000


def asked(data, question):
    with sqlite3.connect(f"file:{data / 'drumbeat.sqlite3'}?mode=ro", uri=True) as database:
        return database.execute(question).fetchone()


def test_killed_in_the_middle_a_worker_ends_it(data, tmp_path):
    rows = [[f"person{n}@company{n % 900}.test", f"First {n}"] for n in range(ROWS)]
    rows[ROWS // 2] = ["no address", "Refused"]
    (tmp_path / "people.csv").write_text(csv_text(["email", "first_name"], *rows))
    with running(data, "contact", "import", str(tmp_path / "people.csv")) as importing:
        until(lambda: (asked(data, "SELECT done FROM drumbeat_job") or [0])[0] > 1_500)
        importing.kill()
        importing.wait()
    done, state = asked(data, "SELECT done, state FROM drumbeat_job")
    assert state == "running"
    assert asked(data, "SELECT count(*) FROM drumbeat_contact")[0] == done - 1  # all of a chunk, or nothing

    with running(data, "worker"):
        until(lambda: asked(data, "SELECT state FROM drumbeat_job")[0] == "done", patience=120.0, pause=0.5)

    counts = json.loads(asked(data, "SELECT result FROM drumbeat_job")[0])
    assert (counts["created"], counts["updated"], counts["refused"]) == (ROWS - 1, 0, 1)
    assert (
        asked(data, "SELECT count(*), count(DISTINCT email_normal) FROM drumbeat_contact") == (ROWS - 1,) * 2
    )
    assert asked(data, "SELECT count(*) FROM drumbeat_event WHERE kind = 'contact_created'")[0] == ROWS - 1
    assert asked(data, "SELECT count(*) FROM drumbeat_importpiece")[0] == 0
