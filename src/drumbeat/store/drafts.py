"""Drafts of agents: requested in the look's transaction, claimed to be written, stored once.

The row is the request: who dies while writing leaves it open, and it is written again when the lease is over. A touch
whose text is not there, or not approved, stays withheld; the look that its wake causes releases it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import BooleanField, Case, DateTimeField, F, Q, QuerySet, When
from django.db.models.expressions import RawSQL

from drumbeat.core.advance import PlanTouch
from drumbeat.core.autonomy import Because
from drumbeat.core.drafts import is_by_agent
from drumbeat.core.touch import SETTLED, UNAPPROVED, HoldReason, TouchStatus, step_key
from drumbeat.models import Agent, Draft, DraftState, Enrollment, Touch
from drumbeat.models.draft import WAITING, WANTED
from drumbeat.store import leases, sql, touch_rows
from drumbeat.store.contacts import in_ids
from drumbeat.store.draft_requests import NEEDED
from drumbeat.store.enrollments import Locked
from drumbeat.store.flows import LoadedFlows

_REQUEST = ("workspace_id", "touch_id", "state", "asked_at", "not_before", "tries", "renewals", "is_fallback")
_EMPTY = (
    *("subject", "text", "original_subject", "original_text", "risk", "because", "note", "model"),
    *("fingerprint", "fault", "lease_token", "decision"),
)
_LISTS = ("concerns", "facts")
_AGAIN = (
    'ON CONFLICT ("touch_id") DO UPDATE SET '
    + ", ".join(f'"{name}" = excluded."{name}"' for name in ("state", "asked_at", "not_before", "tries"))
    + ', "fault" = \'\', "because" = \'\', "lease_token" = \'\', "lease_until" = NULL'
)
"""A touch that is planned anew may keep its text: whoever writes it sees whether what it rests on is the same."""
AT_ONCE = 500
LOOKED_AT = 200
"""How many of the requests that are due one claim looks at, besides those that it takes."""
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""What a request is put off to that rests with its sequence, its contact or its workspace: nobody knows how long."""
AT_CAP = (Because.DRAFT_CAP, Because.COST_CAP)


def request(plans: Sequence[tuple[Locked, PlanTouch]], loaded: LoadedFlows, now: datetime) -> None:
    """Write that drafts are wanted for those of these touches that agents write, and withhold them."""
    keys: dict[int, list[str]] = {}
    for row, plan in plans:
        if is_by_agent(loaded[row.version_id].flow.steps[plan.step]):
            keys.setdefault(row.workspace_id, []).append(step_key(row.value.id, plan.step, plan.visit))
    for workspace_id, names in keys.items():
        touches = Touch.objects.filter(
            workspace_id=workspace_id, key__in=names, handed_at=None, settled_at=None
        )
        ids = sql.lock(touches)
        withhold(ids, TouchStatus.DRAFTING, now)
        rows = [
            (workspace_id, id_, DraftState.WANTED.value, now, now, 0, 0, False, *("" for _ in _EMPTY), [], [])
            for id_ in ids
        ]
        sql.insert(Draft, (*_REQUEST, *_EMPTY, *_LISTS), rows, _AGAIN)


def withhold(touch_ids: Sequence[int], status: TouchStatus, now: datetime) -> None:
    """Keep locked touches from leaving until there is a text that may leave."""
    Touch.objects.filter(id__in=touch_ids).update(
        status=status,
        vetoed_at=now,
        hold_reason=HoldReason.APPROVAL,
        content=None,
        lease_token="",
        lease_until=None,
    )


