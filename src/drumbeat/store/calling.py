"""A claimed webhook as the call that leaves: address and body filled in, signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from standardwebhooks import Webhook

from drumbeat.channels.webhook.outbound import WebhookOutbound
from drumbeat.core.flow import WebhookStep
from drumbeat.core.webhook import render_body, render_url
from drumbeat.models import Workspace
from drumbeat.store.merge_values import of_contact
from drumbeat.store.webhook_secrets import in_force

_OF_CONTACT = (
    "id",
    "first_name",
    "last_name",
    "email",
    "phone",
    "company",
    "title",
    "stage",
    "language",
    "time_zone",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """All that a call is made of."""

    key: str
    mark: str
    visit: int
    enrollment_id: int
    sequence_id: int
    sequence_name: str
    step: WebhookStep
    contact: Mapping[str, Any]
    custom: Mapping[str, Any]
    due_at: datetime


def compose(occasion: Occasion, workspace: Workspace, now: datetime) -> WebhookOutbound:
    """Return the signed call. Raises MergeError or DomainError when it cannot be written for this contact."""
    values = _values(occasion, workspace)
    target = render_url(occasion.step.url, values)
    body = render_body(occasion.step.body, values)
    id_ = f"msg_{occasion.mark}"
    signatures = " ".join(Webhook(secret).sign(id_, now, body) for secret in in_force(workspace, now))
    return WebhookOutbound(
        touch_key=occasion.key,
        target=target,
        headers=(
            ("webhook-id", id_),
            ("webhook-timestamp", str(int(now.timestamp()))),
            ("webhook-signature", signatures),
        ),
        body=body.encode(),
    )


def _values(occasion: Occasion, workspace: Workspace) -> dict[str, Any]:
    contact = of_contact(occasion.contact, occasion.custom)
    return {
        "timestamp": occasion.due_at,
        "enrollment": {"id": occasion.enrollment_id},
        "contact": {
            **{name: occasion.contact.get(name) for name in _OF_CONTACT},
            "custom": contact["custom"],
        },
        "sequence": {"id": occasion.sequence_id, "name": occasion.sequence_name},
        "step": {"key": occasion.step.key, "name": occasion.step.name, "visit": occasion.visit},
        "workspace": {"name": workspace.name},
    }
