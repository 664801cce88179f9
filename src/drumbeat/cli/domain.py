"""`drumbeat domain`: the domains that senders send from, their DNS, and DKIM."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from drumbeat.actions import domains, link_hosts
from drumbeat.actions.domains import Domain
from drumbeat.cli import acting
from drumbeat.cli.result import ExitCode, Result, table
from drumbeat.core.domain_records import Mark


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", help="show the domains and how each stands").set_defaults(act=_list)
    for name, act, text in (
        ("check", _check, "ask the DNS for MX, SPF, DKIM and DMARC; say what to add"),
        ("key", _key, "make the key that will sign, and say what to publish"),
        ("sign", _sign, "sign from now on, once the key is published"),
        ("stop-signing", _stop, "sign no more"),
        ("prove-links", _prove_links, "ask whether the host of its links leads here, and use it"),
    ):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("domain")
        verb.set_defaults(act=act)
    links = verbs.add_parser("links", help="choose the host under which its tracked links lead")
    links.add_argument("domain")
    links.add_argument(
        "host", help="a name below the domain, for example links.example.com; none to have no own"
    )
    links.set_defaults(act=_links)


def run(args: argparse.Namespace) -> Result:
    result: Result = args.act(args)
    return result


def _list(args: argparse.Namespace) -> Result:
    found = domains.listed(acting.owner(args))
    rows = [
        (d.domain, d.senders, "yes" if d.signs else "no", d.mark or "not yet", d.checked_at or "never")
        for d in found
    ]
    return Result(
        [_data(each) for each in found], [table(("domain", "senders#", "signs", "state", "checked"), rows)]
    )


def _data(domain: Domain) -> dict[str, object]:
    return {**asdict(domain), "mark": domain.mark}


def _check(args: argparse.Namespace) -> Result:
    checked = domains.check(acting.owner(args), args.domain, acting.now())
    lines = [f"{checked.domain}:"]
    for each in checked.found:
        lines.append(f"  {each['what'].upper():<6}{each['mark']:<9}{each['text']}")
        lines += [f"        Add at {each['name']}: {each['add']}"] if each["add"] else []
    failing = checked.mark in (Mark.WRONG, Mark.MISSING)
    return Result(_data(checked), lines, ExitCode.REFUSED if failing else ExitCode.OK)


def _key(args: argparse.Namespace) -> Result:
    made = domains.make_key(acting.owner(args), args.domain, acting.now())
    lines = [
        f"Publish this TXT record at {made.name}:",
        made.record,
        f"Then: drumbeat domain sign {made.domain}",
    ]
    return Result(_data(made), lines)


def _sign(args: argparse.Namespace) -> Result:
    signing = domains.sign(acting.owner(args), args.domain, acting.now())
    return Result(_data(signing), [f"Mail of {signing.domain} is signed from now on."])


def _stop(args: argparse.Namespace) -> Result:
    stopped = domains.stop_signing(acting.owner(args), args.domain, acting.now())
    return Result(_data(stopped), [f"Mail of {stopped.domain} is signed no more."])


def _links(args: argparse.Namespace) -> Result:
    host = "" if args.host == "none" else args.host
    chosen = link_hosts.choose(acting.owner(args), args.domain, host, acting.now())
    if not chosen.link_host:
        return Result(_data(chosen), [f"Links of {chosen.domain} lead by the address of drumbeat."])
    lines = [
        "Publish these records:",
        *(f"  {each.kind:<6}{each.name}  {each.value}" for each in chosen.link_records),
        f"Let your proxy have a certificate for {chosen.link_host}. "
        f"Then: drumbeat domain prove-links {chosen.domain}",
    ]
    return Result(_data(chosen), lines)


def _prove_links(args: argparse.Namespace) -> Result:
    proven = link_hosts.prove(acting.owner(args), args.domain, acting.now())
    return Result(
        _data(proven), [f"Tracked links of {proven.domain} lead by {proven.link_host} from now on."]
    )
