"""The doorstep: whom we take mail for, and the row in which a mail is kept before it is acknowledged."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from drumbeat.models import InboundMail, SenderProfile
from drumbeat.store import evidence
from drumbeat.store.evidence import storable

ADDRESS_LIMIT = 320


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail with its envelope, as it came over the wire. The null return path is ""."""

    source: str
    envelope_from: str
    envelope_to: tuple[str, ...]
    raw: bytes

    @property
    def external_id(self) -> str:
        """The same for every delivery of the same mail to the same recipients."""
        envelope = "\0".join((self.envelope_from, *sorted(self.envelope_to)))
        return hashlib.sha256(envelope.encode() + b"\0\0" + self.raw).hexdigest()


def plain(address: str) -> str:
    """Return an envelope address as it is stored; odd bytes, which aiosmtpd keeps, are replaced."""
    text = address.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "" if text == "<>" else storable(text, ADDRESS_LIMIT)


def takes(recipient: str) -> bool:
    """Say whether the recipient's domain is that of a sender profile, or of where its replies go.

    Any local part is taken: tokens, other people of the company, postmaster. Disabled senders count as well,
    because bounces of what they sent come late.
    """
    _, at, domain = recipient.rpartition("@")
    if not at or not domain:
        return False
    ours = Q(address__iendswith=f"@{domain}") | Q(reply_to__iendswith=f"@{domain}")
    return SenderProfile.objects.filter(ours).exists()


def keep(arrival: Arrival, now: datetime) -> bool:
    """Store the mail and commit; return False when it was stored before."""
    mail = InboundMail(
        source=arrival.source,
        external_id=arrival.external_id,
        envelope_from=arrival.envelope_from,
        envelope_to=list(arrival.envelope_to),
        raw=arrival.raw,
        received_at=now,
    )
    return evidence.add_mail(mail)
