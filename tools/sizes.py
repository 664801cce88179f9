"""The size budget: how long a file and a function may be.

What exceeds it stands in `sizes.toml` with a reason and its length today. It may shrink, never grow, and
leaves the list when it fits: so the list gets shorter in public. Nothing may pass HARD_LIMIT.
"""

import ast
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.files import tracked
from tools.report import ROOT, finish

HARD_LIMIT = 450
FUNCTION_LIMIT = 40
FILE_LIMITS = {".py": 400, ".ts": 250, ".tsx": 250, ".css": 250, ".js": 250, ".mjs": 250}
GENERATED = ("src/drumbeat/migrations/", "web/src/api/schema.d.ts")
EXCEPTIONS = ROOT / "tools/sizes.toml"


@dataclass(frozen=True, slots=True)
class Measured:
    """`name` is a path, or path::function."""

    name: str
    lines: int
    limit: int


@dataclass(frozen=True, slots=True)
class Exemption:
    lines: int
    reason: str


def measure(root: Path, paths: Iterable[Path]) -> Iterator[Measured]:
    for path in paths:
        name = path.as_posix()
        if path.suffix not in FILE_LIMITS or name.startswith(GENERATED):
            continue
        text = (root / path).read_text(encoding="utf-8")
        yield Measured(name, len(text.splitlines()), FILE_LIMITS[path.suffix])
        if path.suffix == ".py":
            yield from measure_functions(name, ast.parse(text, name))


def measure_functions(name: str, tree: ast.Module) -> Iterator[Measured]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield Measured(f"{name}::{node.name}", node.end_lineno - node.lineno + 1, FUNCTION_LIMIT)


def faults(measured: Iterable[Measured], exempt: Mapping[str, Exemption]) -> list[str]:
    """Say what is too long, and which exceptions have had their day."""
    found = []
    unused = set(exempt)
    for item in measured:
        allowed = exempt.get(item.name)
        if item.lines > HARD_LIMIT:
            found.append(f"{item.name}: {item.lines} lines; nothing may pass {HARD_LIMIT}")
        elif item.lines > item.limit:
            unused.discard(item.name)
            if allowed is None:
                found.append(f"{item.name}: {item.lines} lines, the budget is {item.limit}")
            elif item.lines > allowed.lines:
                found.append(f"{item.name}: grew from {allowed.lines} to {item.lines} lines")
    found += [f"{name}: fits its budget, take it out of tools/sizes.toml" for name in sorted(unused)]
    found += [
        f"{name}: an exception needs a reason" for name, one in exempt.items() if not one.reason.strip()
    ]
    return found


def exceptions() -> dict[str, Exemption]:
    listed = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8"))
    return {name: Exemption(**entry) for name, entry in listed.items()}


if __name__ == "__main__":
    finish("size budget", faults(measure(ROOT, tracked(ROOT)), exceptions()))
