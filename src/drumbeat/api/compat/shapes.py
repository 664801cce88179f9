"""What kind B sees: envelopes of sequences, enrollments, steps and actions, exactly as its programs read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NotRequired, TypedDict

from ninja import Schema

from drumbeat.actions.enrollments.by_resource import Shown
from drumbeat.actions.sequences.published import Published
from drumbeat.api.compat.words import LEFT_OUT, STATES, action_status, action_type, delays_of, sum_of
from drumbeat.core.delay import Delay
from drumbeat.core.flow import EmailStep, Flow, JobType, Step, TaskStep
from drumbeat.core.timeline import TimelineItem
from drumbeat.models import Sequence as SequenceRow

Json = Mapping[str, object]

RESOURCE_TYPE = "contact"
"""The word for a contact where nobody said another."""
STEPS_PER_VERSION = 1_000
"""A step's number is made of its version's and its place; no flow has that many steps."""


class Answer(Schema):
    """One object in its envelope."""

    data: Json
    meta: Json


class Collection(Schema):
    """A list: each item in its envelope, and how many there are in all."""

    items: Sequence[Json]
    meta: Json


class ActionData(TypedDict):
    status: str
    executed_at: str | None
    estimated_execute_at: str | None
    failure_reason: NotRequired[str]
    task_content: NotRequired[str]
    task_id: NotRequired[int]


def envelope(type_: str, data: Json) -> Json:
    return {"data": data, "meta": {"type": type_}}


def collection(items: Sequence[Json], count: int | None = None) -> Json:
    """Return a list; `count` is how many there are in all, where these are a page."""
    return {"items": items, "meta": {"type": "collection", "count": len(items) if count is None else count}}


def sequence(published: Published) -> Json:
    """Return a sequence with the steps of its published flow, in the order in which people see them."""
    steps = _flow_steps(published)
    data = _sequence(published.row, len(steps), published.creator_id) | {"steps": collection(steps)}
    return envelope("sequence", data)


def _sequence(row: SequenceRow, steps_total: int, creator_id: int) -> dict[str, object]:
    return {
        "id": row.pk,
        "name": row.name,
        "steps_total": steps_total,
        "creator_id": creator_id,
        "created_at": _moment(row.created_at),
        "updated_at": _moment(row.updated_at),
    }


def _flow_steps(published: Published) -> list[Json]:
    if published.flow is None:
        return []
    first = (published.row.current_version_id or 0) * STEPS_PER_VERSION
    places = {key: place for place, key in enumerate(published.flow.steps)}
    shown: list[Json] = []
    waits: list[Delay] = []
    for step in published.flow.steps.values():
        if step.kind in LEFT_OUT:
            waits += delays_of(step)
            continue
        properties = _properties(step, published.bodies)
        data = _step(len(shown), [*waits, step.delay], step.kind, properties)
        shown.append(envelope("step", {"id": first + places[step.key], **data}))
        waits = []
    return shown


def _steps_total(flow: Flow | None) -> int:
    return sum(step.kind not in LEFT_OUT for step in flow.steps.values()) if flow else 0


def enrollment(shown: Shown, resource_type: str = "") -> Json:
    """Return an enrollment; `resource_type` is the caller's word where nobody else gave one."""
    row, steps = shown.row, list(_shown_items(shown))
    ended = row.finished_at is not None
    data = {
        "id": row.pk,
        "actor_id": shown.actor_id,
        "resource_type": row.resource_type or resource_type or RESOURCE_TYPE,
        "resource_id": row.contact_id,
        "created_at": _moment(row.created_at),
        "updated_at": _moment(row.updated_at),
        "state": STATES[row.state],
        "current_step_position": _position(shown, [item for item, _ in steps]),
        "finished_at": _moment(row.finished_at),
        "finished_reason": row.reason if ended else None,
        "finished_actor_id": row.finished_by_id,
        "sequence": envelope("sequence", _sequence(row.sequence, _steps_total(shown.flow), shown.creator_id)),
        "enrollment_steps": collection(
            [_enrollment_step(place, item, waits, shown) for place, (item, waits) in enumerate(steps)]
        ),
    }
    return envelope("sequence_enrollment", data)


def enrollments(shown: Iterable[Shown], count: int | None = None, resource_type: str = "") -> Json:
    return collection([enrollment(one, resource_type) for one in shown], count)


def finished(shown: Iterable[Shown], resource_type: str) -> Json:
    """Return what `finish_ongoing_for_resource` answers."""
    data = {"enrollment_action": "finish", "updated_enrollments": enrollments(shown, None, resource_type)}
    return envelope("finish_ongoing_for_resource", data)


def _shown_items(shown: Shown) -> Iterator[tuple[TimelineItem, Sequence[Delay]]]:
    """Yield the items that are steps there, each with the delays since the one before."""
    waits: list[Delay] = []
    for item in shown.items:
        step = shown.flow.steps.get(item.step) if shown.flow else None
        if item.kind in LEFT_OUT:
            waits += delays_of(step) if step is not None else ()
            continue
        yield item, [*waits, *((item.delay,) if item.delay is not None else ())]
        waits = []


def _position(shown: Shown, steps: Sequence[TimelineItem]) -> int:
    """Return the place of the step at hand; of the next one where it is left out, else of the last."""
    here = shown.row.step, shown.row.visits.get(shown.row.step or "", 0)
    at = next((item.position for item in shown.items if (item.step, item.visit) == here), None)
    last = max(len(steps) - 1, 0)
    if at is None:
        return last
    return next((place for place, item in enumerate(steps) if item.position >= at), last)


def _enrollment_step(place: int, item: TimelineItem, waits: Sequence[Delay], shown: Shown) -> Json:
    step = shown.flow.steps.get(item.step) if shown.flow else None
    properties = _properties(step, shown.bodies) if step is not None else {}
    data = _step(place, waits, item.kind, properties)
    action = envelope("action", _action(item, step))
    return envelope("enrollment_step", data | {"overdue": item.overdue, "action": action})


def _step(place: int, waits: Sequence[Delay], kind: str, properties: Json) -> dict[str, object]:
    value, unit = sum_of(waits)
    return {
        "position": place,
        "delay_from_previous_step": value,
        "delay_from_previous_step_unit": unit.value,
        "action_type": action_type(kind),
        "action_properties": properties,
    }


def _properties(step: Step, bodies: Mapping[str, int]) -> Json:
    match step:
        case EmailStep():
            is_reply = step.job_type is JobType.FOLLOW_UP_EMAIL
            return {"email_template_id": bodies.get(step.key), "is_reply": is_reply}
        case TaskStep():
            return {"task_content": _content(step.title or step.name, step.text)}
        case _:
            return {}


def _action(item: TimelineItem, step: Step | None) -> Json:
    status = action_status(item.kind, item.status)
    data: ActionData = {
        "status": status,
        "executed_at": _moment(item.executed_at),
        "estimated_execute_at": _moment(item.estimated_execute_at),
    }
    if status == "failed" and item.failure_reason:
        data["failure_reason"] = item.failure_reason
    if item.kind == "task":
        planned = (step.title or step.name, step.text) if isinstance(step, TaskStep) else ("", "")
        told = (item.task_title, item.task_text) if item.task_title else planned
        data["task_content"] = _content(*told)
    if item.task_id is not None:
        data["task_id"] = item.task_id
    return data


def _content(title: str, text: str) -> str:
    return "\n".join(filter(None, (title, text)))


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
