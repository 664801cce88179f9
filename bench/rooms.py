"""How long each list and room waits for the server when 100,000 people are in it: HTTP against a real `drumbeat web`.

`cold`: the first time that a process is asked; warm answers follow. `work` is the CPU time of one answer, web and
database together: what remains on a machine that does nothing else. The table goes to stderr as it is measured.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connection
from django.utils.timezone import now as the_time

from drumbeat.actions.members import keys
from drumbeat.store import sql
from tests.support import crowd, processes

PEOPLE = 100_000
WARM = 5
LIMIT_MS = 300.0
"""What the server may take, so that a list opens within a second."""

ROUTES: Mapping[str, tuple[str, ...]] = {
    "frame": ("session", "workspace", "notifications", "views?room=contacts"),
    "today": ("today?zone=Europe/Berlin", "doctor"),
    "board": ("board",),
    "sequences": (
        *("sequences", "sequences?status=active&sort=name", "sequences?q=out&sort=-updated_at"),
        *("sequences/totals", "templates", "step-kinds"),
    ),
    "sequence": (
        *("sequences/{sequence}", "sequences/{sequence}/draft", "sequences/{sequence}/versions"),
        "sequences/{sequence}/step-numbers",
        *("sequences/{sequence}/forecast", "sequences/{sequence}/forecast?list_id={list}"),
    ),
    "enrollments": (
        *("enrollments?sequence_id={sequence}&sort=" + sort for sort in ("newest", "oldest", "next")),
        *(
            "enrollments?sequence_id={sequence}&group=" + group
            for group in (*("running", "waiting", "paused", "blocked", "replied", "completed", "other_ends"),)
        ),
        "enrollments?sequence_id={sequence}&group=blocked&sort=next",
        "enrollments?sequence_id={sequence}&group=running&sort=next",
        "enrollments?sequence_id={sequence}&step=call",
        "enrollments?sequence_id={sequence}&sender_id={sender}",
        "enrollments?sequence_id={sequence}&sender_id={sender}&sort=next",
        "enrollments?sequence_id={sequence}&reason=meeting_booked",
        "enrollments?sequence_id={sequence}&q=ana",
        *("enrollments", "enrollments?group=running", "enrollments?group=blocked", "enrollments?sort=next"),
        *("enrollments/counts?sequence_id={sequence}", "enrollments/{enrollment}"),
        "enrollments/{enrollment}/why",
    ),
    "contacts": (
        *("contacts?sort=" + sort for sort in ("newest", "oldest", "name", "-name", "company", "-company")),
        *(
            "contacts?q=a",
            "contacts?q=ana",
            "contacts?q=ana%20r",
            "contacts?q=zzzz",
            "contacts?q=ana&sort=name",
        ),
        *("contacts?stage=qualified", "contacts?stage=qualified&sort=name"),
        *("contacts?list_id={list}", "contacts?list_id={list}&sort=name", "contacts?tag_id=1&sort=company"),
        *("contacts?owner_id=1&sort=name", "contacts?owner_id=0"),
        *(
            "contacts?enrolled=yes",
            "contacts?enrolled=no",
            "contacts?enrolled=never",
            "contacts?state=paused",
        ),
        *("contacts?enrolled=never&sort=name", "contacts?sequence_id={sequence}&sort=name"),
        *("contacts?tag_id=2&stage=new&enrolled=no&q=b", "contacts/count", "contacts/count?q=ana"),
        *("contacts/count?enrolled=yes", "contacts/count?enrolled=never", "contacts/count?list_id={list}"),
        *("contacts/facets", "contact-fields", "tags", "enroll/options"),
    ),
    "contact": (
        *("contacts/{contact}", "contacts/{contact}/next", "contacts/{contact}/timeline"),
        *("contacts/{contact}/timeline?tab=messages", "enrollments?contact_id={contact}"),
    ),
    "lists": ("lists", "lists/{list}", "imports"),
    "inbox": (
        *("conversations?scope=needs_answer", "conversations?scope=mine", "conversations?scope=all"),
        *("conversations?scope=all&kind=out_of_office", "conversations?scope=all&q=ana"),
        *("conversations/counts", "conversations/unmatched", "conversations/{contact}"),
    ),
    "tasks": (
        *("tasks?when=" + when for when in ("overdue", "today", "upcoming", "open", "done")),
        *("tasks?when=today&mine=true", "tasks/counts", "tasks/counts?mine=true"),
    ),
    "suppressions": (
        *("suppressions", "suppressions?reason=bounced", "suppressions?lifted=true"),
        *("suppressions?channel=email", "suppressions/why?address=nobody@example.com"),
    ),
    "senders": ("senders", "senders/{sender}"),
    "settings": ("members", "roles", "keys", "invitations", "audit", "audit?act=contact.change"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of one address: of the first answer, and of those after it."""

    room: str
    path: str
    cold: float
    p50: float
    longest: float
    cold_work: float
    work: float
    size: int

    @property
    def over(self) -> bool:
        return min(self.cold, self.cold_work) > LIMIT_MS or min(self.p50, self.work) > LIMIT_MS

    def line(self) -> str:
        mark = "   over" if self.over else ""
        times = f"{self.cold:>8.0f} {self.p50:>8.0f} {self.longest:>8.0f} {self.cold_work:>8.0f} {self.work:>8.0f}"
        return f"{self.room:<13}{self.path:<62}{times} {self.size / 1024:>7.0f}{mark}"


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """Run `drumbeat web` over the measured installation; yield its port and its process."""
    port = processes.free_port()
    command = [sys.executable, "-m", "drumbeat", "web", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ}) as process:
        try:
            processes.until(lambda: processes.get_json(port, "/healthz"), patience=180.0)
            yield port, process.pid
        finally:
            process.terminate()


_TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


def worked(web: int) -> float:
    """Return the milliseconds of CPU that the web processes and the database's sessions have used so far."""
    pids = {web, *processes.descendants(web)}
    if sql.is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
            pids |= {row[0] for row in cursor.fetchall()}
    return sum(_ticks(pid) for pid in pids) * _TICK_MS


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


class _Asker:
    def __init__(self, port: int, web: int, key: str) -> None:
        self._web = web
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers = {"Authorization": f"Bearer {key}"}

    def ask(self, path: str) -> tuple[float, int]:
        """Return the milliseconds until the whole answer was there, and its size."""
        began = time.perf_counter()
        self._line.request("GET", f"/api/{path}", headers=self._headers)
        answer = self._line.getresponse()
        body = answer.read()
        took = (time.perf_counter() - began) * 1000
        if answer.status != http.client.OK:
            raise AssertionError(f"{path} answers {answer.status}: {body[:300]!r}")
        return took, len(body)

    def measure(self, room: str, shown: str, path: str) -> Measured:
        began = worked(self._web)
        cold, size = self.ask(path)
        then = worked(self._web)
        warm = [self.ask(path)[0] for _ in range(WARM)]
        work = (worked(self._web) - then) / WARM
        return Measured(room, shown, cold, median(warm), max(warm), then - began, work, size)


def measure(people: int = PEOPLE) -> dict[str, float]:
    """Return how many addresses took too long, and the slowest of all."""
    began = time.perf_counter()
    made = crowd.furnish(people, the_time())
    filled = time.perf_counter() - began
    found = ask_all(made)
    return {
        "people": float(people),
        "fill_seconds": filled,
        "addresses": float(len(found)),
        "over_300_ms": float(sum(one.over for one in found)),
        "slowest_cold_ms": max(one.cold for one in found),
        "slowest_p50_ms": max(one.p50 for one in found),
        "most_work_ms": max(max(one.cold_work, one.work) for one in found),
    }


def ask_all(made: crowd.Crowd) -> list[Measured]:
    """Ask every address of a furnished installation."""
    _, key = keys.create(made.owner, "bench", the_time())
    names = {
        "sequence": made.sequence,
        "contact": made.contact,
        "enrollment": made.enrollment,
        "list": made.contact_list,
        "sender": made.sender,
    }
    columns = " ".join(f"{name:>8}" for name in ("cold", "p50", "longest", "coldwork", "work"))
    _say(f"{'room':<13}{'address':<62}{columns} {'KiB':>7}")
    found: list[Measured] = []
    with served() as (port, web):
        asker = _Asker(port, web, key)
        asker.ask("session")
        for room, paths in ROUTES.items():
            for path in paths:
                found.append(asker.measure(room, path, path.format(**names)))
                _say(found[-1].line())
    return found


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
