"""What lint may say: a code with its severity and its cure, and a problem found in a flow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from drumbeat.core.conditions import FieldType
from drumbeat.core.flow import Channel
from drumbeat.core.lint.sentences import Sentence
from drumbeat.core.merge_tags import MERGE_TAGS


class Severity(StrEnum):
    """Errors block publishing, warnings do not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    severity: Severity
    meaning: str
    cure: str


@dataclass(frozen=True, slots=True)
class Problem:
    """`step` is a key, None for the whole flow; `path` leads to the place in the document."""

    code: str
    severity: Severity
    step: str | None
    path: str
    message: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class LintFacts:
    """What lint may know of the workspace and of the sequence.

    `fields` are the workspace's own ones (`custom.<key>`); their merge tags are known besides `merge_tags`.
    `channels` have an enabled sender, `trigger_tags` start this sequence when they are added, "" says that each does.
    `has_decider`: there is somebody to ask for the decisions of AI steps. `has_rep`: a member has a number to which
    calls can be put through.
    `tags` are folded names, `lists` names, `sequences` the status of each by name and by number, `members`
    addresses as they are compared, `files` the size in bytes of each by id; None: any passes.
    `itself`: names and number of the sequence whose flow it is.
    `tracked`: which of the events `opened` and `clicked` its mails tell of.
    """

    merge_tags: frozenset[str] = MERGE_TAGS
    fields: Mapping[str, FieldType] = field(default_factory=dict)
    channels: frozenset[Channel] = frozenset()
    trigger_tags: frozenset[str] = frozenset()
    tags: frozenset[str] | None = None
    lists: frozenset[str] | None = None
    sequences: Mapping[str, str] | None = None
    members: frozenset[str] | None = None
    itself: frozenset[str] = frozenset()
    files: Mapping[int, int] | None = None
    tracked: frozenset[str] = frozenset()
    has_postal_address: bool = False
    has_agent: bool = False
    has_decider: bool = False
    has_rep: bool = False


def _error(meaning: str, cure: str) -> Code:
    return Code(Severity.ERROR, meaning, cure)


def _warning(meaning: str, cure: str) -> Code:
    return Code(Severity.WARNING, meaning, cure)


