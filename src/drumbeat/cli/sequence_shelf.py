"""`drumbeat sequence template, templates, drop-template, tag, default`: what sequences and people begin with."""

from __future__ import annotations

import argparse
from typing import Any

from drumbeat.actions import sequences
from drumbeat.actions.sequences import default, own_templates, tags
from drumbeat.actions.sequences import settings as sequence_settings
from drumbeat.cli import acting, sequence_locks
from drumbeat.cli.result import Result, table
from drumbeat.core.errors import DomainError
from drumbeat.core.templates import TEMPLATES
from drumbeat.models import Member, SequenceTemplate


def add_verbs(verbs: Any) -> None:
    keep = verbs.add_parser("template", help="keep a sequence as a template of the workspace")
    keep.add_argument("sequence", metavar="ID")
    keep.add_argument("--name", default="", help="default: the sequence's")
    keep.set_defaults(act=_keep)
    verbs.add_parser("templates", help="show what sequences can begin with").set_defaults(act=_templates)
    drop = verbs.add_parser("drop-template", help="delete a template of the workspace")
    drop.add_argument("template", metavar="NAME|ID")
    drop.set_defaults(act=_drop)
    tag = verbs.add_parser("tag", help="show the tags of a sequence, or give it exactly these")
    tag.add_argument("sequence", metavar="ID")
    tag.add_argument("tags", metavar="TAG", nargs="*")
    tag.add_argument("--none", action="store_true", help="take all away")
    tag.set_defaults(act=_tag)
    chosen = verbs.add_parser("default", help="show the default sequence, choose another, or have none")
    chosen.add_argument("sequence", metavar="ID", nargs="?", help="new contacts begin in it")
    chosen.add_argument("--clear", action="store_true", help="have none")
    chosen.set_defaults(act=_default)


def _keep(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    sequence = sequences.find(member, args.sequence)
    row = own_templates.save(member, sequence.pk, acting.now(), name=args.name)
    said = f"Kept {sequence.name!r} as the template {row.name!r}."
    return Result({"id": row.pk, "name": row.name}, [said])


def _templates(args: argparse.Namespace) -> Result:
    own = [(row.name, "workspace", row.description) for row in own_templates.of(acting.owner(args))]
    rows = [*own, *((each.name, "drumbeat", each.description) for each in TEMPLATES.values())]
    data = [{"name": name, "of": whose, "description": text} for name, whose, text in rows]
    return Result(data, [table(("name", "of", "description"), rows)])


def template(member: Member, name_or_id: str) -> SequenceTemplate:
    """Return a template of the workspace; DomainError `template_unknown` that names those there are."""
    try:
        return own_templates.find(member, name_or_id)
    except DomainError:
        known = [*own_templates.of(member).values_list("name", flat=True), *TEMPLATES]
        raise DomainError(
            "template_unknown", f"No template is called {name_or_id!r}. Choose: {', '.join(known)}."
        ) from None


def _drop(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    row = template(member, args.template)
    name = row.name
    own_templates.remove(member, row.pk, acting.now())
    return Result({"name": name}, [f"Deleted the template {name!r}."])


def _tag(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    if args.tags or args.none:
        sequence = sequence_locks.to_change(args, member)
        sequence = sequence_settings.rename(member, sequence.pk, {"tags": args.tags}, acting.now())
    else:
        sequence = sequences.find(member, args.sequence)
    found = tags.of(sequence)
    return Result({"id": sequence.pk, "tags": found}, [", ".join(found) or "No tags."])


def _default(args: argparse.Namespace) -> Result:
    member, now = acting.owner(args), acting.now()
    if args.sequence:
        sequence = sequence_locks.to_change(args, member)
        default.choose(member, sequence.pk, now)
    elif args.clear:
        former = default.of(member.workspace_id)
        if former is not None:
            sequence_locks.unlock(args, member, former.pk)
        default.give_up(member, now)
    found = default.of(member.workspace_id)
    if found is None:
        return Result({"id": None, "name": None}, ["There is no default sequence."])
    said = f"{found.name!r} is the default: who is created without a sequence begins in it."
    return Result({"id": found.pk, "name": found.name}, [said])
