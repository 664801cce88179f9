"""The audit log: who changed what, from what to what. Each verb that changes rights, keys, settings or what may
be sent records itself here, in its own transaction. Never a secret, never a contact's data beyond a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from drumbeat.actions import access
from drumbeat.models import AuditEntry, Member

NAME_LONGEST = 300


def record(
    member: Member,
    act: str,
    now: datetime,
    *,
    object_kind: str = "",
    object_id: int | None = None,
    name: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Append an entry; `act` is `<resource>.<verb>`. `before` and `after` name what changed, as JSON values.

    Call it within the transaction of the change, so that neither is kept without the other.
    """
    AuditEntry.objects.create(
        workspace_id=member.workspace_id,
        member_id=member.pk,
        by=member.name,
        via=member.via[:40],
        act=act,
        object_kind=object_kind,
        object_id=object_id,
        name=name[:NAME_LONGEST],
        before=dict(before or {}),
        after=dict(after or {}),
        at=now,
    )


def entries(member: Member) -> QuerySet[AuditEntry]:
    """Return the log of the member's workspace; whoever may edit the settings may read it."""
    access.require(member, "settings.edit")
    return access.visible_to(member, AuditEntry)