CODES: Mapping[str, Code] = MappingProxyType(
    {
        "empty_flow": _error("The flow has no first step.", "Add a step, or choose where the flow starts."),
        "step_without_content": _error(
            "A step lacks what it is for: a text, a subject, a branch, a tag, an address.",
            "Fill in what the message names.",
        ),
        "unreachable_step": _error(
            "No way leads from the start to this step, so nobody would ever get there.",
            "Let another step lead to it, or delete it.",
        ),
        "cycle_without_delay": _error(
            "Steps lead back to each other and nothing on the way waits or counts: the flow would run hot.",
            "Give a step of the cycle a delay, or go back by a go-to step with a maximum of rounds.",
        ),
        "duplicate_name": _error(
            "Branches or arms of one step share a name or have none; results are counted by name.",
            "Give each a name of its own.",
        ),
        "channel_without_sender": _error(
            "No enabled sender profile can send on this channel.",
            "Add one under Senders, or enable the one you have.",
        ),
        "unknown_merge_tag": _error(
            "A text uses a merge tag that does not exist.",
            "Correct the name, or define the field under Settings.",
        ),
        "merge_syntax": _error("A text cannot be read as Liquid.", "Correct it at the line that is named."),
        "html_refused": _error(
            "The HTML of a mail holds what mail programs refuse: a script, a form, a frame.",
            "Take it out.",
        ),
        "mjml_invalid": _error(
            "The MJML of a mail cannot be turned into a page: an element is unknown, not closed, or includes a file.",
            "Correct it at the line that is named.",
        ),
        "mjml_beside_html": _error(
            "A mail has both HTML and MJML; nobody could tell which is meant.", "Empty one of the two."
        ),
        "address_relative": _error(
            "A link or an image has an address without a host, which leads nowhere from a mail.",
            "Write https:// and the host.",
        ),
        "file_unknown": _error(
            "A mail takes a file along that is not there.", "Attach it again, or take it out."
        ),
        "files_too_large": _error(
            "The files of a mail are too many or too large.", "Take some out, or link to them."
        ),
        "condition_invalid": _error(
            "A condition asks for a field, step or value that makes no sense.",
            "Correct the rule that the path leads to.",
        ),
        "unknown_name": _warning(
            "A condition asks for a tag or a list that does not exist: nobody has it.",
            "Correct the name, or make the tag or list first.",
        ),
        "step_not_before": _warning(
            "A condition asks what happened to the message of a step that comes later, never, or sends none.",
            "Name an earlier step that sends a message, or leave the step away.",
        ),
        "field_invalid": _error(
            "A step sets a field that does not exist or cannot hold the value.",
            "Choose another field, or a value of its type.",
        ),
        "sequence_unknown": _error(
            "A step enrolls in, or ends runs in, a sequence that does not exist.",
            "Choose a sequence by its name or its number.",
        ),
        "sequence_itself": _error(
            "A step enrolls in its own sequence, which no flow enters a second time.",
            "Go back to an earlier step by a go-to, or choose another sequence.",
        ),
        "notice_by_sms": _error(
            "A notice is to go by SMS, which needs a number at a provider that this release does not have.",
            "Tell them in the app or by mail.",
        ),
        "webhook_url_invalid": _error(
            "The address of a webhook cannot be called: it is no http or https address, has a user in it, or its "
            "host is a merge tag.",
            "Write https:// and the host; merge tags may follow after it.",
        ),
        "webhook_body_invalid": _error(
            "The body of a webhook is not JSON.",
            "Write JSON, with merge tags inside its texts, or leave it empty for the usual body.",
        ),
        "whatsapp_without_template": _error(
            "A first WhatsApp message needs a template that WhatsApp approved; free text is allowed only "
            "within 24 hours of the contact's last message.",
            "Choose a template.",
        ),
        "agent_not_configured": _error(
            "The step is written by the agent, and the workspace has none.",
            "Set one up under Settings, write a text yourself, or leave a text as fallback.",
        ),
        "decider_not_configured": _error(
            "The step is decided by a model, and this installation knows none.",
            "Name one in DRUMBEAT_MODEL_URL, or use a condition step.",
        ),
        "setting_not_available": _error(
            "This release cannot carry out this setting of the step; it can be saved.",
            "Turn it off.",
        ),
        "script_not_speakable": _warning(
            "The script of a call holds a link or a tag: nobody can say it aloud.",
            "Say where to find it, and write the link in a mail.",
        ),
        "nobody_to_connect": _warning(
            "A call is to be put through to the contact's owner, and no member has a number for that.",
            "Give the owners a number under Settings → My account, or let the call read the script.",
        ),
        "wait_never_ends": _warning(
            "A task is waited for without a limit: when nobody does it, the flow stands still.",
            "Skip it after some days, let it escalate, or do not wait.",
        ),
        "wait_in_vain": _warning(
            "A wait can only time out: its event cannot come, or it has no time.",
            "Choose another event, turn tracking on, or give it time.",
        ),
        "tracking_off": _warning(
            "A condition asks for opens or clicks, and tracking is off: the answer is always no.",
            "Turn tracking on under the sequence's settings, or ask for replies.",
        ),
        "tag_retriggers": _warning(
            "The flow adds a tag that starts this very sequence.",
            "Use another tag, or take it out of the triggers.",
        ),
        "tag_never_removed": _warning(
            "The flow adds a tag and never removes it: contacts keep it for good.",
            "Remove it in a later step, or leave it if that is meant.",
        ),
        "list_unknown": _warning(
            "A step names a list that does not exist; putting somebody on it makes it.",
            "Check the name, or leave it if a new list is meant.",
        ),
        "sequence_takes_nobody": _warning(
            "A step enrolls in a sequence that is a draft or archived: every contact is refused there.",
            "Activate it, or choose another.",
        ),
        "member_unknown": _warning(
            "A notice goes to a member who is not here; the workspace's owner gets it instead.",
            "Choose a member, or an owner.",
        ),
        "delay_too_short": _warning(
            "Less than a day lies between two messages on one channel.", "Give people time to answer."
        ),
        "delay_too_long": _warning(
            "More than 90 days pass before the step: people will not remember the one before.",
            "Shorten it, or begin a new sequence.",
        ),
        "postal_address_missing": _warning(
            "The workspace has no postal address, and many countries require one in commercial mail.",
            "Enter it under Settings, Branding.",
        ),
        "merge_tag_without_fallback": _warning(
            "A merge tag may be empty for some contacts, and their mail cannot be written then.",
            'Give it a fallback: {{ contact.first_name | default: "there" }}.',
        ),
    }
)
"""Every code that lint knows. `docs/reference/lint.md` is made of this table."""


def problem(code: str, message: Sentence, step: str | None = None, path: str = "") -> Problem:
    return Problem(code, CODES[code].severity, step, path, message)
