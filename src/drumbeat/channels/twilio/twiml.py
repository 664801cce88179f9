"""What a call is told to do, as TwiML. Every text is escaped by the library; what XML cannot hold is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from drumbeat.core.calls import Deed
from drumbeat.core.errors import DomainError

LONGEST = 4_000
"""Characters that Twilio takes as TwiML with a request."""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What is said: a recording, or a text in a voice. `connect_to`: whom a person is put through to, E.164."""

    text: str = ""
    audio_url: str = ""
    language: str = "en-US"
    voice: str = ""
    connect_to: str = ""
    connect_as: str = ""
    """The number that the one who is rung sees; ours where it is empty."""
    tell_at: str = ""
    """Where Twilio says whether they answered."""


NO_SCRIPT = Script()


def waiting(listen_for: timedelta) -> str:
    """Keep the line open in silence while it is found out who answered, then hang up."""
    response = _response()
    response.pause(length=max(int(listen_for.total_seconds()), 1))
    response.hangup()
    return _written(response)


def telling(deed: Deed, script: Script, ring_for: timedelta = timedelta(seconds=25)) -> str:
    """Return what carries a deed out; it ends with a clean hang-up. Raises DomainError `call_script`."""
    response = _response()
    match deed:
        case Deed.LEAVE:
            response.pause(length=1)  # some machines begin to record a moment after their beep
            _say(response, script)
        case Deed.READ:
            _say(response, script)
        case Deed.CONNECT:
            _connect(response, script, ring_for)
        case Deed.HANG_UP:
            pass
    response.hangup()
    return _written(response)


def _response() -> Any:
    from twilio.twiml.voice_response import VoiceResponse

    return VoiceResponse()


def _say(response: Any, script: Script) -> None:
    if script.audio_url:
        response.play(clean(script.audio_url))
        return
    text = clean(script.text).strip()
    if not text:
        raise DomainError("call_script", "There is nothing to say. Write a script or choose a recording.")
    voice = {"voice": script.voice} if script.voice else {}
    response.say(text, language=script.language, **voice)


def _connect(response: Any, script: Script, ring_for: timedelta) -> None:
    if not script.connect_to:
        raise DomainError(
            "call_script", "Nobody is named to put the call through to. Give the owner a number."
        )
    caller = {"caller_id": script.connect_as} if script.connect_as else {}
    told = {"action": script.tell_at, "method": "POST"} if script.tell_at else {}
    response.dial(timeout=int(ring_for.total_seconds()), **caller, **told).number(script.connect_to)


def clean(text: str) -> str:
    """Return a text without what no XML document can hold."""
    return _NO_XML.sub("", text)


def _written(response: Any) -> str:
    twiml = str(response)
    if len(twiml) > LONGEST:
        raise DomainError(
            "call_script",
            f"The script is too long for a call: {len(twiml):,} characters, {LONGEST:,} are taken. Shorten it.",
        )
    return twiml
