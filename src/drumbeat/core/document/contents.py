"""The bodies of steps, taken out of a document and put back: versions share them by their hash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drumbeat.core.document.writing import hash_of

_BODIES = {
    "email": ("content",),
    "sms": ("text",),
    "whatsapp": ("text",),
    "voice": ("script",),
    "task": ("text",),
    "notify": ("text",),
    "webhook": ("body",),
}

Json = dict[str, Any]


def split_contents(document: Mapping[str, Any]) -> tuple[Json, dict[str, Json]]:
    """Take the bodies out of a canonical document; `content` of a step is then the hash of its body."""
    bodies: dict[str, Json] = {}
    return {**document, "steps": [_split(step, bodies) for step in document["steps"]]}, bodies


def _split(step: Json, bodies: dict[str, Json]) -> Json:
    body = {name: step[name] for name in _BODIES.get(step["kind"], ()) if step.get(name)}
    if not body or isinstance(body.get("content"), str):
        return step
    hashed = hash_of(body)
    bodies[hashed] = body
    return {key: value for key, value in step.items() if key not in body} | {"content": hashed}


def content_hashes(slim: Mapping[str, Any]) -> list[str]:
    """List the hashes that a document without bodies refers to."""
    return [step["content"] for step in slim["steps"] if isinstance(step.get("content"), str)]


def join_contents(slim: Mapping[str, Any], bodies: Mapping[str, Json]) -> Json:
    """Put the bodies back. A hash without a body is a KeyError: the store lost one."""
    return {**slim, "steps": [_joined(step, bodies) for step in slim["steps"]]}


def _joined(step: Json, bodies: Mapping[str, Json]) -> Json:
    hashed = step.get("content")
    if not isinstance(hashed, str):
        return step
    return {key: value for key, value in step.items() if key != "content"} | bodies[hashed]
