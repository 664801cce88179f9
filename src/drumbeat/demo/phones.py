"""People with phones: what our Twilio took lives its life here, and now and then somebody writes back."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any, TypeVar

from drumbeat.demo import phone_habits
from drumbeat.demo.phone_habits import TextAnswer
from drumbeat.demo.pictures import a_bicycle
from drumbeat.demo.texts import texts_of
from drumbeat.demo.twilio.scripts import CALLS
from drumbeat.demo.twilio.server import ENDS, Lying, Twilio

log = logging.getLogger(__name__)

T = TypeVar("T")
_TRIES = 20
_TRY_AGAIN_SECONDS = 3.0
_STEP_SECONDS = 1.0
_READ_SECONDS = 4.0
_REGRET_SECONDS = 40.0
_TOLD_SECONDS = 10.0
"""How long somebody stays on the line to hear something."""
_LONGEST_SPEECH = 8.0
"""Nobody who watches the demo waits out a whole voicemail; how long it took is told as it was."""
_WORDS_PER_SECOND = 2.5
_TAGS = re.compile(r"<[^>]*>")


class Phones:
    """One per Twilio; `wait` sleeps."""

    def __init__(self, twilio: Twilio, wait: Callable[[float], Any] = asyncio.sleep) -> None:
        self.twilio = twilio
        self.wait = wait
        self._heard: Counter[str] = Counter()
        self._answers = 0
        self._tasks: set[asyncio.Task[None]] = set()

    def connect(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let everything that is taken from now on live in `loop`; Twilio's threads call in."""

        def taken(sid: str) -> None:
            loop.call_soon_threadsafe(self._begin, sid)

        self.twilio.taken = taken

    def _begin(self, sid: str) -> None:
        task = asyncio.get_running_loop().create_task(self.live(sid))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def live(self, sid: str) -> None:
        """Let a message or call live to its end; an installation that is away for long hears no more of it."""
        try:
            await (self._text(sid) if sid in self.twilio.messages else self._call(sid))
        except OSError as fault:
            log.warning("callbacks about %s were given up: %s", sid, fault)
        self.twilio.forget_old()

    async def _text(self, sid: str) -> None:
        made = self.twilio.messages[sid]
        number = made["to"].removeprefix("whatsapp:")
        code = phone_habits.undelivered(number)
        for state in ("queued", "sent"):
            await self._tell(sid, MessageStatus=state)
        if code:
            await self._tell(sid, MessageStatus="undelivered", ErrorCode=code)
            return
        await self._tell(sid, MessageStatus="delivered")
        self._heard[number] += 1
        if made["to"] != number:
            await self.wait(_READ_SECONDS)
            await self._tell(sid, MessageStatus="read")
        await self._answer(made, number)

    async def _answer(self, made: dict[str, Any], number: str) -> None:
        reaction = phone_habits.text_reaction(number, self._heard[number])
        if reaction.answer is TextAnswer.NOTHING:
            return
        await self.wait(reaction.after_seconds)
        if reaction.answer is TextAnswer.REPLY:
            await self._write(made, "replies", has_picture=reaction.has_picture)
            return
        await self._write(made, "stops")
        if reaction.answer is TextAnswer.STOP_AND_START:
            await self.wait(_REGRET_SECONDS)
            await self._write(made, "starts")

    async def _write(self, made: dict[str, Any], section: str, *, has_picture: bool = False) -> None:
        """Write to the number that wrote: at the address of its callbacks without the mark of that one message."""
        self._answers += 1
        sid = f"SM{self.twilio.run:08x}{0xA << 92 | self._answers:024x}"
        text = Random(made["sid"] + section).choice(texts_of("short.txt", "\n---\n")[section])
        address = made["status_url"].rpartition("/")[0]
        named = {
            "MessageSid": sid,
            "SmsSid": sid,
            **(await asyncio.to_thread(self._picture) if has_picture else {}),
        }
        await self._insist(
            lambda: self.twilio.deliver(address, made["to"], text, to=made["from"] or "", **named)
        )

    def _picture(self) -> dict[str, str]:
        """Lay a picture at Twilio; return what its callback says of it."""
        url = self.twilio.lay(Lying(a_bicycle(self._answers), "image/png"))
        return {"NumMedia": "1", "MediaUrl0": url, "MediaContentType0": "image/png"}

    async def _call(self, sid: str) -> None:
        made = self.twilio.calls[sid]
        self._heard[f"call {made['to']}"] += 1
        script = phone_habits.call_script(made["to"], self._heard[f"call {made['to']}"])
        seconds = 1
        for news in CALLS[script]:
            await self.wait(_STEP_SECONDS)
            if made["status"] in ENDS or news.get("CallStatus") == "completed":
                break
            await self._report(sid, **news)
            if "AnsweredBy" in news:
                seconds += await self._listen(made)
        if made["status"] not in ENDS - {"completed"}:
            await self._report(sid, CallStatus="completed", CallDuration=str(seconds))

    async def _listen(self, made: dict[str, Any]) -> int:
        """Wait for what the call is to say, and hear it; return how long that takes on a real line."""
        waited = 0.0
        while len(made["twiml"]) < 2 and made["status"] not in ENDS and waited < _TOLD_SECONDS:
            await self.wait(0.2)
            waited += 0.2
        words = _TAGS.sub(" ", "".join(made["twiml"][1:])).split()
        speech = len(words) / _WORDS_PER_SECOND
        await self.wait(min(speech, _LONGEST_SPEECH))
        return round(waited + speech) + 4

    async def _tell(self, sid: str, **news: str) -> None:
        await self.wait(_STEP_SECONDS)
        await self._report(sid, **news)

    async def _report(self, sid: str, **news: str) -> None:
        await self._insist(lambda: self.twilio.report(sid, **news))

    async def _insist(self, post: Callable[[], T]) -> T:
        """Post until somebody answers. Raises OSError when nobody does for a minute."""
        for _ in range(_TRIES - 1):
            try:
                return await asyncio.to_thread(post)
            except OSError:
                await self.wait(_TRY_AGAIN_SECONDS)
        return await asyncio.to_thread(post)
