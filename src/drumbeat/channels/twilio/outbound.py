"""A text or a call as it leaves, and the account it leaves by. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from drumbeat.channels.twilio.twiml import NO_SCRIPT, Script
from drumbeat.core.calls import APART, NOTHING, RETRIES, Deed, Plan
from drumbeat.core.touch import TouchKind
from drumbeat.core.whatsapp import Template

_LONGEST = timedelta(minutes=30)
_LONGEST_TALK = timedelta(hours=4)
"""As long as Twilio lets a call last unless it is told otherwise."""


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """`sid`: AC…; `secret`: its token, or that of the API key `key_sid` (SK…). Callbacks are signed by the token."""

    sid: str
    secret: str = field(repr=False)
    key_sid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOutbound:
    """One SMS or WhatsApp message to one number in E.164 form.

    It leaves from `sender`, or from a number of the messaging service `service_sid`. WhatsApp takes `text` only while
    the person's window is open (`core.whatsapp`), which the guard has checked. `status_url` carries our reference:
    what becomes of the message, even of one in doubt, is reported there.
    """

    touch_key: str
    recipient: str
    channel: TouchKind = TouchKind.SMS
    sender: str = ""
    service_sid: str = ""
    text: str = ""
    template: Template | None = None
    media_urls: tuple[str, ...] = ()
    status_url: str = ""
    valid_for: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOutbound:
    """One call to one number in E.164 form.

    Whoever answers hears nothing until it is known who he is; then `answered_url` is told, and the call is steered as
    `plan` wants and `script` says. `ring_for` is about 5 s a ring; `listen_for` ends a call that nobody steers;
    `longest` ends any call. `retries` more calls, `apart` from each other, follow one that nobody took.
    """

    touch_key: str
    recipient: str
    sender: str
    status_url: str = ""
    answered_url: str = ""
    ring_for: timedelta = timedelta(seconds=25)
    listen_for: timedelta = timedelta(seconds=45)
    script: Script = NO_SCRIPT
    plan: Plan = NOTHING
    retries: int = RETRIES
    apart: timedelta = APART

    @property
    def longest(self) -> timedelta:
        """How long the call may last: people who were put through to each other are not cut off in their talk."""
        return _LONGEST_TALK if self.plan.on_human is Deed.CONNECT else _LONGEST


TwilioOutbound: TypeAlias = TextOutbound | CallOutbound
