"""The task to call somebody back who answered our call, was put through, and heard only our phone ring."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from drumbeat.core.calls import PutThrough
from drumbeat.models import Call, Contact, Member, Notification, Touch
from drumbeat.store import owners, tasks

_WHY: Mapping[str, str] = MappingProxyType(
    {
        PutThrough.NO_ANSWER.value: "nobody answered at {number}",
        PutThrough.BUSY.value: "{number} was busy",
        PutThrough.FAILED.value: "{number} cannot be called: check the number under My account",
        PutThrough.CANCELED.value: "they hung up while {number} was ringing",
    }
)


def ask_for(call: Call, touch: Touch, at: datetime, now: datetime) -> None:
    """Write the task and a line in the app, in the caller's transaction; the call is settled there, once.

    They are for whoever was rung and may see the contact: its owner, else the sequence's; else for nobody in
    particular, which who sees all contacts sees.
    """
    if touch.contact_id is None:
        return
    contact = Contact.objects.select_related("owner__workspace").get(id=touch.contact_id)
    who = f"{contact.first_name} {contact.last_name}".strip() or call.touch.recipient
    why = _WHY[call.put_through].format(number=call.connect_to)
    wanted = tasks.ToDo(
        kind="call",
        title=f"Call {who[:250]} back",
        text=f"{who} answered our call and was put through, but {why}.",
        due_at=at,
        assignee_id=_rung(call, contact, touch),
    )
    task = tasks.create(contact, wanted, None, f"call{call.pk}", now)
    if task.assignee_id is not None:
        Notification.objects.create(
            workspace_id=call.workspace_id,
            member_id=task.assignee_id,
            kind="call_back",
            text=f"{task.title}. {task.text}"[:1000],
            contact=contact,
            created_at=now,
        )


def _rung(call: Call, contact: Contact, touch: Touch) -> int | None:
    sequence = touch.enrollment.sequence if touch.enrollment is not None else None
    for member in (contact.owner, sequence.owner if sequence is not None else None):
        if member is not None and _takes(member, contact, call):
            return member.pk
    return None


def _takes(member: Member, contact: Contact, call: Call) -> bool:
    is_here = member.deactivated_at is None and member.phone == call.connect_to
    return is_here and owners.sees(member, contact)
