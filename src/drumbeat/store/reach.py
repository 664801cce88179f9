"""Who can be reached on which channel: addresses, consent, suppression."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from drumbeat.core.addresses import base_email, base_phone, email_domain, normal_phone
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Channel
from drumbeat.core.touch import SkipReason
from drumbeat.store.suppressions import SuppressionRow, address_hash, suppressed

_OPT_OUTS = frozenset({"unsubscribe", "complaint", "stop"})


@dataclass(frozen=True, slots=True)
class Addresses:
    """A contact's addresses by channel, with the hash under which suppression knows each, and the mail domain.

    `missing`: the channels without one.
    """

    by_channel: Mapping[Channel, str]
    hashes: Mapping[Channel, str]
    domain_hash: str = ""
    missing: Mapping[Channel, SkipReason] = field(default_factory=dict)


@lru_cache(maxsize=16_384)  # a contact is asked for when it is looked at, planned for and claimed
def addresses_of(email: str, phone: str, whatsapp: str) -> Addresses:
    """Return what a contact can be reached at; a number serves SMS, voice and, without its own, WhatsApp."""
    base = base_email(email) if email else ""
    base_mail = address_hash(base)
    base_number = address_hash(base_phone(phone)) if phone else ""
    found = {Channel.EMAIL: (email, base_mail)}
    for channel in (Channel.SMS, Channel.VOICE, Channel.WHATSAPP):
        found[channel] = (phone, base_number)
    if number := _number(whatsapp):
        found[Channel.WHATSAPP] = (number, address_hash(base_phone(number)))
    return Addresses(
        {channel: address for channel, (address, _) in found.items() if address},
        {channel: hashed for channel, (_, hashed) in found.items() if hashed},
        address_hash(domain_form(email_domain(base))) if base else "",
        {channel: SkipReason.NO_ADDRESS for channel in Channel if not found[channel][0]},
    )


def _number(text: str) -> str:
    """Return a number in E.164 form, "" for what is none."""
    try:
        return normal_phone(text, None) if text else ""
    except DomainError:
        return ""


def domain_form(domain: str) -> str:
    """Return the form under which suppression knows a whole mail domain."""
    return f"@{domain}"


@dataclass(frozen=True, slots=True)
class Asked:
    """One contact as `unreachable` needs it."""

    sequence_id: int | None
    addresses: Addresses
    consent: Mapping[str, Any]


def unreachable(workspace_id: int, asked: Sequence[Asked]) -> list[Mapping[Channel, SkipReason]]:
    """Return for each of `asked`, in its order, the channels that cannot or must not reach it.

    Raises SuppressionUnavailable when the suppression store does not answer.
    """
    hashes = {hashed for one in asked for hashed in one.addresses.hashes.values()}
    hashes |= {one.addresses.domain_hash for one in asked}
    rows = suppressed(workspace_id, hashes)
    return [_blocked(one, rows) if rows or one.consent else one.addresses.missing for one in asked]


def _blocked(one: Asked, rows: Mapping[str, list[SuppressionRow]]) -> Mapping[Channel, SkipReason]:
    found = {**one.addresses.missing, **dict(_refused(one, rows))}
    return {channel: found[channel] for channel in Channel if channel in found}


def _refused(one: Asked, rows: Mapping[str, list[SuppressionRow]]) -> Iterable[tuple[Channel, SkipReason]]:
    for channel in one.addresses.by_channel:
        found = rows.get(one.addresses.hashes.get(channel, ""), [])
        if channel is Channel.EMAIL:
            found = [*found, *rows.get(one.addresses.domain_hash, [])]
        hits = [row for row in found if row.channel in ("", channel) and _in_scope(row, one.sequence_id)]
        if hits:
            opted_out = any(row.reason in _OPT_OUTS for row in hits)
            yield channel, SkipReason.OPTED_OUT if opted_out else SkipReason.SUPPRESSED
        elif one.consent.get(channel.value) is False:
            yield channel, SkipReason.NO_CONSENT


def _in_scope(row: SuppressionRow, sequence_id: int | None) -> bool:
    return row.scope in {"", f"sequence:{sequence_id}"}
