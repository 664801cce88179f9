"""Wrong documents, each with what is said about it: the code, the step, the path and words of the sentence.

`document_invalid`: it cannot be read. Errors block publishing, warnings do not. Each is read, audited and published by
the tests that go through this table. The world around: mail can be sent, nothing else; a postal address is there; the
contact has a field `custom.score`, a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent
from typing import Any

import yaml

UNREADABLE = "document_invalid"
MAIL = "{key: hello, kind: email, content: {subject: Hi, text: Hi.}}"
AGAIN = "{key: again, kind: email, delay: 3d, job_type: follow_up_email, content: {text: Well.}}"


@dataclass(frozen=True, slots=True)
class BadFlow:
    """`step` None: the whole flow. `says`: words of the sentence that a person reads."""

    name: str
    steps: str
    code: str
    step: str | None
    path: str
    says: str
    blocks: bool = True
    start: str | None = None

    @property
    def document(self) -> dict[str, Any]:
        steps = yaml.safe_load(dedent(self.steps).replace("MAIL", MAIL).replace("AGAIN", AGAIN)) or []
        return {"format": 1, "steps": steps} | ({"start": self.start} if self.start else {})


def warning(name: str, steps: str, code: str, step: str | None, path: str, says: str) -> BadFlow:
    return BadFlow(name, steps, code, step, path, says, blocks=False)


ASKS_STAGE = "{combinator: and, rules: [{field: stage, operator: equals, value: won}]}"
ASKS_SHOES = "{combinator: and, rules: [{field: shoe_size, operator: equals, value: '44'}]}"
ASKS_OPENED = "{combinator: and, rules: [{field: event.opened, operator: happened}]}"
WON = f"{{name: won, condition: {ASKS_STAGE}}}"

BAD_FLOWS: tuple[BadFlow, ...] = (
    # What cannot be read.
    BadFlow(
        "a kind that there is not",
        "[{key: a, kind: dance}]",
        UNREADABLE,
        "a",
        "steps[0].kind",
        "no kind 'dance'",
    ),
    BadFlow(
        "a slip in a key", "[{key: a, kind: tag, taag: x}]", UNREADABLE, "a", "steps[0].taag", "mean tag?"
    ),
    BadFlow("a step without a key", "[{kind: end}]", UNREADABLE, None, "steps[0].key", "Is missing"),
    BadFlow("one key twice", "[MAIL, MAIL]", UNREADABLE, "hello", "steps[1].key", "is called 'hello' too"),
    BadFlow(
        "a way to nowhere",
        "[{key: a, kind: end, next: b}]",
        UNREADABLE,
        "a",
        "steps[0].next",
        "No step is called",
    ),
    BadFlow(
        "a start that is not there", "[MAIL]", UNREADABLE, None, "start", "No step is called 'b'", start="b"
    ),
    BadFlow("no such delay", "[{key: a, kind: end, delay: 2x}]", UNREADABLE, "a", "steps[0].delay", "2x"),
    BadFlow(
        "a delay of eleven years",
        "[{key: a, kind: end, delay: 4015d}]",
        UNREADABLE,
        "a",
        "steps[0].delay",
        "3650",
    ),
    BadFlow(
        "an operator that there is not",
        "[{key: a, kind: end, only_if: {combinator: and, rules: [{field: stage, operator: likes, value: x}]}}]",
        UNREADABLE,
        "a",
        "steps[0].only_if.rules[0].operator",
        "Must be",
    ),
    BadFlow(
        "another way that names no step",
        "[{key: a, kind: tag, tag: x, on_skip: {kind: step}}]",
        UNREADABLE,
        "a",
        "steps[0].on_skip.step",
        "Name the step",
    ),
    BadFlow(
        "an unknown word for a job",
        "[{key: a, kind: email, job_type: spam}]",
        UNREADABLE,
        "a",
        "steps[0].job_type",
        "initial_outreach",
    ),
    BadFlow(
        "rounds below one",
        "[MAIL, {key: b, kind: go_to, target: hello, max_rounds: 0}]",
        UNREADABLE,
        "b",
        "steps[1].max_rounds",
        "at least 1",
    ),
    # What can be read and must not run.
    BadFlow("nothing at all", "[]", "empty_flow", None, "start", "no first step"),
    BadFlow(
        "an empty mail",
        "[{key: a, kind: email}]",
        "step_without_content",
        "a",
        "steps[0].content",
        "The mail is empty",
    ),
    BadFlow(
        "a first mail without a subject",
        "[{key: a, kind: email, content: {text: Hi.}}]",
        "step_without_content",
        "a",
        "steps[0].content.subject",
        "no subject",
    ),
    BadFlow(
        "a task nobody understands",
        "[{key: a, kind: task}]",
        "step_without_content",
        "a",
        "steps[0].title",
        "Give the task a title",
    ),
    BadFlow(
        "a tag without a name",
        "[{key: a, kind: tag}]",
        "step_without_content",
        "a",
        "steps[0].tag",
        "Choose the tag",
    ),
    BadFlow(
        "a condition without branches",
        "[{key: a, kind: condition}]",
        "step_without_content",
        "a",
        "steps[0].branches",
        "Add a branch",
    ),
    BadFlow(
        "a split with one arm",
        "[{key: a, kind: split, arms: [{name: one, weight: 1}]}]",
        "step_without_content",
        "a",
        "steps[0].arms",
        "two arms",
    ),
    BadFlow(
        "a notice that tells nothing",
        "[{key: a, kind: notify}]",
        "step_without_content",
        "a",
        "steps[0].text",
        "notice is empty",
    ),
    BadFlow(
        "a go-to that goes nowhere",
        "[MAIL, {key: a, kind: go_to}]",
        "step_without_content",
        "a",
        "steps[1].target",
        "Choose the step to go to",
    ),
    BadFlow(
        "a webhook without an address",
        "[{key: a, kind: webhook}]",
        "step_without_content",
        "a",
        "steps[0].url",
        "address to call",
    ),
    BadFlow(
        "a stage that is none",
        "[{key: a, kind: set_stage}]",
        "step_without_content",
        "a",
        "steps[0].stage",
        "Choose the stage",
    ),
    BadFlow(
        "a list that is none",
        "[{key: a, kind: list}]",
        "step_without_content",
        "a",
        "steps[0].list",
        "Choose the list",
    ),
    BadFlow(
        "a step that nobody gets to",
        "[{key: hello, kind: email, content: {subject: Hi, text: Hi.}, next: null}, AGAIN]",
        "unreachable_step",
        "again",
        "steps[1]",
        "No way leads here",
    ),
    BadFlow(
        "a circle that never waits",
        "[{key: a, kind: tag, tag: x}, {key: b, kind: tag, action: remove, tag: x, next: a}]",
        "cycle_without_delay",
        "a",
        "steps[0]",
        "for ever without a pause",
    ),
    BadFlow(
        "a go-to without a maximum",
        "[{key: a, kind: tag, tag: x}, {key: b, kind: tag, action: remove, tag: x}, {key: c, kind: go_to, target: a}]",
        "cycle_without_delay",
        "a",
        "steps[0]",
        "go-to with a maximum",
    ),
    BadFlow(
        "a channel that nobody serves",
        "[{key: a, kind: sms, text: Hi}]",
        "channel_without_sender",
        "a",
        "steps[0].kind",
        "No enabled number can send sms",
    ),
    BadFlow(
        "WhatsApp begins without a template",
        "[{key: a, kind: whatsapp, text: Hi}]",
        "whatsapp_without_template",
        "a",
        "steps[0].template_id",
        "approved template",
    ),
    BadFlow(
        "a merge tag that there is not",
        "[{key: a, kind: email, content: {subject: Hi, text: 'Hi {{ contact.first_nam }}.'}}]",
        "unknown_merge_tag",
        "a",
        "steps[0].content.text",
        "first_name",
    ),
    BadFlow(
        "Liquid that does not end",
        "[{key: a, kind: email, content: {subject: 'Hi {% if contact.first_name %}', text: Hi.}}]",
        "merge_syntax",
        "a",
        "steps[0].content.subject",
        "Line 1",
    ),
    BadFlow(
        "a condition on a field that there is not",
        f"[{{key: a, kind: tag, tag: x, only_if: {ASKS_SHOES}}}]",
        "condition_invalid",
        "a",
        "steps[0].only_if.rules[0].field",
        "shoe_size",
    ),
    BadFlow(
        "two branches of one name",
        f"[{{key: a, kind: condition, branches: [{WON}, {WON}]}}]",
        "duplicate_name",
        "a",
        "steps[0].branches[1].name",
        "a name of its own",
    ),
    BadFlow(
        "a field that there is not",
        "[{key: a, kind: set_field, field: shoe_size, value: x}]",
        "field_invalid",
        "a",
        "steps[0].field",
        "cannot set 'shoe_size'",
    ),
    BadFlow(
        "a word for a number",
        "[{key: a, kind: set_field, field: custom.score, value: many}]",
        "field_invalid",
        "a",
        "steps[0].value",
        "holds a number",
    ),
    BadFlow(
        "a mail that nobody writes",
        "[{key: a, kind: email, written_by: agent}]",
        "agent_not_configured",
        "a",
        "steps[0].written_by",
        "none is set up",
    ),
    BadFlow(
        "nobody to decide",
        "[{key: a, kind: ai_qualify, question: Fits}]",
        "decider_not_configured",
        "a",
        "steps[0].kind",
        "DRUMBEAT_MODEL_URL",
    ),
    BadFlow(
        "an address that cannot be called",
        "[{key: a, kind: webhook, url: 'ftp://files.test/x'}]",
        "webhook_url_invalid",
        "a",
        "steps[0].url",
        "http",
    ),
    # What is hardly meant.
    warning(
        "a task for ever",
        "[{key: a, kind: task, title: Call}]",
        "wait_never_ends",
        "a",
        "steps[0].when_not_done",
        "stands still",
    ),
    warning(
        "a wait for what cannot come",
        "[MAIL, {key: b, kind: wait_for, event: opened}]",
        "wait_in_vain",
        "b",
        "steps[1].event",
        "Tracking is off",
    ),
    warning(
        "a tag that stays",
        "[{key: a, kind: tag, tag: cold}]",
        "tag_never_removed",
        "a",
        "steps[0].tag",
        "Nothing removes",
    ),
    warning(
        "two mails within an hour",
        "[MAIL, {key: b, kind: email, delay: 1h, job_type: follow_up_email, content: {text: Well.}}]",
        "delay_too_short",
        "b",
        "steps[1].delay",
        "a day to answer",
    ),
    warning(
        "a year of silence",
        "[MAIL, {key: b, kind: end, delay: 365d}]",
        "delay_too_long",
        "b",
        "steps[1].delay",
        "a long time",
    ),
    warning(
        "a name without a fallback",
        "[{key: a, kind: email, content: {subject: Hi, text: 'Hi {{ contact.first_name }}.'}}]",
        "merge_tag_without_fallback",
        "a",
        "steps[0].content.text",
        "default",
    ),
    warning(
        "a condition on opens that are not counted",
        f"[MAIL, {{key: b, kind: tag, action: remove, tag: x, only_if: {ASKS_OPENED}}}]",
        "tracking_off",
        "b",
        "steps[1].only_if.rules[0]",
        "Tracking is off",
    ),
)
