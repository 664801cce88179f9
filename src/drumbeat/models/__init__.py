"""The tables: one file per aggregate; fields, constraints, indexes, nothing else."""

from drumbeat.models.access import (
    ApiKey,
    AuditEntry,
    CacheEntry,
    CustomRole,
    IdempotencyKey,
    Invitation,
    SavedView,
)
from drumbeat.models.account import Installation, Member, Notification, Role, User, Workspace
from drumbeat.models.agent import Agent
from drumbeat.models.answer_draft import AnswerDraft, AnswerOutcome, AnswerState
from drumbeat.models.call import Call
from drumbeat.models.composition import Attachment, Picture
from drumbeat.models.contact import (
    Contact,
    ContactFact,
    ContactField,
    ContactFieldValue,
    ContactList,
    ContactNote,
    ContactTag,
    FieldType,
    ListMember,
    Tag,
)
from drumbeat.models.conversation import Conversation
from drumbeat.models.decision import Decision
from drumbeat.models.domain import SendingDomain
from drumbeat.models.draft import Draft, DraftState, Writing
from drumbeat.models.enrollment import Enrollment, JournalEntry
from drumbeat.models.event import Event, InboundMail, Job, LinkPurpose, SignInToken, Worker
from drumbeat.models.grant import Grant, SenderRecord
from drumbeat.models.imports import ContactImport, ImportPiece, ImportRefusal
from drumbeat.models.mailbox import Mailbox
from drumbeat.models.number import PhoneAccount, PhoneCallback, TextMedia, TextReport
from drumbeat.models.provider import ProviderEvent, ProviderFetch
from drumbeat.models.segment import Segment
from drumbeat.models.sender import (
    BUILT_IN_SENDERS,
    MAILBOXES,
    Budget,
    SenderKind,
    SenderProfile,
    Suppression,
)
from drumbeat.models.sequence import (
    TAKES_PEOPLE,
    Content,
    ExitSetting,
    Presence,
    Reenrollment,
    Sequence,
    SequenceDraft,
    SequenceStatus,
    SequenceTag,
    SequenceTemplate,
    SequenceVersion,
    StepPosition,
    VersionMove,
)
from drumbeat.models.touch import Attempt, Message, Task, Touch
from drumbeat.models.tracking import Hit
from drumbeat.models.trigger import ConditionSeen, Hook, Listener, TriggerMatch

__all__ = [
    "BUILT_IN_SENDERS",
    "MAILBOXES",
    "TAKES_PEOPLE",
    "Agent",
    "AnswerDraft",
    "AnswerOutcome",
    "AnswerState",
    "ApiKey",
    "Attachment",
    "Attempt",
    "AuditEntry",
    "Budget",
    "CacheEntry",
    "Call",
    "ConditionSeen",
    "Contact",
    "ContactFact",
    "ContactField",
    "ContactFieldValue",
    "ContactImport",
    "ContactList",
    "ContactNote",
    "ContactTag",
    "Content",
    "Conversation",
    "CustomRole",
    "Decision",
    "Draft",
    "DraftState",
    "Enrollment",
    "Event",
    "ExitSetting",
    "FieldType",
    "Grant",
    "Hit",
    "Hook",
    "IdempotencyKey",
    "ImportPiece",
    "ImportRefusal",
    "InboundMail",
    "Installation",
    "Invitation",
    "Job",
    "JournalEntry",
    "LinkPurpose",
    "ListMember",
    "Listener",
    "Mailbox",
    "Member",
    "Message",
    "Notification",
    "PhoneAccount",
    "PhoneCallback",
    "Picture",
    "Presence",
    "ProviderEvent",
    "ProviderFetch",
    "Reenrollment",
    "Role",
    "SavedView",
    "Segment",
    "SenderKind",
    "SenderProfile",
    "SenderRecord",
    "SendingDomain",
    "Sequence",
    "SequenceDraft",
    "SequenceStatus",
    "SequenceTag",
    "SequenceTemplate",
    "SequenceVersion",
    "SignInToken",
    "StepPosition",
    "Suppression",
    "Tag",
    "Task",
    "TextMedia",
    "TextReport",
    "Touch",
    "TriggerMatch",
    "User",
    "VersionMove",
    "Worker",
    "Workspace",
    "Writing",
]
