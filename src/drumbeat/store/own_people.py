"""Which member a flow means: the owner of something, or somebody by address; many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from drumbeat.models import Member
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import sql
from drumbeat.store.enrollments import Locked
from drumbeat.store.facts import Batch


@dataclass(frozen=True, slots=True)
class OwnPeople:
    """Members who still work here, by workspace and address, with the owners of sequences and workspaces."""

    addresses: Mapping[int, str]
    by_address: Mapping[tuple[int, str], int]
    owners: Mapping[int, int]
    sequence_owners: Mapping[int, int | None]

    def named(self, name: str | None, row: Locked, batch: Batch) -> int | None:
        """Return the member whom `name` means to this enrollment.

        Who owns nothing or has left is stood in for: by the sequence's owner, then by the workspace's.
        """
        ways: list[int | None] = []
        if name in (None, "", "contact_owner"):
            ways.append(batch.contacts[row.contact_id].get("owner_id"))
        if name in (None, "", "contact_owner", "sequence_owner"):
            ways.append(self.sequence_owners.get(row.sequence_id))
        ways.append(self.by_address.get((row.workspace_id, (name or "").casefold())))
        found = (id_ for id_ in ways if id_ is not None and id_ in self.addresses)
        return next(found, self.owners.get(row.workspace_id))


def load_own_people(rows: Sequence[Locked], names: Iterable[str | None], batch: Batch) -> OwnPeople:
    """Load whom these rows may mean by these names, in two queries."""
    sequences = SequenceRow.objects.filter(sql.among("id", {row.sequence_id for row in rows}))
    owners_of = dict(sequences.values_list("id", "owner_id"))
    asked = {name.casefold() for name in names if name}
    ids = {batch.contacts[row.contact_id].get("owner_id") for row in rows} | set(owners_of.values())
    members = Member.objects.filter(
        workspace_id__in={row.workspace_id for row in rows}, deactivated_at=None
    ).order_by("id")
    addresses: dict[int, str] = {}
    by_address: dict[tuple[int, str], int] = {}
    owners: dict[int, int] = {}
    for id_, workspace_id, address, is_owner in members.values_list(
        "id", "workspace_id", "user__email", "is_owner"
    ):
        if is_owner:
            owners[workspace_id] = id_
        if is_owner or id_ in ids or address.casefold() in asked:
            addresses[id_] = address
            by_address[workspace_id, address.casefold()] = id_
    return OwnPeople(addresses, by_address, owners, owners_of)
