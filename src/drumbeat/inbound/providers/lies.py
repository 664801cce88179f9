"""Calls about received mail that do not hold it whole: what of it is to be fetched, from the provider that called."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from drumbeat.channels.esp.lying import brevo_mail, envelope_of
from drumbeat.core.provider_lying import Lying, What
from drumbeat.inbound.providers.called import MOST_EVENTS, Passed, Unreadable

log = logging.getLogger(__name__)

_EXCHANGED = "The events and the inbound address seem to be exchanged."
_RECEIVED = frozenset({"inbound.message_received", "inbound_message_received"})
_SAMPLE_INBOX = 1
_KEPT = ("Headers", "RawTextBody", "RawHtmlBody", "Attachments")


def in_resend(said: Mapping[str, Any]) -> list[Lying | Passed]:
    """Resend tells of a mail by its id alone."""
    if said.get("type") != "email.received":
        raise Unreadable(_EXCHANGED)
    email_id = (said.get("data") or {}).get("email_id")
    if not email_id:
        return []
    return [Lying(what=What.RESEND, external_id=str(email_id), about={"email_id": str(email_id)})]


def in_mailtrap(said: Mapping[str, Any]) -> list[Lying | Passed]:
    """Mailtrap tells of mails by inbox and id. Its own sample is of none."""
    return _each("Mailtrap", said.get("events") or [], _mailtrap)


def in_brevo(said: Mapping[str, Any]) -> list[Lying | Passed]:
    """Brevo tells of mails whole, but for what is attached to them."""
    if "items" not in said:
        raise Unreadable(_EXCHANGED)
    return _each("Brevo", said["items"], _brevo)


def _each(
    provider: str, items: Sequence[Any], read: Callable[[Any], Lying | Passed | None]
) -> list[Lying | Passed]:
    """Read the mails of a call. One that cannot be read takes no other along: `found` of Unreadable has the others."""
    if len(items) > MOST_EVENTS:
        raise Unreadable(f"It tells of more than {MOST_EVENTS:,} mails.")
    found: list[Lying | Passed] = []
    odd, why, told = 0, "", ""
    for item in items:
        try:
            one = read(item)
        except Unreadable as fault:
            odd, told = odd + 1, told or str(fault)
        except Exception as fault:  # whatever a stranger wrote into a mail; what it is the log says
            odd, why = odd + 1, why or f"{type(fault).__name__}: {fault}"
        else:
            found += [one] if one is not None else []
    if odd:
        log.warning("%s mails in a call of %s cannot be read, the first: %s", odd, provider, why or told)
        raise Unreadable(told or f"{odd} of its {len(items)} mails have another form.", found)
    return found


def _mailtrap(event: Mapping[str, Any]) -> Lying | None:
    if event["event"] not in _RECEIVED:
        raise Unreadable(_EXCHANGED)
    inbox_id = event.get("inbox_id")
    if inbox_id in (None, _SAMPLE_INBOX):
        return None
    about = {"inbox_id": _name(inbox_id), "message_id": str(_name(event["message_id"]))}
    return Lying(what=What.MAILTRAP, external_id=f"{about['inbox_id']}/{about['message_id']}", about=about)


def _name(value: object) -> int | str:
    """Return what a provider calls a thing by. Raises TypeError for what is no name."""
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        raise TypeError(f"{type(value).__name__} is no name")
    return value


def _brevo(item: Mapping[str, Any]) -> Lying | Passed:
    headers = item.get("Headers") or {}
    digest = hashlib.sha256(json.dumps(item, sort_keys=True).encode()).hexdigest()
    known = str(next(iter(item.get("Uuid") or []), "") or digest)
    sender, recipient = envelope_of(headers, "Return-Path"), envelope_of(headers, "Delivered-To")
    to = (recipient,) if recipient else ()
    if not item.get("Attachments"):
        return Passed(event_id=known, envelope_from=sender, envelope_to=to, raw=brevo_mail(item))
    about = {name: item.get(name) for name in _KEPT}
    return Lying(what=What.BREVO, external_id=known, about=about, envelope_from=sender, envelope_to=to)
