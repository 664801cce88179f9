"""What the routes of the inbox take and answer."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from drumbeat.api.bodies import Body, Id
from drumbeat.api.enrollments.schemas import ContactRef, EnrollmentOut, SenderRef
from drumbeat.api.files import MessageFileOut
from drumbeat.core.answers.wishes import Sentiment
from drumbeat.core.incoming import Question
from drumbeat.core.touch import Resolution

LONGEST_TEXT = 50_000


class ConversationListIn(Schema):
    scope: Literal["needs_answer", "questions", "mine", "all"] = "needs_answer"
    kind: str = Field(default="", max_length=20)
    sentiment: Sentiment | Literal[""] = ""
    q: str = Field(default="", max_length=200)


class ConversationOut(Schema):
    """One line of the inbox. `kind` is the class of the last mail that came in, `preview` its beginning.

    `sentiment`: how it is meant. `question`: what a person is asked about it.
    """

    contact: ContactRef
    kind: str
    sentiment: str
    question: str
    subject: str
    preview: str
    last_at: datetime
    needs_answer: bool
    unread: bool
    owner_id: int | None


class InboxCountsOut(Schema):
    needs_answer: int
    questions: int
    mine: int
    unread: int
    unmatched: int


class UnmatchedOut(Schema):
    """A mail that belongs to no contact."""

    id: int
    at: datetime
    from_address: str
    to_address: str
    subject: str
    text: str
    kind: str


class MessageOut(Schema):
    """One message, its quotes folded away. `step` and `number` where a sequence sent it; `by` who wrote it.

    `sentiment`: how it is meant, `is_doubtful` where a person is to say so. `has_html`: it came with HTML. `status`:
    what became of one of ours, by the words of touches; `read` where WhatsApp told so.
    """

    id: int
    at: datetime
    direction: str
    channel: str
    kind: str
    subject: str
    text: str
    from_address: str
    to_address: str
    sequence: str
    step: str
    number: int
    by: str
    sentiment: str
    is_doubtful: bool
    status: str
    has_original: bool
    has_html: bool
    files: list[MessageFileOut]


class LetterFileOut(Schema):
    """A file that goes along with a message."""

    id: int
    name: str


class OutgoingOut(Schema):
    """A message that a person wrote. `hold` says what holds it until `at`, `reason` why it was not sent."""

    id: int
    kind: str
    subject: str
    text: str
    by: str
    status: str
    at: datetime | None
    hold: str
    reason: str
    created_at: datetime
    sender: SenderRef | None
    can_take_back: bool
    files: list[LetterFileOut]


class LeftOut(Schema):
    """A step that the sequence does not send any more, or not now."""

    step: str
    kind: str
    job_type: str
    name: str
    subject: str
    number: int


class ThreadEnrollmentOut(EnrollmentOut):
    left: list[LeftOut]


class ThreadContactOut(ContactRef):
    title: str
    phone: str
    stage: str
    owner_id: int | None
    owner: str


class ThreadOut(Schema):
    """A conversation opened: the latest messages, the oldest first; `older` is the cursor to those before.

    `unreachable`: why no mail may go to the contact. `subject`: what an answer will be called.
    """

    contact: ThreadContactOut
    kind: str
    sentiment: str
    question: str
    needs_answer: bool
    unread: bool
    messages: list[MessageOut]
    older: int | None
    outgoing: list[OutgoingOut]
    enrollments: list[ThreadEnrollmentOut]
    sender: SenderRef | None
    unreachable: str
    subject: str
    has_thread: bool


class OriginalOut(Schema):
    """The text of a mail as it came, quotes included. `has_remote`: its HTML shows pictures from elsewhere."""

    id: int
    text: str
    has_remote: bool


class ConversationIn(Body):
    needs_answer: bool | None = None
    unread: bool | None = None


class ConfirmIn(Body):
    """Whether the reply is the contact's."""

    theirs: bool


class AnswerIn(Body):
    """What is asked, and whether it is so."""

    question: Question
    yes: bool


class SentimentIn(Body):
    """How the mail is meant; "" for nothing certain."""

    sentiment: Sentiment | Literal[""]


class SentimentOut(Schema):
    id: int
    sentiment: str


class AttachIn(Body):
    contact_id: Id


class MakeContactIn(Body):
    """Who wrote the mail, besides its address."""

    first_name: str = Field(default="", max_length=200)
    last_name: str = Field(default="", max_length=200)
    company: str = Field(default="", max_length=200)


class GivenOut(Schema):
    """Whose the mail is now."""

    contact_id: int


class ForwardIn(Body):
    """`client_id` is the sender's own name for this: the same one is never sent twice."""

    member_id: Id
    note: str = Field(default="", max_length=5_000)
    client_id: str = Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")


class ForwardedOut(Schema):
    """The notice that takes the message to a member."""

    id: int
    status: str
    recipient: str


class SetAsideOut(Schema):
    """A mail that could not be processed, and why."""

    id: int
    at: datetime
    envelope_from: str
    envelope_to: list[str]
    fault: str
    size: int


class WriteIn(Body):
    """`client_id` is the sender's own name for this message: the same one is never sent twice.

    `at_once`: outside of the sender's hours too; every other check holds. `files`: ids of files that go along.
    """

    client_id: str = Field(max_length=64)
    text: str = Field(max_length=LONGEST_TEXT)
    subject: str = Field(default="", max_length=300)
    sender_id: int | None = None
    at_once: bool = False
    files: list[Id] = Field(default_factory=list, max_length=10)


class MessageIdsIn(Body):
    ids: list[Id] = Field(min_length=1, max_length=200)


class SettledCountOut(Schema):
    count: int


class ResolveOneIn(Body):
    resolution: Resolution
