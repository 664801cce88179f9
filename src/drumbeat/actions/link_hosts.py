"""The host under which a domain's tracked links lead: chosen, proven by the DNS and a call, used from then on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from drumbeat.actions import access, audit, domains
from drumbeat.actions.domains import Domain
from drumbeat.channels.dns import lookup as ask_dns
from drumbeat.core import link_hosts
from drumbeat.core.domain_records import Lookup
from drumbeat.core.errors import DomainError
from drumbeat.environment import environment
from drumbeat.models import Member, SendingDomain
from drumbeat.store.link_hosts import own_mark, proof_of, said_at

Reach = Callable[[str], str]
"""Returns what the host of an https address says at the well-known path. Raises OSError with the cause."""


def choose(member: Member, domain: str, typed: str, now: datetime) -> Domain:
    """Choose a host below the domain, or none with "". Until it is proven links lead as before.

    DomainErrors `link_host_invalid`, `public_url_missing`.
    """
    access.require(member, "senders.edit")
    name = domains.get(member, domain).domain
    host = link_hosts.host_of(typed) if typed.strip() else ""
    if host and (wrong := link_hosts.problem_of(host, name, _public_host())):
        raise DomainError("link_host_invalid", wrong, {"host": wrong})
    with transaction.atomic():
        row = domains.row_of(member, name, now)
        before = row.link_host
        if host != before:
            row.link_host, row.link_host_proven_at = host, None
            row.save(update_fields=["link_host", "link_host_proven_at"])
            _record(member, "domain.link_host", row, {"host": before}, {"host": host}, now)
    return domains.get(member, name)


def prove(
    member: Member, domain: str, now: datetime, lookup: Lookup = ask_dns, reach: Reach | None = None
) -> Domain:
    """Ask the DNS and the host itself, and use the host from now on. It takes some seconds.

    DomainError `link_host_not_proven` says what is missing; a host that was proven and is no more is used no more.
    """
    access.require(member, "senders.edit")
    shown = domains.get(member, domain)
    if not shown.link_host:
        raise DomainError("link_host_not_proven", "Choose a host first.")
    wrong = link_hosts.unproven(
        shown.link_host, proof_of(member.workspace_id, shown.link_host), lookup
    ) or _unreachable(shown.link_host, reach or said_at)
    with transaction.atomic():
        row = domains.row_of(member, shown.domain, now)
        changed = row.link_host == shown.link_host and (row.link_host_proven_at is None) == (not wrong)
        if changed:
            row.link_host_proven_at = None if wrong else now
            row.save(update_fields=["link_host_proven_at"])
            used = {"host": row.link_host, "used": not wrong}
            _record(member, "domain.link_host", row, {}, used, now)
    if wrong:
        raise DomainError("link_host_not_proven", wrong, {"host": wrong})
    return domains.get(member, domain)


def _unreachable(host: str, reach: Reach) -> str:
    try:
        said = reach(f"https://{host}{link_hosts.PATH}")
    except OSError:
        return f"https://{host} cannot be opened: it does not answer, or has no certificate for this name."
    return "" if said.strip() == own_mark() else f"https://{host} does not lead to this drumbeat."


def _public_host() -> str:
    host = urlsplit(environment().public_url).hostname
    if not host:
        raise DomainError(
            "public_url_missing",
            "Set DRUMBEAT_PUBLIC_URL first: nobody outside can open a link to this machine as it is.",
        )
    return host


def _record(
    member: Member,
    act: str,
    row: SendingDomain,
    before: dict[str, object],
    after: dict[str, object],
    now: datetime,
) -> None:
    audit.record(
        member, act, now, object_kind="domain", object_id=row.pk, name=row.domain, before=before, after=after
    )
