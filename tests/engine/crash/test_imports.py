"""An import whose process is killed goes on where it stood: nobody twice, nobody lost; on both databases."""

import pytest

from drumbeat.models import Contact, Event, ImportPiece, Job
from tests.support.office import csv_text
from tests.support.processes import drumbeat, running, until

pytest_plugins = ["tests.support.installed"]

ROWS = 6_000


@pytest.fixture
def people(tmp_path):
    rows = [[f"person{n}@company{n % 900}.test", f"First {n}", f"plan {n % 3}"] for n in range(ROWS)]
    rows[ROWS // 2] = ["no address", "Refused", ""]
    path = tmp_path / "people.csv"
    path.write_text(csv_text(["email", "first_name", "plan"], *rows))
    return path


def test_killed_in_the_middle_a_worker_ends_it(installation, people):
    database = {"DRUMBEAT_DATABASE_URL": installation.database_url} if installation.is_postgresql else {}
    assert drumbeat(installation.data, "migrate", **database).returncode == 0  # with a secret of its own
    with running(installation.data, "contact", "import", str(people), **database) as importing:
        until(lambda: Job.objects.filter(done__gt=1_500).exists())
        importing.kill()
        importing.wait()
    job = Job.objects.get()
    assert (job.state, job.done < ROWS) == ("running", True)
    assert Contact.objects.count() == job.done - 1 - job.result["refused"]  # all of a chunk, or nothing

    with running(installation.data, "worker", **database):
        until(lambda: Job.objects.get().state == "done", patience=120.0, pause=0.5)

    counts = Job.objects.get().result
    assert (counts["created"], counts["updated"], counts["refused"]) == (ROWS - 1, 0, 1)
    assert Contact.objects.count() == Contact.objects.values("email_normal").distinct().count() == ROWS - 1
    assert Event.objects.filter(kind="contact_created").count() == ROWS - 1
    assert not ImportPiece.objects.exists()