def claim(token: str, limit: int, now: datetime) -> list[Draft]:
    """Take up to `limit` requests for the length of a lease, in the caller's transaction; they carry NEEDED.

    Only what its enrollment still awaits and has no news for, in a sequence that runs and a workspace that is not
    stopped. Only the first that are due are looked at, and those that rest are laid aside: however many there are,
    they are not walked again. The agents are locked, so that two workers cannot both take the last place of a day.
    """
    free = Q(lease_until=None) | Q(lease_until__lt=RawSQL(leases.db_now(), [], DateTimeField()))
    due = Draft.objects.filter(WANTED, free, not_before__lte=now).order_by("not_before", "id")
    names = ("id", "touch__enrollment__woken_at", "goes_on")
    found = list(due.annotate(goes_on=_goes_on()).values_list(*names)[: limit + LOOKED_AT])
    heard = [(id_, goes_on) for id_, woken_at, goes_on in found if woken_at is None]
    if not (wanted := [id_ for id_, goes_on in heard if goes_on][:limit]):
        _lay_aside([id_ for id_, goes_on in heard if not goes_on])
        return []
    sql.lock(Agent.objects.filter(workspace__in=Draft.objects.filter(id__in=wanted).values("workspace")))
    still = Draft.objects.filter(WANTED, free, id__in=wanted)
    ids = sql.lock(still, skip=True)
    _lay_aside([id_ for id_, goes_on in heard if not goes_on])
    lease_end = RawSQL(leases.db_lease_end(), [], DateTimeField())
    Draft.objects.filter(id__in=ids).update(lease_token=token, lease_until=lease_end)
    return list(Draft.objects.filter(id__in=ids).select_related(*NEEDED).order_by("not_before", "id"))


def _goes_on() -> Case:
    running = When(
        touch__status=TouchStatus.DRAFTING,
        touch__enrollment__state="awaiting",
        touch__enrollment__sequence__status="active",
        workspace__stopped_at=None,
        then=True,
    )
    return Case(running, default=False, output_field=BooleanField())


def _lay_aside(draft_ids: Sequence[int]) -> None:
    ids = sql.lock(Draft.objects.filter(WANTED, id__in=draft_ids), skip=True) if draft_ids else []
    Draft.objects.filter(id__in=ids).update(not_before=NEVER, because=Because.RESTS)


def rouse(now: datetime) -> int:
    """Let what was laid aside be claimed again where it goes on; return how many those are."""
    resting = Draft.objects.filter(WANTED, not_before__gte=NEVER).order_by("not_before", "id")
    again = resting.annotate(goes_on=_goes_on()).filter(goes_on=True).values_list("id", flat=True)
    ids = list(again[:AT_ONCE])
    if not ids:
        return 0
    with transaction.atomic():
        still = sql.lock(Draft.objects.filter(WANTED, id__in=ids, not_before__gte=NEVER), skip=True)
        return Draft.objects.filter(id__in=still).update(not_before=now, asked_at=now, because="")


def give_back(token: str, but: Sequence[int]) -> None:
    """Give back what was claimed under `token`, `but` these: they are being written."""
    held = Draft.objects.filter(WANTED, lease_token=token)
    held.exclude(id__in=but).update(lease_token="", lease_until=None)


def entrust(draft: Draft, agent: Agent) -> None:
    """Note, for a claimed draft, who writes it. What it says already no longer holds, whether or not a text comes."""
    Draft.objects.filter(id=draft.pk).update(agent=agent, fingerprint="", because="")


def ask_again(agent: Agent, now: datetime) -> None:
    """Let what this agent's caps held back be looked at now: they may be others."""
    its = Q(touch__enrollment__sequence__agent=agent)
    if agent.is_default:
        its |= Q(touch__enrollment__sequence__agent=None)
    _look_again(its & Q(workspace_id=agent.workspace_id), now)


def ask_another(workspace_id: int, now: datetime) -> None:
    """Let what caps held back where a sequence names no agent be looked at now: somebody else writes, or nobody."""
    _look_again(Q(workspace_id=workspace_id, touch__enrollment__sequence__agent=None), now)


def ask_another_of(sequence_id: int, now: datetime) -> None:
    """Let what caps held back in this sequence be looked at now: another agent writes."""
    _look_again(Q(touch__enrollment__sequence=sequence_id), now)


def _look_again(its: Q, now: datetime) -> None:
    ids = sql.lock(Draft.objects.filter(its, WANTED, because__in=AT_CAP, not_before__gt=now))
    Draft.objects.filter(id__in=in_ids(ids)).update(not_before=now, asked_at=now)


def lock(draft_ids: Sequence[int]) -> list[Draft]:
    """Lock drafts with their enrollments and touches, and return those whose enrollments have not ended.

    They carry NEEDED. Enrollments first, then touches: as everywhere.
    """
    known = Draft.objects.filter(id__in=draft_ids).values_list("id", "touch_id", "touch__enrollment_id")
    rows = list(known)
    running = set(touch_rows.lock_enrollments(enrollment_id for _, _, enrollment_id in rows))
    sql.lock(Touch.objects.filter(id__in=[touch_id for _, touch_id, _ in rows]))
    ids = sql.lock(Draft.objects.filter(id__in=[id_ for id_, _, running_id in rows if running_id in running]))
    return list(Draft.objects.filter(id__in=ids).select_related(*NEEDED).order_by("id"))


