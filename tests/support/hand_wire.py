"""A wire whose every event is the test's: what becomes ready, what is answered, and when."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from drumbeat.channels.base import Receipt, Refusal, Unclear
from drumbeat.engine.wire import Ended, Happening, Ready
from drumbeat.store.claims import Claimed

ACCEPTED = Receipt(code="250", text="OK")


@dataclass
class HandWire:
    """`preparing` and `transmitting` hold the claims that are there, by touch id; of one touch the oldest is first.

    `prompt`: everything is ready at once. `transmitted` lists every touch that was handed over here, in order.
    """

    prompt: bool = True
    transmitted: list[int] = field(default_factory=list)
    given_back: list[int] = field(default_factory=list)
    _preparing: list[Claimed] = field(default_factory=list)
    _transmitting: list[Claimed] = field(default_factory=list)
    _happened: list[Happening] = field(default_factory=list)

    @property
    def preparing(self) -> list[int]:
        return [claimed.touch_id for claimed in self._preparing]

    @property
    def transmitting(self) -> list[int]:
        return [claimed.touch_id for claimed in self._transmitting]

    def begin(self, claimed: Claimed) -> None:
        self._preparing.append(claimed)
        if self.prompt:
            self.ready(claimed.touch_id)

    def ready(self, touch_id: int) -> None:
        """Say that the recipient is accepted."""
        self._happened.append(Ready(_take(self._preparing, touch_id)))

    def refuse(self, touch_id: int, refusal: Refusal) -> None:
        """Refuse before anything was handed over."""
        self._happened.append(Ended(_take(self._preparing, touch_id), refusal))

    def end(self, touch_id: int, result: Receipt | Refusal | Unclear = ACCEPTED) -> None:
        """Say what came of a transmission."""
        self._happened.append(Ended(_take(self._transmitting, touch_id), result))

    def end_all(self) -> None:
        for touch_id in self.transmitting:
            self.end(touch_id)

    def decide(self, claims: Iterable[Claimed], *, transmit: bool) -> None:
        for claimed in claims:
            if transmit:
                self.transmitted.append(claimed.touch_id)
                self._transmitting.append(claimed)
            else:
                self.given_back.append(claimed.touch_id)
                self._happened.append(Ended(claimed, None))

    def happenings(self, wait_seconds: float) -> list[Happening]:
        happened, self._happened = self._happened, []
        return happened

    def close_sender(self, sender_id: int) -> None:
        pass

    def stop(self) -> None:
        pass


def _take(claims: list[Claimed], touch_id: int) -> Claimed:
    return claims.pop(next(i for i, claimed in enumerate(claims) if claimed.touch_id == touch_id))
