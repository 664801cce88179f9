"""What a step lacks on its own: content, names, an agent, a release that can carry it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drumbeat.core.conditions import CONTACT_FIELDS, FieldType
from drumbeat.core.conditions.operands import comparable
from drumbeat.core.flow import (
    AiDecideStep,
    AiStep,
    Channel,
    ConditionStep,
    SetFieldStep,
    SplitStep,
    Step,
    WhatsAppStep,
    channel_of,
)
from drumbeat.core.lint.content import lacking
from drumbeat.core.lint.problems import LintFacts
from drumbeat.core.lint.sentences import Sentence, say

Finding = tuple[str, str, Sentence]
"""Code, path within the step, message."""

SETTABLE = frozenset({"first_name", "last_name", "company", "title", "stage", "language", "time_zone"})


def step_findings(step: Step, known: LintFacts, *, is_first: bool) -> Iterator[Finding]:
    """Yield what is wrong with `step` alone; `is_first`: it may be the first message on its channel."""
    if (channel := channel_of(step)) and channel not in known.channels:
        yield "channel_without_sender", "kind", lacking_sender(channel)
    elif isinstance(step, AiStep) and not known.has_decider:
        yield "decider_not_configured", "kind", say("no_decider")
    if isinstance(step, SplitStep) and step.automatic_winner:
        yield "setting_not_available", "automatic_winner", say("no_automatic_winner")
    if isinstance(step, WhatsAppStep) and is_first and not step.template_id:
        yield "whatsapp_without_template", "template_id", say("whatsapp_first")
    yield from _content(step, known, is_first=is_first)
    yield from _names(step)
    if isinstance(step, SetFieldStep) and step.field.strip():
        yield from _field_value(step, known.fields)


def lacking_sender(channel: Channel) -> Sentence:
    """Say what a workspace lacks that cannot reach anybody on a channel."""
    if channel is Channel.EMAIL:
        return say("no_mailbox")
    return say("no_number", channel=channel)


def _content(step: Step, known: LintFacts, *, is_first: bool) -> Iterator[Finding]:
    lacks = list(lacking(step, is_first=is_first))
    if getattr(step, "written_by", "person") == "agent":
        if lacks and not known.has_agent:
            yield "agent_not_configured", "written_by", say("no_agent")
        return
    for path, name in lacks:
        yield "step_without_content", path, say(name)


def _names(step: Step) -> Iterator[Finding]:
    match step:
        case ConditionStep() | AiDecideStep():
            held, names = "branches", [branch.name for branch in step.branches]
        case SplitStep():
            held, names = "arms", [arm.name for arm in step.arms]
        case _:
            return
    seen: set[str] = set()
    for index, name in enumerate(name.strip() for name in names):
        if not name:
            yield "duplicate_name", f"{held}[{index}].name", say("no_name")
        elif name in seen:
            yield "duplicate_name", f"{held}[{index}].name", say("same_name", name=name)
        seen.add(name)


def _field_value(step: SetFieldStep, own: Mapping[str, FieldType]) -> Iterator[Finding]:
    name = step.field.strip().removeprefix("contact.")
    kind = CONTACT_FIELDS[name] if name in SETTABLE else own.get(name)
    if kind is None:
        yield "field_invalid", "field", say("field_not_settable", field=name)
    elif step.value is not None and kind is not FieldType.TEXT and comparable(step.value, kind) is None:
        text = say("value_of_other_type", field=name, type=kind, value=step.value)
        yield "field_invalid", "value", text
