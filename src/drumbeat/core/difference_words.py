"""Values of a flow's document as people say them: conditions, ways, texts; and what a place in a step is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]
LONGEST = 60
_NAMED = re.compile(r"^(branches|arms)\.(.*)\.(condition|next|weight|description)$", re.DOTALL)
_LABELS: Mapping[str, str] = {
    "content.subject": "subject",
    "content.text": "text",
    "content.html": "HTML text",
    "content.mjml": "MJML text",
    "content.preheader": "preview line",
    "content.layout": "look",
    "content.attachments": "files",
    "next": "the next step",
    "only_if": "the condition under which it runs",
    "on_skip": "what follows a skip",
    "on_failure": "what follows a failure",
    "timed_out": "the step after the time limit",
    "qualified": "the step for the qualified",
    "unqualified": "the step for the unqualified",
    "when_not_done": "what happens when nobody does it",
    "give_up_after": "how long it waits to be done",
    "due_in": "when the task is due",
    "written_by": "who writes it",
    "job_type": "job type",
    "max_rounds": "the maximum of rounds",
    "task_kind": "kind of task",
    "time_limit": "time limit",
    "template_id": "template",
    "automatic_winner": "the automatic winner",
}
_PARTS = {"branches": "branch", "arms": "arm"}
_WAYS = {"go_on": "goes on", "finish": "finishes"}


def label(path: str) -> str:
    """Return what people call the place of a value: `content.subject` is the subject."""
    if path in _LABELS:
        return _LABELS[path]
    if found := _NAMED.match(path):
        part, name, what = found.groups()
        return f"{what.replace('next', 'the next step')} of the {_PARTS[part]} “{name}”"
    head, _, rest = path.partition(".")
    if rest and head in _PARTS:
        return f"the {_PARTS[head]} “{rest}”"
    return f"hint: {rest.replace('_', ' ')}" if head == "hints" and rest else path.replace("_", " ")


def is_whole(value: object) -> bool:
    """Tell a value that is told as one: a condition or a way, not the parts it is made of."""
    return _is_condition(value) or (isinstance(value, Mapping) and {"kind"} <= set(value) <= {"kind", "step"})


def _is_condition(value: object) -> bool:
    """What is at its default is left out of a document, so a condition may be empty."""
    return isinstance(value, Mapping) and set(value) <= {"combinator", "negated", "rules"}


def said(value: Any) -> str:
    """Return a value as people say it, texts shortened."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if _is_condition(value):
        return _quoted(condition(value))
    if isinstance(value, Mapping) and is_whole(value):
        return _WAYS.get(value.get("kind", "go_on"), f"goes to “{value.get('step')}”")
    if isinstance(value, str):
        return _quoted(value)
    return ", ".join(map(_named, value)) if isinstance(value, list) else str(value)


def _named(value: Any) -> str:
    """Return an entry of a list: a file is told by its name."""
    return str(value.get("name", value)) if isinstance(value, Mapping) else str(value)


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= LONGEST else f"“{line[: LONGEST - 1]}…”"


def condition(group: Json) -> str:
    """Say a condition in one line: `stage equals won and not (tag equals cold)`."""
    joined = f" {group.get('combinator', 'and')} ".join(map(_part, group.get("rules", ())))
    if not group.get("negated"):
        return joined or "always"
    return f"not ({joined or 'always'})"


def _part(each: Json) -> str:
    if "rules" not in each:
        return _rule(each)
    text = condition(each)
    return text if each.get("negated") or len(each["rules"]) < 2 else f"({text})"


def _rule(rule: Json) -> str:
    words = [str(rule.get("field", "")), str(rule.get("operator", "")).replace("_", " ")]
    value = rule.get("value")
    if value is not None:
        words.append(", ".join(map(str, value)) if isinstance(value, list) else str(value))
    words += [f"after step {rule['step']}"] if rule.get("step") else []
    words += [f"within {rule['days']} days"] if rule.get("days") is not None else []
    return " ".join(words)
