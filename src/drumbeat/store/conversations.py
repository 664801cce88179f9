"""Conversations: kept as mail comes in and is answered, listed without counting what lies behind."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from drumbeat.core.answers.wishes import Sentiment
from drumbeat.core.incoming import Word, question_about
from drumbeat.models import Conversation, Message
from drumbeat.store import answer_drafts, sql

WANT_AN_ANSWER = frozenset({Word.REPLY.value, Word.WEAK_REPLY.value})
NOT_SAID = frozenset({Word.BOUNCE.value, Word.SOFT_BOUNCE.value})
"""What a machine reports about a mail is on the timeline; it is no word of the contact's."""

_COLUMNS = (
    *("workspace_id", "contact_id", "last_message_id", "kind", "sentiment", "question"),
    *("last_at", "needs_answer", "unread"),
)
_AGAIN = (
    'ON CONFLICT ("contact_id") DO UPDATE SET "last_message_id" = excluded."last_message_id", '
    '"kind" = excluded."kind", "last_at" = excluded."last_at", "unread" = excluded."unread", '
    '"sentiment" = excluded."sentiment", '
    '"question" = COALESCE(excluded."question", drumbeat_conversation."question"), '
    '"needs_answer" = (drumbeat_conversation."needs_answer" OR excluded."needs_answer")'
)


def given(message: Message, now: datetime) -> None:
    """Note a mail that came in before it was known to be a contact's: what they said later stays the last."""
    later = Conversation.objects.filter(contact=message.contact, last_at__gt=message.occurred_at)
    if not later.update(needs_answer=True, unread=True):
        heard(message, now)


def heard(message: Message, now: datetime) -> None:
    """Note a mail that came in from a contact, in the caller's transaction.

    An automatic answer does not settle what a person asked before, nor what a person is asked about it.
    """
    if message.contact_id is None or message.kind in NOT_SAID:
        return
    asks = message.kind in WANT_AN_ANSWER
    row = (
        message.workspace_id,
        message.contact_id,
        message.pk,
        message.kind,
        message.sentiment,
        question_of(message),
        message.occurred_at,
        asks,
        True,
    )
    sql.insert(Conversation, _COLUMNS, [row], _AGAIN)
    answer_drafts.heard(message, now)


def question_of(message: Message) -> str | None:
    """Return what a person is to be asked about a mail."""
    try:
        word = Word(message.kind)
    except ValueError:
        return None
    unsubscribes = message.sentiment == Sentiment.UNSUBSCRIBE
    return question_about(word, unsubscribes=unsubscribes, is_weak=message.is_doubtful)


def answered(conversations: QuerySet[Conversation], now: datetime) -> None:
    """Note that a person wrote: it stands at the top, read, and waits for nobody of ours."""
    for contact_id in conversations.values_list("contact_id", flat=True):
        answer_drafts.answered(contact_id, now)
    conversations.update(last_at=now, needs_answer=False, unread=False)
