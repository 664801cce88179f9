"""What the web app checks before it uploads is what the server holds."""

import re

from drumbeat.core.attachments import MOST_BYTES, MOST_FILES, MOST_IN_MAIL
from tools.report import ROOT

MEGABYTE = 1 << 20


def test_the_limits_of_files_are_the_server_s():
    source = (ROOT / "web/src/api/attachments.ts").read_text(encoding="utf-8")
    found = re.search(r"files: (\d+), each: (\d+) \* 1_024 \* 1_024, all: (\d+) \* 1_024 \* 1_024", source)
    assert found is not None
    files, each, together = map(int, found.groups())
    assert (files, each * MEGABYTE, together * MEGABYTE) == (MOST_FILES, MOST_BYTES, MOST_IN_MAIL)
