"""The channel of a sender behind a provider: one HTTP call for a mail, a few at once, each in a thread of its own.

What a provider did not clearly refuse may have been sent: a lost answer, a 5xx, an answer that cannot be read. After
such a one the sender is held for a while, so that a provider that is ill leaves few mails in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drumbeat import crash
from drumbeat.channels.base import PermanentRefusal, Receipt, Refusal, Scope, Unclear
from drumbeat.channels.email.answers import readable
from drumbeat.channels.email.mime import EmailOutbound
from drumbeat.channels.esp import answers
from drumbeat.channels.esp.backends import backend_of
from drumbeat.channels.esp.letter import letter_of
from drumbeat.channels.places import ILL_SECONDS, Places
from drumbeat.core.errors import DomainError
from drumbeat.core.hosts import Network
from drumbeat.core.providers import Account
from drumbeat.core.touch import FailureReason

_OURS = frozenset({"From", "Reply-To"})
_REFUSED = frozenset({"rejected", "invalid", "failed"})
_FAILED_BY_DEFAULT = frozenset({"mailersend"})
"""Their adapters call a mail `failed` of which the answer says nothing."""
_ODD = (AttributeError, KeyError, IndexError, TypeError, ValueError, RecursionError)


class EspChannel:
    """At most `connections` mails are under way at once. Belongs to one event loop.

    `base` stands in for the hosts of providers; a server that people typed may lie in `networks` besides.
    """

    def __init__(
        self,
        account: Account,
        connections: int = 4,
        *,
        base: str = "",
        networks: Sequence[Network] = (),
        ill_seconds: float = ILL_SECONDS,
    ) -> None:
        self._account = account
        self._places: Places[Any] = Places(
            lambda: backend_of(account, base, networks), connections, ill_seconds=ill_seconds
        )

    async def prepare(self, outbound: EmailOutbound) -> Posting:
        """Write the call. Raises a Refusal."""
        await self._places.take()
        try:
            return await self._places.in_thread(self._written, outbound)
        except BaseException:
            self._places.leave()
            raise

    async def close(self) -> None:
        """Close what is idle; what is prepared or on the wire ends first."""
        self._places.close()

    def _written(self, outbound: EmailOutbound) -> Posting:
        backend = self._places.line()
        try:
            message = letter_of(outbound, self._account)
            payload = backend.build_message_payload(message, backend.send_defaults)
        except DomainError as fault:
            self._places.keep(backend)
            scope = Scope.SENDER if _OURS & fault.fields.keys() else Scope.RECIPIENT
            raise PermanentRefusal(fault.message, reason=FailureReason.RENDER_ERROR, scope=scope) from fault
        except ValueError as fault:  # anymail's errors about addresses, values and features are ValueErrors
            self._places.keep(backend)
            raise PermanentRefusal(str(fault), reason=FailureReason.RENDER_ERROR) from fault
        crash.point("C5")
        return Posting(self._account.provider, self._places, backend, payload, message)


class Posting:
    """A call that is written and not made: `transmit` or `abandon` it, once."""

    def __init__(self, provider: str, places: Places[Any], backend: Any, payload: Any, message: Any) -> None:
        self._provider = provider
        self._places = places
        self._backend = backend
        self._payload = payload
        self._message = message

    async def transmit(self) -> Receipt:
        """Make the call and read its answer. Raises a Refusal, or Unclear."""
        answered = False
        try:
            receipt: Receipt = await self._places.in_thread(self._posted)
            answered = True
            return receipt
        except Refusal:
            answered = True
            raise
        finally:
            if not answered:
                self._places.fell_ill()
            self._give_back(sound=answered)

    async def abandon(self) -> None:
        """Give the place back; nothing was said."""
        self._give_back(sound=True)

    def _give_back(self, *, sound: bool) -> None:
        self._places.keep(self._backend, sound=sound)
        self._places.leave()

    def _posted(self) -> Receipt:
        from anymail.exceptions import AnymailRequestsAPIError, AnymailSerializationError

        try:
            crash.point("C7")
            response = self._backend.post_to_esp(self._payload, self._message)
        except AnymailSerializationError as fault:
            raise PermanentRefusal(str(fault), reason=FailureReason.RENDER_ERROR) from fault
        except AnymailRequestsAPIError as fault:
            raise self._heard(fault) from fault
        crash.point("C8")
        return self._read(response)

    def _read(self, response: Any) -> Receipt:
        """Read a success. Whoever says 200 and then something odd may have taken the mail."""
        from anymail.exceptions import AnymailError

        if response.status_code >= 300:  # some adapters take a refusal for an answer about recipients
            raise answers.refused(self._provider, response)
        try:
            told = self._backend.parse_recipient_status(response, self._payload, self._message)
        except (AnymailError, *_ODD) as fault:
            raise _unread(response) from fault
        (status,) = list(told.values())[:1] or [None]
        if status is None or (status.status == "failed" and self._provider in _FAILED_BY_DEFAULT):
            raise _unread(response)
        if status.status in _REFUSED:
            raise answers.not_taken(status.status, answers.words_of(response))
        return Receipt(
            provider_id=str(status.message_id or "")[:200],
            code=str(response.status_code),
            text=status.status or "",
        )

    def _heard(self, fault: Any) -> Refusal | Unclear:
        if fault.response is None:
            return answers.unheard(fault.__cause__ or fault)
        return answers.refused(self._provider, fault.response)


def _unread(response: Any) -> Unclear:
    text = readable(answers.words_of(response))
    return Unclear(f"the answer cannot be read: {text}"[:500], code=str(response.status_code))
