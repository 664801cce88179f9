"""Calls about received mail that do not hold it whole: what of it is to be fetched, from the provider that called."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
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
    found: list[Lying | Passed] = []
    for one in said.get("events") or []:
        if one["event"] not in _RECEIVED:
            raise Unreadable(_EXCHANGED)
        if one.get("inbox_id") in (None, _SAMPLE_INBOX):
            continue
        about = {"inbox_id": one["inbox_id"], "message_id": str(one["message_id"])}
        found.append(
            Lying(what=What.MAILTRAP, external_id=f"{about['inbox_id']}/{about['message_id']}", about=about)
        )
    return found


def in_brevo(said: Mapping[str, Any]) -> list[Lying | Passed]:
    """Brevo tells of mails whole, but for what is attached to them. One that cannot be read takes no other along."""
    if "items" not in said:
        raise Unreadable(_EXCHANGED)
    if len(said["items"]) > MOST_EVENTS:
        raise Unreadable(f"It tells of more than {MOST_EVENTS:,} mails.")
    found: list[Lying | Passed] = []
    odd, why = 0, ""
    for item in said["items"]:
        try:
            found.append(_brevo(item))
        except Exception as fault:  # whatever a stranger wrote into a mail; what it is the log says
            odd, why = odd + 1, why or f"{type(fault).__name__}: {fault}"
    if odd:
        log.warning("%s mails in a call of Brevo cannot be read, the first: %s", odd, why)
        raise Unreadable(f"{odd} of its {odd + len(found)} mails have another form.", found)
    return found


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
