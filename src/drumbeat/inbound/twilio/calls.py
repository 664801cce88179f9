"""What Twilio reports of a call: the address it was told to names the touch and the attempt."""

from __future__ import annotations

from datetime import datetime

from drumbeat.core.twilio_callbacks import CallReport
from drumbeat.models import Call, PhoneCallback
from drumbeat.store import calls

_LONGEST_NUMBER = 5


def hear(callback: PhoneCallback, report: CallReport, now: datetime) -> bool:
    """Add a report to what is known of its call; False: the call cannot be known yet."""
    mark, _, number = callback.mark.partition(".")
    if not (mark and number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER):
        return True  # no address of ours
    found = Call.objects.filter(
        workspace_id=callback.account.workspace_id, touch__mark=mark, number=int(number)
    )
    call_id = found.values_list("id", flat=True).first()
    if call_id is None:
        return False
    return calls.hear(call_id, report.heard, callback.received_at, now, sid=report.sid)
