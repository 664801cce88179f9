"""Looking for a message or call of which it is not known whether Twilio took it: by number, moment and text.

And asking after a call of which nothing more was heard.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from drumbeat.channels.base import Receipt
from drumbeat.channels.twilio.outbound import CallOutbound, TwilioOutbound
from drumbeat.core.calls import Answerer, Call, CallState, Heard, PutThrough
from drumbeat.core.touch import TouchKind

_WordT = TypeVar("_WordT", bound=StrEnum)
NEWEST = 50
"""How many to that number are looked through, newest first."""
_SKEW = timedelta(seconds=30)
"""How far Twilio's clock may be behind ours."""
_OURS = "outbound-api"


def found(client: Any, outbound: TwilioOutbound, since: datetime) -> Receipt | None:
    """Return the one that fits, None where none or more than one does. Raises what the library raises."""
    if isinstance(outbound, CallOutbound):
        listed = client.calls.list(to=outbound.recipient, limit=NEWEST)
        fitting = [one for one in listed if _is_since(one, since)]
    else:
        if outbound.template is not None:
            return None
        prefix = "whatsapp:" if outbound.channel is TouchKind.WHATSAPP else ""
        listed = client.messages.list(to=prefix + outbound.recipient, limit=NEWEST)
        fitting = [one for one in listed if _is_since(one, since) and one.body == outbound.text]
    if len(fitting) != 1:
        return None
    return Receipt(provider_id=str(fitting[0].sid), code="200", text=str(fitting[0].status))


def looked_up(client: Any, sid: str) -> Heard:
    """Ask for a call, and once it is over for the one to us that it was connected with. Raises as the library does."""
    heard = heard_of(client.calls(sid).fetch())
    if heard.state is None or not Call(heard.state).has_ended:
        return heard
    rung = client.calls.list(parent_call_sid=sid, limit=1)
    return replace(heard, put_through=_word(PutThrough, rung[0].status)) if rung else heard


def heard_of(call: Any) -> Heard:
    """Return what a call says of itself; what we do not know is left out."""
    return Heard(
        _word(CallState, call.status), _word(Answerer, call.answered_by), _seconds(str(call.duration or ""))
    )


def _word(words: type[_WordT], said: Any) -> _WordT | None:
    return words(str(said)) if str(said) in set(words) else None


def _seconds(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def _is_since(one: Any, since: datetime) -> bool:
    made_at = one.date_created
    return one.direction == _OURS and isinstance(made_at, datetime) and made_at >= since - _SKEW
