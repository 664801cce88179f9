"""A webhook step called now with one contact's data, so that its author sees what is asked and what comes back.

It goes by the guard of all webhooks, is signed as they are, and counts for nobody: no touch, no enrollment.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.core.cache import cache
from django.db import transaction

from drumbeat.actions import access
from drumbeat.actions.sequences import editable, previews, record
from drumbeat.actions.sequences.previews import Asked, Scene
from drumbeat.channels.base import PermanentRefusal, Receipt, Refusal
from drumbeat.channels.webhook.channel import WebhookChannel
from drumbeat.channels.webhook.outbound import WebhookOutbound
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import WebhookStep
from drumbeat.environment import environment
from drumbeat.models import Member
from drumbeat.store.calling import Occasion, compose

CALLS, WITHIN = 10, timedelta(minutes=1)
"""So many trials of one member in so long a time: nobody hammers a stranger's server from here."""
LONGEST_SHOWN = 20_000
"""Characters of a body that are shown."""


class CallOutcome(StrEnum):
    """What the engine would make of the answer."""

    DELIVERED = "delivered"
    TRIED_AGAIN = "tried_again"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedCall:
    """What was asked and what came back. `code`: the status, "" where there was no answer; `seconds`: until then.

    `text` is the beginning of the answer's body, or why there is none.
    """

    url: str
    headers: tuple[tuple[str, str], ...]
    body: str
    outcome: CallOutcome
    code: str
    text: str
    seconds: float


def try_call(member: Member, sequence_id: int, asked: Asked, now: datetime) -> TriedCall:
    """Call what a webhook step calls, once and now. It may take a quarter of a minute: no transaction may be open.

    DomainErrors `not_found`, `step_not_callable`, `sequence_locked`, `sequence_archived`, `emergency_stopped`,
    `throttled`, and those of an address or a body that cannot be written for this contact.
    """
    access.require(member, "sequences.edit")
    editable(member, sequence_id)
    scene = previews.scene_of(member, sequence_id, asked)
    call = _written(scene, now)
    if member.workspace.stopped_at is not None:
        raise DomainError(
            "emergency_stopped", "The emergency stop is in force: nothing leaves the workspace."
        )
    _count(member)
    with transaction.atomic():
        after = {"step": asked.step, "to": call.target.authority, "contact_id": asked.contact_id}
        record(member, "sequences.test_call", scene.sequence, now, after=after)
    answer, seconds = asyncio.run(_called(call))
    return TriedCall(
        url=f"{call.target.scheme}://{call.target.authority}{call.target.path}",
        headers=call.headers,
        body=call.body.decode()[:LONGEST_SHOWN],
        outcome=_outcome(answer),
        code=answer.code,
        text=answer.text,
        seconds=seconds,
    )


def _written(scene: Scene, now: datetime) -> WebhookOutbound:
    step = scene.step
    if not isinstance(step, WebhookStep):
        raise DomainError("step_not_callable", "Only a webhook step can be called as a test.")
    mark = f"test_{secrets.token_urlsafe(12)}"
    occasion = Occasion(
        key=mark,
        mark=mark,
        visit=1,
        enrollment_id=previews.NOBODY,
        sequence_id=scene.sequence.pk,
        sequence_name=scene.sequence.name,
        step=step,
        contact=scene.reader.contact,
        custom=scene.reader.custom,
        due_at=now,
    )
    return compose(occasion, scene.sequence.workspace, now)


def _count(member: Member) -> None:
    slots = (f"webhook-trial:{member.pk}:{number}" for number in range(CALLS))
    if not any(cache.add(slot, 1, WITHIN.total_seconds()) for slot in slots):
        raise DomainError(
            "throttled", f"{CALLS} test calls a minute are enough. Wait a minute, then call again."
        )


async def _called(call: WebhookOutbound) -> tuple[Receipt | Refusal, float]:
    clock = asyncio.get_running_loop().time
    began = clock()
    try:
        prepared = await WebhookChannel(environment().private_networks).prepare(call)
        return await prepared.transmit(), clock() - began
    except Refusal as refusal:
        return refusal, clock() - began


def _outcome(answer: Receipt | Refusal) -> CallOutcome:
    if isinstance(answer, Receipt):
        return CallOutcome.DELIVERED
    return CallOutcome.FAILED if isinstance(answer, PermanentRefusal) else CallOutcome.TRIED_AGAIN
