"""What agents would answer: shown to people, who send it, change it, throw it away, or wish for another.

Nothing of it leaves by itself, whatever the agent's autonomy. What a person sends of it is a message like any that they
write: it passes the same guard and can be taken back for a moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet

from drumbeat.actions import access, audit
from drumbeat.actions.approvals.words import OUTDATED, SENTENCES
from drumbeat.actions.conversations import texting, writing
from drumbeat.actions.conversations.texting import WrittenText
from drumbeat.actions.conversations.writing import Written
from drumbeat.core.draft_checks import Severity
from drumbeat.core.drafts import text_hash
from drumbeat.core.errors import DomainError, NotedError
from drumbeat.core.flow import Channel
from drumbeat.models import Agent, AnswerDraft, AnswerOutcome, AnswerState, Contact, Member, Touch
from drumbeat.models.answer_draft import ANSWER_WAITING, ANSWER_WANTED
from drumbeat.store import answer_drafts, answer_requests, contact_search
from drumbeat.store.answer_requests import NEEDED
from drumbeat.store.contact_search import ContactQuery

LONGEST_NOTE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerQuery:
    """Which drafted answers. `scope`: waiting for a person, those of them for the member's own contacts (mine), or
    writing (there is no text yet). `risk` "none": no doubt.
    """

    scope: Literal["waiting", "mine", "writing"] = "waiting"
    agent_id: int | None = None
    channel: str = ""
    risk: str = ""
    q: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many answers wait for a person, how many of them are to the member's own contacts, how many are written."""

    waiting: int
    mine: int
    writing: int
    oldest_at: datetime | None


def rows_of(member: Member, asked: AnswerQuery) -> QuerySet[AnswerDraft]:
    """Return the answers that fit, with what is shown of them, unordered. DomainErrors `not_permitted`, `not_found`."""
    access.require(member, "approvals.view")
    rows = access.visible_to(member, AnswerDraft)
    rows = rows.filter(ANSWER_WANTED if asked.scope == "writing" else ANSWER_WAITING)
    if asked.scope == "mine":
        rows = rows.filter(contact__owner_id=member.pk)
    if asked.agent_id is not None:
        rows = rows.filter(agent=access.get(member, Agent, asked.agent_id, "agent"))
    if asked.channel:
        rows = rows.filter(message__channel=asked.channel)
    if asked.risk:
        rows = rows.filter(risk="" if asked.risk == "none" else asked.risk)
    if asked.q.strip():
        people = access.visible_to(member, Contact)
        found = contact_search.matching(people, member.workspace_id, ContactQuery(q=asked.q))
        rows = rows.filter(contact__in=found)
    return rows.select_related(*NEEDED)


def counts_of(member: Member) -> Counts:
    """Count what waits, in two statements over partial indexes."""
    access.require(member, "approvals.view")
    rows = access.visible_to(member, AnswerDraft)
    waiting = rows.filter(ANSWER_WAITING).aggregate(
        all=Count("id"), mine=Count("id", filter=Q(contact__owner_id=member.pk)), oldest=Min("written_at")
    )
    return Counts(
        waiting=waiting["all"],
        mine=waiting["mine"],
        writing=rows.filter(ANSWER_WANTED).count(),
        oldest_at=waiting["oldest"],
    )


def of_contact(member: Member, contact_id: int) -> AnswerDraft | None:
    """Return the open draft of an answer to this contact, also one that is being written; None where there is none."""
    access.require(member, "contacts.view")
    access.get(member, Contact, contact_id, "contact")
    rows = access.visible_to(member, AnswerDraft).filter(answer_drafts.OPEN, contact_id=contact_id)
    return rows.select_related(*NEEDED).order_by("-id").first()


