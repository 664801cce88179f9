"""Files of mails that came in, as they go on with a notice: read from the mail when it leaves, kept nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from drumbeat.channels.email.attached import Attached
from drumbeat.core.attachments import passed_on_as
from drumbeat.core.forwarding import along
from drumbeat.core.received_files import ReceivedFile, contents_of
from drumbeat.models import Message
from drumbeat.store import sql
from drumbeat.store.attachments import encoded


class _Row(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def content(self) -> Any: ...


RowT = TypeVar("RowT", bound=_Row)


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


MOST_HELD = 48 << 20
"""Bytes of such files, as they travel, that a worker holds at once; what is beyond waits until others have left."""


def bearable(rows: Sequence[RowT], room: int) -> list[RowT]:
    """Return those of the rows whose files have room, in bytes, together; without any file all, by no query."""
    places = {row.id: received for row in rows if (received := (row.content or {}).get("received"))}
    if not places:
        return list(rows)
    asked = Message.objects.filter(sql.among("id", sorted({one["message"] for one in places.values()})))
    files = dict(asked.values_list("id", "files"))
    taken = []
    for row in rows:
        received = places.get(row.id)
        size = _travelling(files.get(received["message"], ()), received["files"]) if received else 0
        if not size or size <= room:
            taken.append(row)
            room -= size
    return taken


def _travelling(files: Sequence[Mapping[str, Any]], places: Sequence[int]) -> int:
    """Return what these files weigh in base64: 57 bytes are a line of 78 with its end."""
    return sum(int(files[place]["size"]) for place in places if place < len(files)) * 78 // 57


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
