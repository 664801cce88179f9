"""Only `clock.py` asks the machine what time it is; everything else is told."""

import ast
from pathlib import Path

SRC = Path(__file__).parents[2] / "src/drumbeat"
READINGS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "time.time"}


def readings(source: str) -> set[str]:
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    names = {".".join(ast.unparse(call).split(".")[-2:]) for call in calls}
    return names & READINGS


def test_nothing_but_the_clock_reads_the_time():
    modules = [path for path in SRC.rglob("*.py") if path.name != "clock.py"]
    found = {str(path.relative_to(SRC)): read for path in modules if (read := readings(path.read_text()))}
    assert found == {}


def test_a_reading_is_recognised_behind_a_module():
    assert readings("import datetime\nx = datetime.datetime.now(None)") == {"datetime.now"}
