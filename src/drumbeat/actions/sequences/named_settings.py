"""Settings of a sequence as a file names them: a sender by its address, an agent by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drumbeat.actions import access
from drumbeat.actions.sequences import settings as sequence_settings
from drumbeat.core.errors import DomainError
from drumbeat.models import MAILBOXES, Agent, Member, SenderProfile
from drumbeat.models import Sequence as SequenceRow

_BY_NAME = {
    "sender_id": "A file names a sender by its address: sender.",
    "agent_id": "A file names an agent by its name: agent.",
}


def portable(row: SequenceRow) -> dict[str, Any]:
    """Return the settings of a sequence as a file holds them."""
    named = {
        "sender_id": ("sender", row.sender.address if row.sender else None),
        "agent_id": ("agent", row.agent.name if row.agent else None),
    }
    return dict(named.get(name, (name, value)) for name, value in sequence_settings.values(row).items())


def stored(member: Member, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a file as they are stored. DomainError `setting_invalid` for a name that nobody has."""
    for name, text in _BY_NAME.items():
        if name in asked:
            raise DomainError("setting_invalid", text, {name: text})
    rest = {name: value for name, value in asked.items() if name not in ("sender", "agent")}
    return {
        **rest,
        "sender_id": _sender_id(member, asked.get("sender")),
        "agent_id": _agent_id(member, asked.get("agent")),
    }


def _agent_id(member: Member, name: object) -> int | None:
    if name is None:
        return None
    found = access.visible_to(member, Agent).filter(name=str(name)).first()
    if found is None:
        text = f"There is no agent {str(name)!r:.80} in this workspace. Make it, or write null."
        raise DomainError("setting_invalid", text, {"agent": text})
    return found.pk


def _sender_id(member: Member, address: object) -> int | None:
    if address is None:
        return None
    senders = access.visible_to(member, SenderProfile).filter(kind__in=MAILBOXES)
    found = senders.filter(address__iexact=str(address)).order_by("id").first()
    if found is None:
        text = f"There is no sender {str(address)!r:.80} in this workspace. Add it, or write null."
        raise DomainError("setting_invalid", text, {"sender": text})
    return found.pk
