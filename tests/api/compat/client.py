"""A program that knows kind B by its description alone: it checks every answer and takes nothing else.

An unknown field, a missing one or a word that is not in the lists fails. It imports nothing of drumbeat.
"""

import http.client
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

Json = Any
Check = Callable[[Json], None]

STATES = {"active", "blocked", "finished"}
RESOURCES = {"lead", "contact"}
ACTION_TYPES = {"automated_email", "automated_sms", "automated_whatsapp", "automated_voice", "task", "action"}
UNITS = {"minutes", "hours", "days", "weekdays", "weeks"}
EMAIL_STATUSES = {"scheduled", "completed", "skipped", "cancelled", "failed"}
TASK_STATUSES = {"scheduled", "in_progress", "completed", "skipped", "cancelled"}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


class Refused(Exception):
    """The interface said no."""

    def __init__(self, status: int, body: Json) -> None:
        super().__init__(status, body)
        self.status, self.body = status, body

    def says(self, code: str) -> bool:
        return f'"{code}"' in json.dumps(self.body)


@dataclass(frozen=True, slots=True)
class Client:
    """Everything that the interface offers, over a connection of its own each time."""

    port: int
    key: str

    def sequences(self, **query: object) -> Json:
        return self._get("/v2/sequences", query, collection_of("sequence", is_sequence))

    def sequence(self, id_: int) -> Json:
        return self._get(f"/v2/sequences/{id_}", {}, envelope_of("sequence", is_sequence))["data"]

    def enrollments(self, **query: object) -> Json:
        return self._get(
            "/v2/sequence_enrollments", query, collection_of("sequence_enrollment", is_enrollment)
        )

    def enrollment(self, id_: int) -> Json:
        return self._get(f"/v2/sequence_enrollments/{id_}", {}, is_one_enrollment)["data"]

    def enroll(self, sequence_id: int, resource_id: int, resource_type: str = "lead", **more: object) -> Json:
        data = {
            "sequence_id": sequence_id,
            "resource_type": resource_type,
            "resource_id": resource_id,
            **more,
        }
        return self._send("POST", "/v2/sequence_enrollments", data, is_one_enrollment)["data"]

    def put(self, id_: int, **data: object) -> Json:
        return self._send("PUT", f"/v2/sequence_enrollments/{id_}", data, is_one_enrollment)["data"]

    def finish_ongoing(self, resource_id: int, resource_type: str = "lead", **more: object) -> Json:
        data = {"resource_type": resource_type, "resource_id": resource_id, **more}
        path = "/v2/sequence_enrollments/finish_ongoing_for_resource"
        return self._send("POST", path, data, is_finish)["data"]

    def _get(self, path: str, query: Mapping[str, object], check: Check) -> Json:
        return self.ask("GET", f"{path}?{urlencode(query)}" if query else path, None, check)

    def _send(self, method: str, path: str, data: Mapping[str, object], check: Check) -> Json:
        return self.ask(method, path, json.dumps({"data": data}).encode(), check)

    def ask(self, method: str, path: str, body: bytes | None, check: Check) -> Json:
        """Ask, check the answer and return it; raises Refused, AssertionError for an answer that is wrong."""
        headers = {"Authorization": f"Bearer {self.key}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            read = json.loads(answer.read())
        finally:
            connection.close()
        if answer.status >= 300:
            raise Refused(answer.status, read)
        check(read)
        return read


def has(told: Json, required: Collection[str], optional: Collection[str] = ()) -> None:
    assert isinstance(told, dict), told
    missing, unknown = set(required) - set(told), set(told) - set(required) - set(optional)
    assert (missing, unknown) == (set(), set()), told


def envelope_of(type_: str | None, check: Check) -> Check:
    """Return the check of an envelope; the description names no type for some."""

    def is_envelope(told: Json) -> None:
        has(told, {"data", "meta"})
        has(told["meta"], {"type"})
        assert isinstance(told["meta"]["type"], str)
        assert type_ is None or told["meta"]["type"] == type_
        check(told["data"])

    return is_envelope


def collection_of(type_: str, check: Check) -> Check:
    def is_collection(told: Json) -> None:
        has(told, {"items", "meta"})
        has(told["meta"], {"type", "count"})
        assert told["meta"]["type"] == "collection"
        assert isinstance(told["items"], list)
        assert is_number(told["meta"]["count"], least=len(told["items"]))
        for item in told["items"]:
            envelope_of(type_, check)(item)

    return is_collection


def is_number(value: Json, least: int = 1) -> bool:
    assert type(value) is int, value
    assert value >= least, value
    return True


def is_moment(value: Json) -> bool:
    assert isinstance(value, str), value
    assert _MOMENT.fullmatch(value), value
    return True


def is_sequence(told: Json) -> None:
    """The description says that it is an object with an id, whose steps are envelopes too."""
    is_number(told["id"])
    assert isinstance(told["name"], str)
    if "steps" in told:
        collection_of("step", is_step)(told["steps"])
        assert [item["data"]["position"] for item in told["steps"]["items"]] == [
            *range(len(told["steps"]["items"]))
        ]


_STEP = {
    "position",
    "delay_from_previous_step",
    "delay_from_previous_step_unit",
    "action_type",
    "action_properties",
}


def is_step(told: Json) -> None:
    has(told, {"id", *_STEP})
    is_number(told["id"])
    _is_any_step(told)


def is_enrollment_step(told: Json) -> None:
    has(told, {*_STEP, "overdue", "action"})
    _is_any_step(told)
    assert type(told["overdue"]) is bool
    envelope_of("action", lambda action: is_action(action, told["action_type"]))(told["action"])


def _is_any_step(told: Json) -> None:
    is_number(told["position"], least=0)
    is_number(told["delay_from_previous_step"], least=0)
    assert told["delay_from_previous_step_unit"] in UNITS
    assert told["action_type"] in ACTION_TYPES
    match told["action_type"]:
        case "automated_email":
            has(told["action_properties"], {"email_template_id", "is_reply"})
            is_number(told["action_properties"]["email_template_id"])
            assert type(told["action_properties"]["is_reply"]) is bool
        case "task":
            has(told["action_properties"], {"task_content"})
            assert isinstance(told["action_properties"]["task_content"], str)
        case _:
            assert isinstance(told["action_properties"], dict)


def is_action(told: Json, action_type: str) -> None:
    is_task = action_type == "task"
    has(
        told,
        {"status", "executed_at", "estimated_execute_at", *({"task_content"} if is_task else ())},
        {"task_id"} if is_task else {"failure_reason"},
    )
    assert told["status"] in (TASK_STATUSES if is_task else EMAIL_STATUSES)
    assert all(
        told[name] is None or is_moment(told[name]) for name in ("executed_at", "estimated_execute_at")
    )
    assert "failure_reason" not in told or (told["status"] == "failed" and told["failure_reason"])
    assert "task_id" not in told or is_number(told["task_id"])
    assert not is_task or isinstance(told["task_content"], str)


def is_enrollment(told: Json) -> None:
    required = {
        "id",
        "actor_id",
        "resource_type",
        "resource_id",
        "created_at",
        "updated_at",
        "state",
        "current_step_position",
        "finished_at",
        "finished_reason",
        "finished_actor_id",
        "sequence",
        "enrollment_steps",
    }
    has(told, required)
    assert all(is_number(told[name]) for name in ("id", "actor_id", "resource_id"))
    assert told["resource_type"] in RESOURCES
    assert told["state"] in STATES
    assert all(is_moment(told[name]) for name in ("created_at", "updated_at"))
    assert (told["finished_at"] is not None) == (told["state"] == "finished")
    assert (told["finished_reason"] is not None) == (told["state"] == "finished")
    assert told["finished_at"] is None or is_moment(told["finished_at"])
    assert told["finished_actor_id"] is None or is_number(told["finished_actor_id"])
    envelope_of("sequence", is_sequence)(told["sequence"])
    collection_of("enrollment_step", is_enrollment_step)(told["enrollment_steps"])
    steps = [item["data"] for item in told["enrollment_steps"]["items"]]
    assert [step["position"] for step in steps] == [*range(len(steps))]
    is_number(told["current_step_position"], least=0)
    assert told["current_step_position"] in {0, *(step["position"] for step in steps)}


is_one_enrollment = envelope_of("sequence_enrollment", is_enrollment)


def _is_finish_data(told: Json) -> None:
    has(told, {"enrollment_action", "updated_enrollments"})
    assert isinstance(told["enrollment_action"], str)
    collection_of("sequence_enrollment", is_enrollment)(told["updated_enrollments"])


is_finish = envelope_of(None, _is_finish_data)
