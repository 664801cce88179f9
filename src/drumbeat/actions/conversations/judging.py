"""What a person says of a mail that came in: whose it is, how it is meant. What follows is what intake would do."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from drumbeat.actions import access, audit, number_stops, opt_outs
from drumbeat.core.answers.wishes import Sentiment, wants_no_contact
from drumbeat.core.enrollment import EnrollmentState, PauseReason
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind, Verb, VerbKind
from drumbeat.core.flow import Channel
from drumbeat.core.incoming import Question, Word
from drumbeat.models import Contact, Conversation, Enrollment, Event, ExitSetting, Member, Message
from drumbeat.store import answer_drafts, moves, sql, stops

BY_PERSON = "inbox"
"""The source of an opt-out that a person read in a mail."""
_NOT_MEANT = frozenset({Word.BOUNCE, Word.SOFT_BOUNCE, Word.COMPLAINT})


def answer(member: Member, contact_id: int, question: Question, now: datetime, *, yes: bool) -> None:
    """Answer what the inbox asks about the mails of a contact. DomainError `nothing_to_confirm`.

    `whose_reply`: yes, the contact wrote it, so it counts as any reply; no, and what it paused goes on.
    `opt_out`: yes, the contact wants no more mail; no, it is a reply like others.
    """
    access.require(member, "enrollments.edit")
    access.require(member, "contacts.edit")
    with transaction.atomic():
        conversation = _asked(member, contact_id, question)
        if question is Question.WHOSE_REPLY:
            _answer_whose(member, conversation, now, theirs=yes)
        else:
            _answer_opt_out(member, conversation, now, is_one=yes)
        audit.record(
            member,
            "conversation.answer",
            now,
            object_kind="contact",
            object_id=contact_id,
            after={question.value: yes},
        )


def _asked(member: Member, contact_id: int, question: Question) -> Conversation:
    rows = access.visible_to(member, Conversation).filter(contact_id=contact_id, question=question)
    ids = sql.lock(rows.order_by("id"))
    found = Conversation.objects.filter(id__in=ids, question=question).select_related("contact").first()
    if found is None:
        raise DomainError("nothing_to_confirm", "No reply of this contact waits to be confirmed.")
    return found


def _answer_whose(member: Member, conversation: Conversation, now: datetime, *, theirs: bool) -> None:
    said = Message.objects.filter(contact_id=conversation.contact_id, direction="in", kind=Word.WEAK_REPLY)
    if not theirs:
        said.update(kind=Word.OTHER)
        _settle(conversation, kind=Word.OTHER, needs_answer=False, question=None)
        _go_on(member, conversation.contact_id, now)
        return
    counts_as_reply(member, conversation, list(said.order_by("id")), now)


def counts_as_reply(member: Member, conversation: Conversation, said: list[Message], now: datetime) -> None:
    """Count mails of which a person says that the contact wrote them, in the caller's transaction."""
    wishes = [one for one in said if one.sentiment == Sentiment.UNSUBSCRIBE]
    opts_out = next((one for one in wishes if not one.is_doubtful), None)
    word = Word.OPT_OUT if opts_out else Word.REPLY
    Message.objects.filter(id__in=[one.pk for one in said]).update(kind=word)
    question = Question.OPT_OUT if wishes and opts_out is None else None
    if Message.objects.filter(contact_id=conversation.contact_id, kind=Word.WEAK_REPLY).exists():
        question = Question.WHOSE_REPLY
    _settle(conversation, kind=word, needs_answer=opts_out is None, question=question)
    stops.stop_contacts(member.workspace_id, [conversation.contact_id], EventKind.REPLIED, now)
    for message in Message.objects.filter(id__in=[one.pk for one in said[-1:]]):
        answer_drafts.heard(message, now)
    if opts_out is not None:
        _opt_out(member, conversation.contact, opts_out, now)
    moves.move(_unfinished(conversation.contact_id), now)


