"""Yes or no to drafts: one, many; taken back within seconds.

Every verb locks the draft with its enrollment and touch, and lets the enrollment be looked at in the same transaction:
a reply or a stop that came first takes the draft away, one that comes later still keeps it from leaving.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from drumbeat.actions import access, audit
from drumbeat.actions.approvals import editing
from drumbeat.actions.approvals.words import DONE, OUTDATED, SENTENCES
from drumbeat.core.draft_checks import Severity
from drumbeat.core.drafts import text_hash
from drumbeat.core.errors import DomainError, NotedError
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.touch import SkipReason, TouchStatus
from drumbeat.models import Draft, DraftState, Member, Touch
from drumbeat.store import draft_outcomes, draft_requests, drafts, moves
from drumbeat.store.contacts import in_ids

UNDO_WITHIN = timedelta(seconds=10)
"""How long an approval can be taken back: nothing of it leaves before."""
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What became of one draft; `code` is a key of SENTENCES. `undo_until`: how long it can be taken back."""

    id: int
    code: str = DONE
    status: str = ""
    undo_until: datetime | None = None

    @property
    def detail(self) -> str:
        return SENTENCES[self.code]


Act = Callable[[Draft], str]
"""Do it to one locked draft; return a key of SENTENCES."""


def approve(
    member: Member,
    draft_ids: Sequence[int],
    now: datetime,
    *,
    anyway: bool = False,
    read: Mapping[int, str] | None = None,
) -> list[Decided]:
    """Let drafts leave, ten seconds from now at the earliest; answers in the order asked.

    `read` has the `text_hash` of what was read, by draft: what says something else now does not leave, nor what is
    not in it. None: in the caller's transaction it was just read or written.
    Codes: `done`, `unread`, `changed`, `concerns` (unless `anyway`), `outdated`, `not_waiting`, `not_found`.
    """

    def act(draft: Draft) -> str:
        if read is not None and draft.pk not in read:
            return "unread"
        if read is not None and read[draft.pk] != text_hash(draft.subject, draft.text):
            return "changed"
        if draft.risk == Severity.STOP and (not anyway or not draft.text.strip()):
            return "concerns"
        if any(map(draft_requests.is_outdated, draft_requests.load([draft], now))):
            drafts.want_anew([draft], now)
            return OUTDATED
        draft.decision = "edited" if draft_outcomes.is_edited(draft) else "approved"
        draft.decided_by_id, draft.decided_at, draft.state = member.pk, now, DraftState.DONE
        draft.save(update_fields=["decision", "decided_by", "decided_at", "state"])
        drafts.release(draft, draft_outcomes.leaving(draft), now + UNDO_WITHIN)
        return DONE

    answers = _decide(member, draft_ids, act, "approvals.approve", now)
    return [replace(one, undo_until=now + UNDO_WITHIN) if one.code == DONE else one for one in answers]


def approve_as(
    member: Member,
    draft_id: int,
    text: str,
    now: datetime,
    *,
    subject: str | None = None,
    anyway: bool = False,
    read: str | None = None,
) -> Decided:
    """Let a draft leave in a person's words; kept or refused as a whole. DomainErrors as `editing.edit`, and `one`."""
    with transaction.atomic():
        editing.edit(member, draft_id, text, now, subject, read)
        (answer,) = approve(member, [draft_id], now, anyway=anyway)
        if answer.code != OUTDATED:
            return one(answer)
    return one(answer)


def reject(
    member: Member, draft_ids: Sequence[int], now: datetime, *, and_stop: bool = False
) -> list[Decided]:
    """Let drafts not leave: their steps are skipped, or (`and_stop`) their enrollments end here.

    Codes: `done`, `not_waiting`, `not_found`.
    """
    if and_stop:
        access.require(member, "enrollments.edit")

    def act(draft: Draft) -> str:
        Touch.objects.filter(id=draft.touch_id).update(
            status=TouchStatus.SKIPPED, reason=SkipReason.APPROVAL_REJECTED, settled_at=now
        )
        draft.decision, draft.state = "rejected", DraftState.DONE
        draft.decided_by_id, draft.decided_at = member.pk, now
        draft.save(update_fields=["decision", "decided_by", "decided_at", "state"])
        return DONE

    verb = Verb(kind=VerbKind.STOP) if and_stop else None
    return _decide(member, draft_ids, act, "approvals.reject", now, verb)


