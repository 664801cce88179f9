"""One change to many contacts: tags, lists, stage, owner. Each contact gets its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from drumbeat.actions import access, audit
from drumbeat.actions.contacts.selection import Selection, ids_of, seen_among
from drumbeat.core.conditions.operands import comparable_text
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind
from drumbeat.models import Contact, ContactList, Member
from drumbeat.store import contact_events, lists, sql, stages, tags
from drumbeat.store.contacts import in_ids

MOST = 10_000
"""Contacts that one request changes, in one transaction."""


class Act(StrEnum):
    ADD_TAG = "add_tag"
    REMOVE_TAG = "remove_tag"
    ADD_TO_LIST = "add_to_list"
    REMOVE_FROM_LIST = "remove_from_list"
    SET_STAGE = "set_stage"
    SET_OWNER = "set_owner"


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done. `tag` and `stage` are names; `owner_id` None takes the owner away."""

    act: Act
    tag: str = ""
    stage: str = ""
    list_id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class BulkAnswer:
    """`changed`, `unchanged` or `not_found` for each contact; `before` has what a changed one had, for undoing."""

    answers: Mapping[int, str]
    before: Mapping[int, str] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        codes = list(self.answers.values())
        return {code: n for code in ("changed", "unchanged", "not_found") if (n := codes.count(code))}


def apply(member: Member, chosen: Selection, change: Change, now: datetime) -> BulkAnswer:
    """Change the chosen contacts; DomainError `too_many_contacts` (nothing is changed) above MOST."""
    access.require(member, "contacts.edit")
    asked = ids_of(member, chosen, MOST, now)
    if len(asked) > MOST:
        raise DomainError(
            "too_many_contacts",
            f"One request changes at most {MOST} contacts; nothing was changed. Narrow the filter.",
        )
    with transaction.atomic():
        known = seen_among(member, asked)
        sql.lock(Contact.objects.filter(id__in=in_ids(known)))
        before = _ACTS[change.act](member, change, known, now)
        if before:
            audit.record(
                member,
                f"contacts.{change.act}",
                now,
                object_kind="contact",
                name=change.tag or change.stage,
                after={"contacts": len(before), "list": change.list_id, "owner": change.owner_id},
            )
    answers = dict.fromkeys(asked, "not_found")
    answers |= {id_: "changed" if id_ in before else "unchanged" for id_ in known}
    return BulkAnswer(answers, before)


_Done = Mapping[int, str]


def _source(member: Member) -> str:
    return member.via.partition(" ")[0]


def _add_tag(member: Member, change: Change, ids: Sequence[int], now: datetime) -> _Done:
    tag_id = tags.ensure(member.workspace_id, change.tag)
    return dict.fromkeys(tags.add(member.workspace_id, tag_id, ids, now, source=_source(member)), "")


def _remove_tag(member: Member, change: Change, ids: Sequence[int], now: datetime) -> _Done:
    tag_id = tags.ensure(member.workspace_id, change.tag)
    return dict.fromkeys(tags.remove(member.workspace_id, tag_id, ids, now, source=_source(member)), "")


def _add_to_list(member: Member, change: Change, ids: Sequence[int], now: datetime) -> _Done:
    target = access.get(member, ContactList, change.list_id or 0, "list")
    joined = lists.join_and_tell(member.workspace_id, target.pk, ids, now, source=_source(member))
    return dict.fromkeys(joined, "")


def _remove_from_list(member: Member, change: Change, ids: Sequence[int], now: datetime) -> _Done:
    target = access.get(member, ContactList, change.list_id or 0, "list")
    return dict.fromkeys(lists.leave(member.workspace_id, target.pk, ids, now, source=_source(member)), "")


def _set_stage(member: Member, change: Change, ids: Sequence[int], now: datetime) -> _Done:
    stage = change.stage.replace("\x00", "").strip()
    if len(stage) > 100:
        raise DomainError("stage_invalid", "A stage has at most 100 characters.")
    rows = Contact.objects.filter(id__in=in_ids(ids)).exclude(stage=stage)
    before = dict(rows.values_list("id", "stage"))
    Contact.objects.filter(id__in=in_ids(list(before))).update(
        stage=stage, stage_compared=comparable_text(stage), updated_at=now
    )
    contact_events.add(
        member.workspace_id,
        EventKind.STAGE_CHANGED,
        sorted(before),
        now,
        source=_source(member),
        payload={"stage": stage},
    )
    stages.reached(member.workspace_id, dict.fromkeys(before, stage), now)
    return before


def _set_owner(member: Member, change: Change, ids: Sequence[int], now: datetime) -> _Done:
    owner = None if change.owner_id is None else access.get(member, Member, change.owner_id, "member")
    rows = Contact.objects.filter(id__in=in_ids(ids))
    before = {
        id_: str(was or "") for id_, was in rows.values_list("id", "owner_id") if was != change.owner_id
    }
    Contact.objects.filter(id__in=in_ids(list(before))).update(owner=owner, updated_at=now)
    return before


_ACTS: Mapping[Act, Callable[[Member, Change, Sequence[int], datetime], _Done]] = {
    Act.ADD_TAG: _add_tag,
    Act.REMOVE_TAG: _remove_tag,
    Act.ADD_TO_LIST: _add_to_list,
    Act.REMOVE_FROM_LIST: _remove_from_list,
    Act.SET_STAGE: _set_stage,
    Act.SET_OWNER: _set_owner,
}
