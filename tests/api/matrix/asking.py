"""How the tests of all routes ask: the operations as described, a request made of a row, what a workspace holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ForeignKey, Model
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from drumbeat.api import schema
from drumbeat.models import Member, Workspace
from tests.api.matrix.row import Row
from tests.api.matrix.world import World

Answer = Any
"""A response of Django's test client, which has more than its class says."""
METHODS = frozenset({"get", "post", "put", "patch", "delete"})


@dataclass(frozen=True, slots=True)
class Operation:
    id: str
    method: str
    path: str
    body: dict[str, Any] | None
    """The schema of its JSON body."""


def operations() -> Iterator[Operation]:
    """Return every operation of the description."""
    described = schema.description()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if method in METHODS:
                content = operation.get("requestBody", {}).get("content", {})
                body = content.get("application/json", {}).get("schema")
                yield Operation(operation["operationId"], method, path, body and _resolved(described, body))


def _resolved(described: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    name = body.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = described["components"]["schemas"][name] if name else body
    return found


def ask(client: Client, operation: Operation, row: Row, world: World, **headers: str) -> Answer:
    """Send the row's request with the ids of `world`; a body of bytes as an uploaded file."""
    address = operation.path.format(**world.fill(row.path))
    if row.query:
        address += "?" + urlencode(world.fill(row.query), doseq=True)
    if isinstance(row.body, bytes):
        file = SimpleUploadedFile("people.csv", row.body)
        sent: str | bytes = encode_multipart(BOUNDARY, {"file": file})
        kind = MULTIPART_CONTENT
    else:
        sent = json.dumps(world.fill(row.body)) if row.body is not None else ""
        kind = "application/json"
    return client.generic(
        operation.method.upper(), address, sent, content_type=kind, headers={**row.headers, **headers}
    )


def content_of(answer: Answer) -> bytes:
    """Return the whole answer, streamed ones too."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def signed_in(member: Member) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(member.user)
    return client


def holdings(workspace_id: int) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that a workspace holds: each row of each table that leads to it."""
    return {
        model.__name__: list(
            model._default_manager.filter(**{way: workspace_id}).order_by("pk").values_list(*_columns(model))
        )
        for model in apps.get_app_config("drumbeat").get_models()
        if (way := _way(model)) is not None
    }


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _way(model: type[Model], seen: tuple[type[Model], ...] = ()) -> str | None:
    """Return the lookup that leads from a row to its workspace, the shortest; None when there is none."""
    if model is Workspace:
        return "pk"
    ways = []
    for each in model._meta.concrete_fields:
        if not isinstance(each, ForeignKey) or each.related_model in (*seen, model):
            continue
        if (rest := _way(each.related_model, (*seen, model))) is not None:
            ways.append(f"{each.name}_id" if rest == "pk" else f"{each.name}__{rest}")
    return min(ways, key=len, default=None)
