"""A contact who answers a mail of ours, and an agent that drafts what a person may write back."""

import threading
from typing import Any

from drumbeat.actions import agents
from drumbeat.agents.named import drafter_of
from drumbeat.engine.answering import Answering
from drumbeat.engine.drafting import rouse_once
from drumbeat.environment import read_environment
from drumbeat.models import AnswerDraft, Conversation, Message, SenderProfile
from tests.support.arriving import arrives, message_id_of
from tests.support.drafting import settings_of
from tests.support.letters import a_mail
from tests.support.model import Model, Said, saying
from tests.support.outreach import NOW, a_contact, an_outreach

ANSWER = (
    "Thank you for writing back, Kim. Thursday at ten suits us well, and I look forward to hearing more about how your "
    "team orders its parts today. Best wishes"
)


ANSWERS = {"autonomy": "controlled", "policies": {"reply": "approval"}}


def answering(text: str = ANSWER) -> Said:
    """Return what a model says that writes an answer: it has no subject."""
    return saying({"text": text, "facts": []})


class Talk:
    """A mail of ours that was sent to Kim, an agent, and a worker's part that writes answers, moved by hand."""

    def __init__(self, model: Model, **agent: Any) -> None:
        self.outreach = an_outreach()
        self.owner, self.contact = self.outreach.owner, self.outreach.contact
        SenderProfile.objects.update(owner=self.owner)
        self.agent = agents.add(self.owner, {"name": "Scout", **ANSWERS, **agent}, NOW)
        self.answering = Answering("test", drafter_of(read_environment(settings_of(model))))

    def hears(self, text: str = "Would Thursday at ten suit you?", number: int = 1) -> None:
        """Let the contact answer."""
        answers = message_id_of(self.outreach)
        arrives(a_mail(f"{text}\n", answers=answers, message_id=f"theirs-{number}@example.com"))

    def write(self, now=NOW) -> None:
        """Have written what is wanted, and wait for it."""
        rouse_once(now)
        self.answering.turn(now)
        for thread in threading.enumerate():
            if thread.name.startswith("answer-"):
                thread.join(20)
        self.answering.turn(now)

    @property
    def draft(self) -> AnswerDraft:
        return AnswerDraft.objects.latest("id")


def others(talk: Talk, count: int) -> list[AnswerDraft]:
    """Let more contacts have written the same, and stand where the one of the talk does."""
    made = []
    known, conversation = talk.draft, Conversation.objects.get(contact=talk.contact)
    for n in range(count):
        contact = a_contact(talk.owner.workspace, f"other{n}@example.com")
        message = Message.objects.get(pk=known.message_id)
        message.pk, message.contact = None, contact
        message.save()
        conversation.pk, conversation.contact, conversation.last_message_id = None, contact, message.pk
        conversation.save()
        draft = AnswerDraft.objects.get(pk=known.pk)
        draft.pk, draft.contact, draft.message = None, contact, message
        draft.save()
        made.append(draft)
    return made
