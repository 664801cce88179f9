"""What a flow acts on outside itself: lists, other sequences, own people, endpoints. Are they there?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from drumbeat.core.flow import Channel, ListStep, NotifyStep, OtherSequenceStep, Step, WebhookStep
from drumbeat.core.lint.problems import LintFacts
from drumbeat.core.lint.sentences import say
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
    name = "list_made" if step.action == "add" else "list_without_anybody"
    yield "list_unknown", "list", say(name, list=step.list)


def _other_sequence(step: OtherSequenceStep, known: LintFacts) -> Iterator[Finding]:
    if known.sequences is None or not step.sequence.strip():
        return
    status = known.sequences.get(step.sequence)
    if status is None:
        yield "sequence_unknown", "sequence", say("no_such_sequence", sequence=step.sequence)
    elif step.action == "enroll" and step.sequence in known.itself:
        yield "sequence_itself", "sequence", say("into_itself")
    elif step.action == "enroll" and status in _TAKES_NOBODY:
        yield "sequence_takes_nobody", "sequence", say(f"into_{status}", sequence=step.sequence)


def _notify(step: NotifyStep, known: LintFacts) -> Iterator[Finding]:
    if "sms" in step.by:
        yield "notice_by_sms", "by", say("notice_by_sms")
    if "email" in step.by and Channel.EMAIL not in known.channels:
        yield "channel_without_sender", "by", say("notice_without_mailbox")
    is_named = step.to not in _ROLES and known.members is not None
    if is_named and step.to.casefold() not in (known.members or ()):
        yield "member_unknown", "to", say("no_such_member", address=step.to)


def _webhook(step: WebhookStep, known: LintFacts) -> Iterator[Finding]:
    if step.url.strip() and (fault := url_fault(step.url)):
        yield "webhook_url_invalid", "url", say("webhook_address", detail=fault)
    try:
        list(body_texts(step.body))
    except ValueError as fault:
        yield "webhook_body_invalid", "body", say("webhook_body", detail=fault)


_CHECKS: Mapping[type, Callable[[Any, LintFacts], Iterator[Finding]]] = MappingProxyType(
    {ListStep: _list, OtherSequenceStep: _other_sequence, NotifyStep: _notify, WebhookStep: _webhook}
)
