"""From a stored mailbox to the server that holds it, with its password."""

from __future__ import annotations

from drumbeat.channels.email.imap.server import ImapServer
from drumbeat.environment import environment
from drumbeat.models import Mailbox
from drumbeat.store.secrets import decrypt


def server_of(box: Mailbox) -> ImapServer:
    """Return how to reach the mailbox; DomainError `secret_unreadable` where its password cannot be read."""
    return ImapServer(
        box.host,
        box.port,
        box.security,  # type: ignore[arg-type]  # the column holds nothing else
        box.username,
        decrypt(box.password_encrypted) if box.password_encrypted else "",
        trusted=box.host_trusted,
        networks=environment().private_networks,
    )
