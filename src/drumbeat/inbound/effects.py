"""What a received mail changes: the message, the event that counts once, the fact, the stop, the notice.

Everything runs in the transaction of one mail and locks in the order of the house: sender, enrollment, touch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from types import MappingProxyType

from drumbeat.actions import opt_outs
from drumbeat.core.addresses import base_email
from drumbeat.core.answers.wishes import Sentiment, wants_no_contact
from drumbeat.core.delivery import Refused, judge
from drumbeat.core.facts import WEAK_MEETING, WEAK_OPT_OUT, WEAK_REPLY, EventKind
from drumbeat.core.flow import Channel
from drumbeat.core.incoming import Word, word_for
from drumbeat.core.invites import Invite, by_machine
from drumbeat.core.mail import Mail
from drumbeat.core.provider_events import Meaning
from drumbeat.core.replies import MailKind, Verdict
from drumbeat.core.soft_bounces import add_up
from drumbeat.core.touch import FailureReason, Resolution
from drumbeat.inbound import counting, forwarding
from drumbeat.inbound.match import Clues, Match
from drumbeat.inbound.notices import tell_owner
from drumbeat.inbound.reading import Read
from drumbeat.models import Contact, Event, Message, Touch
from drumbeat.store import conversations, doubt, evidence, sender_health, stops
from drumbeat.store.evidence import storable

SOURCE = "mail"
INVITE = "invite"
CHANNEL = Channel.EMAIL.value
_OF_PEOPLE = frozenset({Word.REPLY, Word.WEAK_REPLY})
_READ_BY_PEOPLE = frozenset({MailKind.REPLY, MailKind.OPT_OUT})
EVENT_KINDS: Mapping[Word, str] = MappingProxyType(
    {
        Word.REPLY: EventKind.REPLIED.value,
        Word.WEAK_REPLY: WEAK_REPLY,
        Word.AUTO_REPLY: EventKind.AUTO_REPLIED.value,
        Word.OUT_OF_OFFICE: EventKind.OUT_OF_OFFICE.value,
        Word.OPT_OUT: EventKind.OPTED_OUT.value,
        Word.BOUNCE: EventKind.BOUNCED.value,
        Word.SOFT_BOUNCE: EventKind.BOUNCED.value,
        Word.COMPLAINT: EventKind.COMPLAINED.value,
    }
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One mail at one place where it belongs."""

    read: Read
    match: Match
    word: Word
    now: datetime

    @property
    def contact(self) -> Contact | None:
        return self.match.contact

    @property
    def touch(self) -> Touch | None:
        return self.match.touch


def apply(read: Read, match: Match, now: datetime) -> None:
    """Write what follows from the mail, once: a mail that was counted before changes nothing."""
    word = word_for(
        read.verdict,
        proven=match.is_proven,
        from_contact=match.contact is not None,
        recipient=match.touch.recipient if match.touch else "",
    )
    invite = read.invite
    if invite is not None and word in _OF_PEOPLE and by_machine(read.verdict.reply_text, invite):
        word = Word.OTHER
    incoming = Incoming(read, match, word, now)
    if word in EVENT_KINDS and not evidence.add_event(_event(incoming)):
        return
    message = _message(incoming)
    message.save(force_insert=True)
    conversations.heard(message, now)
    forwarding.pass_on(message, read, match, now)
    if match.is_proven:
        _FOLLOWS.get(word, _nothing)(incoming)
        _settle_doubt(incoming)
    else:
        _UNPROVEN.get(word, _nothing)(incoming)
    if invite is not None:
        _meets(incoming, invite)


def told_by_provider(match: Match, meaning: Meaning, external_id: str, now: datetime) -> None:
    """Write what follows from an event that a provider told of a mail of ours; the event was counted already."""
    said = Verdict(MailKind.OTHER, recipients=(meaning.failed,) if meaning.failed else ())
    read = Read(0, now, external_id, Mail(), said, Clues((), (), ""))
    incoming = Incoming(read, match, meaning.word or Word.OTHER, now)
    if meaning.kind == EventKind.DELIVERED and match.contact is not None:
        _scoped_facts(incoming, EventKind.DELIVERED)
        stops.record_fact(match.workspace_id, [match.contact.pk], EventKind.DELIVERED, now)
    _FOLLOWS.get(incoming.word, _nothing)(incoming)
    _settle_doubt(incoming)