def _answer_opt_out(member: Member, conversation: Conversation, now: datetime, *, is_one: bool) -> None:
    doubted = Message.objects.filter(contact_id=conversation.contact_id, is_doubtful=True)
    said = list(doubted.filter(sentiment=Sentiment.UNSUBSCRIBE).order_by("id"))
    ids = [one.pk for one in said]
    meant = Sentiment.UNSUBSCRIBE.value if is_one else ""
    Message.objects.filter(id__in=ids).update(sentiment=meant, is_doubtful=False)
    Conversation.objects.filter(id=conversation.pk, last_message_id__in=ids).update(sentiment=meant)
    if is_one:
        _settle(conversation, needs_answer=False, question=None)
        _opt_out(member, conversation.contact, said[-1] if said else None, now)
        moves.move(_unfinished(conversation.contact_id), now)
    else:
        _settle(conversation, question=None)
        _go_on(member, conversation.contact_id, now, sequence__exit_on_reply=ExitSetting.OFF)


def reclassify(member: Member, message_id: int, sentiment: Sentiment | None, now: datetime) -> Message:
    """Correct how a mail was understood, recorded. As an opt-out it unsubscribes the contact, at once.

    Taking an opt-out back lifts no suppression: that has a verb and a reason of its own.
    DomainErrors `not_a_reply`, `not_found`.
    """
    access.require(member, "contacts.edit")
    access.require(member, "enrollments.edit")
    rows = access.visible_to(member, Message).select_related("contact")
    message = access.first(rows.filter(id=message_id), "message", message_id)
    if message.direction != "in" or message.contact is None or message.kind in _NOT_MEANT:
        raise DomainError("not_a_reply", "Only what a contact wrote can be understood in another way.")
    before, meant = message.sentiment, sentiment.value if sentiment else ""
    with transaction.atomic():
        Message.objects.filter(id=message.pk).update(sentiment=meant, is_doubtful=False)
        _correct_conversation(message, sentiment, now)
        _correct_event(message, meant)
        if sentiment is Sentiment.UNSUBSCRIBE:
            _opt_out(member, message.contact, message, now)
            moves.move(_unfinished(message.contact.pk), now)
        audit.record(
            member,
            "message.reclassify",
            now,
            object_kind="contact",
            object_id=message.contact.pk,
            before={"sentiment": before},
            after={"sentiment": meant, "message": message.pk},
        )
    message.refresh_from_db()
    return message


def _correct_conversation(message: Message, sentiment: Sentiment | None, now: datetime) -> None:
    talks = Conversation.objects.filter(contact=message.contact)
    talks.filter(question=Question.OPT_OUT).update(question=None)
    latest = talks.filter(last_message_id=message.pk)
    latest.update(sentiment=sentiment.value if sentiment else "")
    is_done = sentiment in (Sentiment.UNSUBSCRIBE, Sentiment.OUT_OF_OFFICE)
    if is_done and latest.update(needs_answer=False, unread=False) and message.contact is not None:
        answer_drafts.answered(message.contact.pk, now)


def _correct_event(message: Message, meant: str) -> None:
    """Let the event of the mail say it too, which conditions and exports read."""
    counted = Event.objects.filter(
        workspace_id=message.workspace_id, source="mail", external_id=message.message_id
    )
    event = counted.first() if message.message_id else None
    if event is not None:
        payload = {name: value for name, value in event.payload.items() if name != "sentiment"}
        event.payload = payload | ({"sentiment": meant} if meant else {})
        event.save(update_fields=["payload"])


def _opt_out(member: Member, contact: Contact, said: Message | None, now: datetime) -> None:
    everywhere = said is not None and wants_no_contact(said.text)
    if said is not None and said.channel != Channel.EMAIL and not everywhere:
        number_stops.stop(contact.workspace_id, said.from_address, now, source=f"{BY_PERSON}:{member.pk}")
        return
    channel = "" if everywhere else Channel.EMAIL.value
    opt_outs.opt_out(contact, now, source=f"{BY_PERSON}:{member.pk}", channel=channel)


def _settle(conversation: Conversation, **changed: object) -> None:
    Conversation.objects.filter(id=conversation.pk).update(unread=False, **changed)


def _go_on(member: Member, contact_id: int, now: datetime, **only: str) -> None:
    """Let go on what the mail paused."""
    of_mail = Q(state=EnrollmentState.PAUSED, reason=PauseReason.REPLY)
    moves.move(_unfinished(contact_id, of_mail, **only), now, Verb(kind=VerbKind.RESUME), member.pk)


def _unfinished(contact_id: int, which: Q | None = None, **only: str) -> list[int]:
    rows = Enrollment.objects.filter(which or Q(), contact_id=contact_id, **only)
    return list(rows.exclude(state=EnrollmentState.FINISHED).order_by("id").values_list("id", flat=True))
