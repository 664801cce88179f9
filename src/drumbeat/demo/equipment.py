"""What the demo texts, calls and writes with: an account at the Twilio of the demo, its numbers, an agent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import product

from drumbeat.actions import agents
from drumbeat.demo.catalogue import NUMBERS, TEMPLATE
from drumbeat.demo.twilio import server as twilio
from drumbeat.models import Agent, Member, PhoneAccount, SenderKind, SenderProfile
from drumbeat.store import phone_accounts

PER_DAY = 5_000
AGENT = "Scout"
CHANNELS = ("sms", "whatsapp", "voice")
_PRICES = {
    "currency": "USD",
    "by_prefix": {"+1": "0.0083", "+44": "0.0463", "+49": "0.0875"},
    "whatsapp": {"+1": "0.03", "+44": "0.058", "+49": "0.1185"},
    "voice": {"+1": "0.014", "+44": "0.0158", "+49": "0.0187"},
}
_PERSONA = "Writes short mails that sound like one person to another, and asks one question."
FACTS = (
    "Setting up takes an afternoon.",
    "It runs on your own server, so your data stay with you.",
    "Teams of two to two hundred people work with it.",
    "A person answers support mail, usually the same day.",
)
_ANSWERS = {"autonomy": "controlled", "policies": {"reply": "approval"}}
"""A person sees all that it writes, and it drafts what may be answered to replies."""
BANNED = ("cheap", "revolutionary", "synergy")


def place_numbers(owner: Member, team: Sequence[Member], now: datetime) -> None:
    """Connect the account and give each of the team a number on every channel, which sends at any hour."""
    account, _ = PhoneAccount.objects.get_or_create(
        workspace_id=owner.workspace_id,
        sid=twilio.ACCOUNT,
        defaults={
            "name": "Twilio (of the demo)",
            "secrets_encrypted": phone_accounts.sealed(twilio.TOKEN),
            "answers_words": False,
            "prices": _PRICES,
            "templates": [TEMPLATE],
            "templates_read_at": now,
            "hook_token": phone_accounts.new_hook_token(),
            "checked_at": now,
            "created_at": now,
        },
    )
    for (member, number), channel in product(zip(team, NUMBERS, strict=True), CHANNELS):
        SenderProfile.objects.get_or_create(
            workspace_id=owner.workspace_id,
            kind=SenderKind.TWILIO,
            channel=channel,
            address=number,
            defaults={
                "name": member.name,
                "owner": member,
                "account": account,
                "cap_per_day": PER_DAY,
                "registration": "registered",
                "created_at": now,
            },
        )
    SenderProfile.objects.filter(account=account).update(
        down_until=None, down_reason="", down_text="", failures=0
    )


def place_agent(owner: Member, now: datetime) -> None:
    """Make the agent, every draft of which a person approves."""
    if not Agent.objects.filter(workspace_id=owner.workspace_id).exists():
        values = {"name": AGENT, "persona": _PERSONA, "language": "en", "facts": FACTS, "banned": BANNED}
        agents.add(owner, {**values, **_ANSWERS}, now)
