"""A text or WhatsApp message that came in: its words of steering first, then what any answer does.

The number is proof: Twilio signs what it posts. STOP acts before anything else is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from drumbeat.actions import number_stops
from drumbeat.core.answers.wishes import Sentiment
from drumbeat.core.facts import WEAK_OPT_OUT, EventKind
from drumbeat.core.incoming import Word
from drumbeat.core.keywords.reading import Asked, Keyword, answer, is_ours_to_answer, read_keyword
from drumbeat.core.received_texts import TextVerdict, read_text
from drumbeat.core.touch import TouchKind
from drumbeat.core.twilio_callbacks import Incoming
from drumbeat.inbound import counting
from drumbeat.inbound.match import Match
from drumbeat.inbound.notices import tell_owner
from drumbeat.models import (
    Contact,
    Event,
    Message,
    PhoneAccount,
    PhoneCallback,
    SenderProfile,
    Touch,
    Workspace,
)
from drumbeat.store import confirmations, conversations, evidence, text_media
from drumbeat.store.evidence import storable

_WORDS: Mapping[Keyword, Word] = MappingProxyType(
    {Keyword.STOP: Word.OPT_OUT, Keyword.START: Word.OTHER, Keyword.HELP: Word.OTHER}
)
_EVENTS: Mapping[Word, str] = MappingProxyType(
    {
        Word.REPLY: EventKind.REPLIED.value,
        Word.AUTO_REPLY: EventKind.AUTO_REPLIED.value,
        Word.OUT_OF_OFFICE: EventKind.OUT_OF_OFFICE.value,
        Word.OPT_OUT: EventKind.OPTED_OUT.value,
    }
)
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class _Heard:
    """A message with what it asks for. `match.touch`: what it answers, the last that we wrote on its channel."""

    incoming: Incoming
    match: Match
    asked: Asked
    said: TextVerdict
    received_at: datetime
    now: datetime

    @property
    def word(self) -> Word:
        if self.asked.keyword is not None and not self.asked.is_weak:
            return _WORDS[self.asked.keyword]
        return self.said.word if self.match.contact is not None else Word.OTHER

    @property
    def sentiment(self) -> Sentiment | None:
        weak_stop = self.asked.keyword is Keyword.STOP
        return Sentiment.UNSUBSCRIBE if weak_stop else self.said.sentiment


def take_in(callback: PhoneCallback, incoming: Incoming, now: datetime) -> None:
    """Write what follows, once: a message that was counted before changes nothing."""
    workspace_id = callback.account.workspace_id
    source = f"{number_stops.SOURCE}:{callback.account_id}"
    known = Message.objects.filter(workspace_id=workspace_id, direction="in", message_id=incoming.sid)
    match = _match(callback.account, incoming)
    heard = _heard(match, incoming, callback.received_at, now)
    kind = _EVENTS.get(heard.word)
    if kind is None and known.filter(contact=match.contact).exists():
        return
    if kind is not None and not evidence.add_event(_event(heard, kind, source)):
        return
    message = _message(heard)
    message.save(force_insert=True)
    text_media.keep(message, callback.account_id, incoming.media, now)
    conversations.heard(message, now)
    _follow(heard, source)
    _confirm(callback.account, heard)


def heed_stop(callback: PhoneCallback, incoming: Incoming, now: datetime) -> None:
    """Suppress the number where the message says STOP; the message itself waits until it can be written."""
    asked = read_keyword(incoming.text)
    is_stop = asked.keyword is Keyword.STOP and not asked.is_weak
    if incoming.acted is Keyword.STOP or (is_stop and incoming.acted is None):
        source = f"{number_stops.SOURCE}:{callback.account_id}"
        number_stops.stop(callback.account.workspace_id, incoming.sender, now, source=source)


def _match(account: PhoneAccount, incoming: Incoming) -> Match:
    numbers = SenderProfile.objects.filter(account=account, channel=incoming.channel.value)
    sender = numbers.filter(address=incoming.recipient).first() or (
        numbers.exclude(service_sid="").order_by("id").first()
    )
    contact = number_stops.with_number(account.workspace_id, incoming.sender).select_related("owner").first()
    touch = _answered(contact, incoming) if contact is not None else None
    return Match(account.workspace_id, sender.pk if sender else None, contact, touch)


def _answered(contact: Contact, incoming: Incoming) -> Touch | None:
    """Return the last thing that we wrote to the person on this channel."""
    written = Touch.objects.filter(contact=contact, kind=incoming.channel.value, handed_at__isnull=False)
    return written.select_related("enrollment__sequence__owner", "sender").order_by("-id").first()


def _heard(match: Match, incoming: Incoming, received_at: datetime, now: datetime) -> _Heard:
    is_stopped = number_stops.is_stopped(match.workspace_id, incoming.sender)
    asked = read_keyword(incoming.text, is_stopped=is_stopped)
    if incoming.acted is not None:
        asked = Asked(incoming.acted, language=asked.language, is_twilios=True)
    is_word = asked.keyword is not None
    said = TextVerdict(Word.REPLY) if is_word else read_text(incoming.text, received_at.date())
    return _Heard(incoming, match, asked, said, received_at, now)


def _event(heard: _Heard, kind: str, source: str) -> Event:
    payload: dict[str, object] = {"proven": True, "channel": heard.incoming.channel.value}
    if heard.sentiment is not None:
        payload["sentiment"] = heard.sentiment.value
    if heard.said.returns_on is not None:
        payload["returns_on"] = heard.said.returns_on.isoformat()
    return Event(
        workspace_id=heard.match.workspace_id,
        kind=kind,
        contact=heard.match.contact,
        enrollment_id=heard.match.touch.enrollment_id if heard.match.touch else None,
        touch=heard.match.touch,
        source=source,
        external_id=storable(heard.incoming.sid, 500),
        payload=payload,
        occurred_at=heard.received_at,
        received_at=heard.now,
    )


def _message(heard: _Heard) -> Message:
    incoming, match = heard.incoming, heard.match
    return Message(
        workspace_id=match.workspace_id,
        contact=match.contact,
        enrollment_id=match.touch.enrollment_id if match.touch else None,
        touch=match.touch,
        sender_id=match.sender_id,
        channel=incoming.channel.value,
        direction="in",
        kind=heard.word.value,
        from_address=storable(incoming.sender, 320),
        to_address=storable(incoming.recipient, 320),
        text=storable(incoming.text, _LONGEST),
        sentiment=heard.sentiment.value if heard.sentiment else "",
        is_doubtful=_is_doubtful(heard),
        files=text_media.listed(incoming.media),
        message_id=storable(incoming.sid, 500),
        occurred_at=heard.received_at,
        done_at=heard.now if match.contact is None and heard.asked.keyword is not None else None,
    )


def _is_doubtful(heard: _Heard) -> bool:
    return heard.asked.is_weak or (heard.asked.keyword is None and heard.said.is_weak)


def _follow(heard: _Heard, source: str) -> None:
    match, now, number = heard.match, heard.now, heard.incoming.sender
    keyword = None if heard.asked.is_weak else heard.asked.keyword
    if keyword is Keyword.STOP:
        counting.scoped(match, EventKind.OPTED_OUT, now)
        number_stops.stop(match.workspace_id, number, now, source=source)
        tell_owner(match, "opted_out", _words(heard), now)
    elif keyword is Keyword.START:
        number_stops.start(match.workspace_id, number, now)
    elif heard.word is Word.AUTO_REPLY:
        counting.note(match, EventKind.AUTO_REPLIED, now)
    elif heard.word is Word.OUT_OF_OFFICE:
        counting.away(match, heard.said.returns_on, now)
    elif keyword is None and match.contact is not None:
        _replied(heard)


def _replied(heard: _Heard) -> None:
    match, now = heard.match, heard.now
    counting.stop(match, EventKind.REPLIED, now)
    if heard.sentiment is Sentiment.UNSUBSCRIBE:
        counting.stop(match, WEAK_OPT_OUT, now)
        tell_owner(match, "confirm_opt_out", _words(heard), now)
        return
    tell_owner(match, "replied", _words(heard), now)


def _confirm(account: PhoneAccount, heard: _Heard) -> None:
    """Answer a word of steering exactly once, and not at all where Twilio has answered it."""
    keyword, incoming = heard.asked.keyword, heard.incoming
    handles = account.answers_words and incoming.channel is TouchKind.SMS
    was_acted_on = incoming.acted is not None
    ours = is_ours_to_answer(heard.asked, was_acted_on=was_acted_on, twilio_handles=handles)
    if keyword is None or not ours or heard.match.sender_id is None:
        return
    name = Workspace.objects.values_list("name", flat=True).get(id=account.workspace_id)
    confirmations.plan(
        account.workspace_id,
        incoming.sid,
        channel=incoming.channel,
        sender_id=heard.match.sender_id,
        number=incoming.sender,
        contact=heard.match.contact,
        text=answer(keyword, heard.asked.language, name),
        now=heard.now,
    )


def _words(heard: _Heard) -> str:
    return " ".join(heard.incoming.text.split())[:200]
