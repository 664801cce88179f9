"""Any module may be imported first: none waits for one that is still being imported."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"


def _modules() -> dict[str, Path]:
    files = {path for path in SOURCE.glob("drumbeat/**/*.py") if "spa" not in path.parts}
    return {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
        for path in files
    }


def _at_import(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the import statements that run when a module is imported, those for type checkers left out."""
    for statement in statements:
        match statement:
            case ast.Import() | ast.ImportFrom():
                yield statement
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                pass
            case ast.If() | ast.Try():
                yield from _at_import(statement.body)


def _named(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Import(names=names):
            yield from (each.name for each in names)
        case ast.ImportFrom(module=str(module), names=names):
            yield from (f"{module}.{each.name}" for each in names)


def _imported(name: str, path: Path, known: dict[str, Path]) -> set[str]:
    """Return the modules that must be complete before `name` is: those it names and the packages above them."""
    found = set()
    for statement in _at_import(ast.parse(path.read_text(encoding="utf-8")).body):
        for whole in _named(statement):
            parts = whole.split(".")
            longest = next((n for n in range(len(parts), 0, -1) if ".".join(parts[:n]) in known), 0)
            found |= {".".join(parts[:n]) for n in range(1, longest + 1)}
    above = {name} | {name[:at] for at, sign in enumerate(name) if sign == "."}
    return found - above


def test_no_module_needs_one_that_needs_it():
    known = _modules()
    needs = {name: _imported(name, path, known) for name, path in known.items()}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as fault:
        raise AssertionError(" needs ".join(reversed(fault.args[1]))) from None
