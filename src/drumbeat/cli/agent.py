"""`drumbeat agent`: who writes when no person does."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import Any

from drumbeat.actions import agents
from drumbeat.cli import acting
from drumbeat.cli.result import Result, table
from drumbeat.core.errors import DomainError
from drumbeat.core.personas import ActionKind, Autonomy, Policy, Tone
from drumbeat.models import Agent


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", help="show the agents and what each has written today").set_defaults(act=_list)
    add = verbs.add_parser("add", help="make an agent; the first one is the default")
    add.add_argument("name", metavar="NAME")
    _values(add)
    add.set_defaults(act=_add)
    change = verbs.add_parser("set", help="change an agent; what is not named stays")
    change.add_argument("agent", metavar="NAME|ID")
    change.add_argument("--name", help="what it is called from now on")
    _values(change)
    change.add_argument("--default", action="store_true", help="let it write where a sequence names none")
    change.set_defaults(act=_set)
    remove = verbs.add_parser("remove", help="remove an agent; where it was named the default writes")
    remove.add_argument("agent", metavar="NAME|ID")
    remove.set_defaults(act=_remove)


def _values(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--persona", metavar="TEXT", help="who it is, and how it writes")
    parser.add_argument("--tone", choices=list(Tone))
    parser.add_argument("--language", metavar="CODE", help='such as de; "" for the contact\'s own')
    parser.add_argument(
        "--fact", dest="facts", metavar="TEXT", action="append", help="something it may state; repeat it"
    )
    parser.add_argument("--banned", metavar="WORD", action="append", help="a word it must not use; repeat it")
    parser.add_argument(
        "--link", dest="links", metavar="URL", action="append", help="where it may link to; repeat it"
    )
    parser.add_argument("--autonomy", choices=list(Autonomy), help="assisted: a person sees everything")
    parser.add_argument(
        "--policy",
        dest="policies",
        metavar="KIND=POLICY",
        action="append",
        help=f"of {', '.join(ActionKind)}: {', '.join(Policy)}; for controlled; repeat it",
    )
    parser.add_argument("--warm-up", type=int, metavar="N", help="drafts of each kind that people see first")
    parser.add_argument("--drafts-per-day", metavar="N", help="a number, or none")
    parser.add_argument("--cost-per-day", metavar="AMOUNT", help="an amount such as 12.50, or none")


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


_NAMED = ("name", "persona", "tone", "language", "facts", "banned", "links", "autonomy", "warm_up")


def _told(args: argparse.Namespace) -> dict[str, Any]:
    """Return what the command names, as the verbs take it."""
    told = {name: value for name in _NAMED if (value := getattr(args, name)) is not None}
    if args.policies is not None:
        told["policies"] = dict(map(_policy, args.policies))
    if args.drafts_per_day is not None:
        told["drafts_per_day"] = None if args.drafts_per_day == "none" else _whole(args.drafts_per_day)
    if args.cost_per_day is not None:
        told["cost_per_day"] = None if args.cost_per_day == "none" else args.cost_per_day
    return told


def _policy(text: str) -> tuple[str, str]:
    kind, _, policy = text.partition("=")
    return kind, policy


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError as fault:
        raise DomainError("agent_invalid", f"--drafts-per-day takes a number or none, not {text}.") from fault


def _list(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    rows = list(agents.rows_of(member).order_by("id"))
    work = agents.work_of(member, rows, now)
    data = [
        {
            **_shown(row),
            "drafts_today": work[row.pk].today.drafts,
            "cost_today": _cost(work[row.pk].today.cost),
            "waiting": work[row.pk].waiting,
        }
        for row in rows
    ]
    lines = [
        (
            row.pk,
            row.name + (" (default)" if row.is_default else ""),
            row.autonomy,
            work[row.pk].today.drafts,
            _cost(work[row.pk].today.cost) or "unknown",
            work[row.pk].waiting,
        )
        for row in rows
    ]
    heads = ("id#", "agent", "autonomy", "drafts today#", "cost today", "waiting#")
    return Result(data, [table(heads, lines)])


def _cost(cost: Decimal | None) -> str | None:
    return None if cost is None else agents.amount(cost)


def _shown(row: Agent) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in agents.FIELDS}
    return {"id": row.pk, "is_default": row.is_default, **values, "cost_per_day": _cost(row.cost_per_day)}


def _add(args: argparse.Namespace) -> Result:
    agent = agents.add(acting.owner(args), _told(args), acting.now())
    default = " It writes wherever a sequence names none." if agent.is_default else ""
    return Result(_shown(agent), [f"{agent.name} can write.{default}"])


def _set(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    agent = agents.change(member, agents.find(member, args.agent).pk, _told(args), acting.now())
    if args.default:
        agent = agents.make_default(member, agent.pk, acting.now())
    return Result(_shown(agent), [f"{agent.name} is changed; it counts from the next draft on."])


def _remove(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    agent = agents.find(member, args.agent)
    agents.remove(member, agent.pk, acting.now())
    return Result({"id": agent.pk}, [f"{agent.name} is removed."])
