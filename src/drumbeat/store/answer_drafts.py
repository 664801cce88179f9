"""Drafts of answers: wanted as a contact writes, claimed to be written, closed as soon as nobody needs them.

The row is the request, as with `store.drafts`; a message has one, however often it is heard. Nothing here sends: what
leaves is what a person writes, by `actions.conversations`. Locks: the conversation first, then the draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import BooleanField, DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from drumbeat.core.answers.wishes import Sentiment
from drumbeat.core.autonomy import Because, may_answer
from drumbeat.core.flow import Channel
from drumbeat.core.incoming import Word
from drumbeat.models import Agent, AnswerDraft, AnswerOutcome, AnswerState, Conversation, Message
from drumbeat.models.answer_draft import ANSWER_WAITING, ANSWER_WANTED
from drumbeat.store import agents, leases, sql
from drumbeat.store.answer_requests import NEEDED, writers_of
from drumbeat.store.drafts import AT_CAP, AT_ONCE, LOOKED_AT, NEVER
from drumbeat.store.facts import contact_addresses, load_contacts
from drumbeat.store.reach import Asked, unreachable
from drumbeat.store.suppressions import SuppressionUnavailable

OPEN = ANSWER_WANTED | ANSWER_WAITING
CHANNELS = frozenset({Channel.EMAIL.value, Channel.SMS.value, Channel.WHATSAPP.value})
_ENDS = frozenset({Word.OPT_OUT.value, Word.COMPLAINT.value})
"""After these nobody is answered any more."""


def heard(message: Message, now: datetime) -> None:
    """Ask for an answer to what a contact wrote, in the caller's transaction.

    What code reads as an opt-out, also where it is not sure, is never shown to a model. An answer to what they wrote
    before is none any more, whether or not an agent answers this.
    """
    if message.contact_id is None:
        return
    if message.kind in _ENDS or message.sentiment == Sentiment.UNSUBSCRIBE:
        withdraw(message.contact_id, now)
    elif message.kind == Word.REPLY:
        close(_of(message.contact_id).exclude(message=message), AnswerOutcome.NEWER, now)
        if message.channel in CHANNELS and _wanted(message):
            _ask(message, message.contact_id, now)


def _ask(message: Message, contact_id: int, now: datetime) -> None:
    AnswerDraft.objects.get_or_create(
        message=message,
        defaults={
            "workspace_id": message.workspace_id,
            "contact_id": contact_id,
            "asked_at": now,
            "not_before": now,
        },
    )


def _wanted(message: Message) -> bool:
    agent = writers_of([message]).get(message.pk)
    return agent is not None and may_answer(agents.persona_of(agent))


def _of(contact_id: int) -> QuerySet[AnswerDraft]:
    return AnswerDraft.objects.filter(OPEN, contact_id=contact_id)


def withdraw(contact_id: int, now: datetime) -> None:
    """Close what is open for a contact whom nobody is to answer."""
    close(_of(contact_id), AnswerOutcome.WITHDRAWN, now)


def answered(contact_id: int, now: datetime) -> None:
    """Close what is open for a contact to whom a person wrote, or whose talk a person called done."""
    close(_of(contact_id), AnswerOutcome.ANSWERED, now)


def may_be_answered(draft: AnswerDraft) -> bool:
    """Say whether the contact may be written to on the channel of the message. Raises SuppressionUnavailable."""
    values = load_contacts([draft.contact_id])[draft.contact_id]
    asked = Asked(None, contact_addresses(values), values["consent"])
    (blocked,) = unreachable(draft.workspace_id, [asked])
    return Channel(draft.message.channel) not in blocked


def _is_sure(draft: AnswerDraft) -> bool:
    try:
        return may_be_answered(draft)
    except SuppressionUnavailable:
        return False


def reopen(touch_id: int) -> None:
    """Let a draft wait again whose answer was taken back, unless more was heard by now, or nobody is to answer."""
    for draft in (
        AnswerDraft.objects.filter(touch=touch_id).exclude(written_at=None).select_related("message")
    ):
        newer = AnswerDraft.objects.filter(contact_id=draft.contact_id, id__gt=draft.pk)
        if not newer.exists() and _is_sure(draft):
            AnswerDraft.objects.filter(id=draft.pk).update(
                state=AnswerState.WAITING, outcome="", touch=None, decided_by=None, decided_at=None
            )


def close(rows: QuerySet[AnswerDraft], outcome: AnswerOutcome, now: datetime, because: str = "") -> None:
    """Close open drafts; who is being asked for one is heard and not kept."""
    ids = sql.lock(rows)
    AnswerDraft.objects.filter(OPEN, id__in=ids).update(
        state=AnswerState.DONE,
        outcome=outcome,
        because=because,
        decided_at=now,
        lease_token="",
        lease_until=None,
    )


def waiting() -> QuerySet[AnswerDraft]:
    """Return what waits for a person."""
    return AnswerDraft.objects.filter(ANSWER_WAITING)


def claim(token: str, limit: int, now: datetime) -> list[AnswerDraft]:
    """Take up to `limit` requests for the length of a lease, in the caller's transaction; they carry NEEDED.

    None in a workspace that is stopped, none for a contact who waits for no answer: only the first that are due are
    looked at, and those that rest are laid aside, so that they are not walked again. The agents are locked, so that
    two workers cannot both take the last place of a day.
    """
    free = Q(lease_until=None) | Q(lease_until__lt=RawSQL(leases.db_now(), [], DateTimeField()))
    due = AnswerDraft.objects.filter(ANSWER_WANTED, free, not_before__lte=now).order_by("not_before", "id")
    found = list(due.annotate(goes_on=_goes_on()).values_list("id", "goes_on")[: limit + LOOKED_AT])
    resting = [id_ for id_, goes_on in found if not goes_on]
    if not (wanted := [id_ for id_, goes_on in found if goes_on][:limit]):
        _lay_aside(resting)
        return []
    places = AnswerDraft.objects.filter(id__in=wanted).values("workspace")
    sql.lock(Agent.objects.filter(workspace__in=places))
    ids = sql.lock(AnswerDraft.objects.filter(ANSWER_WANTED, free, id__in=wanted), skip=True)
    _lay_aside(resting)
    lease_end = RawSQL(leases.db_lease_end(), [], DateTimeField())
    AnswerDraft.objects.filter(id__in=ids).update(lease_token=token, lease_until=lease_end)
    return list(AnswerDraft.objects.filter(id__in=ids).select_related(*NEEDED).order_by("not_before", "id"))


def _goes_on() -> ExpressionWrapper[Q]:
    asks = Conversation.objects.filter(contact_id=OuterRef("contact_id"), needs_answer=True)
    return ExpressionWrapper(Q(Exists(asks), workspace__stopped_at=None), output_field=BooleanField())


def _lay_aside(draft_ids: Sequence[int]) -> None:
    """Put off what rests with its workspace or its contact: nobody knows how long."""
    if draft_ids:
        ids = sql.lock(AnswerDraft.objects.filter(ANSWER_WANTED, id__in=draft_ids), skip=True)
        AnswerDraft.objects.filter(id__in=ids).update(not_before=NEVER, because=Because.RESTS)


def rouse(now: datetime) -> int:
    """Let what was laid aside be claimed again where it goes on; return how many those are."""
    resting = AnswerDraft.objects.filter(ANSWER_WANTED, not_before__gte=NEVER)
    ids = list(resting.filter(_goes_on()).order_by("not_before", "id").values_list("id", flat=True)[:AT_ONCE])
    if not ids:
        return 0
    with transaction.atomic():
        still = AnswerDraft.objects.filter(ANSWER_WANTED, id__in=ids, not_before__gte=NEVER)
        rows = AnswerDraft.objects.filter(id__in=sql.lock(still, skip=True))
        return rows.update(not_before=now, asked_at=now, because="")


def give_back(token: str, but: Sequence[int]) -> None:
    """Give back what was claimed under `token`, `but` these: they are being written."""
    held = AnswerDraft.objects.filter(ANSWER_WANTED, lease_token=token)
    held.exclude(id__in=but).update(lease_token="", lease_until=None)


def entrust(draft: AnswerDraft, agent: Agent) -> None:
    """Note, for a claimed draft, who writes it."""
    AnswerDraft.objects.filter(id=draft.pk).update(agent=agent, because="")


def look_again(workspace_id: int, now: datetime) -> None:
    """Let what the caps of a day held back be looked at now: they were changed, or somebody else writes."""
    held = AnswerDraft.objects.filter(ANSWER_WANTED, workspace_id=workspace_id, because__in=AT_CAP)
    ids = sql.lock(held.filter(not_before__gt=now))
    AnswerDraft.objects.filter(id__in=ids).update(not_before=now, asked_at=now, because="")


def want_anew(draft: AnswerDraft, note: str, now: datetime) -> None:
    """Let a locked draft be written anew, with a person's wish; what it says stays until there is something else.

    Who is being asked for one without the wish is heard, paid for and not kept.
    """
    AnswerDraft.objects.filter(id=draft.pk).update(
        state=AnswerState.WANTED,
        agent=None,
        note=note,
        asked_at=now,
        not_before=now,
        tries=0,
        fault="",
        because="",
        lease_token="",
        lease_until=None,
    )


def lock(draft_id: int) -> AnswerDraft | None:
    """Lock a draft that is open, after its conversation."""
    known = AnswerDraft.objects.filter(OPEN, id=draft_id)
    sql.lock(Conversation.objects.filter(contact__in=known.values("contact")))
    ids = sql.lock(known)
    return AnswerDraft.objects.filter(id__in=ids).select_related(*NEEDED).first()
