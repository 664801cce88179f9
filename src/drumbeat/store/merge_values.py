"""What merge tags may read, for mails to contacts and for texts to own people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drumbeat.core import merge
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store.enrollments import Locked
from drumbeat.store.facts import FIELDS, Batch, custom_values


def of_contact(contact: Mapping[str, Any], custom: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `contact.…` means: its own fields, and its custom ones under `custom`."""
    own = {name: contact.get(name) for name in FIELDS}
    return {**own, "custom": {name.removeprefix("custom."): value for name, value in custom.items()}}


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """The texts of tasks and notices of a batch."""

    contacts: Mapping[int, Mapping[str, Any]]
    custom: Mapping[int, Mapping[str, Any]]
    names: Mapping[int, tuple[str, str]]

    def text(self, source: str, row: Locked) -> str:
        """Return the merged text; one that cannot be merged is shown as it was written, people can still read it."""
        sequence, workspace = self.names[row.sequence_id]
        values = {
            "contact": of_contact(self.contacts[row.contact_id], self.custom.get(row.contact_id, {})),
            "sequence": {"name": sequence},
            "workspace": {"name": workspace},
        }
        try:
            return merge.render(source, values)
        except merge.MergeError:
            return source


def load_own_texts(rows: Sequence[Locked], batch: Batch) -> OwnTexts:
    """Load what the texts of these rows may name, in two queries."""
    sequences = SequenceRow.objects.filter(id__in={row.sequence_id for row in rows})
    names = {
        id_: (name, workspace)
        for id_, name, workspace in sequences.values_list("id", "name", "workspace__name")
    }
    return OwnTexts(batch.contacts, custom_values({row.contact_id for row in rows}), names)
