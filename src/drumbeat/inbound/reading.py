"""A stored mail, read and classified: all that its effects need, before any transaction opens."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from drumbeat.core.invites import Invite, read_invite
from drumbeat.core.mail import Mail, read_mail
from drumbeat.core.received_files import ReceivedFile, files_of
from drumbeat.core.replies import Verdict, classify
from drumbeat.inbound.match import Clues
from drumbeat.models import InboundMail

_ID_LIMIT = 400


@dataclass(frozen=True, slots=True)
class Read:
    """`external_id` names the mail for ever: its Message-ID, however often and by whatever way it arrives."""

    inbound_id: int
    received_at: datetime
    external_id: str
    mail: Mail
    verdict: Verdict
    clues: Clues
    invite: Invite | None = None
    files: tuple[ReceivedFile, ...] = ()
    source: str = ""


def read(row: InboundMail) -> Read:
    """Read a stored mail; a mail that breaks the reader raises what the reader raised."""
    raw = bytes(row.raw)
    mail = read_mail(raw)
    verdict = classify(mail)
    return Read(
        inbound_id=row.pk,
        received_at=row.received_at,
        external_id=_external_id(mail, raw),
        mail=mail,
        verdict=verdict,
        clues=_clues(row, mail, verdict),
        invite=read_invite(mail.calendar, mail.from_address),
        files=files_of(raw),
        source=row.source,
    )


def _external_id(mail: Mail, raw: bytes) -> str:
    if 0 < len(mail.message_id) <= _ID_LIMIT:
        return mail.message_id
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def _clues(row: InboundMail, mail: Mail, verdict: Verdict) -> Clues:
    """Collect what may carry our mark, the nearest first."""
    return Clues(
        recipients=(*map(str, row.envelope_to), *mail.to_addresses),
        message_ids=(*verdict.message_ids, mail.in_reply_to, *reversed(mail.references)),
        from_address=mail.from_address,
    )
