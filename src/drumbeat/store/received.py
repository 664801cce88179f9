"""Files of mails that came in, as they go on with a notice: read from the mail when it leaves, kept nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drumbeat.channels.email.attached import Attached
from drumbeat.core.attachments import passed_on_as
from drumbeat.core.forwarding import along
from drumbeat.core.received_files import ReceivedFile, contents_of
from drumbeat.models import Message
from drumbeat.store import sql
from drumbeat.store.attachments import encoded


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Which files of a message go along, by their place, and the names of those and of the others."""

    places: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    def of(self, message_id: int) -> Mapping[str, object]:
        """Return what the content of a notice keeps."""
        return {"received": {"message": message_id, "files": list(self.places)}} if self.places else {}


def to_pass_on(message: Message) -> PassedOn:
    """Return what of the message's files goes along: nothing once the mail as it came is no longer kept."""
    if not message.files:
        return PassedOn()
    files = contents_of(bytes(message.raw.raw)) if message.raw is not None else ()
    if not files:
        return PassedOn(left=tuple(str(file["name"]) for file in message.files))
    taken = along([(file.name, file.size, passed_on_as(data, file.name)) for file, data in files])
    names = [file.name for file, _ in files]
    return PassedOn(
        places=taken,
        names=tuple(names[place] for place in taken),
        left=tuple(name for place, name in enumerate(names) if place not in taken),
    )


Files = Mapping[int, tuple[Attached, ...]]
"""What goes along, by message."""


def load(contents: Iterable[Mapping[str, Any] | None]) -> Files:
    """Return the files that notices with these contents take along; no query where none does.

    Of the mails themselves, which can be large, one at a time is held.
    """
    asked = {
        received["message"]: received["files"]
        for content in contents
        if (received := (content or {}).get("received"))
    }
    if not asked:
        return {}
    kept = Message.objects.filter(sql.among("id", sorted(asked)), raw__isnull=False)
    raws = kept.values_list("id", "raw__raw").iterator(chunk_size=1)
    return {id_: _along(bytes(raw), asked[id_]) for id_, raw in raws}


def _along(raw: bytes, places: Sequence[int]) -> tuple[Attached, ...]:
    found = contents_of(raw)
    return tuple(_attached(found[place]) for place in places if place < len(found))


def _attached(found: tuple[ReceivedFile, bytes]) -> Attached:
    file, data = found
    kind = passed_on_as(data, file.name) or "application/octet-stream"
    return Attached(name=file.name, content_type=kind, encoded=encoded(data))


def of(content: Mapping[str, Any], files: Files) -> tuple[Attached, ...]:
    """Return what goes along with one notice; nothing when the mail is no longer kept."""
    received = content.get("received")
    return files.get(received["message"], ()) if received else ()
