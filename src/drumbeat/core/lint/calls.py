"""What a call says and whom it is put through to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drumbeat.core.flow import Step, VoiceStep
from drumbeat.core.lint.problems import LintFacts
from drumbeat.core.lint.sentences import say
from drumbeat.core.lint.steps import Finding

_UNSPEAKABLE = re.compile(
    r"(?:https?://|www\.)[^\s<>]{1,60}|\{\{-?\s*unsubscribe_url\b[^}]{0,60}\}\}|</?[a-z][^<>]{0,60}>",
    re.IGNORECASE,
)


def call_findings(step: Step, known: LintFacts) -> Iterator[Finding]:
    """Yield what nobody can say aloud, and a call that is put through to nobody."""
    if not isinstance(step, VoiceStep):
        return
    if found := _UNSPEAKABLE.search(step.script):
        yield "script_not_speakable", "script", say("not_speakable", what=found.group())
    if step.on_human == "connect" and not known.has_rep:
        yield "nobody_to_connect", "on_human", say("nobody_to_connect")
