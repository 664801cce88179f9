"""Ties a process to the one that started it: when the parent dies, in whatever way, the child ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

_PR_SET_PDEATHSIG = 1
_POLL_SECONDS = 1.0
_TELLS_CHILDREN = sys.platform.startswith("linux")


def tie_to(parent: int) -> None:
    """Get SIGTERM when process `parent`, which started this one, dies; end at once where it already has."""
    if _TELLS_CHILDREN:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
        if os.getppid() != parent:  # it died before the line above: no signal will come
            raise SystemExit(0)
        return
    threading.Thread(target=_poll, args=(parent,), name="parent", daemon=True).start()


def _poll(parent: int) -> None:
    """Watch the parent where the kernel tells nothing of its death (macOS)."""
    while os.getppid() == parent:
        time.sleep(_POLL_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
