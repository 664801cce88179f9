"""Anymail's views of Amazon's calls, without what they would ask Amazon's library for: that is done here otherwise."""

from __future__ import annotations

from typing import Any

from anymail.webhooks import amazon_ses
from anymail.webhooks.base import AnymailBaseWebhookView


class _Apart:
    """Anymail's way to be made without Amazon's library."""

    auto_confirm_enabled = False
    basic_auth = None

    def __init__(self, **given: Any) -> None:
        AnymailBaseWebhookView.__init__(self, **given)


class EventsView(_Apart, amazon_ses.AmazonSESTrackingWebhookView):  # type: ignore[misc]  # anymail is untyped
    pass


class InboundView(_Apart, amazon_ses.AmazonSESInboundWebhookView):  # type: ignore[misc]
    pass
