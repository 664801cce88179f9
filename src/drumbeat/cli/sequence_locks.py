"""`drumbeat sequence password`, and the password that every other verb gives which changes a guarded sequence.

It comes from `--password-file` or the environment, never from the command line, which other users of a machine see.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any

from drumbeat.actions import sequences
from drumbeat.actions.sequences import locks
from drumbeat.cli import acting
from drumbeat.cli.result import Result
from drumbeat.core.errors import DomainError
from drumbeat.environment import environment
from drumbeat.models import Member, Sequence


def add_option(parser: argparse.ArgumentParser) -> None:
    """Let every verb of `drumbeat sequence` be given the password of a guarded sequence."""
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help="holds the password of a guarded sequence; without it DRUMBEAT_SEQUENCE_PASSWORD",
    )


def add_verbs(verbs: Any) -> None:
    password = verbs.add_parser("password", help="guard every change of a sequence by a password")
    password.add_argument("sequence", metavar="ID")
    password.add_argument(
        "--new-file", type=Path, metavar="FILE", help="holds the new one; without it you are asked"
    )
    password.add_argument("--remove", action="store_true", help="take the password away")
    password.add_argument("--reset", action="store_true", help="do without the old one, as an admin")
    password.set_defaults(act=_password)


def to_change(args: argparse.Namespace, member: Member) -> Sequence:
    """Return the sequence that is meant, opened by the password that was given with the command."""
    sequence = sequences.find(member, args.sequence)
    unlock(args, member, sequence.pk)
    return sequence


def unlock(args: argparse.Namespace, member: Member, sequence_id: int) -> None:
    """Open the sequence where a password was given and it has one."""
    if given := _given(args):
        locks.unlock(member, sequence_id, given)


def _given(args: argparse.Namespace) -> str:
    if args.password_file is not None:
        return _first_line(args.password_file)
    return environment().sequence_password


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as fault:
        raise DomainError("file_unusable", f"{path} cannot be read: {fault.strerror}.") from None
    return lines[0] if lines else ""


def _password(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    sequence = sequences.find(member, args.sequence)
    new = None if args.remove else _new(args)
    locks.set_password(member, sequence.pk, new, now, old=_given(args), reset=args.reset)
    said = "no password any more" if new is None else "a password now"
    return Result({"id": sequence.pk, "guarded": new is not None}, [f"{sequence.name!r} has {said}."])


def _new(args: argparse.Namespace) -> str:
    if args.new_file is not None:
        return _first_line(args.new_file)
    if not sys.stdin.isatty():
        raise DomainError("file_unusable", "Give the new password with --new-file FILE.")
    return getpass.getpass("New password: ")
