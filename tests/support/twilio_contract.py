"""Twilio's published description of messages and calls, and what a request breaks of it."""

import functools
import json
import re
from typing import Any

from tests.support.corpora import OPEN

DESCRIPTION = OPEN / "twilio-openapi/twilio_api_v2010.messages-calls.json"
_FORM = "application/x-www-form-urlencoded"


def is_here() -> bool:
    return DESCRIPTION.exists()


@functools.cache
def _described() -> dict[str, Any]:
    described: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return described


def broken_rules(path: str, form: dict[str, list[str]]) -> list[str]:
    """Say what a POST breaks; nothing where the description is not here."""
    if not is_here():
        return []
    for known, verbs in _described()["paths"].items():
        pattern = re.sub(r"\{\w+\}", r"[A-Z]{2}[0-9a-fA-F]{32}", known.replace(".", r"\."))
        if "post" in verbs and re.fullmatch(pattern, path):
            return list(_broken(verbs["post"]["requestBody"]["content"][_FORM]["schema"], form))
    return [f"no such path: {path}"]


def broken_answer(kind: str, told: dict[str, Any]) -> list[str]:
    """Say what an answer of ours breaks: `kind` is `message` or `call`; nothing where the description is not here."""
    if not is_here():
        return []
    rules = _described()["components"]["schemas"][f"api.v2010.account.{kind}"]["properties"]
    unknown = [f"{name} is not known" for name in told.keys() - rules.keys()]
    given = {name: value for name, value in told.items() if name in rules and value is not None}
    return unknown + [
        f"{name}: {value!r}" for name, value in given.items() if not _fits(_of(rules[name]), str(value))
    ]


def _broken(schema: dict[str, Any], form: dict[str, list[str]]) -> Any:
    for name in schema.get("required", []):
        if name not in form:
            yield f"{name} is missing"
    for name, values in form.items():
        rule = schema["properties"].get(name)
        if rule is None:
            yield f"{name} is not known"
        elif rule.get("type") != "array" and len(values) > 1:
            yield f"{name} stands there twice"
        else:
            rule = rule.get("items", rule) if rule.get("type") == "array" else rule
            yield from (
                f"{name}: {value!r} is no {_of(rule)}" for value in values if not _fits(_of(rule), value)
            )


def _of(rule: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in rule:
        return rule
    found: dict[str, Any] = _described()["components"]["schemas"][rule["$ref"].rpartition("/")[2]]
    return found


def _fits(rule: dict[str, Any], value: str) -> bool:
    formats = {
        "uri": r"https?://[^\s]+",
        "phone-number": r"(whatsapp:)?\+[1-9]\d{4,14}|[A-Za-z0-9 ]{3,11}",
        "endpoint": r"\+[1-9]\d{4,14}",
    }
    types = {"integer": r"-?\d+", "boolean": r"true|false", "number": r"-?\d+(\.\d+)?"}
    return (
        bool(re.fullmatch(types.get(rule.get("type", ""), r"(?s).*"), value))
        and bool(re.fullmatch(formats.get(rule.get("format", ""), r"(?s).*"), value))
        and value in rule.get("enum", [value])
        and bool(re.search(rule.get("pattern", ""), value))
        and rule.get("minLength", 0) <= len(value) <= rule.get("maxLength", len(value))
    )
