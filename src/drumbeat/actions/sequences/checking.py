"""What `lint` needs to know of a workspace, and its errors as the refusal that publishing raises."""

from __future__ import annotations

from collections.abc import Sequence

from drumbeat.actions import access
from drumbeat.core.conditions import FieldType
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Channel, Flow
from drumbeat.core.lint import LintFacts, Problem, Severity, lint
from drumbeat.environment import environment
from drumbeat.models import ContactField, Member, SenderProfile, Workspace


def problems_of(member: Member, flow: Flow) -> list[Problem]:
    """Return what `lint` says about `flow` in the member's workspace."""
    return lint(flow, facts_of(member))


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
        has_decider=bool(environment().decider),
    )


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
