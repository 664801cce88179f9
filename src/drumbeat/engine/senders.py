"""The channel of a sender, from its row."""

from __future__ import annotations

from typing import Any

from drumbeat.actions.grants import tokens
from drumbeat.channels.base import Channel
from drumbeat.channels.email.smtp import EmailChannel, SmtpServer
from drumbeat.channels.esp.channel import EspChannel
from drumbeat.channels.twilio.channel import TwilioChannel
from drumbeat.channels.webhook.channel import WebhookChannel
from drumbeat.core.errors import DomainError
from drumbeat.environment import environment
from drumbeat.models import SenderKind, SenderProfile
from drumbeat.store.accounts import account_of
from drumbeat.store.phone_accounts import credentials_of
from drumbeat.store.secrets import decrypt
from drumbeat.store.signing import signer_of


def channel_of(sender_id: int) -> Channel[Any]:
    """Return a channel with the sender's present settings; the built-in notice sender uses the workspace's default."""
    sender = SenderProfile.objects.select_related("workspace__default_sender", "account").get(id=sender_id)
    if sender.kind == SenderKind.WEBHOOK:
        return WebhookChannel(environment().private_networks)
    if sender.kind == SenderKind.TWILIO:
        return _twilio(sender)
    carrier = sender.workspace.default_sender if sender.kind == SenderKind.NOTICE else sender
    if carrier is None:
        raise DomainError(
            "sender_unavailable", "No sender is set up yet: add one with `drumbeat sender add`."
        )
    if carrier.kind == SenderKind.ESP:
        return EspChannel(
            account_of(carrier),
            sender.connections,
            base=environment().provider_api_url,
            networks=environment().private_networks,
        )
    if carrier.username and not carrier.password_encrypted and carrier.grant_id is None:
        raise DomainError(
            "sender_unavailable", "Its account is connected no more. Connect it again, or give a password."
        )
    password = decrypt(bytes(carrier.password_encrypted)) if carrier.password_encrypted else ""
    server = SmtpServer(
        carrier.host,
        carrier.port,
        carrier.security,  # type: ignore[arg-type]  # the column holds nothing else
        carrier.username,
        password,
        trusted=carrier.host_trusted,
        networks=environment().private_networks,
        token=tokens.source_of(carrier.grant_id),
    )
    return EmailChannel(server, sender.connections, signer=signer_of(carrier))


def _twilio(sender: SenderProfile) -> TwilioChannel:
    if sender.account is None:
        raise DomainError("sender_unavailable", "Its account is connected no more. Connect it again.")
    base = environment().provider_api_url
    return TwilioChannel(credentials_of(sender.account), sender.connections, base=base)
