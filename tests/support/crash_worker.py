"""A worker in a process of its own, which dies or stops where a test wants it to.

`start` forks it from a server that has imported everything already; alone:
`DRUMBEAT_DATA=… python -m tests.support.crash_worker --crash C7:3`.
"""

import argparse
import multiprocessing
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import django

from drumbeat import crash

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drumbeat.settings")
django.setup()

from drumbeat.cli.claims import worker_lock  # noqa: E402 - needs Django
from drumbeat.clock import SystemClock  # noqa: E402
from drumbeat.core import merge  # noqa: E402
from drumbeat.engine import worker  # noqa: E402
from drumbeat.environment import environment  # noqa: E402
from tests.support.installation import Installation, connect  # noqa: E402

PUBLIC_URL = "https://drumbeat.ours.test"
PROVIDER = "provider"
"""The file in the data folder that says where the provider of the tests is."""
MODEL = "model"
"""The same of the model."""
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload([__name__])


@dataclass(frozen=True, slots=True)
class Fate:
    """At its `passage`th passage of the point `name` the worker gets `deed`; with `once`, one worker of many."""

    name: str
    passage: int = 1
    deed: signal.Signals = signal.SIGKILL
    once: Path | None = None

    @classmethod
    def read(cls, text: str, deed: signal.Signals) -> "Fate":
        name, _, passage = text.partition(":")
        return cls(name, int(passage or 1), deed)


def _hook(fate: Fate) -> Callable[[str], None]:
    passed: Counter[str] = Counter()

    def pass_by(name: str) -> None:
        passed[name] += 1
        if name == fate.name and passed[name] == fate.passage and _is_first(fate.once):
            os.kill(os.getpid(), fate.deed)

    return pass_by


def _is_first(flag: Path | None) -> bool:
    if flag is None:
        return True
    try:
        flag.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def work(installation: Installation, fate: Fate | None, deadly: str = "", begun: Event | None = None) -> None:
    """Be a worker until SIGTERM, like the command `drumbeat worker`; a text with the word `deadly` kills it."""
    with (installation.data / "worker.log").open("ab", buffering=0) as log:
        os.dup2(log.fileno(), sys.stderr.fileno())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ["DRUMBEAT_PRIVATE_NETWORKS"] = "127.0.0.0/8"  # where the endpoints of the tests are
    os.environ["DRUMBEAT_PUBLIC_URL"] = PUBLIC_URL
    if (provider := installation.data / PROVIDER).exists():
        os.environ["DRUMBEAT_PROVIDER_API_URL"] = provider.read_text()
    settings = installation.environment
    if (model := installation.data / MODEL).exists():
        settings = replace(settings, model_url=model.read_text(), model="stand-in-1")
    environment.cache_clear()
    connect(installation)
    if fate is not None:
        crash.install(_hook(fate))
    if deadly:
        merge.render = _dying(merge.render, deadly)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    if begun is not None:
        begun.set()
    with ExitStack() as held:
        if not installation.is_postgresql:
            held.enter_context(worker_lock(installation.data))
        worker.run(SystemClock(), stop, settings)


def _dying(render: Callable[..., str], deadly: str) -> Callable[..., str]:
    """Let a worker die of a text, as of one without end that takes all memory."""

    def rendering(*args: Any, **more: Any) -> str:
        text = render(*args, **more)
        if deadly in text:
            os.kill(os.getpid(), signal.SIGKILL)
        return text

    return rendering


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Worker:
    """A worker as a test sees it."""

    def __init__(self, process: ForkServerProcess, begun: Event) -> None:
        self._process = process
        self._begun = begun
        assert process.pid
        self.pid = process.pid

    @property
    def ended(self) -> int | None:
        """Its exit status, negative for a signal; None while it lives."""
        return self._process.exitcode

    @property
    def stands_still(self) -> bool:
        status = Path(f"/proc/{self.pid}/stat").read_text()
        return status.rpartition(")")[2].split()[0] == "T"

    def send(self, number: signal.Signals) -> None:
        if self.ended is None:
            os.kill(self.pid, number)

    def join(self, patience: float = 30) -> int:
        """Wait for its end and return its exit status."""
        self._process.join(patience)
        if self.ended is None:
            raise TimeoutError(f"worker {self.pid} does not end")
        return self.ended

    def terminate(self) -> int:
        """Stop it gracefully, once it has begun, and return its exit status."""
        while self.ended is None and not self._begun.wait(0.05):
            pass
        self.send(signal.SIGTERM)
        return self.join()


def start(installation: Installation, fate: Fate | None = None, deadly: str = "") -> Worker:
    """Start a worker; the caller ends it, see `crew`."""
    begun = _forks.Event()
    process = _forks.Process(target=work, args=(installation, fate, deadly, begun), daemon=True)
    process.start()
    return Worker(process, begun)


@contextmanager
def crew(installation: Installation, count: int = 0, fate: Fate | None = None) -> Iterator[list[Worker]]:
    """Run `count` workers; whoever is in the list at the end is killed."""
    workers = [start(installation, fate) for _ in range(count)]
    try:
        yield workers
    finally:
        for one in workers:
            one.send(signal.SIGKILL)
            one.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--crash", help="point:passage at which SIGKILL comes, for example C7:3")
    parser.add_argument("--stop-at", help="point:passage at which SIGSTOP comes")
    options = parser.parse_args()
    fate = Fate.read(options.crash, signal.SIGKILL) if options.crash else None
    if options.stop_at:
        fate = Fate.read(options.stop_at, signal.SIGSTOP)
    env = environment()
    work(Installation(env.data, env.database_url), fate)


if __name__ == "__main__":
    main()
