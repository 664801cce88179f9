"""The names of what routes take and answer: the schema knows each by its bare name, so no two may share one."""

import ast
from collections import Counter
from pathlib import Path

from drumbeat import api


def test_no_two_bodies_or_answers_have_one_name():
    [folder] = api.__path__
    names = Counter(
        node.name
        for path in sorted(Path(folder).rglob("*.py"))
        if path.parent.name != "compat"  # an API of its own, which has no place in the schema
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef) and node.name.endswith(("In", "Out"))
    )
    assert len(names) > 100
    assert [name for name, count in names.items() if count > 1] == []
