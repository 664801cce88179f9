"""Merge tags of a step: known names, and fallbacks for what may be missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from drumbeat.core import merge, webhook
from drumbeat.core.flow import (
    EmailStep,
    NotifyStep,
    SmsStep,
    Step,
    TaskStep,
    VoiceStep,
    WebhookStep,
    WhatsAppStep,
)
from drumbeat.core.lint.problems import LintFacts
from drumbeat.core.lint.sentences import Sentence, say
from drumbeat.core.lint.steps import Finding
from drumbeat.core.merge_tags import ALWAYS_FILLED, CONTACT_TAGS


def text_findings(step: Step, known: LintFacts) -> Iterator[Finding]:
    """Yield what is wrong with the merge tags of `step`; texts for own people need no fallbacks."""
    own = {f"contact.{field}" for field in known.fields}
    names = webhook.TAGS | CONTACT_TAGS | own if isinstance(step, WebhookStep) else known.merge_tags | own
    always = ALWAYS_FILLED | webhook.TAGS
    for path, source in _texts(step):
        filled = names if isinstance(step, NotifyStep | TaskStep) or path == "body" else always
        for found in merge.check(source, names, filled):
            yield found.code, path, _said(found)


def _said(found: merge.MergeProblem) -> Sentence:
    line, name = found.line, found.name
    match found.code:
        case "unknown_merge_tag" if found.near:
            return say("no_such_merge_tag_but", line=line, name=name, near=found.near)
        case "unknown_merge_tag":
            return say("no_such_merge_tag", line=line, name=name)
        case "merge_tag_without_fallback":
            return say("merge_tag_may_be_empty", line=line, name=name)
        case _:
            return say("merge_unreadable", line=line, detail=found.message)


def _texts(step: Step) -> Iterator[tuple[str, str]]:
    match step:
        case EmailStep(content=content) if content:
            yield "content.subject", content.subject
            yield "content.preheader", content.preheader
            yield "content.text", content.text
            yield "content.html", content.html
            yield "content.mjml", content.mjml
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
            yield from (("body", text) for text in _in_body(step.body))
        case _:
            return


def _in_body(source: str) -> Iterator[str]:
    """Yield the texts of a body; that it is no JSON is said elsewhere."""
    with suppress(ValueError):
        yield from webhook.body_texts(source)
