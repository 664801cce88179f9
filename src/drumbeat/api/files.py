"""Files of messages as the API shows them, and as a browser saves them."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from ninja import Schema

from drumbeat.core.received_files import disposition
from drumbeat.core.text_media import Standing
from drumbeat.store.message_files import MessageFile


class MessageFileOut(Schema):
    """A file that came with a message or went along, its size in bytes. `address`: where its bytes are fetched.

    `standing`: one that came with a text is `coming` until it was fetched, `lost` when it could not be.
    """

    name: str
    content_type: str
    size: int
    address: str
    standing: Standing


def _address(message_id: int, file: MessageFile) -> str:
    return f"/api/messages/{message_id}/files/{file.place}"


def shown(message_id: int, files: Sequence[MessageFile]) -> list[MessageFileOut]:
    return [
        MessageFileOut(
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            address=_address(message_id, file),
            standing=file.standing,
        )
        for file in files
    ]


def saved(content: bytes, name: str) -> HttpResponse:
    """Return a file that a browser saves and never shows."""
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = disposition(name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "no-store"
    return answer
