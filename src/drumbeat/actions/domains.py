"""The domains that senders send from: checked against the DNS, signed for (DKIM) once their key is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from drumbeat.actions import access, audit
from drumbeat.channels.dns import lookup as ask_dns
from drumbeat.channels.email.dkim import Signer
from drumbeat.core.domain_records import DkimKey, Found, Lookup, Mark, dns_name, examine, worst
from drumbeat.core.errors import DomainError
from drumbeat.core.link_hosts import Needed, needed
from drumbeat.environment import environment
from drumbeat.models import MAILBOXES, Member, SenderProfile, SendingDomain
from drumbeat.store.link_hosts import proof_of
from drumbeat.store.secrets import decrypt, encrypt

_LABELS_OF_AN_ORGANIZATION = 2


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain as people see it. `record` is to be published at `name`, both "" while there is no key.

    `link_host` carries the tracked links since `link_host_proven_at`; `link_records` are what proves it.
    """

    domain: str
    senders: int
    signs: bool
    name: str = ""
    record: str = ""
    found: Sequence[dict[str, Any]] = ()
    checked_at: datetime | None = None
    link_host: str = ""
    link_host_proven_at: datetime | None = None
    link_records: Sequence[Needed] = ()

    @property
    def mark(self) -> str:
        """Say how it stands, "" before the first check."""
        return worst(Found(**each) for each in self.found).value if self.found else ""


def listed(member: Member) -> list[Domain]:
    """Return the domains of the workspace's senders, by name, and those that were signed for once."""
    access.require(member, "senders.view")
    counts: dict[str, int] = {}
    rows = access.visible_to(member, SenderProfile).filter(kind__in=MAILBOXES)
    for address in rows.values_list("address", flat=True):
        counts[dns_name(address)] = counts.get(dns_name(address), 0) + 1
    stored = {row.domain: row for row in access.visible_to(member, SendingDomain)}
    return [
        _shown(name, counts.get(name, 0), stored.get(name)) for name in sorted(counts.keys() | stored.keys())
    ]


def _shown(name: str, senders: int, row: SendingDomain | None) -> Domain:
    if row is None:
        return Domain(name, senders, signs=False)
    signer = _signer(row)
    return Domain(
        name,
        senders,
        row.signs,
        signer.name if signer else "",
        signer.record if signer else "",
        row.found,
        row.checked_at,
        row.link_host,
        row.link_host_proven_at,
        _link_records(row),
    )


def _link_records(row: SendingDomain) -> Sequence[Needed]:
    public_host = urlsplit(environment().public_url).hostname or ""
    return (
        needed(row.link_host, public_host, proof_of(row.workspace_id, row.link_host)) if row.link_host else ()
    )


def _signer(row: SendingDomain) -> Signer | None:
    if not row.key_encrypted:
        return None
    return Signer.load(row.domain, row.selector, decrypt(bytes(row.key_encrypted)))


def get(member: Member, domain: str) -> Domain:
    """Return one domain; DomainError `not_found` where no sender sends from it."""
    wanted = dns_name(domain)
    found = next((each for each in listed(member) if each.domain == wanted), None)
    if found is None:
        known = ", ".join(each.domain for each in listed(member)[:10])
        raise DomainError("not_found", f"No sender sends from {wanted}. There are: {known or 'none'}.")
    return found


def check(member: Member, domain: str, now: datetime, lookup: Lookup = ask_dns) -> Domain:
    """Ask the DNS how the domain stands, and remember it. It takes some seconds."""
    access.require(member, "senders.edit")
    shown = get(member, domain)
    found = _examined(shown, lookup)
    row_of(member, shown.domain, now)
    _rows(member, shown.domain).update(found=[asdict(each) for each in found], checked_at=now)
    return get(member, domain)


def _examined(shown: Domain, lookup: Lookup) -> list[Found]:
    key = DkimKey(shown.name, shown.record) if shown.record else None
    labels = shown.domain.split(".")
    above = ".".join(labels[-_LABELS_OF_AN_ORGANIZATION:])
    return examine(shown.domain, key, lookup, organization=above)


def make_key(member: Member, domain: str, now: datetime) -> Domain:
    """Make the key that will sign for the domain, once. Publish its record, then `sign`."""
    access.require(member, "senders.edit")
    shown = get(member, domain)
    with transaction.atomic():
        row = row_of(member, shown.domain, now)
        if not row.key_encrypted:
            signer = Signer.make(shown.domain, f"drumbeat{now:%Y%m}")
            row.selector, row.key_encrypted = signer.selector, encrypt(signer.pem)
            row.save(update_fields=["selector", "key_encrypted"])
            _record(member, "domain.key", row, now)
    return get(member, domain)


def sign(member: Member, domain: str, now: datetime, lookup: Lookup = ask_dns) -> Domain:
    """Sign from now on. DomainError `dkim_not_published` while the DNS does not hold the key: mail would be refused."""
    access.require(member, "senders.edit")
    shown = check(member, make_key(member, domain, now).domain, now, lookup)
    state = next(each for each in shown.found if each["what"] == "dkim")
    if state["mark"] != Mark.OK:
        raise DomainError(
            "dkim_not_published",
            f"{state['text']} Publish it as TXT at {shown.name}: {shown.record}",
            {"dkim": str(state["mark"])},
        )
    return _switched(member, shown.domain, now, signs=True)


def stop_signing(member: Member, domain: str, now: datetime) -> Domain:
    """Sign no more; the key is kept."""
    access.require(member, "senders.edit")
    return _switched(member, get(member, domain).domain, now, signs=False)


def _switched(member: Member, domain: str, now: datetime, *, signs: bool) -> Domain:
    with transaction.atomic():
        row = row_of(member, domain, now)
        _rows(member, domain).update(signs=signs)
        _record(member, "domain.sign" if signs else "domain.stop_signing", row, now)
    return get(member, domain)


def _rows(member: Member, domain: str) -> Any:
    return access.visible_to(member, SendingDomain).filter(domain=domain)


def row_of(member: Member, domain: str, now: datetime) -> SendingDomain:
    """Return the row of one of the workspace's domains, made where there is none."""
    row, _ = SendingDomain.objects.get_or_create(
        workspace_id=member.workspace_id, domain=domain, defaults={"created_at": now}
    )
    return row


def _record(member: Member, act: str, row: SendingDomain, now: datetime) -> None:
    audit.record(member, act, now, object_kind="domain", object_id=row.pk, name=row.domain)
