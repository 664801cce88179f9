"""`drumbeat enrollment`: list, show, explain, pause, resume, stop, approve, reject, resolve."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from rich.console import RenderableType
from rich.text import Text

from drumbeat.actions import sequences
from drumbeat.actions.enrollments import explaining, interrupted, showing
from drumbeat.actions.enrollments import listing as enrollment_list
from drumbeat.actions.enrollments import verbs as enrollment_verbs
from drumbeat.actions.enrollments.verbs import VerbAnswer
from drumbeat.cli import acting
from drumbeat.cli.result import ExitCode, Result, table
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.touch import Resolution

_VERBS = {
    VerbKind.PAUSE: "hold it; dates stay",
    VerbKind.RESUME: "let it go on; retries what blocked it",
    VerbKind.STOP: "finish it for good",
    VerbKind.APPROVE: "let one that waits for review start",
    VerbKind.REJECT: "finish one that waits for review",
}
_REFUSALS = {
    "not_found": "not in this workspace",
    "enrollment_finished": "it is finished",
    "already_paused": "it is paused already",
    "not_paused": "it is not paused",
    "review_pending": "it waits for review: approve or reject it",
    "not_in_review": "it does not wait for review",
    "interrupted": "say first whether the message arrived",
    "not_in_doubt": "nothing of it is in doubt",
}
_RESOLUTIONS = {resolution.value.replace("_", "-"): resolution for resolution in Resolution}


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, act, text in (
        ("show", _show, "what it did and what it would do next"),
        ("why", _why, "why it stands where it stands"),
    ):
        look = verbs.add_parser(name, help=text)
        look.add_argument("ids", nargs="+", type=int, metavar="ID")
        look.set_defaults(act=act)
    for kind, text in _VERBS.items():
        verb = verbs.add_parser(kind.value, help=text)
        verb.add_argument("ids", nargs="*", type=int, metavar="ID")
        verb.add_argument("--sequence", metavar="ID", help="all unfinished enrollments of this sequence")
        if kind is VerbKind.RESUME:
            verb.add_argument(
                "--shift", action="store_true", help="move the dates by the length of the pause"
            )
        verb.set_defaults(act=_apply, kind=kind, parser=verb)
    _list_arguments(verbs.add_parser("list", help="which there are, newest first"))
    _resolve_arguments(verbs.add_parser("resolve", help="say what became of a message in doubt"))


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--state", choices=[state.value for state in EnrollmentState])
    parser.add_argument("--reason", default="", metavar="WORD", help="why it is paused, blocked or finished")
    parser.add_argument("--sequence", metavar="ID", help="those of this sequence")
    parser.add_argument(
        "--limit", type=int, default=enrollment_list.MOST, metavar="N", help="default: %(default)s"
    )
    parser.set_defaults(act=_list)


def _resolve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", type=int, metavar="ID")
    parser.add_argument(
        "resolution",
        choices=list(_RESOLUTIONS),
        help="it arrived: go on; send it again with the same Message-ID; skip the step and go on",
    )
    parser.add_argument("--sequence", metavar="ID", help="every doubt in this sequence")
    parser.set_defaults(act=_resolve, parser=parser)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _apply(args: argparse.Namespace) -> Result:
    if bool(args.ids) == bool(args.sequence):
        args.parser.error("give either IDs or --sequence ID")
    member, now = acting.owner(args), acting.now()
    verb = Verb(kind=args.kind, shift=getattr(args, "shift", False))
    if args.sequence:
        sequence = sequences.find(member, args.sequence)
        answers = enrollment_verbs.apply_to_sequence(member, sequence.pk, verb, now)
    else:
        answers = enrollment_verbs.apply(member, args.ids, verb, now)
    data = [
        {
            "id": a.id,
            "done": a.done,
            "state": a.state,
            "reason": a.reason,
            "code": a.code,
            "handed_over": a.handed_over,
            "not_sent": a.not_sent,
        }
        for a in answers
    ]
    failed = not args.sequence and any(not answer.done for answer in answers)
    return Result(data, [_told(answers)], ExitCode.REFUSED if failed else ExitCode.OK)


def _resolve(args: argparse.Namespace) -> Result:
    if bool(args.ids) == bool(args.sequence):
        args.parser.error("give either IDs or --sequence ID")
    member, now = acting.owner(args), acting.now()
    resolution = _RESOLUTIONS[args.resolution]
    if args.sequence:
        sequence = sequences.find(member, args.sequence)
        answers = interrupted.resolve_sequence(member, sequence.pk, resolution, now)
    else:
        answers = interrupted.resolve(member, args.ids, resolution, now)
    rows = [
        (a.id, a.state, a.reason, _REFUSALS.get(a.code, a.code) or f"resolved: {', '.join(a.steps)}")
        for a in answers
    ]
    shown = table(("id#", "state", "reason", "note"), rows) if rows else "Nothing is in doubt."
    data = [{**asdict(answer), "done": answer.done} for answer in answers]
    refused = any(not answer.done for answer in answers)
    return Result(data, [shown], ExitCode.REFUSED if refused else ExitCode.OK)


def _list(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    found, count = enrollment_list.find(
        member,
        state=args.state or "",
        reason=args.reason,
        sequence_id=sequences.find(member, args.sequence).pk if args.sequence else None,
        limit=args.limit,
    )
    rows = [(o.id, o.contact, o.sequence, o.label, o.step, _moment(o.next_step_at)) for o in found]
    shown: list[RenderableType] = [
        table(("id#", "contact", "sequence", "state", "step", "next look (UTC)"), rows)
        if rows
        else "No such enrollment."
    ]
    if count > len(found):
        shown.append(f"The newest {len(found)} of {count}; more: --limit {count}")
    return Result([asdict(one) for one in found], shown)


def _told(answers: Sequence[VerbAnswer]) -> RenderableType:
    lines = []
    for answer in answers:
        notes = [_REFUSALS.get(answer.code, answer.code)] if answer.code else []
        if answer.handed_over:
            notes.append(f"already handed over and not recalled: {', '.join(answer.handed_over)}")
        if answer.not_sent:
            notes.append(f"not sent: {', '.join(answer.not_sent)}")
        lines.append((answer.id, answer.state, answer.reason, "; ".join(notes)))
    return table(("id#", "state", "reason", "note"), lines) if lines else "No unfinished enrollment."


def _why(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    answers = [explaining.why(member, id_, now) for id_ in args.ids]
    shown: list[RenderableType] = []
    for answer in answers:
        rows = [(_moment(line.at), line.sentence, ", ".join(line.read)) for line in answer.lines]
        shown.append(Text(f"Enrollment {answer.id}", style="bold"))
        shown.append(table(("when (UTC)", "what", "read"), rows))
        shown.append(
            f"Now: {answer.state_now}" + (f" Next: {_moment(answer.next_at)} UTC." if answer.next_at else "")
        )
        shown += [f"  {text}" for text in answer.can_do]
    return Result([asdict(answer) for answer in answers], shown)


def _show(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    views = [showing.show(member, id_, now) for id_ in args.ids]
    shown: list[RenderableType] = []
    for view in views:
        about = f": {view.contact} in {view.sequence!r} (version {view.version}), {view.label}"
        shown.append(Text.assemble((f"Enrollment {view.id}", "bold"), about))
        shown.append(_timeline(view))
    return Result([asdict(view) for view in views], shown)


def _timeline(view: showing.EnrollmentView) -> RenderableType:
    rows = [
        (
            item.position,
            item.step,
            item.kind,
            item.delay,
            item.status,
            _moment(item.executed_at or item.estimated_execute_at),
            ", ".join(filter(None, (item.reason, "overdue" if item.overdue else "", *_seen(item)))),
        )
        for item in view.timeline
    ]
    return table(("pos#", "step", "kind", "delay", "status", "when (UTC)", "note"), rows)


def _seen(item: showing.Item) -> list[str]:
    by = {"human": "", "machine": " by a machine"}
    return [f"{one.word}{by[one.visitor]} {_moment(one.at)}" for one in item.seen]


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}" if at else ""
