"""A folder that is only looked at: opened read-only, mails fetched without marking them as seen (RFC 9051)."""

from __future__ import annotations

import imaplib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from drumbeat.channels.email.imap.session import Client, MailboxFault, Stage, said

LARGEST = 10 << 20
"""Bytes of a mail that are fetched; what follows is left on the server."""
_BODY = f"BODY.PEEK[]<0.{LARGEST}>"


@dataclass(frozen=True, slots=True)
class Opened:
    """How a folder stands: mails are known by (uidvalidity, uid); the next one gets at least `uidnext`."""

    uidvalidity: int
    uidnext: int
    mails: int


@dataclass(frozen=True, slots=True)
class Fetched:
    uid: int
    raw: bytes


class Folder:
    """A folder of a session. Every method raises MailboxFault `lost` when the server is gone."""

    def __init__(self, client: Client, name: str) -> None:
        self._client = client
        with _told("folder"):
            answer = client.select_folder(name, readonly=True)
            uidnext, uidvalidity, mails = (
                int(answer.get(word, 0)) for word in (b"UIDNEXT", b"UIDVALIDITY", b"EXISTS")
            )
        if not uidvalidity:
            raise MailboxFault("folder", "the server does not number the mails of this folder for good")
        self.opened = Opened(uidvalidity, uidnext or self._last() + 1, mails)
        self.idles: bool = client.has_capability("IDLE")

    def _last(self) -> int:
        """Return the highest id, for servers that do not tell the next one."""
        with _told("lost"):
            return max(map(int, self._client.search(["UID", "*"])), default=0)

    def uids_after(self, uid: int) -> list[int]:
        """Return the ids of the mails above `uid`, in order. `N:*` names the last mail even where it is below N."""
        self._client.told_of_mail()
        with _told("lost"):
            found = self._client.search(["UID", f"{uid + 1}:*"])
        return sorted(each for each in map(int, found) if each > uid)

    def uids_since(self, day: date) -> list[int]:
        """Return the ids of the mails that arrived on `day` or later, by the server's calendar."""
        with _told("lost"):
            return sorted(map(int, self._client.search(["SINCE", day])))

    def fetch(self, uids: Sequence[int]) -> Iterator[Fetched]:
        """Yield the mails one at a time, in order; one that is gone meanwhile is left out."""
        for uid in uids:
            with _told("lost"):
                answer = self._client.fetch([uid], [_BODY])
            raw = _body_of(answer.get(uid, {}))
            if raw is not None:
                yield Fetched(uid, raw)

    @contextmanager
    def idling(self) -> Iterator[Callable[[float], bool]]:
        """Let the server tell of new mail (RFC 2177); what is given waits some seconds and says whether it did."""
        with _told("lost"):
            self._client.idle()

        def heard(seconds: float) -> bool:
            if self._client.told_of_mail():  # between the last search and the idling
                return True
            with _told("lost"):
                told = self._client.idle_check(timeout=seconds)
            return any(isinstance(part, tuple) and b"EXISTS" in part for part in told)

        yield heard
        with _told("lost"):
            self._client.idle_done()


def _body_of(parts: Mapping[bytes, object]) -> bytes | None:
    for name, value in parts.items():
        if name.startswith(b"BODY[") and isinstance(value, bytes):
            return value
    return None


@contextmanager
def _told(stage: Stage) -> Iterator[None]:
    try:
        yield
    except (imaplib.IMAP4.error, OSError) as fault:
        gone = isinstance(fault, imaplib.IMAP4.abort | OSError)
        raise MailboxFault("lost" if gone else stage, said(fault) or "the connection was lost") from fault
    except (ValueError, LookupError, TypeError) as fault:  # the library trusts what servers say
        raise MailboxFault(stage, f"the server answered what cannot be read: {said(fault)}") from fault
