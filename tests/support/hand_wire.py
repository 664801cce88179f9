"""A wire whose every event is the test's: what becomes ready, what is answered, and when."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from drumbeat.channels.base import Receipt, Refusal, Unclear
from drumbeat.engine.wire import Ended, Happening, Ready
from drumbeat.store.claims import Claimed

ACCEPTED = Receipt(code="250", text="OK")


@dataclass
class HandWire:
    """`preparing`, `waiting` (ready, not decided) and `transmitting` hold what is where, by touch id.

    `prompt`: everything is ready at once. `transmitted` lists every touch that was handed over here, in order.
    """

    prompt: bool = True
    preparing: dict[int, Claimed] = field(default_factory=dict)
    waiting: dict[int, Claimed] = field(default_factory=dict)
    transmitting: dict[int, Claimed] = field(default_factory=dict)
    transmitted: list[int] = field(default_factory=list)
    given_back: list[int] = field(default_factory=list)
    _happened: list[Happening] = field(default_factory=list)

    def begin(self, claimed: Claimed) -> None:
        self.preparing[claimed.touch_id] = claimed
        if self.prompt:
            self.ready(claimed.touch_id)

    def ready(self, touch_id: int) -> None:
        """Say that the recipient is accepted."""
        self.waiting[touch_id] = self.preparing.pop(touch_id)
        self._happened.append(Ready(self.waiting[touch_id]))

    def refuse(self, touch_id: int, refusal: Refusal) -> None:
        """Refuse before anything was handed over."""
        self._happened.append(Ended(self.preparing.pop(touch_id), refusal))

    def end(self, touch_id: int, result: Receipt | Refusal | Unclear = ACCEPTED) -> None:
        """Say what came of a transmission."""
        self._happened.append(Ended(self.transmitting.pop(touch_id), result))

    def end_all(self) -> None:
        for touch_id in list(self.transmitting):
            self.end(touch_id)

    def decide(self, touch_ids: Iterable[int], *, transmit: bool) -> None:
        for touch_id in touch_ids:
            claimed = self.waiting.pop(touch_id)
            if transmit:
                self.transmitted.append(touch_id)
                self.transmitting[touch_id] = claimed
            else:
                self.given_back.append(touch_id)
                self._happened.append(Ended(claimed, None))

    def happenings(self, wait_seconds: float) -> list[Happening]:
        happened, self._happened = self._happened, []
        return happened

    def close_sender(self, sender_id: int) -> None:
        pass

    def stop(self) -> None:
        pass
