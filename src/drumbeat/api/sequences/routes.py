"""Sequences: the cards, one sequence with its settings, its life from draft to archive."""

from __future__ import annotations

from typing import Annotated, Literal

from django.db import transaction
from ninja import Field, Query, Router, Schema, Status

from drumbeat.actions import access, sequences
from drumbeat.actions.sequences import cards, default, locks, own_templates, settings
from drumbeat.api.auth import MemberRequest
from drumbeat.api.board.kept import Kept
from drumbeat.api.idempotency import PARAMETER, idempotent
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS, UNSEEN, Problem
from drumbeat.api.sequences import view
from drumbeat.api.sequences.content_schemas import PublishIn
from drumbeat.api.sequences.schemas import (
    DuplicateIn,
    SequenceCardOut,
    SequenceChangeIn,
    SequenceIn,
    SequenceOut,
    SequenceTotalsOut,
    SettingsChangedOut,
    SettingsIn,
    StatusWord,
)
from drumbeat.clock import SystemClock
from drumbeat.models import Sequence

router = Router(tags=["sequences"])
_kept = Kept()

SortWord = Literal["-active", "name", "-name", "-created_at", "created_at", "-updated_at", "updated_at"]


class SequenceFilter(Schema):
    """`q` is looked for in name and description. Without a status, archived ones are left out."""

    status: list[StatusWord] = Field(default_factory=list)
    owner_id: int | None = None
    q: str = Field(default="", max_length=200)
    tag: str = Field(default="", max_length=60)
    sort: SortWord = "-active"


@router.get(
    "/sequences",
    response={200: Page[SequenceCardOut], 401: Problem, 403: Problem, 422: Problem},
    operation_id="list_sequences",
)
def list_sequences(
    request: MemberRequest, asked: Annotated[SequenceFilter, Query()], page: Paged
) -> Page[SequenceCardOut]:
    """List the sequences as cards: rhythm, numbers, health."""
    now, member = SystemClock().now(), request.member
    rows, order = cards.find(
        member,
        statuses=asked.status,
        owner_id=asked.owner_id,
        text=asked.q,
        tag=asked.tag,
        sort=asked.sort,
    )
    whose = member.workspace_id, access.only_owner(member)
    reach = _kept.ask(("reach", *whose), lambda: cards.reach(member))
    return page_of(rows, order, page, lambda shown: map(view.card, cards.of(member, shown, reach, now)))


@router.get(
    "/sequences/totals",
    response={200: SequenceTotalsOut, 401: Problem, 403: Problem},
    operation_id="get_sequence_totals",
)
def get_sequence_totals(request: MemberRequest) -> SequenceTotalsOut:
    """Count the sequences by status, and what runs through all of them.

    In a large workspace it may be up to half a minute old.
    """
    now, member = SystemClock().now(), request.member
    access.require(member, "sequences.view")
    whose = member.workspace_id, access.only_owner(member)
    return view.totals(_kept.ask(("totals", *whose), lambda: cards.totals(member, now)))


@router.post("/sequences", response={201: SequenceOut, **REFUSALS}, operation_id="create_sequence")
def create_sequence(request: MemberRequest, body: SequenceIn) -> Status[SequenceOut]:
    """Create a draft: empty, from a template, or with a document."""
    with transaction.atomic():
        made = _made(request, body)
        if body.tags:
            settings.rename(request.member, made.pk, {"tags": body.tags}, SystemClock().now())
    return Status(201, _shown(request, made.pk))


@router.get(
    "/sequences/{int:sequence_id}", response={200: SequenceOut, **UNSEEN}, operation_id="get_sequence"
)
def get_sequence(request: MemberRequest, sequence_id: int) -> SequenceOut:
    """Show a sequence with its settings and where its working copy stands."""
    return _shown(request, sequence_id)


@router.patch(
    "/sequences/{int:sequence_id}", response={200: SequenceOut, **REFUSALS}, operation_id="change_sequence"
)
def change_sequence(request: MemberRequest, sequence_id: int, body: SequenceChangeIn) -> SequenceOut:
    """Rename or describe it, or give it to another owner."""
    changes = body.model_dump(exclude_unset=True)
    settings.rename(request.member, sequence_id, changes, SystemClock().now())
    return _shown(request, sequence_id)


@router.delete(
    "/sequences/{int:sequence_id}", response={204: None, **REFUSALS}, operation_id="delete_sequence"
)
def delete_sequence(request: MemberRequest, sequence_id: int) -> Status[None]:
    """Delete a draft that never ran; everything else is archived."""
    sequences.delete(request.member, sequence_id, SystemClock().now())
    return Status(204, None)


