"""A call that is connected with a second one: the number that is rung answers as its last digits say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as Xml

from drumbeat.demo.twilio.scripts import RUNG, script_of


@dataclass(frozen=True, slots=True)
class Rung:
    """The second call. `tell_at`: where it is told how it went, empty where nobody asked; `status`: how."""

    sid: str
    number: str
    tell_at: str
    status: str

    @property
    def news(self) -> dict[str, str]:
        """Return what is told of it, as form values."""
        lasted = {"DialCallDuration": "24", "DialBridged": "true"} if self.status == "completed" else {}
        return {"DialCallSid": self.sid, "DialCallStatus": self.status, **lasted}


def rung_by(call: Mapping[str, Any]) -> Rung | None:
    """Return the call that one was last told to dial; None where it was told something else."""
    dial = Xml.fromstring(call["twiml"][-1]).find("Dial") if call["twiml"] else None
    if dial is None:
        return None
    number = dial.findtext("Number", "")
    status = RUNG.get(script_of(number), "completed")
    return Rung(f"{call['sid'][:2]}d{call['sid'][3:]}", number, dial.get("action", ""), status)
