"""Reads the marked blocks of a page and runs them as a reader would: one after the other, in an empty folder.

The word after `sh` says how: `run` to its end, `refused` with exit 1, `stays` in the background until the page
ends, `until` again and again until it prints what the page shows. A `text` block shows what the block before
prints; `…` stands for anything, moments and ports for any other.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.processes import all_end, descendants, free_port, get_json, until
from tools.markdown import PARSER

PATIENCE = 120.0
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?")
_EXIT_CODES = {"run": 0, "refused": 1, "until": 0}


@dataclass(frozen=True, slots=True)
class Snippet:
    """`line`: where it stands. `shows`: what it must print, None where the page shows nothing."""

    line: int
    how: str
    code: str
    shows: str | None


def snippets(page: Path) -> list[Snippet]:
    found: list[Snippet] = []
    for token in PARSER.parse(page.read_text(encoding="utf-8")):
        if token.type != "fence":
            continue
        language, _, how = token.info.partition(" ")
        if language == "sh" and how:
            found.append(Snippet((token.map or [0])[0] + 1, how, token.content, None))
        elif token.info == "text shows" and found:
            last = found.pop()
            found.append(Snippet(last.line, last.how, last.code, token.content))
    return found


def runs(page: Path, folder: Path) -> None:
    """Run the page's blocks in `folder`; fail at the first that does not do what the page says."""
    ports = {port: str(free_port()) for port in ("8000", "2525", "2526")}
    with ExitStack() as open_:
        for snippet in snippets(page):
            code = snippet.code.replace("drumbeat serve", "drumbeat serve --port 8000")
            code = re.sub(r"\b(8000|2525|2526)\b", lambda found: ports[found[0]], code)
            match snippet.how:
                case "stays":
                    open_.enter_context(_staying(code, folder, ports))
                case "until":
                    _repeat(snippet, code, folder)
                case _:
                    assert (fault := _fault(snippet, code, folder)) == "", (
                        f"{page.name}:{snippet.line}\n{fault}"
                    )


def _repeat(snippet: Snippet, code: str, folder: Path) -> None:
    until(lambda: not _fault(snippet, code, folder), PATIENCE)


def _fault(snippet: Snippet, code: str, folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", code],
        cwd=folder,
        env=_variables(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    printed = done.stdout + done.stderr
    missing = [line for line in (snippet.shows or "").splitlines() if not _is_in(line, printed)]
    if done.returncode == _EXIT_CODES[snippet.how] and not missing:
        return ""
    return f"exit {done.returncode}; not printed: {missing}\n{printed}"


def _is_in(line: str, printed: str) -> bool:
    if not line.strip() or line.strip() == "…":
        return True
    pattern = re.escape(_MOMENT.sub("MOMENT", line.strip())).replace("…", ".*")
    pattern = re.sub(r"(\\ )+", r"\\s+", pattern).replace("MOMENT", _MOMENT.pattern)
    pattern = re.sub(r"8000|2525|2526", r"\\d+", pattern)
    return any(re.search(pattern, one) for one in printed.splitlines())


def _variables() -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DRUMBEAT_")}
    return {**kept, "PATH": f"{Path(sys.executable).parent}:{kept['PATH']}"}


@contextmanager
def _staying(code: str, folder: Path, ports: Mapping[str, str]) -> Iterator[None]:
    """Run a program beside the others, and end it and what it started."""
    process = subprocess.Popen(["bash", "-c", code], cwd=folder, env=_variables())
    try:
        if "drumbeat serve" in code:
            until(lambda: get_json(int(ports["8000"]), "/healthz") or process.poll() is not None)
        yield
    finally:
        left = descendants(process.pid) if process.poll() is None else set()
        for pid in [process.pid, *left]:
            try:
                os.kill(pid, signal.SIGTERM)
            except ProcessLookupError:
                continue
        process.wait(PATIENCE)
        all_end(left)
