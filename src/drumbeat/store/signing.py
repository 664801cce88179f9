"""Who signs a sender's mail: the key of its domain, where the workspace signs for it."""

from __future__ import annotations

from drumbeat.channels.email.dkim import Signer
from drumbeat.core.domain_records import dns_name
from drumbeat.models import SenderProfile, SendingDomain
from drumbeat.store.secrets import decrypt


def signer_of(sender: SenderProfile) -> Signer | None:
    """Return who signs what this sender sends, None where nobody does."""
    rows = SendingDomain.objects.filter(
        workspace_id=sender.workspace_id, domain=dns_name(sender.address), signs=True
    )
    row = rows.exclude(key_encrypted=None).first()
    if row is None:
        return None
    return Signer.load(row.domain, row.selector, decrypt(bytes(row.key_encrypted or b"")))
