"""`make bench`: every figure in one run, beside what it is compared with and what it should reach.

Each measurement runs in a process and an installation of its own: SQLite in a temporary folder, PostgreSQL in a
cluster of its own where it is installed. Figures depend on the machine; the ratios are what counts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from tests.support import postgres, servers

TARGETS: dict[tuple[str, str, str], tuple[str, float]] = {
    ("engine", "sqlite", "ratio"): (">=", 0.5),
    ("engine", "postgresql", "ratio"): (">=", 0.3),
    ("delivery", "sqlite", "emails_per_second"): (">=", 1_000),
    ("delivery", "sqlite", "engine_cpu_ms_per_email"): ("<=", 0.5),
    ("delivery", "postgresql", "emails_per_second"): (">=", 1_000),
    ("delivery", "postgresql", "engine_cpu_ms_per_email"): ("<=", 0.5),
    ("drafting", "sqlite", "ratio"): (">=", 0.9),
    ("drafting", "postgresql", "ratio"): (">=", 0.9),
    ("scale", "sqlite", "ratio"): ("<=", 1.2),
    ("scale", "postgresql", "ratio"): ("<=", 1.2),
    ("web_beside", "sqlite", "p99_ms"): ("<=", 250),
    ("rooms", "sqlite", "over_300_ms"): ("<=", 0),
    ("rooms", "postgresql", "over_300_ms"): ("<=", 0),
    ("inbox", "sqlite", "slowest_ms"): ("<=", 300),
    ("inbox", "postgresql", "slowest_ms"): ("<=", 300),
    ("simulate", "sqlite", "seconds"): ("<=", 30),
    ("simulate", "sqlite", "us_a_move"): ("<=", 20),
    ("builder", "sqlite", "open_ms"): ("<=", 1_500),
    **{
        ("builder", "sqlite", f"{edit}_ms"): ("<=", 50.0)
        for edit in ("insert", "undo", "redo", "delete", "undo_delete", "typing")
    },
    ("builder", "sqlite", "typing_on_canvas_ms"): ("<=", 100),
    ("builder", "sqlite", "pan_longest_task_ms"): ("<=", 50),
    ("conditions", "sqlite", "median_ms"): ("<=", 300),
    ("conditions", "postgresql", "median_ms"): ("<=", 300),
    ("triggers", "postgresql", "events_per_second"): (">=", 3_000),
    ("triggers", "postgresql", "ratio"): ("<=", 1.2),
    ("importing", "sqlite", "peak_mb"): ("<=", 300),
    ("importing", "postgresql", "peak_mb"): ("<=", 300),
    ("importing", "sqlite", "last_to_first_tenth"): ("<=", 1.4),
    ("importing", "postgresql", "last_to_first_tenth"): ("<=", 1.4),
    ("enrolling", "postgresql", "enrollments_per_second"): (">=", 1_000),
    ("enrolling", "postgresql", "last_to_first_tenth"): ("<=", 1.4),
    ("enrolling", "sqlite", "last_to_first_tenth"): ("<=", 1.4),
    ("enrolling", "sqlite", "peak_mb"): ("<=", 300),
    ("enrolling", "postgresql", "peak_mb"): ("<=", 300),
}
PLAN = (
    ("engine", ("sqlite", "postgresql")),
    ("delivery", ("sqlite", "postgresql")),
    ("drafting", ("sqlite", "postgresql")),
    ("scale", ("sqlite", "postgresql")),
    ("web_beside", ("sqlite",)),
    ("rooms", ("sqlite", "postgresql")),
    ("inbox", ("sqlite", "postgresql")),
    ("simulate", ("sqlite",)),
    ("builder", ("sqlite",)),
    ("conditions", ("sqlite", "postgresql")),
    ("triggers", ("sqlite", "postgresql")),
    ("importing", ("sqlite", "postgresql")),
    ("enrolling", ("sqlite", "postgresql")),
)
PATIENCE = 3_600
"""Seconds that one measurement may take: a million rows are imported on a busy machine too."""


@dataclass(frozen=True)
class Figure:
    what: str
    database: str
    name: str
    value: float

    def line(self) -> str:
        target = TARGETS.get((self.what, self.database, self.name))
        shown = f"{self.what:<11} {self.database:<11} {self.name:<26} {self.value:>12,.2f}"
        if target is None:
            return shown
        sign, limit = target
        reached = self.value >= limit if sign == ">=" else self.value <= limit
        return f"{shown}   should be {sign} {limit:g}: {'yes' if reached else 'NO'}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "only",
        nargs="*",
        help=f"{', '.join(what for what, _ in PLAN)}; all when left out",
    )
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        return _measure(options.measure)
    chosen = [(what, database) for what, databases in PLAN for database in databases]
    failed = [
        f"{what} on {database}"
        for what, database in chosen
        if (not options.only or what in options.only) and not _shown(what, database)
    ]
    if failed:
        print(f"failed: {', '.join(failed)}; what went wrong is told above")
    return 1 if failed else 0


def _shown(what: str, database: str) -> bool:
    """Print the figures of one measurement; say whether it could be made. A failing one stops no other."""
    try:
        for figure in _run(what, database):
            print(figure.line(), flush=True)
    except (subprocess.SubprocessError, OSError, ValueError) as fault:
        print(f"{what:<11} {database:<11} FAILED: {fault}", flush=True)
        return False
    return True


def _run(what: str, database: str) -> list[Figure]:
    if database == "postgresql" and (lacking := servers.missing("pg")):
        print(f"{what:<11} postgresql  not measured: {lacking}")
        return []
    with tempfile.TemporaryDirectory(prefix="drumbeat-bench-") as folder:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("DRUMBEAT_")}
        environment |= {
            "DRUMBEAT_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "drumbeat.settings",
            "DRUMBEAT_LOG_LEVEL": "ERROR",
        }
        if database == "sqlite":
            return _figures(what, database, environment)
        with postgres.cluster(durable=True) as cluster:
            return _figures(what, database, environment | {"DRUMBEAT_DATABASE_URL": cluster.url()})


def _figures(what: str, database: str, environment: dict[str, str]) -> list[Figure]:
    command = [sys.executable, "-m", "bench", "--measure", what]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, timeout=PATIENCE)
    return [Figure(what, database, name, value) for name, value in json.loads(done.stdout).items()]


def _measure(what: str) -> int:
    import importlib

    import django

    django.setup()
    from drumbeat.store import tables

    tables.bring_up_to_date()
    # What is started for the measurement speaks to where this process does: the figures alone go to who asked for them.
    answer = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    figures = importlib.import_module(f"bench.{what}").measure()
    with os.fdopen(answer, "w") as told:
        json.dump(figures, told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
