"""What a flow acts on outside itself: lists, other sequences, own people, endpoints. Are they there?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from drumbeat.core.flow import Channel, ListStep, NotifyStep, OtherSequenceStep, Step, WebhookStep
from drumbeat.core.lint.problems import LintFacts
from drumbeat.core.lint.steps import Finding
from drumbeat.core.webhook import body_texts, url_fault

_ROLES = frozenset({"", "contact_owner", "sequence_owner", "workspace_owner"})
_TAKES_NOBODY = frozenset({"draft", "archived"})


def action_findings(step: Step, known: LintFacts) -> Iterator[Finding]:
    """Yield what stands against carrying out `step`. What `known` does not tell is not complained about."""
    if (check := _CHECKS.get(type(step))) is not None:
        yield from check(step, known)


def _list(step: ListStep, known: LintFacts) -> Iterator[Finding]:
    if known.lists is None or not step.list.strip() or step.list in known.lists:
        return
    what = "is made when somebody is put on it" if step.action == "add" else "has nobody to take off"
    yield "list_unknown", "list", f"There is no list {step.list!r}; it {what}. Check the name."


def _other_sequence(step: OtherSequenceStep, known: LintFacts) -> Iterator[Finding]:
    if known.sequences is None or not step.sequence.strip():
        return
    status = known.sequences.get(step.sequence)
    if status is None:
        text = f"There is no sequence {step.sequence!r}. Choose one by its name or its number."
        yield "sequence_unknown", "sequence", text
    elif step.action == "enroll" and step.sequence in known.itself:
        text = "This is the sequence itself, which its own flow never enters again. Go back by a go-to."
        yield "sequence_itself", "sequence", text
    elif step.action == "enroll" and status in _TAKES_NOBODY:
        text = f"The sequence {step.sequence!r} is {_a(status)} and takes nobody. Activate it, or choose another."
        yield "sequence_takes_nobody", "sequence", text


def _a(status: str) -> str:
    return "a draft" if status == "draft" else status


def _notify(step: NotifyStep, known: LintFacts) -> Iterator[Finding]:
    if "sms" in step.by:
        text = "Notices go into the app and by mail; by SMS they need a number that this release has not."
        yield "notice_by_sms", "by", text
    if "email" in step.by and Channel.EMAIL not in known.channels:
        text = "No enabled sender profile can send the notice. Add one under Senders."
        yield "channel_without_sender", "by", text
    is_named = step.to not in _ROLES and known.members is not None
    if is_named and step.to.casefold() not in (known.members or ()):
        text = f"No member has the address {step.to!r}, so the workspace's owner is told. Choose a member."
        yield "member_unknown", "to", text


def _webhook(step: WebhookStep, known: LintFacts) -> Iterator[Finding]:
    if step.url.strip() and (fault := url_fault(step.url)):
        yield "webhook_url_invalid", "url", fault
    try:
        list(body_texts(step.body))
    except ValueError as fault:
        text = f"The body is not JSON: {fault}. Write merge tags inside its texts."
        yield "webhook_body_invalid", "body", text


_CHECKS: Mapping[type, Callable[[Any, LintFacts], Iterator[Finding]]] = MappingProxyType(
    {ListStep: _list, OtherSequenceStep: _other_sequence, NotifyStep: _notify, WebhookStep: _webhook}
)
