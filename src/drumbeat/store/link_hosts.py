"""Under which address the links of a sender's mails lead, and the marks by which a host proves that it may be one."""

from __future__ import annotations

from drumbeat.channels.esp.guarded import parts, session
from drumbeat.core.domain_records import dns_name
from drumbeat.environment import environment
from drumbeat.models import SenderProfile, SendingDomain
from drumbeat.store.marks import mark_of
from drumbeat.store.outgoing import DEFAULT_PUBLIC_URL

_SECONDS = 10.0
_LONGEST = 1_000


def base_of(sender: SenderProfile) -> str:
    """Return the address below which tracked links of this sender's mails stand, without a slash at its end."""
    rows = SendingDomain.objects.filter(workspace_id=sender.workspace_id, domain=dns_name(sender.address))
    host = rows.exclude(link_host_proven_at=None).values_list("link_host", flat=True).first()
    return f"https://{host}" if host else (environment().public_url or DEFAULT_PUBLIC_URL).rstrip("/")


def proof_of(workspace_id: int, host: str) -> str:
    """Return what the DNS must say of the host for this workspace and no other."""
    return mark_of(workspace_id, f"link-host:{host}")


def own_mark() -> str:
    """Return the name by which this installation knows itself when it calls a host that should lead to it."""
    return mark_of(0, "installation")


def said_at(url: str) -> str:
    """Return the beginning of what an address answers. Raises OSError: requests' own faults are some."""
    with (
        session(environment().private_networks) as asking,
        asking.get(url, timeout=_SECONDS, allow_redirects=False, stream=True) as answer,
    ):
        body = b""
        for part in parts(answer, _SECONDS):
            body += part
            if len(body) >= _LONGEST:
                break
        return body[:_LONGEST].decode("utf-8", "replace")
