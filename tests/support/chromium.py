"""Chromium as every program of this project starts it: the one of this machine, which calls nobody but loopback."""

from __future__ import annotations

from typing import Any

from tests.support import servers

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def launching() -> dict[str, Any]:
    """Return what Playwright launches it with."""
    return {"executable_path": servers.chromium(), "args": list(ARGUMENTS)}
