"""What the account of the demo has at its Twilio: a number for each of the team, and one WhatsApp template."""

from __future__ import annotations

from typing import Any

from drumbeat.demo.twilio import server as twilio

NUMBERS = ("+12025550196", "+12025550197", "+12025550198")
TEMPLATE: dict[str, Any] = {
    "sid": twilio.TEMPLATE,
    "name": "trial_hello",
    "language": "en",
    "body": "Hi {{1}}, Demo Ltd here. May we send you two short messages about the webinar?",
    "values": {"1": "Ada"},
    "status": "approved",
}


def numbers() -> list[dict[str, Any]]:
    """Return the account's numbers as Twilio lists them."""
    can = {"sms": True, "mms": False, "voice": True, "fax": False}
    return [{"phone_number": one, "friendly_name": "Demo", "capabilities": can} for one in NUMBERS]


def templates() -> list[dict[str, Any]]:
    """Return the account's WhatsApp templates as Twilio lists them."""
    return [
        {
            "sid": TEMPLATE["sid"],
            "friendly_name": TEMPLATE["name"],
            "language": TEMPLATE["language"],
            "variables": TEMPLATE["values"],
            "types": {"twilio/text": {"body": TEMPLATE["body"]}},
            "approval_requests": {"status": TEMPLATE["status"]},
        }
    ]
