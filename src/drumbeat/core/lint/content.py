"""What a step needs in order to be of any use: its text, its branches, its tag."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from drumbeat.core.flow import (
    AiDecideStep,
    AiQualifyStep,
    ConditionStep,
    EmailStep,
    GoToStep,
    JobType,
    ListStep,
    NotifyStep,
    OtherSequenceStep,
    SetFieldStep,
    SetStageStep,
    SmsStep,
    SplitStep,
    Step,
    TagStep,
    TaskStep,
    VoiceStep,
    WaitForStep,
    WebhookStep,
    WhatsAppStep,
)

Lack = tuple[str, str]
"""Path within the step, name of the sentence."""


def lacking(step: Step, *, is_first: bool) -> Iterator[Lack]:
    """Yield what `step` lacks; `is_first`: it may be the first message on its channel."""
    if isinstance(step, EmailStep):
        yield from _mail_lacks(step, is_first=is_first)
    elif type(step) in _LACKS:
        is_filled, path, name = _LACKS[type(step)]
        if not is_filled(step):
            yield path, name


def _mail_lacks(step: EmailStep, *, is_first: bool) -> Iterator[Lack]:
    content = step.content
    if content is None or not (content.text + content.html + content.mjml).strip():
        yield "content", "mail_empty"
    continues = step.job_type is JobType.FOLLOW_UP_EMAIL and not is_first
    if not continues and (content is None or not content.subject.strip()):
        yield "content.subject", "mail_without_subject"


def _has_words_to_leave(step: VoiceStep) -> bool:
    leaves_words = step.on_machine == "leave_script" or step.job_type is JobType.VOICEMAIL_DROP
    speaks = leaves_words or step.on_human == "read"
    return not speaks or bool(step.script.strip())


def _has_a_message(step: WhatsAppStep) -> bool:
    return bool(step.template_id or step.text.strip())


def _has_two_arms(step: SplitStep) -> bool:
    return sum(arm.weight > 0 for arm in step.arms) >= 2


def _says_what_to_do(step: TaskStep) -> bool:
    return bool((step.title + step.text).strip())


def _asks_and_offers(step: AiDecideStep) -> bool:
    return bool(step.question.strip() and step.branches)


def _has(name: str) -> Callable[[Any], bool]:
    def is_filled(step: Any) -> bool:
        value = getattr(step, name)
        return bool(value.strip() if isinstance(value, str) else value)

    return is_filled


_LACKS: Mapping[type, tuple[Callable[[Any], bool], str, str]] = MappingProxyType(
    {
        SmsStep: (_has("text"), "text", "sms_empty"),
        WhatsAppStep: (_has_a_message, "text", "whatsapp_empty"),
        VoiceStep: (_has_words_to_leave, "script", "script_empty"),
        TaskStep: (_says_what_to_do, "title", "task_empty"),
        ConditionStep: (_has("branches"), "branches", "no_branch"),
        SplitStep: (_has_two_arms, "arms", "no_arms"),
        AiDecideStep: (_asks_and_offers, "question", "no_question"),
        AiQualifyStep: (_has("question"), "question", "no_qualification"),
        WaitForStep: (_has("event"), "event", "no_event"),
        GoToStep: (_has("target"), "target", "no_target"),
        NotifyStep: (_has("text"), "text", "notice_empty"),
        TagStep: (_has("tag"), "tag", "no_tag"),
        SetFieldStep: (_has("field"), "field", "no_field"),
        SetStageStep: (_has("stage"), "stage", "no_stage"),
        ListStep: (_has("list"), "list", "no_list"),
        OtherSequenceStep: (_has("sequence"), "sequence", "no_sequence"),
        WebhookStep: (_has("url"), "url", "no_address"),
    }
)
