"""Which mail that came in is passed on to own people, and how it reads then.

Never what a machine wrote, never to who wrote it, never to an address at which mail comes in: so none goes round.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from drumbeat.core.addresses import base_email, normal_email
from drumbeat.core.attachments import MOST_FILES, MOST_IN_MAIL
from drumbeat.core.errors import DomainError
from drumbeat.core.incoming import Word

HEADER = "X-Drumbeat-Forwarded"
"""Carries the mark of the forwarded mail: should it come back, it is known."""
FORWARDED = frozenset({Word.REPLY, Word.WEAK_REPLY, Word.OPT_OUT})
LONGEST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is passed on: who wrote it to whom and when, what about, in which words.

    `files` go along; `left` are those that do not, by their names.
    """

    from_name: str
    from_address: str
    to_address: str
    subject: str
    text: str
    at: datetime
    files: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def may_go_to(address: str, *, written_by: str, taken_here: Collection[str]) -> bool:
    """Say whether a mail of `written_by` may be passed on to `address`. `taken_here`: where mail comes in."""
    target = _base(address)
    return bool(target) and target not in {_base(one) for one in (written_by, *taken_here)}


def _base(address: str) -> str:
    try:
        return base_email(normal_email(address))
    except DomainError:
        return ""


def along(files: Sequence[tuple[str, int, str | None]]) -> tuple[int, ...]:
    """Return the places of the files that go along, of all with name, size in bytes and type, None for what must not.

    In their order, as many as a mail takes.
    """
    taken: list[int] = []
    room = MOST_IN_MAIL
    for place, (_, size, kind) in enumerate(files):
        if kind is not None and size <= room and len(taken) < MOST_FILES:
            taken.append(place)
            room -= size
    return tuple(taken)


def letter(said: Said, note: str, link: str) -> Mapping[str, object]:
    """Return the mail as the content of a notice; who answers it writes to who wrote."""
    subject = (
        said.subject if said.subject.lower().startswith(("fwd:", "fw:", "wg:")) else f"Fwd: {said.subject}"
    )
    who = f"{said.from_name} <{said.from_address}>" if said.from_name else said.from_address
    head = (
        f"From: {who}",
        f"To: {said.to_address}",
        f"Date: {said.at:%Y-%m-%d %H:%M} UTC",
        f"Subject: {said.subject}",
        *((f"Attached: {', '.join(said.files)}",) if said.files else ()),
        *((f"Not attached (open it in the Inbox): {', '.join(said.left)}",) if said.left else ()),
    )
    own = (note.strip(), "") if note.strip() else ()
    where = ("", "-- ", f"The conversation: {link}") if link else ()
    text = "\n".join((*own, *head, "", said.text[:LONGEST].rstrip(), *where, ""))
    return {"subject": " ".join(subject.split()), "text": text, "reply_to": said.from_address}
