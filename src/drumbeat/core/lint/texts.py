"""Merge tags and conditions of a step: known names, fallbacks, rules that make sense."""

from __future__ import annotations

from collections.abc import Iterator

from drumbeat.core import merge
from drumbeat.core.conditions import Condition, check_condition
from drumbeat.core.conditions.rules import rules_with_paths
from drumbeat.core.flow import (
    ConditionStep,
    EmailStep,
    Flow,
    NotifyStep,
    SmsStep,
    Step,
    TaskStep,
    VoiceStep,
    WebhookStep,
    WhatsAppStep,
)
from drumbeat.core.lint.problems import LintFacts
from drumbeat.core.lint.steps import Finding
from drumbeat.core.merge_tags import ALWAYS_FILLED

_TRACKED = ("event.opened", "event.clicked")


def text_findings(step: Step, known: LintFacts) -> Iterator[Finding]:
    """Yield what is wrong with the merge tags of `step`; texts for own people need no fallbacks."""
    names = known.merge_tags | {f"contact.{field}" for field in known.fields}
    always = names if isinstance(step, NotifyStep | TaskStep | WebhookStep) else ALWAYS_FILLED
    for path, source in _texts(step):
        for found in merge.check(source, names, always):
            yield found.code, path, f"Line {found.line}: {found.message}"


def _texts(step: Step) -> Iterator[tuple[str, str]]:
    match step:
        case EmailStep(content=content) if content:
            yield "content.subject", content.subject
            yield "content.text", content.text
            yield "content.html", content.html
        case SmsStep() | NotifyStep():
            yield "text", step.text
        case WhatsAppStep():
            yield "text", step.text
            for name, source in step.template_variables.items():
                yield f"template_variables.{name}", source
        case VoiceStep():
            yield "script", step.script
        case TaskStep():
            yield "title", step.title
            yield "text", step.text
        case WebhookStep():
            yield "url", step.url
            yield "body", step.body
        case _:
            return


def condition_findings(step: Step, flow: Flow, known: LintFacts) -> Iterator[Finding]:
    for path, condition in _conditions(step):
        for found in check_condition(condition, known.fields, flow.steps):
            yield "condition_invalid", f"{path}.{found.path}", found.message
        if not known.tracking:
            for inner, rule in rules_with_paths(condition):
                if rule.field in _TRACKED:
                    text = f"Tracking is off, so {rule.field} never happens. Turn it on, or ask for replies."
                    yield "tracking_off", f"{path}.{inner}", text


def _conditions(step: Step) -> Iterator[tuple[str, Condition]]:
    if step.only_if is not None:
        yield "only_if", step.only_if
    if isinstance(step, ConditionStep):
        for index, branch in enumerate(step.branches):
            yield f"branches[{index}].condition", branch.condition
