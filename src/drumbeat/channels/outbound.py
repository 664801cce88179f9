"""What may leave: the frozen value of each channel."""

from __future__ import annotations

from typing import TypeAlias

from drumbeat.channels.email.mime import EmailOutbound
from drumbeat.channels.twilio.outbound import TwilioOutbound
from drumbeat.channels.webhook.outbound import WebhookOutbound

Outbound: TypeAlias = EmailOutbound | TwilioOutbound | WebhookOutbound
