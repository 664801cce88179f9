"""The channel of a sender at Twilio: one request for a text or a call, a few at once, each in a thread of its own.

What Twilio did not clearly refuse may have been taken. After such a one the sender is held for a while, so that an
ill provider leaves few in doubt; what became of them is told by callbacks, which carry our reference.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from drumbeat import crash
from drumbeat.channels.base import PermanentRefusal, Receipt, Refusal, Scope, Unclear
from drumbeat.channels.email.answers import sick
from drumbeat.channels.places import ILL_SECONDS, Places
from drumbeat.channels.twilio.answers import by_number
from drumbeat.channels.twilio.faults import meant
from drumbeat.channels.twilio.finding import found, looked_up
from drumbeat.channels.twilio.outbound import CallOutbound, TwilioAccount, TwilioOutbound
from drumbeat.channels.twilio.wire import Patience, Wire, client_of
from drumbeat.channels.twilio.writing import call_arguments, text_arguments
from drumbeat.core.calls import Heard
from drumbeat.core.errors import DomainError
from drumbeat.core.touch import FailureReason

BESIDE = 2
"""Requests about calls that run, at once, besides those that send."""
_LOST = frozenset({"failed", "undelivered", "canceled"})
_GotT = TypeVar("_GotT")
Work: TypeAlias = Callable[[Any], _GotT]
"""What is asked of the library's client, and what is made of its answer."""


class TwilioChannel:
    """At most `connections` requests are under way at once. Belongs to one event loop.

    `base` stands in for Twilio's hosts (an operator's relay, a stand-in of tests).
    """

    def __init__(
        self,
        account: TwilioAccount,
        connections: int = 4,
        *,
        base: str = "",
        patience: Patience | None = None,
        ill_seconds: float = ILL_SECONDS,
    ) -> None:
        self._account = account
        self._places = Places(
            lambda: Wire(base, patience or Patience()), connections, beside=BESIDE, ill_seconds=ill_seconds
        )

    async def prepare(self, outbound: TwilioOutbound) -> Asking:
        """Write the request. Raises a Refusal."""
        await self._places.take()
        try:
            work = await self._places.in_thread(_written, outbound)
            crash.point("C5")
            return Asking(self, work)
        except BaseException:
            self.give_back()
            raise

    async def close(self) -> None:
        """Close what is idle; what is prepared or on the wire ends first."""
        self._places.close()

    async def steer(self, call_sid: str, twiml: str) -> None:
        """Tell a call that is under way what to do from now on. Raises a Refusal, or Unclear.

        A call that has ended meanwhile refuses, for good.
        """
        await self._aside(lambda client: client.calls(call_sid).update(twiml=twiml))

    async def end(self, call_sid: str) -> None:
        """Hang up, whether the call is ringing or answered. Raises a Refusal, or Unclear."""
        await self._aside(lambda client: client.calls(call_sid).update(status="completed"))

    async def look_up(self, call_sid: str) -> Heard:
        """Ask how a call stands, where no callback told. Raises a Refusal, or Unclear."""
        return await self._aside(lambda client: looked_up(client, call_sid))

    async def try_account(self) -> None:
        """Ask for something that sends nothing, to see whether the credentials are good. Raises a Refusal."""
        try:
            await self._aside(lambda client: client.messages.list(limit=1))
        except Unclear as doubt:
            raise sick(doubt.text) from doubt

    async def find(self, outbound: TwilioOutbound, since: datetime) -> Receipt | None:
        """Look for what was in doubt since a moment. Raises a Refusal, or Unclear.

        None proves nothing: a template's text is not known to us, and the same text may have gone out twice.
        """
        return await self._aside(lambda client: found(client, outbound, since))

    async def carry_out(self, work: Work[Receipt]) -> Receipt:
        """Make a request whose place is taken, and give the place back. Raises a Refusal, or Unclear."""
        try:
            return await self._places.in_thread(self._asked, work)
        finally:
            self.give_back()

    def give_back(self) -> None:
        """Free the place of a request that is over."""
        self._places.leave()

    async def _aside(self, work: Work[_GotT]) -> _GotT:
        """Make a request that sends nothing. Somebody may be on the line, so it queues behind no message."""
        return await self._places.aside(self._asked, work)

    def _asked(self, work: Work[_GotT]) -> _GotT:
        wire, answered = self._places.line(), False
        try:
            crash.point("C7")
            result = work(client_of(self._account, wire))
            answered = True
            return result
        except Unclear:  # read from an answer, as a Refusal is
            self._places.fell_ill()
            raise
        except Refusal:
            raise
        except Exception as fault:
            outcome = meant(fault, wire)
            answered = isinstance(outcome, Refusal) and outcome.code != ""
            if isinstance(outcome, Unclear):
                self._places.fell_ill()
            raise outcome from fault
        finally:
            crash.point("C8")
            self._places.keep(wire, sound=answered)


class Asking:
    """A request that is written and not made: `transmit` or `abandon` it, once."""

    def __init__(self, channel: TwilioChannel, work: Work[Receipt]) -> None:
        self._channel = channel
        self._work = work

    async def transmit(self) -> Receipt:
        """Make the request and read its answer. Raises a Refusal, or Unclear."""
        return await self._channel.carry_out(self._work)

    async def abandon(self) -> None:
        """Give the place back; nothing was said."""
        self._channel.give_back()


def _written(outbound: TwilioOutbound) -> Work[Receipt]:
    try:
        if isinstance(outbound, CallOutbound):
            call = call_arguments(outbound)
            return lambda client: _receipt(client.calls.create(**call))
        text = text_arguments(outbound)
        return lambda client: _receipt(client.messages.create(**text))
    except DomainError as fault:
        scope = Scope.SENDER if "From" in fault.fields else Scope.RECIPIENT
        raise PermanentRefusal(fault.message, reason=FailureReason.RENDER_ERROR, scope=scope) from fault


def _receipt(made: Any) -> Receipt:
    """Read a success. A message that failed at once is refused by its code, without one it is in doubt."""
    status, code = str(made.status or ""), getattr(made, "error_code", None)
    if status in _LOST:
        if code:
            raise by_number(int(code), "", f"201 {code}")
        raise Unclear(f"Twilio took it and says: {status}", code="201")
    if not made.sid:
        raise Unclear("Twilio's answer names no id", code="201")
    return Receipt(provider_id=made.sid, code="201", text=status)
