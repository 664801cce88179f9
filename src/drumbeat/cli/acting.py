"""As whom a command acts, and when: the owner of the chosen workspace, now."""

from __future__ import annotations

import argparse
from datetime import datetime

from drumbeat.actions import workspaces
from drumbeat.clock import SystemClock
from drumbeat.models import Member


def owner(args: argparse.Namespace) -> Member:
    """Return the owner of the workspace that `--workspace` names, of the first one without it."""
    return workspaces.owner_of(args.workspace)


def now() -> datetime:
    return SystemClock().now()
