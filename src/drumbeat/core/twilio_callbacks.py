"""What Twilio posts to us, as values: reports about messages and calls, and messages that came in.

Whether it was Twilio that posted is `channels.twilio.signature`'s to say, and it is asked first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, TypeVar
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from drumbeat.core.calls import Answerer, CallState, Heard, PutThrough
from drumbeat.core.keywords.reading import Keyword
from drumbeat.core.touch import TouchKind
from drumbeat.core.twilio_messages import Message, MessageState

MAX_BODY = 256 * 1024
MAX_FIELDS = 500
_MAX_MEDIA = 10
_WHATSAPP = "whatsapp:"
_AT_END = {"answered": CallState.IN_PROGRESS}
"""Words of callbacks that are none of `CallState`."""
_TALKED = {"answered": PutThrough.COMPLETED}
"""Words of `DialCallStatus` that are none of `PutThrough`."""


class Form:
    """A posted form. A name may stand in it more than once; the first value is the one that is read."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for name, _ in self._pairs))

    def __bool__(self) -> bool:
        return bool(self._pairs)

    def getlist(self, name: str) -> list[str]:
        """Return all values of a name, as the signature covers them."""
        return [value for known, value in self._pairs if known == name]

    def get(self, name: str) -> str:
        """Return the first value of a name, or an empty string."""
        return next(iter(self.getlist(name)), "")


def read_form(body: bytes) -> Form | None:
    """Read a body of the type application/x-www-form-urlencoded; None: too big, or no such form."""
    if len(body) > MAX_BODY:
        return None
    try:
        return Form(
            parse_qsl(
                body.decode("ascii"),
                keep_blank_values=True,
                strict_parsing=bool(body),
                errors="strict",
                max_num_fields=MAX_FIELDS,
            )
        )
    except ValueError:
        return None


def address_of(public_url: str, path: str, query: str) -> str:
    """Return the address that Twilio called: the configured public one with the path and query that were asked for.

    Headers of a request (`Host`, `X-Forwarded-…`) are not asked: whoever forges them would choose what is signed.
    """
    base = urlsplit(public_url)
    return urlunsplit((base.scheme, base.netloc, base.path.rstrip("/") + path, query, ""))


@dataclass(frozen=True, slots=True)
class MessageReport:
    sid: str
    heard: Message


@dataclass(frozen=True, slots=True)
class CallReport:
    """`code`: Twilio's error code, 0 where there is none; `sip`: what the carrier answered, 0 where it did not."""

    sid: str
    heard: Heard
    code: int = 0
    sip: int = 0


@dataclass(frozen=True, slots=True)
class Media:
    url: str
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A text or WhatsApp message of a person. Numbers in E.164 form, as Twilio wrote them.

    `acted`: what Twilio has already done and answered by itself (advanced opt-out); nothing more is answered then.
    """

    sid: str
    channel: TouchKind
    sender: str
    recipient: str
    text: str
    media: tuple[Media, ...] = ()
    acted: Keyword | None = None
    profile_name: str = ""


Callback: TypeAlias = MessageReport | CallReport | Incoming
_WordT = TypeVar("_WordT", bound=StrEnum)


def read_callback(form: Form) -> Callback | None:
    """Say what a form reports; None for what is none of ours, or says nothing that we know. Total."""
    if form.get("CallSid"):
        return _call(form)
    sid = form.get("MessageSid") or form.get("SmsSid")
    if not sid:
        return None
    state = _word(MessageState, form.get("MessageStatus"))
    if state is not None:
        return MessageReport(sid, Message(state, _number(form.get("ErrorCode"))))
    return _incoming(form, sid) if form.get("From") and not form.get("MessageStatus") else None


def _call(form: Form) -> CallReport | None:
    state = _word(CallState, form.get("CallStatus")) or _AT_END.get(form.get("CallStatus"))
    answerer = _word(Answerer, form.get("AnsweredBy"))
    said = form.get("DialCallStatus")
    put_through = _word(PutThrough, said) or _TALKED.get(said)
    if state is None and answerer is None and put_through is None:
        return None
    heard = Heard(state, answerer, _number(form.get("CallDuration")), put_through)
    return CallReport(
        form.get("CallSid"), heard, _number(form.get("ErrorCode")), _number(form.get("SipResponseCode"))
    )


def _incoming(form: Form, sid: str) -> Incoming:
    over_whatsapp = form.get("From").startswith(_WHATSAPP)
    return Incoming(
        sid=sid,
        channel=TouchKind.WHATSAPP if over_whatsapp else TouchKind.SMS,
        sender=form.get("From").removeprefix(_WHATSAPP),
        recipient=form.get("To").removeprefix(_WHATSAPP),
        text=form.get("Body"),
        media=tuple(_media(form)),
        acted=_word(Keyword, form.get("OptOutType").lower()),
        profile_name=form.get("ProfileName"),
    )


def _media(form: Form) -> Iterator[Media]:
    for number in range(min(_number(form.get("NumMedia")), _MAX_MEDIA)):
        if url := form.get(f"MediaUrl{number}"):
            yield Media(url, form.get(f"MediaContentType{number}"))


def _word(words: type[_WordT], text: str) -> _WordT | None:
    known: Mapping[str, _WordT] = {word.value: word for word in words}
    return known.get(text)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0
