"""What went along with messages, and what came with them: names, types and sizes, never the bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from drumbeat.core.flow import Flow
from drumbeat.core.text_media import Standing
from drumbeat.models import Attachment, Message
from drumbeat.store import flows, sql
from drumbeat.store.attachments import refs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFile:
    """A file of a message, at its `place` from 0. `attachment_id`: of one that we sent. Size in bytes.

    `standing`: whether one that came with a text has been fetched yet.
    """

    name: str
    content_type: str
    size: int
    attachment_id: int | None = None
    place: int = 0
    standing: Standing = Standing.HERE


def load(messages: Sequence[Message]) -> Mapping[int, Sequence[MessageFile]]:
    """Return the files by message, in at most two queries. The messages carry `touch` and `enrollment`.

    Of a mail that came only while it is kept as it came; of what we sent what is not removed since.
    """
    sent = _sent(messages)
    ids = {id_ for names in sent.values() for id_ in names}
    kept = Attachment.objects.filter(sql.among("id", sorted(ids))).defer("data").in_bulk() if ids else {}
    found: dict[int, Sequence[MessageFile]] = {}
    for row in messages:
        if row.direction == "in":
            found[row.pk] = _received(row)
            continue
        workspace_id = row.workspace_id
        found[row.pk] = [
            _of(kept[id_], name, place)
            for place, (id_, name) in enumerate(sent.get(row.pk, {}).items())
            if id_ in kept and kept[id_].workspace_id == workspace_id
        ]
    return found


def _received(row: Message) -> Sequence[MessageFile]:
    return [
        MessageFile(
            name=file["name"],
            content_type=file["content_type"],
            size=file["size"],
            place=place,
            standing=Standing(file.get("standing", Standing.HERE)),
        )
        for place, file in enumerate(row.files)
        if row.raw_id is not None or "standing" in file
    ]


def _of(row: Attachment, name: str, place: int) -> MessageFile:
    return MessageFile(
        name=name, content_type=row.content_type, size=row.size, attachment_id=row.pk, place=place
    )


def _sent(messages: Sequence[Message]) -> dict[int, dict[int, str]]:
    """Return the files that went along, by id and name: a letter names them itself, of others their step does."""
    out = [row for row in messages if row.direction == "out" and row.touch is not None]
    versions = {row.enrollment.version_id for row in out if row.enrollment}
    loaded = flows.load_flows(versions, {})
    found: dict[int, dict[int, str]] = {}
    for row in out:
        version = loaded.get(row.enrollment.version_id) if row.enrollment else None
        found[row.pk] = _named(row, version.flow if version else None)
    return found


def _named(row: Message, flow: Flow | None) -> dict[int, str]:
    assert row.touch is not None
    letter = row.touch.content or {}
    if flow is None:
        return {ref["id"]: ref["name"] for ref in letter.get("attachments", ())}
    return {ref.id: ref.name for ref in refs_of(flow.steps.get(row.touch.step))}
