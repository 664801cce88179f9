"""Writes the pages of `docs/reference/` that come from the code; tests hold them against it.

`python -m tools.reference` writes them anew.
"""

import json
from collections.abc import Callable, Mapping

from drumbeat.core.document import document_schema
from tools.report import ROOT

FOLDER = ROOT / "docs/reference"


def flow_schema() -> str:
    return json.dumps(document_schema(), indent=2, ensure_ascii=False) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {"flow-document.schema.json": flow_schema}


def write() -> None:
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