def release(draft: Draft, words: dict[str, str] | None, not_before: datetime) -> None:
    """Let a locked draft's touch leave, not before this moment, as soon as its enrollment was looked at.

    `words` None: the step's own text is what leaves.
    """
    touch = draft.touch
    Touch.objects.filter(id=touch.pk).update(
        status=TouchStatus.SCHEDULED,
        hold_reason="",
        content=words,
        not_before=max(touch.not_before, not_before),
    )


def hold_for_approval(draft: Draft, now: datetime) -> None:
    """Let a locked draft's touch wait for a person."""
    withhold([draft.touch_id], TouchStatus.IN_APPROVAL, now)


def want_anew(drafts: Sequence[Draft], now: datetime) -> None:
    """Let locked drafts be written anew. What they say stays until there is something else, but as nobody's words."""
    withhold([one.touch_id for one in drafts], TouchStatus.DRAFTING, now)
    Draft.objects.filter(id__in=[one.pk for one in drafts]).update(
        state=DraftState.WANTED,
        original_subject=F("subject"),
        original_text=F("text"),
        asked_at=now,
        not_before=now,
        tries=0,
        fault="",
        because="",
        fingerprint="",
        lease_token="",
        lease_until=None,
        waits_since=None,
        decision="",
        decided_by=None,
        decided_at=None,
    )


def wake(drafts: Sequence[Draft], now: datetime) -> None:
    """Let the planner look at the locked enrollments of these drafts: it releases what may leave."""
    ids = [id_ for one in drafts if (id_ := one.touch.enrollment_id) is not None]
    Enrollment.objects.filter(id__in=ids).update(next_step_at=now, woken_at=now)


def waiting(rows: QuerySet[Draft]) -> QuerySet[Draft]:
    """Return those of `rows` that wait for a person."""
    return rows.filter(WAITING, touch__status=TouchStatus.IN_APPROVAL)


def being_written(rows: QuerySet[Draft]) -> QuerySet[Draft]:
    """Return those of `rows` of which there is no text yet."""
    return rows.filter(WANTED, touch__status=TouchStatus.DRAFTING)


def too_old(now: datetime, limit: int) -> list[int]:
    """Return drafts that have waited for a person longer than their workspace lets them, and nobody has edited."""
    old: list[int] = []
    spans = Draft.objects.filter(WAITING).order_by().values_list("workspace_id", "workspace__draft_days")
    for workspace_id, days in spans.distinct():
        rows = waiting(Draft.objects.filter(workspace_id=workspace_id, text=F("original_text")))
        since = now - timedelta(days=days)
        late = rows.filter(subject=F("original_subject"), waits_since__lte=since)
        old += late.order_by("waits_since").values_list("id", flat=True)[: limit - len(old)]
    return old


def is_too_old(draft: Draft, now: datetime) -> bool:
    """Tell whether one draft has waited longer than its workspace lets it."""
    span = timedelta(days=draft.workspace.draft_days)
    return draft.waits_since is not None and draft.waits_since <= now - span


def unchecked(before: datetime, limit: int) -> list[int]:
    """Return drafts that wait for a person and were not compared with what they rest on since `before`."""
    rows = Draft.objects.filter(WAITING, checked_at__lt=before).order_by("checked_at", "id")
    return list(rows.values_list("id", flat=True)[:limit])


def drop_unwanted() -> int:
    """Close the requests of touches that nobody needs any more."""
    over = Q(touch__status__in=SETTLED) | ~Q(touch__status__in=UNAPPROVED)
    gone = Draft.objects.filter(WANTED | WAITING).filter(over)
    ids = list(gone.order_by("id").values_list("id", flat=True)[:AT_ONCE])
    if not ids:
        return 0
    with transaction.atomic():
        sql.lock(Touch.objects.filter(draft__in=ids))
        still = sql.lock(gone.filter(id__in=ids))  # one may be wanted again since they were read
        rows = Draft.objects.filter(id__in=still)
        return rows.update(state=DraftState.DONE, lease_token="", lease_until=None)
