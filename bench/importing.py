"""A million rows of CSV: rows a second, and the memory of the process that imports them, which must not grow.

`python -m bench importing` measures it; the first and the last tenth are compared, so that what grows is seen.
"""

from __future__ import annotations

import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench import world
from drumbeat.actions import imports
from drumbeat.clock import SystemClock
from drumbeat.engine import jobs
from drumbeat.models import Contact
from drumbeat.store.jobs import Progress

ROWS = 1_000_000
HEADER = "email,first_name,last_name,company,title,phone,time_zone,plan,seats\n"


def _write(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for n in range(rows):
            out.write(
                f"person{n}@company{n % 50_000}.test,First{n % 900},Last{n % 7_000},Company {n % 50_000},"
                f"Head of {n % 40},,Europe/Berlin,plan {n % 5},{n % 300}\n"
            )


def measure(rows: int = ROWS) -> dict[str, float]:
    """Return rows a second overall, the pace of the last tenth against the first, and megabytes at the peak."""
    owner = world.a_workspace()
    now = datetime.now(UTC)
    seen: list[tuple[float, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        _write(path, rows)
        began = time.perf_counter()
        job_id = imports.start(owner, path, now)
        uploaded = time.perf_counter() - began
        begun = time.perf_counter()

        def told(progress: Progress) -> None:
            seen.append((time.perf_counter() - begun, progress.done))

        jobs.run_to_end(job_id, SystemClock(), told)
    took = time.perf_counter() - begun
    # Before anything reads the whole database, whose pages SQLite maps into the process.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert Contact.objects.filter(workspace=owner.workspace).count() == rows
    tenth = max(1, len(seen) // 10)
    first = seen[tenth - 1][0] / tenth
    last = (seen[-1][0] - seen[-1 - tenth][0]) / tenth if len(seen) > tenth else first
    return {
        "rows_per_second": rows / took,
        "upload_seconds": uploaded,
        "last_to_first_tenth": last / first,
        "peak_mb": peak,
    }