@router.patch(
    "/sequences/{int:sequence_id}/settings",
    response={200: SettingsChangedOut, **REFUSALS, 409: Problem},
    operation_id="change_sequence_settings",
)
def change_sequence_settings(
    request: MemberRequest, sequence_id: int, body: SettingsIn
) -> SettingsChangedOut:
    """Change live settings; they apply at once to all enrollments. The answer says what changed and for how many.

    409 `settings_conflict`: one of them is no more what `was` says; `fields` say `saved_by`, `saved_at`, `settings`.
    """
    asked = body.model_dump(exclude_unset=True, exclude={"was"})
    changed = settings.change(request.member, sequence_id, asked, SystemClock().now(), was=body.was)
    return view.settings_changed(changed)


@router.post(
    "/sequences/{int:sequence_id}/duplicate",
    response={201: SequenceOut, **REFUSALS},
    operation_id="duplicate_sequence",
)
def duplicate_sequence(request: MemberRequest, sequence_id: int, body: DuplicateIn) -> Status[SequenceOut]:
    """Create a draft with the working copy and the settings of this one."""
    copy = sequences.clone(request.member, sequence_id, SystemClock().now(), name=body.name)
    return Status(201, _shown(request, copy.pk))


@router.post(
    "/sequences/{int:sequence_id}/activate",
    response={200: SequenceOut, **REFUSALS, 409: Problem},
    operation_id="activate_sequence",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def activate_sequence(request: MemberRequest, sequence_id: int, body: PublishIn) -> SequenceOut:
    """Start a draft (this publishes version 1) or a paused sequence; an active one stays as it is."""
    sequences.activate(request.member, sequence_id, SystemClock().now(), revision=body.revision)
    return _shown(request, sequence_id)


@router.post(
    "/sequences/{int:sequence_id}/pause",
    response={200: SequenceOut, **REFUSALS},
    operation_id="pause_sequence",
)
def pause_sequence(request: MemberRequest, sequence_id: int) -> SequenceOut:
    """Let nothing be sent from now on; nothing is lost."""
    sequences.pause(request.member, sequence_id, SystemClock().now())
    return _shown(request, sequence_id)


@router.post(
    "/sequences/{int:sequence_id}/resume",
    response={200: SequenceOut, **REFUSALS},
    operation_id="resume_sequence",
    openapi_extra=dict(PARAMETER),
)
@idempotent
def resume_sequence(request: MemberRequest, sequence_id: int) -> SequenceOut:
    """Let a paused sequence go on: what is past due goes at the next opening, under the caps."""
    sequences.resume(request.member, sequence_id, SystemClock().now())
    return _shown(request, sequence_id)


@router.post(
    "/sequences/{int:sequence_id}/archive",
    response={200: SequenceOut, **REFUSALS},
    operation_id="archive_sequence",
)
def archive_sequence(request: MemberRequest, sequence_id: int) -> SequenceOut:
    """End it for good: its unfinished enrollments finish, nothing more is sent."""
    sequences.archive(request.member, sequence_id, SystemClock().now())
    return _shown(request, sequence_id)


@router.put(
    "/sequences/{int:sequence_id}/default",
    response={200: SequenceOut, **REFUSALS},
    operation_id="choose_default_sequence",
)
def choose_default_sequence(request: MemberRequest, sequence_id: int) -> SequenceOut:
    """Make an active sequence the default: preselected, and joined by whoever is created without a sequence."""
    default.choose(request.member, sequence_id, SystemClock().now())
    return _shown(request, sequence_id)


@router.delete(
    "/sequences/{int:sequence_id}/default",
    response={200: SequenceOut, **REFUSALS},
    operation_id="give_up_default_sequence",
)
def give_up_default_sequence(request: MemberRequest, sequence_id: int) -> SequenceOut:
    """Let it be the default no more; another one stays."""
    default.give_up(request.member, SystemClock().now(), sequence_id=sequence_id)
    return _shown(request, sequence_id)


def _made(request: MemberRequest, body: SequenceIn) -> Sequence:
    member, now = request.member, SystemClock().now()
    if body.template_id is not None:
        return own_templates.begin(
            member, body.template_id, body.name, now, description=body.description, sender_id=body.sender_id
        )
    return sequences.create(
        member,
        body.name,
        now,
        template=body.template,
        document=body.document,
        description=body.description,
        sender_id=body.sender_id,
    )


def _shown(request: MemberRequest, sequence_id: int) -> SequenceOut:
    row, counted = cards.one(request.member, sequence_id)
    return view.sequence((row, counted), unlocked=locks.is_open(request.member, row))
