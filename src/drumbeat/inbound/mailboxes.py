"""Reads mailboxes over IMAP: a thread for each, under a lease, every mail stored before it counts as read.

Mails are known by (uidvalidity, uid) and again by their Message-ID, so whatever is read twice counts once. Nothing
is marked, moved or deleted on the server.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from types import TracebackType
from typing import Self, TypeVar

from django.db import DatabaseError, close_old_connections, connection

from drumbeat import crash
from drumbeat.actions.grants import tokens
from drumbeat.channels.email.imap.folder import Fetched, Folder
from drumbeat.channels.email.imap.session import MailboxFault, session
from drumbeat.core.errors import DomainError
from drumbeat.core.mailboxes import begins_at, patience
from drumbeat.models import InboundMail, Mailbox
from drumbeat.store import mailboxes as rows
from drumbeat.store.leases import RENEW_EVERY
from drumbeat.store.mailbox_servers import server_of

log = logging.getLogger(__name__)

MOST_MAILBOXES = 50
"""How many one process reads: each is a thread and a connection to its server."""
LISTEN_SECONDS = 1.0
"""How soon a stop is heard while a server is listened to."""
SOON_SECONDS, USUAL_SECONDS = 2.0, 30.0
"""When a folder is looked at again, whatever the server told: soon after the first look and after news, else usually.

Servers are silent about mail that came between the last look and the IDLE, and some offer no IDLE at all.
"""

AT_THE_DATABASE = 2
"""Readers that may ask the database at once: its connections belong to the engine, which must never wait for one."""

Now = Callable[[], datetime]
Answer = TypeVar("Answer")
_places = threading.BoundedSemaphore(AT_THE_DATABASE)


def _ask(do: Callable[..., Answer], *about: object) -> Answer:
    """Ask the database, and give its connection back at once."""
    with _places:
        try:
            return do(*about)
        finally:
            connection.close()


class Mailboxes:
    """Reads mailboxes until it is stopped, also a context. `on_arrival` is called after each commit of a new mail."""

    def __init__(self, on_arrival: Callable[[], None], now: Now, *, every: float | None = None) -> None:
        self._on_arrival, self._now = on_arrival, now
        self._every = RENEW_EVERY.total_seconds() if every is None else every
        self._name = f"mailboxes-{secrets.token_hex(8)}"
        self._readers: dict[int, _Reader] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mailboxes", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._follow()
            except DatabaseError:
                log.warning("it could not be seen which mailboxes to read; trying again", exc_info=True)
            finally:
                close_old_connections()
            self._ended.wait(self._every)
        self._give_back()
        connection.close()

    def _follow(self) -> None:
        """Read what is held, and no more what was lost, disabled or removed."""
        if not self._readers and not rows.any_to_read():
            return
        held = set(rows.renew(self._name))
        # Before they are claimed anew: their settings may be others.
        for mailbox_id in self._readers.keys() - held:
            self._readers.pop(mailbox_id).stop()
        if len(held) < MOST_MAILBOXES:
            held = set(rows.claim(self._name, MOST_MAILBOXES - len(held)))
        for mailbox_id in held:
            reader = self._readers.get(mailbox_id)
            if reader is None or not reader.is_alive():
                self._readers[mailbox_id] = _Reader(mailbox_id, self._on_arrival, self._now)
                self._readers[mailbox_id].start()

    def _give_back(self) -> None:
        for reader in self._readers.values():
            reader.stopping.set()
        for reader in self._readers.values():
            reader.stop()
        try:
            rows.release(self._name)
        except DatabaseError:
            log.warning(
                "the mailboxes could not be given back; their leases end by themselves", exc_info=True
            )


class _Reader(threading.Thread):
    """Reads one mailbox: what is new, then what the server tells of; after a fault again, with growing patience."""

    def __init__(self, mailbox_id: int, on_arrival: Callable[[], None], now: Now) -> None:
        super().__init__(name=f"mailbox-{mailbox_id}", daemon=True)
        self.stopping = threading.Event()
        self._mailbox_id, self._on_arrival, self._now = mailbox_id, on_arrival, now
        self._faults = 0

    def stop(self) -> None:
        self.stopping.set()
        self.join(timeout=5)

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._read()
            except Mailbox.DoesNotExist:
                return
            except (MailboxFault, DomainError) as fault:
                self._note(fault)
            except Exception:
                log.exception("mailbox %s could not be read; trying again", self._mailbox_id)
                self._note(
                    MailboxFault("lost", "drumbeat stumbled while it read this mailbox; its log says more")
                )
            if self._faults:
                self.stopping.wait(patience(self._faults, self._mailbox_id).total_seconds())

    def _note(self, fault: MailboxFault | DomainError) -> None:
        word = fault.stage if isinstance(fault, MailboxFault) else "password"
        text = fault.text if isinstance(fault, MailboxFault) else fault.message
        self._faults += 1
        try:
            if _ask(rows.faulty, self._mailbox_id, word, text, self._now()):
                log.warning("mailbox %s cannot be read: %s: %s", self._mailbox_id, word, text)
        except DatabaseError:
            log.warning("the fault of mailbox %s could not be noted", self._mailbox_id, exc_info=True)

    def _read(self) -> None:
        box = _ask(rows.get, self._mailbox_id)
        with session(server_of(box, tokens.source_of(box.grant_id))) as client:
            folder = Folder(client, box.folder)
            self._begin(folder, box)
            seconds = SOON_SECONDS
            while not self.stopping.is_set():
                news = self._catch_up(folder, box)
                _ask(rows.well, box.pk, self._now())
                self._faults = 0
                self._await_news(folder, SOON_SECONDS if news else seconds)
                seconds = USUAL_SECONDS

    def _begin(self, folder: Folder, box: Mailbox) -> None:
        """Begin with what comes from now on; in a folder made anew, with what came since it was read last."""
        known, opened = _ask(rows.position, box.pk), folder.opened
        if known.uidvalidity == opened.uidvalidity:
            return
        missed = [] if box.read_at is None else folder.uids_since((box.read_at - timedelta(days=1)).date())
        _ask(rows.begin, box.pk, opened.uidvalidity, begins_at(opened.uidnext, missed), self._now())

    def _catch_up(self, folder: Folder, box: Mailbox) -> bool:
        """Read what is new; say whether something was."""
        uids = folder.uids_after(_ask(rows.position, box.pk).last_uid)
        for mail in folder.fetch(uids):
            if self.stopping.is_set():
                break
            if self._keep(mail, folder.opened.uidvalidity, box):
                self._on_arrival()
        return bool(uids)

    def _keep(self, mail: Fetched, uidvalidity: int, box: Mailbox) -> bool:
        now = self._now()
        row = InboundMail(
            source=rows.source_of(box.pk),
            external_id=f"{uidvalidity}:{mail.uid}",
            envelope_to=[box.address],
            raw=mail.raw,
            received_at=now,
        )
        kept = _ask(rows.keep, box.pk, (uidvalidity, mail.uid), row, now)
        crash.point("C13")
        return kept

    def _await_news(self, folder: Folder, seconds: float) -> None:
        if not folder.idles:
            self.stopping.wait(seconds)
            return
        with folder.idling() as heard:
            for _ in range(ceil(seconds / LISTEN_SECONDS)):
                if self.stopping.is_set() or heard(LISTEN_SECONDS):
                    return
