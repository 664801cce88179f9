"""The secrets that sign webhooks."""

from __future__ import annotations

from datetime import datetime

from ninja import Router, Schema

from drumbeat.actions import webhooks
from drumbeat.actions.webhooks import Secrets
from drumbeat.api.auth import MemberRequest
from drumbeat.api.problems import Problem
from drumbeat.clock import SystemClock

router = Router(tags=["webhooks"])
REFUSALS = {401: Problem, 403: Problem}


class WebhookSecretsOut(Schema):
    """Secrets in the form of Standard Webhooks. `previous` ("": none) signs along until `previous_until`."""

    current: str
    previous: str
    previous_until: datetime | None


@router.get(
    "/webhook-secrets", response={200: WebhookSecretsOut, **REFUSALS}, operation_id="show_webhook_secrets"
)
def show_webhook_secrets(request: MemberRequest) -> Secrets:
    """Show what signs the workspace's webhooks."""
    return webhooks.secrets(request.member, SystemClock().now())


@router.post(
    "/webhook-secrets", response={200: WebhookSecretsOut, **REFUSALS}, operation_id="replace_webhook_secret"
)
def replace_webhook_secret(request: MemberRequest) -> Secrets:
    """Sign with a new secret; for a day the old one signs too."""
    return webhooks.replace_secret(request.member, SystemClock().now())
