"""What every channel promises the dispatcher (`drumbeat.channels.base`), as tests that a channel inherits.

A test class derives from `ChannelContract` and brings a fixture `subject`; nothing else is needed to hold a new
channel against what the engine relies on.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from drumbeat.channels.base import PermanentRefusal, Receipt, Refusal, TemporaryRefusal, Unclear

SOON = 0.15
"""Seconds in which something that must wait would have happened."""
PATIENCE = 10.0


@dataclass(frozen=True)
class Subject:
    """A channel and a far side that does what it is told.

    `channel` makes one with so many places, inside a running loop; `lost` makes one whose far side is not there.
    `good`, `never`, `later`, `cut`, `hang`: what is taken, refused for good, refused for now, cut before its answer,
    never answered. `bad`: what can be seen to be wrong, None where nothing can. `taken` counts what arrived.
    """

    channel: Callable[[int], Any]
    lost: Callable[[], Any]
    good: Any
    never: Any
    later: Any
    cut: Any
    hang: Any
    taken: Callable[[], int]
    bad: Any = None
    repeats: bool = False
    """Whether the far side knows a repetition by its id: what was cut may then be sent again."""


async def outcome_of(channel: Any, outbound: Any) -> Any:
    try:
        return await (await channel.prepare(outbound)).transmit()
    except (Refusal, Unclear) as outcome:
        return outcome


class ChannelContract:
    """The promises. Each test has its own far side."""

    def run(self, subject: Subject, work: Callable[[Any], Awaitable[Any]], places: int = 1) -> Any:
        async def whole() -> Any:
            channel = subject.channel(places)
            try:
                return await asyncio.wait_for(work(channel), PATIENCE)
            finally:
                await channel.close()

        return asyncio.run(whole(), debug=True)

    def test_preparing_hands_nothing_over(self, subject):
        async def work(channel):
            prepared = await channel.prepare(subject.good)
            await asyncio.sleep(SOON)
            taken = subject.taken()
            await prepared.abandon()
            return taken

        assert self.run(subject, work) == 0
        assert subject.taken() == 0, "nor does abandoning"

    def test_transmitting_hands_over_once_and_brings_a_receipt(self, subject):
        receipt = self.run(subject, lambda channel: outcome_of(channel, subject.good))
        assert isinstance(receipt, Receipt)
        assert subject.taken() == 1

    @pytest.mark.parametrize(("name", "kind"), [("never", PermanentRefusal), ("later", TemporaryRefusal)])
    def test_a_refusal_is_an_exception_that_says_why_and_nothing_was_taken(self, subject, name, kind):
        refusal = self.run(subject, lambda channel: outcome_of(channel, getattr(subject, name)))
        assert isinstance(refusal, kind)
        assert refusal.text.isprintable()
        assert len(refusal.text) <= 500
        assert subject.taken() == 0

    def test_what_is_visibly_wrong_is_refused_before_a_word(self, subject):
        if subject.bad is None:
            return

        async def work(channel):
            with pytest.raises(PermanentRefusal):
                await channel.prepare(subject.bad)

        self.run(subject, work)
        assert subject.taken() == 0

    def test_what_was_cut_is_in_doubt_unless_a_repetition_is_known(self, subject):
        outcome = self.run(subject, lambda channel: outcome_of(channel, subject.cut))
        assert isinstance(outcome, TemporaryRefusal if subject.repeats else Unclear)

    def test_a_far_side_that_is_not_there_refuses_for_now_and_is_never_in_doubt(self, subject):
        async def work(_):
            channel = subject.lost()
            try:
                return await outcome_of(channel, subject.good)
            finally:
                await channel.close()

        assert isinstance(self.run(subject, work), TemporaryRefusal)

    @pytest.mark.parametrize("name", ["good", "never", "later"])
    def test_every_outcome_gives_its_place_back(self, subject, name):
        async def work(channel):
            await outcome_of(channel, getattr(subject, name))
            await (await channel.prepare(subject.good)).abandon()

        self.run(subject, work)

    def test_who_prepares_waits_for_a_place_and_gets_the_one_that_is_given_back(self, subject):
        async def work(channel):
            first = await channel.prepare(subject.good)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(channel.prepare(subject.good), SOON)
            second = asyncio.create_task(channel.prepare(subject.good))
            await asyncio.sleep(SOON)
            assert not second.done()
            await first.abandon()
            await (await second).abandon()
            await (await channel.prepare(subject.good)).abandon()

        self.run(subject, work)

    def test_a_cancelled_transmission_gives_its_place_back(self, subject):
        async def work(channel):
            prepared = await channel.prepare(subject.hang)
            sending = asyncio.create_task(prepared.transmit())
            await asyncio.sleep(SOON)
            sending.cancel()
            with pytest.raises(asyncio.CancelledError):
                await sending
            await outcome_of(channel, subject.good)
            return True

        assert self.run(subject, work)

    def test_many_at_once_all_arrive_once(self, subject):
        async def work(channel):
            return await asyncio.gather(*(outcome_of(channel, subject.good) for _ in range(7)))

        assert all(isinstance(one, Receipt) for one in self.run(subject, work, places=3))
        assert subject.taken() == 7

    def test_closing_cuts_off_nothing_that_is_prepared(self, subject):
        async def work(channel):
            prepared = await channel.prepare(subject.good)
            await asyncio.wait_for(channel.close(), PATIENCE)
            return await prepared.transmit()

        assert isinstance(self.run(subject, work), Receipt)
        assert subject.taken() == 1

    def test_closing_twice_is_closing_once(self, subject):
        async def work(channel):
            await outcome_of(channel, subject.good)
            await channel.close()

        self.run(subject, work)
