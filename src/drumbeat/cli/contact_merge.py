"""`drumbeat contact merge, duplicates, data, erase`: two contacts that are one person; one that wants to be none."""

from __future__ import annotations

import argparse
import json
from typing import Any

from drumbeat.actions import contacts
from drumbeat.actions.contacts import duplicates, erasing, merging
from drumbeat.cli import acting
from drumbeat.cli.result import Result, table
from drumbeat.core.errors import DomainError
from drumbeat.core.merging import OTHER


def add_verbs(verbs: Any) -> None:
    alike = verbs.add_parser("duplicates", help="show who may be the same person")
    alike.add_argument("email")
    alike.set_defaults(act=_duplicates)
    merge = verbs.add_parser("merge", help="make one contact part of another; it cannot be undone")
    merge.add_argument("survivor", metavar="EMAIL", help="keeps its id and its values")
    merge.add_argument("other", metavar="OTHER", help="fills gaps and is no more afterwards")
    merge.add_argument(
        "--take", action="append", default=[], metavar="FIELD", help="take the other's value; repeatable"
    )
    merge.add_argument("--preview", action="store_true", help="say what would happen, change nothing")
    merge.set_defaults(act=_merge)
    data = verbs.add_parser("data", help="print everything that is kept about a contact, as JSON")
    data.add_argument("email")
    data.set_defaults(act=_data)
    erase = verbs.add_parser("erase", help="erase a contact everywhere; it cannot be undone")
    erase.add_argument("email")
    erase.add_argument("--yes", action="store_true", help="do it; without it nothing happens")
    erase.add_argument(
        "--allow-contact", action="store_true", help="do not put the addresses on the suppression list"
    )
    erase.set_defaults(act=_erase)


def _duplicates(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    found = duplicates.of(member, contacts.find(member, args.email).pk)
    rows = [
        (one.contact.pk, one.contact.email or one.contact.phone, one.contact.company, one.alike.value)
        for one in found
    ]
    data = [{"id": id_, "address": address, "alike": alike} for id_, address, _, alike in rows]
    return Result(data, [table(("id#", "address", "company", "alike"), rows)])


def _merge(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    survivor, other = contacts.find(member, args.survivor), contacts.find(member, args.other)
    chosen = dict.fromkeys(args.take, OTHER)
    seen = merging.foresee(member, survivor.pk, other.pk, chosen)
    values = {one.field: one.value for one in seen.fields if one.value}
    ending = [one.id for one in seen.enrollments if one.ends]
    data: dict[str, Any] = {"id": survivor.pk, "values": values, "ending": ending}
    rows = [
        (one.field, one.survivor, one.other, one.value) for one in seen.fields if one.survivor or one.other
    ]
    shown: list[Any] = [table(("field", "survivor", "other", "becomes"), rows)]
    if ending:
        shown.append(f"Enrollments that end: {', '.join(map(str, ending))}.")
    if args.preview:
        return Result(data, [*shown, "Nothing was changed. Merging cannot be undone."])
    merging.merge(member, survivor.pk, other.pk, acting.now(), chosen=chosen)
    return Result(data, [*shown, f"Merged {args.other} into contact {survivor.pk}."])


def _data(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    found = erasing.data(member, contacts.find(member, args.email).pk)
    return Result(found, [json.dumps(found, ensure_ascii=False, indent=2, default=str)])


def _erase(args: argparse.Namespace) -> Result:
    member = acting.owner(args)
    contact = contacts.find(member, args.email)
    if not args.yes:
        raise DomainError(
            "confirmation_missing", f"This erases contact {contact.pk} for good. Add --yes to do it."
        )
    erasing.erase(member, contact.pk, contact.email, acting.now(), suppress=not args.allow_contact)
    return Result({"id": contact.pk}, [f"Erased contact {contact.pk}."])
