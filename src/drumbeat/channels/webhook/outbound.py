"""A call as it leaves: target, signed headers, body. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from drumbeat.core.webhook import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookOutbound:
    """`headers` are those of Standard Webhooks; their id is the same on every try of the touch."""

    touch_key: str
    target: Target
    headers: tuple[tuple[str, str], ...]
    body: bytes
