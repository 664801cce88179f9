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

Finding = tuple[str, str, str]
"""Code, path within the step, message."""

SETTABLE = frozenset({"first_name", "last_name", "company", "title", "stage", "language", "time_zone"})


def step_findings(step: Step, known: LintFacts, *, is_first: bool) -> Iterator[Finding]:
    """Yield what is wrong with `step` alone; `is_first`: it may be the first message on its channel."""
    if (channel := channel_of(step)) and channel not in known.channels:
        yield "channel_without_sender", "kind", lacking_sender(channel)
    elif isinstance(step, AiStep) and not known.has_decider:
        text = "No model is configured that could decide. Set DRUMBEAT_MODEL_URL, or use a condition."
        yield "decider_not_configured", "kind", text
    if isinstance(step, SplitStep) and step.automatic_winner:
        text = "This release cannot choose the winner by itself. Turn it off, and change the weights by hand."
        yield "setting_not_available", "automatic_winner", text
    if isinstance(step, WhatsAppStep) and is_first and not step.template_id:
        text = "A first WhatsApp message needs an approved template. Choose one."
        yield "whatsapp_without_template", "template_id", text
    yield from _content(step, known, is_first=is_first)
    yield from _names(step)
    if isinstance(step, SetFieldStep) and step.field.strip():
        yield from _field_value(step, known.fields)


def lacking_sender(channel: Channel) -> str:
    """Say what a workspace lacks that cannot reach anybody on a channel."""
    if channel is Channel.EMAIL:
        return "No enabled sender profile can send email. Add one under Senders."
    return f"No enabled number can send {channel}. Add one under Settings → Phone numbers."


def _content(step: Step, known: LintFacts, *, is_first: bool) -> Iterator[Finding]:
    lacks = list(lacking(step, is_first=is_first))
    if getattr(step, "written_by", "person") == "agent":
        if lacks and not known.has_agent:
            text = "An agent is to write this text, and none is set up. Set one up, or write a fallback."
            yield "agent_not_configured", "written_by", text
        return
    for path, text in lacks:
        yield "step_without_content", path, text


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
            yield "duplicate_name", f"{held}[{index}].name", "This one has no name. Give it one."
        elif name in seen:
            text = f"Another one is called {name!r} too. Give each a name of its own."
            yield "duplicate_name", f"{held}[{index}].name", text
        seen.add(name)


def _field_value(step: SetFieldStep, own: Mapping[str, FieldType]) -> Iterator[Finding]:
    name = step.field.strip().removeprefix("contact.")
    kind = CONTACT_FIELDS[name] if name in SETTABLE else own.get(name)
    if kind is None:
        text = f"A flow cannot set {name!r}. Choose a field of contacts, or define it under Settings."
        yield "field_invalid", "field", text
    elif step.value is not None and kind is not FieldType.TEXT and comparable(step.value, kind) is None:
        yield "field_invalid", "value", f"{name} holds a {kind}; {step.value!r} is none. Correct the value."
