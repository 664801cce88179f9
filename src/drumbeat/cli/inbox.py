"""`drumbeat inbox`: what received mails are, by the same rules as the engine's. Needs no database and no settings."""

from __future__ import annotations

import argparse
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drumbeat.cli.result import Result, harmless, table
from drumbeat.core.mail import MAX_RAW, Mail, read_mail
from drumbeat.core.replies import MailKind, Verdict, classify

TEXT, HTML = frozenset({".txt", ".text"}), frozenset({".html", ".htm"})
_BRIEF = 60
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NOTHING = Verdict(MailKind.OTHER)


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    parse = verbs.add_parser(
        "parse",
        help="say what mails are: bounce, complaint, auto_reply, out_of_office, opt_out, reply or other",
        description=(
            "Read mails from files and say what they are. A .txt or .html file is a body, every other file a "
            "whole mail. With --json one line of JSON for each file, in the order given. A file that cannot be "
            "read counts as other; why is told on the error output."
        ),
    )
    parse.add_argument("files", nargs="+", metavar="FILE")
    parse.set_defaults(act=_parse)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _parse(args: argparse.Namespace) -> Result:
    if args.json:
        return Result(_lines(args.files), is_lines=True)
    columns = ("file", "kind", "sentiment", "recipients", "back on", "words")
    return Result(None, [table(columns, [_row(line) for line in _lines(args.files)])])


def _lines(files: list[str]) -> Iterator[dict[str, Any]]:
    for name in files:
        yield _line(name, _verdict(name))


def _line(name: str, verdict: Verdict) -> dict[str, Any]:
    return {
        "file": _printable(name),
        "kind": verdict.kind.value,
        "sentiment": verdict.sentiment.value if verdict.sentiment else None,
        "recipients": [
            {"address": one.address, "hard": one.hard, "reason": one.reason.value, "status": one.status}
            for one in verdict.recipients
        ],
        "reply_text": verdict.reply_text,
        "returns_on": verdict.returns_on.isoformat() if verdict.returns_on else None,
        "message_ids": list(verdict.message_ids),
    }


def _row(line: dict[str, Any]) -> tuple[object, ...]:
    recipients = [
        f"{one['address']} ({'hard' if one['hard'] else 'soft'}, {one['reason']})"
        for one in line["recipients"]
    ]
    words = " ".join(line["reply_text"].split())
    brief = words if len(words) <= _BRIEF else f"{words[: _BRIEF - 1]}…"
    return line["file"], line["kind"], line["sentiment"], "\n".join(recipients), line["returns_on"], brief


def _verdict(name: str) -> Verdict:
    try:
        return classify(_mail(Path(name)))
    except Exception as fault:  # one bad file must not keep the others from being told
        why = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
        print(harmless(f"{_printable(name)}: {why}"), file=sys.stderr)
        return _NOTHING


def _mail(path: Path) -> Mail:
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(0, "not a file", str(path))
    with path.open("rb") as file:
        raw = file.read(MAX_RAW)
    if not raw.strip():
        raise OSError(0, "empty", str(path))
    suffix = path.suffix.lower()
    if suffix in HTML:
        return Mail(html=_decoded(raw))
    mail = Mail(text=_decoded(raw)) if suffix in TEXT else read_mail(raw)
    if not mail.headers and b"\0" in raw and not raw.startswith(_UTF_16):
        raise OSError(0, "neither a mail nor a text", str(path))
    return mail


def _decoded(raw: bytes) -> str:
    """Return a body as text: UTF-8, or UTF-16 where its mark says so, else Latin-1; line ends as LF."""
    named = "utf-16" if raw.startswith(_UTF_16) else "utf-8-sig"
    try:
        text = raw.decode(named)
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _printable(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