def _meets(incoming: Incoming, invite: Invite) -> None:
    """A calendar told of a meeting with the contact: it counts once. Without our mark it pauses and ends nothing."""
    if incoming.contact is None:
        return
    event = Event(
        workspace_id=incoming.match.workspace_id,
        kind=invite.kind.value,
        contact=incoming.contact,
        touch=incoming.touch,
        source=INVITE,
        external_id=storable(invite.external_id, 500),
        payload={
            "note": storable(invite.summary, 300),
            "starts_at": invite.starts_at,
            "proven": incoming.match.is_proven,
        },
        occurred_at=incoming.read.received_at,
        received_at=incoming.now,
    )
    if not evidence.add_event(event):
        return
    if incoming.match.is_proven or invite.kind is not EventKind.MEETING_BOOKED:
        _stop(incoming, invite.kind)
    else:
        ids = [incoming.contact.pk]
        stops.record_fact(incoming.match.workspace_id, ids, EventKind.MEETING_BOOKED, incoming.now)
        _stop(incoming, WEAK_MEETING)
    tell_owner(incoming.match, invite.kind.value, " ".join(invite.summary.split()), incoming.now)


def _event(incoming: Incoming) -> Event:
    match = incoming.match
    return Event(
        workspace_id=match.workspace_id,
        kind=EVENT_KINDS[incoming.word],
        contact=match.contact,
        enrollment_id=match.touch.enrollment_id if match.touch else None,
        touch=match.touch,
        source=SOURCE,
        external_id=storable(incoming.read.external_id, 500),
        payload=_payload(incoming),
        occurred_at=incoming.read.received_at,
        received_at=incoming.now,
    )


def _payload(incoming: Incoming) -> dict[str, object]:
    verdict = incoming.read.verdict
    payload: dict[str, object] = {"proven": incoming.match.is_proven}
    if verdict.sentiment is not None:
        payload["sentiment"] = verdict.sentiment.value
    if incoming.match.is_proven and verdict.returns_on is not None:
        payload["returns_on"] = verdict.returns_on.isoformat()
    if incoming.word in (Word.BOUNCE, Word.SOFT_BOUNCE):
        payload["hard"] = incoming.word is Word.BOUNCE
        payload["about_sender"] = any(one.about_sender for one in verdict.recipients)
        payload["recipients"] = [
            {
                "address": storable(one.address, 320),
                "reason": one.reason.value,
                "status": storable(one.status, 20),
                "diagnostic": storable(one.diagnostic, 500),
            }
            for one in verdict.recipients[:20]
        ]
    return payload


def _message(incoming: Incoming) -> Message:
    mail, match, verdict = incoming.read.mail, incoming.match, incoming.read.verdict
    text = verdict.reply_text or mail.text
    return Message(
        workspace_id=match.workspace_id,
        contact=match.contact,
        enrollment_id=match.touch.enrollment_id if match.touch else None,
        touch=match.touch,
        sender_id=match.sender_id,
        raw_id=incoming.read.inbound_id,
        channel=CHANNEL,
        direction="in",
        kind=incoming.word.value,
        from_address=storable(mail.from_address, 320),
        to_address=storable(next(iter(mail.to_addresses), ""), 320),
        subject=storable(mail.subject, 2000),
        text=storable(text, 200_000),
        sentiment=verdict.sentiment.value if verdict.sentiment else "",
        is_doubtful=verdict.is_weak,
        has_html=bool(mail.html.strip()),
        files=[{**asdict(one), "name": storable(one.name, 200)} for one in incoming.read.files],
        message_id=storable(mail.message_id, 500),
        in_reply_to=storable(mail.in_reply_to, 500),
        references=storable(" ".join(mail.references), 10_000),
        occurred_at=incoming.read.received_at,
        done_at=incoming.now if _needs_nobody(incoming) else None,
    )


def _needs_nobody(incoming: Incoming) -> bool:
    """What a machine wrote about nobody whom we know is kept, and listed nowhere."""
    return incoming.contact is None and incoming.read.verdict.kind not in _READ_BY_PEOPLE


def _replied(incoming: Incoming) -> None:
    _stop(incoming, EventKind.REPLIED)
    verdict = incoming.read.verdict
    if verdict.is_weak and verdict.sentiment is Sentiment.UNSUBSCRIBE:
        _stop(incoming, WEAK_OPT_OUT)
        tell_owner(incoming.match, "confirm_opt_out", _words(incoming), incoming.now)
        return
    tell_owner(incoming.match, "replied", _words(incoming), incoming.now)


def _confirm(incoming: Incoming) -> None:
    """A reply that only its From connects with a contact: pause, and ask a person."""
    _stop(incoming, WEAK_REPLY)
    tell_owner(incoming.match, "confirm_reply", _words(incoming), incoming.now)


def _answered_by_itself(incoming: Incoming) -> None:
    counting.note(incoming.match, EventKind.AUTO_REPLIED, incoming.now)


def _away(incoming: Incoming) -> None:
    counting.away(incoming.match, incoming.read.verdict.returns_on, incoming.now)


def _opted_out(incoming: Incoming) -> None:
    contact = incoming.contact
    if contact is None:
        return
    _scoped_facts(incoming, EventKind.OPTED_OUT)
    everywhere = wants_no_contact(incoming.read.verdict.reply_text)
    opt_outs.opt_out(contact, incoming.now, source=SOURCE, channel="" if everywhere else CHANNEL)
    tell_owner(incoming.match, "opted_out", _words(incoming), incoming.now)


