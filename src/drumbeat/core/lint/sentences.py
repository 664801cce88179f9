"""What lint says, word for word: each sentence has a name, so that a page can say it in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class Sentence(str):
    """A sentence of `SENTENCES` with its facts filled in."""

    name: str
    facts: tuple[tuple[str, str], ...]


def say(name: str, /, **facts: object) -> Sentence:
    """Return the sentence of that name about these facts."""
    sentence = Sentence(SENTENCES[name].format(**facts))
    sentence.name = name
    sentence.facts = tuple((fact, str(value)) for fact, value in facts.items())
    return sentence


SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "no_start": "The flow has no first step. Add one, or choose the start.",
        "no_postal_address": "The workspace has no postal address, which mail has to name in many countries. Enter it.",
        "unreachable": "No way leads here. Let another step lead to this one, or delete it.",
        "endless": "{steps} would run for ever without a pause. Add a delay, or a go-to with a maximum.",
        "endless_many": (
            "{steps} and {more} more would run for ever without a pause. Add a delay, or a go-to with a maximum."
        ),
        "long_delay": "{delay} is a long time. Shorten it, or begin a new sequence.",
        "hasty": "Only {delay} after the message before on this channel. Give people a day to answer.",
        "task_never_ends": "When nobody does this task, the flow stands still. Skip it after some days, or escalate.",
        "event_unknown": "There is no event {event!r}. Choose one of: {events}.",
        "event_untracked": "Tracking is off, so “{event}” never happens. Turn it on, or wait for a reply.",
        "event_never_told": (
            "This release tells flows nothing of {event}, so the wait always times out. Choose another."
        ),
        "wait_without_time": "The wait has no time. Give it a limit above zero.",
        "tag_starts_this": "The tag {tag!r} starts this sequence. Use another one, or change the triggers.",
        "tag_stays": "Nothing removes the tag {tag!r} again. Remove it later, or leave it if that is meant.",
        "no_mailbox": "No enabled sender profile can send email. Add one under Senders.",
        "no_number": "No enabled number can send {channel}. Add one under Settings → Phone numbers.",
        "no_decider": "No model is configured that could decide. Set DRUMBEAT_MODEL_URL, or use a condition.",
        "no_automatic_winner": (
            "This release cannot choose the winner by itself. Turn it off, and change the weights by hand."
        ),
        "whatsapp_first": "A first WhatsApp message needs an approved template. Choose one.",
        "no_agent": "An agent is to write this text, and none is set up. Set one up, or write a fallback.",
        "no_name": "This one has no name. Give it one.",
        "same_name": "Another one is called {name!r} too. Give each a name of its own.",
        "field_not_settable": (
            "A flow cannot set {field!r}. Choose a field of contacts, or define it under Settings."
        ),
        "value_of_other_type": "{field} holds a {type}; {value!r} is none. Correct the value.",
        "mail_empty": "The mail is empty. Write its text.",
        "mail_without_subject": "The mail has no subject. Write one; only a follow-up keeps an earlier one.",
        "sms_empty": "The message is empty. Write it.",
        "whatsapp_empty": "The message is empty. Choose a template or write a text.",
        "script_empty": "Nothing is said. Write the script.",
        "task_empty": "Nobody can tell what to do. Give the task a title.",
        "no_branch": "There is nothing to branch on. Add a branch.",
        "no_arms": "A split needs two arms with a weight. Add them.",
        "no_question": "Ask a question and name the branches to choose from.",
        "no_qualification": "Say what makes a contact qualified.",
        "no_event": "Choose the event to wait for.",
        "no_target": "Choose the step to go to.",
        "notice_empty": "The notice is empty. Write what it should tell.",
        "no_tag": "Choose the tag.",
        "no_field": "Choose the field.",
        "no_stage": "Choose the stage.",
        "no_list": "Choose the list.",
        "no_sequence": "Choose the sequence.",
        "no_address": "Give the address to call.",
        "list_made": "There is no list {list!r}; it is made when somebody is put on it. Check the name.",
        "list_without_anybody": "There is no list {list!r}; it has nobody to take off. Check the name.",
        "no_such_sequence": "There is no sequence {sequence!r}. Choose one by its name or its number.",
        "into_itself": "This is the sequence itself, which its own flow never enters again. Go back by a go-to.",
        "into_draft": "The sequence {sequence!r} is a draft and takes nobody. Activate it, or choose another.",
        "into_archived": "The sequence {sequence!r} is archived and takes nobody. Activate it, or choose another.",
        "notice_by_sms": (
            "Notices go into the app and by mail; by SMS they need a number that this release has not."
        ),
        "notice_without_mailbox": "No enabled sender profile can send the notice. Add one under Senders.",
        "no_such_member": (
            "No member has the address {address!r}, so the workspace's owner is told. Choose a member."
        ),
        "webhook_address": "{detail}",
        "webhook_body": "The body is not JSON: {detail}. Write merge tags inside its texts.",
        "condition_wrong": "{detail}",
        "condition_name": "{detail}",
        "condition_untracked": "Tracking is off, so “{event}” never happens. Turn it on, or ask for replies.",
        "step_sends_nothing": (
            "{step!r} sends no message, so nothing happens to one. Name a step that sends."
        ),
        "step_later": (
            "{step!r} comes after this step or never, so nothing has happened yet. Name an earlier one."
        ),
        "not_speakable": "{what} cannot be said on the phone. Say where to find it instead.",
        "nobody_to_connect": (
            "Nobody has a number to put the call through to: a person who answers hears the script instead."
        ),
        "html_and_mjml": "Write the mail as HTML or as MJML, not as both.",
        "mjml_wrong": "{detail}",
        "html_refused": "{detail}",
        "relative_address": "{address} leads nowhere from a mail. Write it with https:// and the host.",
        "no_such_file": "There is no file {file}. Attach it again.",
        "too_much_attached": "{detail}",
        "merge_unreadable": "Line {line}: {detail}",
        "no_such_merge_tag": "Line {line}: There is no merge tag {name}.",
        "no_such_merge_tag_but": "Line {line}: There is no merge tag {name}. Did you mean {near}?",
        "merge_tag_may_be_empty": 'Line {line}: {name} may be empty: write {{{{ {name} | default: "…" }}}}.',
    }
)
"""Every sentence of lint by its name; what stands in braces is a fact. `detail` is what a reader of a format says."""
