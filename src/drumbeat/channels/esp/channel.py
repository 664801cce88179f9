"""The channel of a sender behind a provider: one HTTP call for a mail, a few at once, each in a thread of its own.

What a provider did not clearly refuse may have been sent: a lost answer, a 5xx, an answer that cannot be read. After
such a one the sender is held for a while, so that a provider that is ill leaves few mails in doubt.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from drumbeat import crash
from drumbeat.channels.base import PermanentRefusal, Receipt, Refusal, Scope, Unclear
from drumbeat.channels.email.answers import sick
from drumbeat.channels.email.mime import EmailOutbound
from drumbeat.channels.esp import answers
from drumbeat.channels.esp.backends import backend_of
from drumbeat.channels.esp.letter import letter_of
from drumbeat.core.errors import DomainError
from drumbeat.core.providers import Account
from drumbeat.core.touch import FailureReason

ILL_SECONDS = 60.0
IDLE_SECONDS = 20.0
"""Servers close connections that were idle for longer; what is sent on such a one would be in doubt."""
_OURS = frozenset({"From", "Reply-To"})


class EspChannel:
    """At most `connections` mails are under way at once. Belongs to one event loop.

    `base` stands in for the hosts of providers.
    """

    def __init__(
        self,
        account: Account,
        connections: int = 4,
        *,
        base: str = "",
        ill_seconds: float = ILL_SECONDS,
        backend: Callable[[Account, str], Any] = backend_of,
    ) -> None:
        self._account = account
        self._base = base
        self._make = backend
        self._free = asyncio.Semaphore(connections)
        self._threads = ThreadPoolExecutor(connections, thread_name_prefix="provider")
        self._idle: list[tuple[Any, float]] = []
        self._ill_until = 0.0
        self._ill_seconds = ill_seconds
        self._under_way = 0
        self._closed = False

    async def prepare(self, outbound: EmailOutbound) -> Posting:
        """Write the call. Raises a Refusal."""
        await self._free.acquire()
        self._under_way += 1
        try:
            self._check()
            posting: Posting = await self.in_thread(self._written, outbound)
            return posting
        except BaseException:
            self._leave()
            raise

    async def close(self) -> None:
        """Close what is idle; what is prepared or on the wire ends first."""
        self._closed = True
        while idle := self._last_idle():
            idle[0].close()
        self._let_threads_go()

    async def in_thread(self, work: Callable[..., Any], *about: object) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *about)

    def give_back(self, backend: Any, *, ill: bool = False) -> None:
        """Take a backend back and free its place."""
        if ill:
            self._ill_until = time.monotonic() + self._ill_seconds
        if ill or self._closed:
            backend.close()
        else:
            self._idle.append((backend, time.monotonic()))
        self._leave()

    def _leave(self) -> None:
        self._free.release()
        self._under_way -= 1
        self._let_threads_go()

    def _let_threads_go(self) -> None:
        if self._closed and not self._under_way:
            self._threads.shutdown(wait=False)

    def _check(self) -> None:
        if self._closed:
            raise sick("this sender is shutting down")
        if time.monotonic() < self._ill_until:
            raise sick("the provider failed a moment ago")

    def _written(self, outbound: EmailOutbound) -> Posting:
        backend = self._fresh()
        try:
            message = letter_of(outbound, self._account.provider)
            payload = backend.build_message_payload(message, backend.send_defaults)
        except DomainError as fault:
            scope = Scope.SENDER if _OURS & fault.fields.keys() else Scope.RECIPIENT
            raise PermanentRefusal(fault.message, reason=FailureReason.RENDER_ERROR, scope=scope) from fault
        except ValueError as fault:  # anymail's errors about addresses, values and features are ValueErrors
            raise PermanentRefusal(str(fault), reason=FailureReason.RENDER_ERROR) from fault
        crash.point("C5")
        return Posting(self, backend, payload, message)

    def _fresh(self) -> Any:
        """Return the backend used last, or a new one where that has been idle for too long."""
        while idle := self._last_idle():
            backend, since = idle
            if time.monotonic() - since < IDLE_SECONDS:
                return backend
            backend.close()
        return self._make(self._account, self._base)

    def _last_idle(self) -> tuple[Any, float] | None:
        try:
            return self._idle.pop()
        except IndexError:  # many threads at once: whoever asks first whether there is one may come too late
            return None


class Posting:
    """A call that is written and not made: `transmit` or `abandon` it, once."""

    def __init__(self, channel: EspChannel, backend: Any, payload: Any, message: Any) -> None:
        self._channel = channel
        self._backend = backend
        self._payload = payload
        self._message = message

    async def transmit(self) -> Receipt:
        """Make the call and read its answer. Raises a Refusal, or Unclear."""
        ill = True
        try:
            receipt: Receipt = await self._channel.in_thread(self._posted)
            ill = False
        except Refusal:
            ill = False
            raise
        finally:
            self._channel.give_back(self._backend, ill=ill)
        return receipt

    async def abandon(self) -> None:
        """Give the place back; nothing was said."""
        self._channel.give_back(self._backend)

    def _posted(self) -> Receipt:
        from anymail.exceptions import AnymailRequestsAPIError, AnymailSerializationError

        try:
            crash.point("C7")
            response = self._backend.post_to_esp(self._payload, self._message)
        except AnymailSerializationError as fault:
            raise PermanentRefusal(str(fault), reason=FailureReason.RENDER_ERROR) from fault
        except AnymailRequestsAPIError as fault:
            raise _heard(fault) from fault
        crash.point("C8")
        return self._read(response)

    def _read(self, response: Any) -> Receipt:
        """Read a success. Whoever says 200 and then something odd may have taken the mail."""
        from anymail.exceptions import AnymailError

        code = str(response.status_code)
        if response.status_code >= 300:  # some adapters take a refusal for an answer about recipients
            raise _refused(response)
        try:
            told = self._backend.parse_recipient_status(response, self._payload, self._message)
        except (AnymailError, KeyError, IndexError, TypeError, ValueError) as fault:
            text = answers.words_of(response)
            raise Unclear(f"the answer cannot be read: {text}"[:500], code=code) from fault
        (status,) = list(told.values())[:1] or [None]
        if status is None or status.status in {"rejected", "invalid", "failed"}:
            raise answers.not_taken(status.status if status else "", answers.words_of(response))
        return Receipt(provider_id=str(status.message_id or "")[:200], code=code, text=status.status or "")


def _heard(fault: Any) -> Refusal | Unclear:
    response = fault.response
    if response is None:
        return answers.unheard(fault.__cause__ or fault)
    return _refused(response)


def _refused(response: Any) -> Refusal | Unclear:
    wish = response.headers.get("Retry-After", "")
    return answers.refused(response.status_code, answers.words_of(response), wish)