def send(
    member: Member,
    draft_id: int,
    now: datetime,
    *,
    text: str | None = None,
    read: str | None = None,
    anyway: bool = False,
) -> Touch:
    """Answer in the agent's words, or in a person's `text`; it may leave after ten seconds.

    `read`: the `text_hash` of what was read. DomainErrors `answer_not_waiting`, `answer_changed`, `answer_concerns`
    (unless `anyway` or `text`), and those of `writing.send` and `texting.send`. NotedError `answer_outdated`: that the
    agent's words are being written anew stays so.
    """
    access.require(member, "approvals.edit")
    with transaction.atomic():
        draft = _locked(member, draft_id)
        if read is not None and read != text_hash("", draft.text):
            raise DomainError("answer_changed", SENTENCES["changed"])
        if text is None and draft.risk == Severity.STOP and not anyway:
            raise DomainError(
                "answer_concerns",
                "Something in it must not go out so. Read the checks; then send it all the same, or change it.",
            )
        if text is None and draft.state != AnswerState.WAITING:
            raise DomainError("answer_not_waiting", "It is being written; nothing of it can be sent yet.")
        outdated = text is None and _is_to_be_renewed(draft, now)
        if outdated:
            answer_drafts.want_anew(draft, draft.note, now)
        else:
            touch = _written(member, draft, draft.text if text is None else text, now)
            changed = text is not None and text.strip() != draft.text.strip()
            outcome = AnswerOutcome.CHANGED if changed else AnswerOutcome.SENT
            _decide(member, draft, outcome, now, touch)
    if outdated:
        raise NotedError("answer_outdated", SENTENCES[OUTDATED])
    return touch


def _is_to_be_renewed(draft: AnswerDraft, now: datetime) -> bool:
    """Say whether what it was written from is no longer so. Where no newer one came of that, a person has been told."""
    return not draft.because and any(map(answer_requests.is_outdated, answer_requests.load([draft], now)))


def _written(member: Member, draft: AnswerDraft, text: str, now: datetime) -> Touch:
    client_id = f"answer-{draft.pk}-{now:%Y%m%d%H%M%S%f}"
    channel = Channel(draft.message.channel)
    if channel is Channel.EMAIL:
        return writing.send(member, draft.contact_id, Written(client_id=client_id, text=text), now)
    return texting.send(
        member, draft.contact_id, WrittenText(client_id=client_id, channel=channel, text=text), now
    )


def discard(member: Member, draft_id: int, now: datetime) -> None:
    """Throw a draft away, also one that is still being written. DomainError `answer_not_waiting`."""
    access.require(member, "contacts.edit")
    with transaction.atomic():
        _decide(member, _locked(member, draft_id), AnswerOutcome.DISCARDED, now)


def rewrite(member: Member, draft_id: int, note: str, now: datetime) -> AnswerDraft:
    """Have it written anew, with a wish. DomainErrors `answer_not_waiting`, `answer_invalid`."""
    access.require(member, "contacts.edit")
    if len(note) > LONGEST_NOTE or "\x00" in note:
        text = f"A wish has at most {LONGEST_NOTE:,} characters."
        raise DomainError("answer_invalid", text, {"note": text})
    with transaction.atomic():
        draft = _locked(member, draft_id)
        answer_drafts.want_anew(draft, note.strip(), now)
        audit.record(member, "answers.rewrite", now, object_kind="answer", object_id=draft.pk)
    draft.refresh_from_db()
    return draft


def _locked(member: Member, draft_id: int) -> AnswerDraft:
    """Lock an open draft. DomainErrors `not_found`, `answer_not_waiting`."""
    access.first(access.visible_to(member, AnswerDraft).filter(pk=draft_id), "answer", draft_id)
    draft = answer_drafts.lock(draft_id)
    if draft is None:
        text = "It waits for nobody any more: somebody answered, or the contact wrote again."
        raise DomainError("answer_not_waiting", text)
    return draft


def _decide(
    member: Member, draft: AnswerDraft, outcome: AnswerOutcome, now: datetime, touch: Touch | None = None
) -> None:
    AnswerDraft.objects.filter(id=draft.pk).update(
        state=AnswerState.DONE,
        outcome=outcome,
        decided_by=member,
        decided_at=now,
        touch=touch,
        lease_token="",
        lease_until=None,
    )
    contact = draft.contact
    name = f"{contact.first_name} {contact.last_name}".strip()
    after = {"outcome": outcome.value}
    audit.record(
        member, "answers.decide", now, object_kind="answer", object_id=draft.pk, name=name, after=after
    )