def _bounced(incoming: Incoming) -> None:
    _suppress_recipient(incoming, "hard_bounce", EventKind.BOUNCED)


def _complained(incoming: Incoming) -> None:
    _suppress_recipient(incoming, "complaint", EventKind.COMPLAINED)
    tell_owner(incoming.match, "complained", "", incoming.now)


def _suppress_recipient(incoming: Incoming, reason: str, kind: EventKind) -> None:
    """Suppress the address that was written to; the contact stops unless it has another one by now."""
    touch, contact = incoming.touch, incoming.contact
    if touch is None or not touch.recipient:
        return
    base = base_email(touch.recipient.lower())
    if contact is not None and base_email(contact.email_normal) == base:
        _stop(incoming, kind)
    stops.suppress(
        incoming.match.workspace_id,
        channel=CHANNEL,
        base_address=base,
        reason=reason,
        source=SOURCE,
        now=incoming.now,
        contact_id=contact.pk if contact is not None else None,
    )


def _bounced_softly(incoming: Incoming) -> None:
    """A refusal that speaks about us holds the sender as one at the door would, once per touch.

    Others add up to a hard one.
    """
    about_us = [one for one in incoming.read.verdict.recipients if one.about_sender]
    sender_id = incoming.match.sender_id
    if not about_us and add_up(_soft_bounces(incoming), incoming.now):
        _suppress_recipient(incoming, "hard_bounce", EventKind.BOUNCED)
    if not about_us or sender_id is None or _has_bounced_before(incoming):
        return
    refused = Refused(permanent=True, of_sender=True, reason=FailureReason.REJECTED_PERMANENT)
    _, failures = sender_health.served_as(sender_id)
    verdict = judge(refused, 1, failures, incoming.read.external_id, incoming.now)
    said = storable(f"{about_us[0].status} {about_us[0].diagnostic}".strip(), 500)
    sender_health.hold(sender_id, verdict, refused.reason, said, incoming.now)


def _soft_bounces(incoming: Incoming) -> list[datetime]:
    """Return when each message to the same address came back softly for the first time, not for what it says of us."""
    if incoming.contact is None or incoming.touch is None:
        return []
    bounces = Event.objects.filter(
        contact=incoming.contact, kind=EventKind.BOUNCED, touch__base_address=incoming.touch.base_address
    )
    first: dict[int | None, datetime] = {}
    for touch_id, at, payload in bounces.order_by("id").values_list("touch_id", "occurred_at", "payload"):
        if not payload.get("about_sender"):
            first.setdefault(touch_id, at)
    return list(first.values())


def _has_bounced_before(incoming: Incoming) -> bool:
    bounces = Event.objects.filter(contact=incoming.contact, touch=incoming.touch, kind=EventKind.BOUNCED)
    return bounces.count() > 1


def _unproven_failure(incoming: Incoming) -> None:
    """A bounce or complaint without our mark may be forged: nothing changes, the contact's owner is told."""
    addresses = [one.address.lower() for one in incoming.read.verdict.recipients[:20]]
    named = Contact.objects.filter(workspace_id=incoming.match.workspace_id, email_normal__in=addresses)
    for contact in named.select_related("owner"):
        told = Match(incoming.match.workspace_id, incoming.match.sender_id, contact)
        tell_owner(told, f"unproven_{incoming.word.value}", "", incoming.now)


def _nothing(incoming: Incoming) -> None:
    """The message is kept; nothing else follows."""


def _stop(incoming: Incoming, kind: str) -> None:
    counting.stop(incoming.match, kind, incoming.now)


def _scoped_facts(incoming: Incoming, kind: str) -> None:
    counting.scoped(incoming.match, kind, incoming.now)


def _settle_doubt(incoming: Incoming) -> None:
    """Whoever answers a mail has got it."""
    if incoming.touch is not None:
        answered = Touch.objects.filter(id=incoming.touch.pk)
        doubt.resolve(answered, Resolution.ARRIVED, doubt.BY_MAIL, incoming.now)


def _words(incoming: Incoming) -> str:
    return " ".join((incoming.read.verdict.reply_text or incoming.read.mail.subject).split())[:200]


_FOLLOWS: Mapping[Word, Callable[[Incoming], None]] = MappingProxyType(
    {
        Word.REPLY: _replied,
        Word.AUTO_REPLY: _answered_by_itself,
        Word.OUT_OF_OFFICE: _away,
        Word.OPT_OUT: _opted_out,
        Word.BOUNCE: _bounced,
        Word.SOFT_BOUNCE: _bounced_softly,
        Word.COMPLAINT: _complained,
    }
)
_UNPROVEN: Mapping[Word, Callable[[Incoming], None]] = MappingProxyType(
    {
        Word.WEAK_REPLY: _confirm,
        Word.BOUNCE: _unproven_failure,
        Word.COMPLAINT: _unproven_failure,
    }
)