def undo(member: Member, draft_ids: Sequence[int], now: datetime) -> list[Decided]:
    """Take approvals back that are younger than ten seconds: the drafts wait again.

    Codes: `done`, `too_late`, `not_waiting`, `not_found`.
    """

    def act(draft: Draft) -> str:
        drafts.hold_for_approval(draft, now)
        draft.state, draft.decision, draft.decided_by, draft.decided_at = DraftState.WAITING, "", None, None
        draft.save(update_fields=["state", "decision", "decided_by", "decided_at"])
        return DONE

    def refuses(draft: Draft) -> str:
        by_person = draft.decision in ("approved", "edited") and draft.decided_at is not None
        if not by_person or draft.touch.status != TouchStatus.SCHEDULED:
            return "not_waiting"
        late = draft.decided_at is None or now >= draft.decided_at + UNDO_WITHIN
        return "too_late" if late or draft.touch.handed_at is not None else ""

    return _decide(member, draft_ids, act, "approvals.undo", now, refuses=refuses)


def _does_not_wait(draft: Draft) -> str:
    waits = draft.state == DraftState.WAITING and draft.touch.status == TouchStatus.IN_APPROVAL
    return "" if waits else "not_waiting"


def _decide(
    member: Member,
    draft_ids: Sequence[int],
    act: Act,
    recorded: str,
    now: datetime,
    verb: Verb | None = None,
    refuses: Act = _does_not_wait,
) -> list[Decided]:
    """Do it to each draft that the member may see, in one transaction."""
    access.require(member, "approvals.edit")
    asked = list(dict.fromkeys(draft_ids))
    if len(asked) > MOST_AT_ONCE:
        raise DomainError("too_many", f"Decide about at most {MOST_AT_ONCE} drafts at once.")
    with transaction.atomic():
        ours = access.visible_to(member, Draft).filter(id__in=in_ids(asked)).values_list("id", flat=True)
        found = dict.fromkeys(ours, "not_waiting")
        done: list[Draft] = []
        for draft in drafts.lock(sorted(found)):
            found[draft.pk] = refuses(draft) or act(draft)
            if found[draft.pk] == DONE:
                done.append(draft)
                _record(member, recorded, draft, now)
        moves.move([id_ for one in done if (id_ := one.touch.enrollment_id)], now, verb, member.pk)
        after = dict(Draft.objects.filter(id__in=list(found)).values_list("id", "touch__status"))
    return [_answer(id_, found.get(id_, "not_found"), after.get(id_, ""), recorded) for id_ in asked]


def _answer(draft_id: int, code: str, status: str, recorded: str) -> Decided:
    """The look that follows a yes may hear what takes the draft away: a reply that nobody had looked at."""
    if code == DONE and recorded == "approvals.approve" and status != TouchStatus.SCHEDULED:
        code = "not_waiting"
    return Decided(id=draft_id, code=code, status=status)


def _record(member: Member, act: str, draft: Draft, now: datetime) -> None:
    contact = draft.touch.contact
    name = f"{contact.first_name} {contact.last_name}".strip() if contact is not None else ""
    after = {"step": draft.touch.step, "decision": draft.decision}
    audit.record(member, act, now, object_kind="draft", object_id=draft.pk, name=name, after=after)


def one(answer: Decided) -> Decided:
    """Return the answer about one draft. DomainError `draft_<code>` for what was not done.

    NotedError `draft_outdated`: that it is being written anew stays so.
    """
    if answer.code == DONE:
        return answer
    if answer.code == OUTDATED:
        raise NotedError("draft_outdated", answer.detail)
    code = "not_found" if answer.code == "not_found" else f"draft_{answer.code}"
    raise DomainError(code, answer.detail)
