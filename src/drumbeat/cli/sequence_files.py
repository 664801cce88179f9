"""`drumbeat sequence export, check, diff, apply, schema`: sequences as YAML files, alone or a folder as a set."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from drumbeat.actions import access, sequences
from drumbeat.actions.sequences import checking
from drumbeat.actions.sequences import files as sequence_files
from drumbeat.actions.sequences.files import FileDifference, FileProblem
from drumbeat.cli import acting, sequence_locks
from drumbeat.cli.result import ExitCode, Result, table
from drumbeat.core.document import parse_text, read_document
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Flow
from drumbeat.core.sequence_file import SCHEMA_NAME, file_schema
from drumbeat.models import Member, SequenceStatus
from drumbeat.models import Sequence as SequenceRow

ENDINGS = (".yaml", ".yml")


def add_verbs(verbs: Any) -> None:
    """Add the verbs of files to those of `drumbeat sequence`."""
    export = verbs.add_parser("export", help="write working copy and settings as YAML, one or all")
    export.add_argument("sequence", metavar="ID", nargs="?")
    export.add_argument("--all", action="store_true", help="every sequence that is not archived")
    export.add_argument(
        "--dir", type=Path, metavar="DIR", help="write files, and their schema, to this folder"
    )
    export.set_defaults(act=_export)
    check = verbs.add_parser("check", help="audit files or a working copy; exit 1 when there are errors")
    check.add_argument("targets", metavar="FILE|ID", nargs="+")
    check.set_defaults(act=_check)
    diff = verbs.add_parser("diff", help="say what applying files would change; exit 1 when one is invalid")
    diff.add_argument("paths", metavar="FILE|DIR", nargs="+", type=Path)
    diff.add_argument("--activate", action="store_true", help="as if they were published and started too")
    diff.set_defaults(act=_diff)
    apply = verbs.add_parser("apply", help="make sequences what files say, all of them or none")
    apply.add_argument("paths", metavar="FILE|DIR", nargs="+", type=Path)
    apply.add_argument("--activate", action="store_true", help="publish and start them too")
    apply.add_argument(
        "--sequence", metavar="ID", help="of which sequence the one file is, whatever its name"
    )
    apply.set_defaults(act=_apply)
    verbs.add_parser("schema", help="print the JSON Schema of a sequence file").set_defaults(act=_schema)


def _export(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    if args.all == bool(args.sequence):
        raise DomainError("sequence_missing", "Name one sequence, or write --all.")
    ids = _all(member) if args.all else [sequences.find(member, args.sequence).pk]
    written = [sequence_files.export(member, id_) for id_ in ids]
    if args.dir is None:
        texts = "---\n".join(file.text for file in written)
        return Result(
            {"files": [{"name": f.name, "text": f.text} for f in written]}, [Text(texts.rstrip("\n"))]
        )
    args.dir.mkdir(parents=True, exist_ok=True)
    (args.dir / SCHEMA_NAME).write_text(_schema_text(), encoding="utf-8")
    paths = list(_free_paths(args.dir, [file.name for file in written]))
    for path, file in zip(paths, written, strict=True):
        path.write_text(file.text, encoding="utf-8")
    count = "One sequence" if len(paths) == 1 else f"{len(paths)} sequences"
    return Result({"files": [str(path) for path in paths]}, [f"{count} written to {args.dir}."])


def _all(member: Member) -> list[int]:
    rows = access.visible_to(member, SequenceRow).exclude(status=SequenceStatus.ARCHIVED)
    return list(rows.order_by("id").values_list("id", flat=True))


def _free_paths(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """Yield a path for each name; those that come again get a number."""
    met: dict[str, int] = {}
    for name in names:
        met[name] = met.get(name, 0) + 1
        stem, ending = name.rsplit(".", 1)
        yield folder / (name if met[name] == 1 else f"{stem}-{met[name]}.{ending}")


def _check(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    found = [(target, problem) for target in args.targets for problem in _problems(member, target)]
    data = [{"file": target, **problem} for target, problem in found]
    rows = [
        (p["severity"], _where(target, p["line"]), p["step"] or p["path"], p["code"], p["message"])
        for target, p in found
    ]
    columns = ("level", "where", "step", "code", "what is wrong")
    shown: list[RenderableType] = [table(columns, rows)] if rows else ["No problems."]
    errors = any(problem["severity"] == "error" for _, problem in found)
    return Result({"problems": data}, shown, ExitCode.REFUSED if errors else ExitCode.OK)


def _where(target: str, line: int | None) -> str:
    return target if line is None else f"{target}:{line}"


def _problems(member: Member, target: str) -> list[dict[str, Any]]:
    path = Path(target)
    if not path.is_file():
        if not target.isdecimal() and path.suffix:
            raise DomainError("file_unusable", f"There is no file {target}.")
        return _of_flow(member, sequences.draft_flow(sequences.find(member, target)))
    text = read_text(path)
    if _is_bare(text):
        return _of_flow(member, read_document(parse_text(text)))
    return [_shown(problem) for problem in sequence_files.diff(member, text).problems]


def _is_bare(text: str) -> bool:
    """Tell a flow on its own, which has its steps at the top, from a sequence file."""
    try:
        data = parse_text(text)
    except DomainError:
        return False
    return isinstance(data, dict) and "steps" in data and "flow" not in data


def _of_flow(member: Member, flow: Flow) -> list[dict[str, Any]]:
    return [
        {
            "severity": p.severity.value,
            "step": p.step,
            "path": p.path,
            "line": None,
            "column": None,
            "code": p.code,
            "message": p.message,
        }
        for p in checking.problems_of(member, flow)
    ]


def _shown(problem: FileProblem) -> dict[str, Any]:
    return {
        "severity": problem.severity,
        "step": None,
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "message": problem.message,
    }


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DomainError("document_invalid", f"{path} is not UTF-8 text.") from None


def _texts(paths: Sequence[Path]) -> dict[str, str]:
    """Read the files, and those of the folders, by their path."""
    found: dict[str, str] = {}
    for path in paths:
        files = sorted(p for p in path.iterdir() if p.suffix in ENDINGS) if path.is_dir() else [path]
        if not files:
            raise DomainError("file_unusable", f"{path} holds no files that end in {' or '.join(ENDINGS)}.")
        found |= {str(file): read_text(file) for file in files}
    return found


def _diff(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    return _told(sequence_files.diff_set(member, _texts(args.paths), activate=args.activate))


def _apply(args: argparse.Namespace) -> Result:
    member, now, texts = acting.owner(args), acting.now(), _texts(args.paths)
    for text in texts.values():
        if guarded := sequence_files.guarded_of(member, text):
            sequence_locks.unlock(args, member, guarded)
    if args.sequence is None:
        return _told(sequence_files.apply_set(member, texts, now, activate=args.activate))
    if len(texts) != 1:
        raise DomainError("file_unusable", "With --sequence, give one file.")
    sequence = sequence_locks.to_change(args, member)
    ((path, text),) = texts.items()
    done = sequence_files.apply(member, text, now, sequence_id=sequence.pk, activate=args.activate)
    return _told({path: done})


def _told(found: Mapping[str, FileDifference]) -> Result:
    """Say what each file changes; when one is invalid, nothing was applied."""
    invalid = any(difference.is_invalid for difference in found.values())
    shown: list[RenderableType] = []
    for path, difference in found.items():
        name = f" ({difference.name})" if difference.name else ""
        shown.append(f"{path}{name}: {difference.change}")
        errors = [problem for problem in difference.problems if problem.severity == "error"]
        lines = (
            [f"{_where(path, p.line)}: {p.path}: {p.message}" for p in errors]
            if difference.is_invalid
            else []
        )
        shown += [Text(f"  {line}") for line in (*lines, *difference.sentences)]
    data = [{"file": path, **_data(difference)} for path, difference in found.items()]
    return Result({"files": data}, shown, ExitCode.REFUSED if invalid else ExitCode.OK)


def _data(difference: FileDifference) -> dict[str, Any]:
    return {
        "change": difference.change,
        "id": difference.sequence_id,
        "name": difference.name,
        "activates": difference.activates,
        "sentences": difference.sentences,
        "problems": [_shown(problem) for problem in difference.problems],
    }


def _schema(args: argparse.Namespace) -> Result:
    return Result(file_schema(), [Text(_schema_text().rstrip("\n"))])


def _schema_text() -> str:
    return json.dumps(file_schema(), indent=2, ensure_ascii=False) + "\n"
