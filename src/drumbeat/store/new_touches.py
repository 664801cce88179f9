"""A touch as it is first written by a flow: unclaimed, never tried. What it is for, whoever writes it says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from drumbeat.core.touch import Priority, TouchStatus


class NewTouch(NamedTuple):
    """One row; its names are the columns."""

    workspace_id: int
    key: str
    mark: str
    kind: str
    sender_id: int
    due_at: datetime
    not_before: datetime
    created_at: datetime
    enrollment_id: int | None = None
    contact_id: int | None = None
    step: str = ""
    visit: int = 0
    recipient: str = ""
    base_address: str = ""
    status: str = TouchStatus.PLANNED.value
    reason: str = ""
    priority: int = Priority.FOLLOW_UP
    content: Mapping[str, object] | None = None
    hold_reason: str = ""
    lease_token: str = ""
    deaths: int = 0
    attempts: int = 0
    reserved: str = ""


COLUMNS = NewTouch._fields
