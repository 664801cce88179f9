"""`python -m drumbeat.api.schema` prints the OpenAPI description; `openapi.json` is its committed copy."""

from __future__ import annotations

import json
import os
from http import HTTPStatus
from typing import Any


def description() -> dict[str, Any]:
    from drumbeat.api.api import api

    described = dict(api.get_openapi_schema(path_prefix="/api/"))
    for operations in described["paths"].values():
        for operation in operations.values():
            _tell_problems(operation["responses"])
    return described


def _tell_problems(responses: dict[Any, dict[str, Any]]) -> None:
    """Say that refusals are problem documents: ninja describes every answer as plain JSON."""
    from drumbeat.api.problems import MEDIA_TYPE

    for status, response in responses.items():
        content = response.get("content", {})
        if int(status) >= HTTPStatus.BAD_REQUEST and "application/json" in content:
            response["content"] = {MEDIA_TYPE: content["application/json"]}


def text() -> str:
    """Return the description as it is committed: sorted, so that a change shows as itself."""
    return json.dumps(description(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drumbeat.settings")
    django.setup()
    print(text(), end="")
