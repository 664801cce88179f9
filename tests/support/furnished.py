"""Furnishes an installation of its own process: `python -m tests.support.furnished`, with the environment of drumbeat.

Prints, as JSON, one-time tokens that sign in the owner and a colleague. With `--names` (a JSON list of texts), people,
sequences, lists and all else that has a name gets those instead.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

from tests.support import processes

PEOPLE = 300


@contextmanager
def served(data: Path, *, names: Sequence[str] = ()) -> Iterator[tuple[str, dict[str, str]]]:
    """Furnish `data` and run `drumbeat web` over it; yield its address and the tokens by who they sign in."""
    file = data / "names.json"
    file.write_text(json.dumps(list(names)))
    command = [sys.executable, "-m", "tests.support.furnished", "--names", str(file)]
    env = {**processes.environment(data), "DJANGO_SETTINGS_MODULE": "drumbeat.settings"}
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True, timeout=300)
    port = processes.free_port()
    with processes.running(data, "web", "--port", str(port)):
        processes.until(lambda: processes.get_json(port, "/healthz"), patience=120.0, pause=0.3)
        yield f"http://127.0.0.1:{port}", json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--names", type=Path)
    names = json.loads(parser.parse_args().names.read_text())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drumbeat.settings")
    import django

    django.setup()
    from drumbeat.store import tables

    tables.bring_up_to_date()
    print(json.dumps(_furnish(names)))


def _furnish(names: Sequence[str]) -> dict[str, str]:
    from django.utils import timezone

    from drumbeat.actions import sequences
    from drumbeat.actions.members import keys, sign_in
    from drumbeat.models import Member, Role
    from tests.support import crowd, showcase

    now = timezone.now()
    made = crowd.furnish(PEOPLE, now)
    sequences.create(made.owner, "Meeting Request", now, template="meeting_request")
    keys.create(made.owner, "Reports", now)
    showcase.furnish(made.owner, now)
    colleague = Member.objects.select_related("workspace", "user").get(name="Kim Abadi")
    Member.objects.filter(id=colleague.pk).update(role=Role.MANAGER)
    if names:
        _rename(names)
    return {"owner": sign_in.create(made.owner, now), "colleague": sign_in.create(colleague, now)}


def _rename(names: Sequence[str]) -> None:
    """Give all that has a name one of these, the first names to what lists show first."""
    from drumbeat import models

    fields: dict[type[Any], tuple[str, ...]] = {
        models.Contact: ("first_name", "last_name", "company", "title", "stage"),
        models.Sequence: ("name", "description"),
        models.ContactList: ("name",),
        models.Tag: ("name",),
        models.ContactNote: ("text",),
        models.Member: ("name",),
        models.SenderProfile: ("name",),
        models.Task: ("title", "text"),
        models.ApiKey: ("name",),
    }
    for model, columns in fields.items():
        _give(model, columns, model.objects.order_by("-id"), names)
    heard = models.Message.objects.filter(direction="in").order_by("-id")
    _give(models.Message, ("subject", "text", "html", "from_address"), heard, names)


def _give(model: type[Any], columns: Sequence[str], rows: Iterable[Any], names: Sequence[str]) -> None:
    given = cycle(names)
    changed = list(rows)
    for row in changed:
        for column in columns:
            longest = model._meta.get_field(column).max_length
            setattr(row, column, next(given)[:longest])
    model.objects.bulk_update(changed, columns, batch_size=100)


if __name__ == "__main__":
    main()
