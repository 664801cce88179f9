"""From a stored mailbox to the server that holds it, with its password."""

from __future__ import annotations

from drumbeat.channels.email.imap.server import ImapServer
from drumbeat.channels.oauth.tokens import TokenSource
from drumbeat.core.errors import DomainError
from drumbeat.environment import environment
from drumbeat.models import Mailbox
from drumbeat.store.secrets import decrypt


def server_of(box: Mailbox, token: TokenSource | None) -> ImapServer:
    """Return how to reach the mailbox, with the source of its tokens where it has a grant.

    DomainErrors `secret_unreadable`, `password_missing` where nothing is left to log in with.
    """
    if token is None and not box.password_encrypted:
        raise DomainError(
            "password_missing",
            "Its account is connected no more. Connect it again, or give a password.",
        )
    return ImapServer(
        box.host,
        box.port,
        box.security,  # type: ignore[arg-type]  # the column holds nothing else
        box.username,
        decrypt(box.password_encrypted) if box.password_encrypted else "",
        trusted=box.host_trusted,
        networks=environment().private_networks,
        token=token,
    )
