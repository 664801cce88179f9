"""`python -m drumbeat.api.schema` prints the OpenAPI description; `openapi.json` is its committed copy."""

from __future__ import annotations

import json
import os
from typing import Any


def description() -> dict[str, Any]:
    from drumbeat.api.api import api

    return dict(api.get_openapi_schema(path_prefix="/api/"))


def text() -> str:
    """Return the description as it is committed: sorted, so that a change shows as itself."""
    return json.dumps(description(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drumbeat.settings")
    django.setup()
    print(text(), end="")
