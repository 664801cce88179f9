"""The shapes of approvals."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from drumbeat.actions.approvals import DraftQuery
from drumbeat.actions.approvals.deciding import MOST_AT_ONCE
from drumbeat.api.bodies import Body, Id
from drumbeat.api.enrollments.schemas import ContactRef, SenderRef
from drumbeat.core.prompts import Origin

View = Literal["waiting", "writing", "decided"]
Risk = Literal["stop", "look", "none"]
LONGEST_TEXT = 20_000
LONGEST_SUBJECT = 500
LONGEST_NOTE = 1_000

TextHash = Annotated[str, Field(max_length=64)]
"""The `text_hash` that a draft came with: what says something else by now is not let go."""


class ApprovalListIn(Schema):
    """`q` is a search for the contact. `writing`: there is no text yet; `risk` none: nothing to look at."""

    view: View = "waiting"
    sequence_id: int | None = None
    agent_id: int | None = None
    channel: Literal["", "email", "sms", "whatsapp", "voice"] = ""
    risk: Literal["", "stop", "look", "none"] = ""
    older_than_hours: int | None = Field(default=None, ge=0, le=100_000)
    q: str = Field(default="", max_length=200)
    sort: Literal["oldest", "newest"] = "oldest"

    def query(self) -> DraftQuery:
        return DraftQuery(**self.model_dump(exclude={"sort"}))


class AgentRef(Schema):
    id: int
    name: str


class ConcernOut(Schema):
    """What should be looked at. stop: it must not go out so; look: read it with this in mind."""

    code: str
    severity: Literal["stop", "look"]
    text: str
    excerpt: str


class ConcernCountsOut(Schema):
    stop: int
    look: int


class ApprovalOut(Schema):
    """A draft. `because`: why a person is asked, or what the writing waits for; `reason` says it in a sentence.

    `is_fallback`: the step's own text stands in for the agent's. `expires_at`: then it is written anew. `retry_at`:
    when a draft that is not written yet is looked at again. `undo_until`: until then an approval can be taken back.
    `text_hash` stands for subject and text: say it with a yes, and no other text leaves. `outdated`: what changed since
    the agent wrote it.
    """

    id: int
    status: str
    contact: ContactRef | None
    enrollment_id: int | None
    sequence: str
    sequence_id: int | None
    step: str
    step_name: str
    channel: str
    job_type: str
    agent: AgentRef | None
    subject: str
    preview: str
    text_hash: str
    risk: Risk
    concerns: ConcernCountsOut
    because: str
    reason: str
    is_fallback: bool
    is_edited: bool
    outdated: list[Origin]
    note: str
    waits_since: datetime | None
    expires_at: datetime | None
    retry_at: datetime | None
    decision: str
    decided_by: str
    decided_at: datetime | None
    undo_until: datetime | None


class DraftHintsOut(Schema):
    angle: str
    call_to_action: str
    value_proposition: str


class DraftLimitsOut(Schema):
    """Words, and characters at most."""

    fewest: int
    most: int
    characters: int


class DifferenceOut(Schema):
    kind: Literal["same", "added", "removed"]
    text: str


class DraftLineOut(Schema):
    """One message of the conversation so far."""

    by_contact: bool
    at: datetime
    channel: str
    subject: str
    text: str


class ApprovalDetailOut(ApprovalOut):
    """One draft with all that a person must know to say yes or no. `held`: what keeps it from leaving even then."""

    text: str
    original_subject: str
    original_text: str
    has_subject: bool
    checks: list[ConcernOut]
    facts: list[str]
    hints: DraftHintsOut
    words: int
    limits: DraftLimitsOut
    difference: list[DifferenceOut]
    conversation: list[DraftLineOut]
    sender: SenderRef | None
    recipient: str
    due_at: datetime
    held: Literal["", "enrollment_paused", "sequence_paused", "emergency_stop"]
    model: str
    cost: str | None
    tokens: int
    written_at: datetime | None
    fallback_text: str


class ApprovalsOfSequenceOut(Schema):
    sequence_id: int
    sequence: str
    drafts: int


class ApprovalCountsOut(Schema):
    """How many drafts wait for a person, since when and where; and how many are being written."""

    waiting: int
    writing: int
    oldest_at: datetime | None
    sequences: list[ApprovalsOfSequenceOut]


class DraftTextIn(Body):
    """Without `subject` it stays as it is."""

    subject: str | None = Field(default=None, max_length=LONGEST_SUBJECT)
    text: str = Field(max_length=LONGEST_TEXT)


class EditIn(DraftTextIn):
    """With `text_hash` a text that somebody else changed meanwhile is left as it is."""

    text_hash: TextHash | None = None


class RegenerateIn(Body):
    """`note`: a wish, such as: shorter, and ask about next week."""

    note: str = Field(default="", max_length=LONGEST_NOTE)


class ApproveIn(Body):
    """With `text` the draft is changed and approved in one. `anyway`: in spite of a check that says stop.

    It leaves only if it still says what was read, by its `text_hash`.
    """

    subject: str | None = Field(default=None, max_length=LONGEST_SUBJECT)
    text: str | None = Field(default=None, max_length=LONGEST_TEXT)
    anyway: bool = False
    text_hash: TextHash


class ApproveManyIn(Body):
    """`text_hashes`: by id what was read; a draft that says something else by now is answered with `changed`, one that
    is not named there with `unread`.
    """

    ids: list[Id] = Field(min_length=1, max_length=MOST_AT_ONCE)
    anyway: bool = False
    text_hashes: dict[Id, TextHash] = Field(max_length=MOST_AT_ONCE)


class RejectManyIn(Body):
    """`then` skip: the step is left out and the flow goes on; stop: the enrollment ends."""

    ids: list[Id] = Field(min_length=1, max_length=MOST_AT_ONCE)
    then: Literal["skip", "stop"] = "skip"


class DraftIdsIn(Body):
    ids: list[Id] = Field(min_length=1, max_length=MOST_AT_ONCE)


class DecidedOut(Schema):
    """What became of one draft: `code` done, or why not, with a sentence."""

    id: int
    code: str
    detail: str
    status: str
    undo_until: datetime | None


class DecidedManyOut(Schema):
    answers: list[DecidedOut]
    counts: dict[str, int]


class PreviewDraftIn(Body):
    """`step` as it stands in the document. Without a contact an imagined one is written to.

    `note` is a wish about `earlier`, a text that was written before.
    """

    step: dict[str, Any]
    contact_id: int | None = None
    note: str = Field(default="", max_length=LONGEST_NOTE)
    earlier: str = Field(default="", max_length=LONGEST_TEXT)


class PreviewDraftOut(Schema):
    """What the agent would write. Nothing of it is stored but its cost.

    `source_subject`, `source_text`: the same as a step would say it to everybody, what is the imagined person's in
    merge tags; "" where it was written for a real contact.
    """

    subject: str
    text: str
    source_subject: str
    source_text: str
    concerns: list[ConcernOut]
    facts: list[str]
    agent: AgentRef
    model: str
    cost: str | None
