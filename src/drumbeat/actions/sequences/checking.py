"""What `lint` needs to know of a workspace, and its errors as the refusal that publishing raises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from drumbeat.actions import access, attachments
from drumbeat.actions.conditions import names_asked
from drumbeat.core.conditions import FieldType, fold
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import Channel, Flow, ListStep, NotifyStep, OtherSequenceStep, TagStep
from drumbeat.core.lint import LintFacts, Problem, Severity, lint
from drumbeat.core.lint.conditions import conditions_of
from drumbeat.core.triggers import Happening, read_trigger
from drumbeat.environment import environment
from drumbeat.models import Agent, ContactField, ContactList, Member, SenderProfile, Workspace
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import naming
from drumbeat.store.attachments import taken_by


def problems_of(
    member: Member, flow: Flow, sequence_id: int | None = None, *, saved: bool = False
) -> list[Problem]:
    """Return what `lint` says about `flow` in the member's workspace; `sequence_id`: whose flow it is, if anybody's.

    `saved`: it stands in the working copy, so that its files are the workspace's unless who saved it saw them not.
    """
    known = replace(facts_of(member), has_agent=has_agent(member, sequence_id))
    files = attachments.of_steps(member, taken_by(flow), shared=saved)
    return lint(flow, replace(known, files=files, **_named(member, flow, sequence_id)))


def facts_of(member: Member) -> LintFacts:
    """Return what `lint` may know: the workspace's fields, channels that can send, its postal address."""
    fields = access.visible_to(member, ContactField).values_list("key", "type")
    senders = access.visible_to(member, SenderProfile).filter(enabled=True)
    channels = set(senders.values_list("channel", flat=True)) & {channel.value for channel in Channel}
    address = Workspace.objects.values_list("postal_address", flat=True).get(id=member.workspace_id)
    return LintFacts(
        fields={f"custom.{key}": FieldType(type_) for key, type_ in fields},
        channels=frozenset(map(Channel, channels)),
        has_postal_address=bool(address.strip()),
        has_decider=has_decider(),
        has_rep=access.visible_to(member, Member).exclude(phone="").exists(),
    )


def has_decider() -> bool:
    """Say whether this installation names somebody who decides AI steps."""
    return bool(environment().decider or environment().model_url)


def has_agent(member: Member, sequence_id: int | None = None) -> bool:
    """Say whether an agent can write: there is a model, and one that the sequence names or the workspace's default."""
    if not environment().model_url:
        return False
    of_sequence = access.visible_to(member, SequenceRow).filter(id=sequence_id or 0, agent__isnull=False)
    return access.visible_to(member, Agent).filter(is_default=True).exists() or of_sequence.exists()


def _named(member: Member, flow: Flow, sequence_id: int | None) -> dict[str, Any]:
    """Return the names that steps of the flow may mean, each kind only where a step asks for it."""
    kinds = {type(step) for step in flow.steps.values()}
    found: dict[str, Any] = {}
    asked = [condition for step in flow.steps.values() for _, condition in conditions_of(step)]
    names = names_asked(member, asked)
    found |= {"tags": names.tags, "lists": names.lists, "tracked": _tracked(member, sequence_id)}
    if ListStep in kinds and names.lists is None:
        lists = access.visible_to(member, ContactList)
        found["lists"] = frozenset(lists.values_list("name", flat=True))
    if OtherSequenceStep in kinds:
        rows = access.visible_to(member, SequenceRow).values_list("id", "name", "status")
        meant = naming.meant(rows)
        found["sequences"] = {name: status for name, (_, status) in meant.items()}
        found["itself"] = frozenset(name for name, (id_, _) in meant.items() if id_ == sequence_id)
    if TagStep in kinds and sequence_id is not None:
        found["trigger_tags"] = _trigger_tags(member, sequence_id)
    if NotifyStep in kinds:
        members = access.visible_to(member, Member).filter(deactivated_at=None)
        found["members"] = frozenset(one.casefold() for one in members.values_list("user__email", flat=True))
    return found


def _tracked(member: Member, sequence_id: int | None) -> frozenset[str]:
    """Return which of opens and clicks the sequence's mails tell of, as it is set now."""
    known = access.visible_to(member, SequenceRow).filter(
        id=sequence_id or 0, workspace__allows_tracking=True
    )
    opens, clicks = known.values_list("track_opens", "track_clicks").first() or (False, False)
    return frozenset(event for event, on in (("opened", opens), ("clicked", clicks)) if on)


def _trigger_tags(member: Member, sequence_id: int) -> frozenset[str]:
    """Return the tags that start the sequence when they are added, folded; "" where each one does."""
    sequence = access.visible_to(member, SequenceRow).filter(id=sequence_id).first()
    if sequence is None or not sequence.triggers:
        return frozenset()
    entries = read_trigger(sequence.triggers).any
    added = (e for e in entries if isinstance(e, Happening) and e.event is EventKind.TAG_ADDED)
    return frozenset(fold(entry.name) for entry in added)


def is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR


def flow_with_errors(problems: Sequence[Problem]) -> DomainError | None:
    """Return the refusal that the errors among `problems` amount to, None when there is none."""
    errors = [problem for problem in problems if is_error(problem)]
    if not errors:
        return None
    fields: dict[str, str] = {}
    for error in errors:
        path = error.path or "flow"
        fields[path] = f"{fields[path]} {error.message}" if path in fields else error.message
    count = "One error" if len(errors) == 1 else f"{len(errors)} errors"
    return DomainError("flow_has_errors", f"{count} must be mended before this can be published.", fields)
