"""Which text of which table may be personal data of contacts, and how its rows are found.

Every text, JSON and binary column is declared here, personal or not; one that is not declared fails a test. Erasing and
exporting a contact read this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Model

from drumbeat import models


@dataclass(frozen=True, slots=True)
class Personal:
    """Columns that may hold a contact's data. `of`: the look-up that leads from a row to the contact.

    "" where no key leads there: then the rows are found by what they say.
    """

    columns: tuple[str, ...]
    of: str = ""


_ADDRESSED = ("email", "phone", "whatsapp", "first_name", "last_name", "company", "title", "stage")
_PROFILE = (*_ADDRESSED, "time_zone", "language")

PERSONAL: Mapping[type[Model], Personal] = MappingProxyType(
    {
        models.Contact: Personal(
            (
                *_PROFILE,
                *(f"{name}_compared" for name in _PROFILE),
                *("email_normal", "phone_normal", "consent"),
                *("name_folded", "last_folded", "company_folded", "email_domain"),
            ),
            "id",
        ),
        models.ContactFieldValue: Personal(("text", "text_folded"), "contact"),
        models.ContactNote: Personal(("text",), "contact"),
        models.Event: Personal(("external_id", "payload"), "contact"),
        models.Message: Personal(
            (
                *("from_address", "to_address", "subject", "text", "html"),
                *("message_id", "in_reply_to", "references", "files"),
            ),
            "contact",
        ),
        models.Touch: Personal(("recipient", "base_address", "content"), "contact"),
        models.Attempt: Personal(("text",), "touch__contact"),
        models.Call: Personal(("script",), "contact"),
        models.Task: Personal(("title", "text", "note"), "contact"),
        models.Notification: Personal(("text",), "contact"),
        models.Enrollment: Personal(("fault",), "contact"),
        models.JournalEntry: Personal(("facts",), "enrollment__contact"),
        models.Decision: Personal(("fault", "reason"), "enrollment__contact"),
        models.Draft: Personal(
            ("subject", "text", "original_subject", "original_text", "concerns", "note", "fault"),
            "touch__contact",
        ),
        models.AnswerDraft: Personal(("text", "concerns", "note", "prompt", "said", "fault"), "contact"),
        models.Writing: Personal(("prompt", "said", "fault"), "draft__touch__contact"),
        models.Suppression: Personal(("lifted_reason",), "contact"),
        models.Hit: Personal(("target", "agent"), "touch__contact"),
        models.InboundMail: Personal(("envelope_from", "envelope_to", "raw", "fault"), "message__contact"),
        models.AuditEntry: Personal(("name", "before", "after")),
        models.ImportRefusal: Personal(("cells", "reason")),
        models.ImportPiece: Personal(("data",)),
        models.IdempotencyKey: Personal(("body",)),
        models.Job: Personal(("arguments", "result", "fault")),
        models.SavedView: Personal(("query",)),
        models.SenderProfile: Personal(("down_text",)),
        models.ProviderEvent: Personal(("told", "fault")),
        models.ProviderFetch: Personal(("lying", "fault")),
        models.PhoneCallback: Personal(("form", "fault")),
        models.TextMedia: Personal(("url", "data", "fault"), "message__contact"),
    }
)

_OWN_WORK = (
    "what the team wrote for everybody: names, flows, conditions, settings, or words that the program knows"
)
NOT_PERSONAL: Mapping[str, tuple[type[Model], ...]] = MappingProxyType(
    {
        _OWN_WORK: (
            models.Agent,
            models.Attachment,
            models.Budget,
            models.ConditionSeen,
            models.ContactFact,
            models.ContactField,
            models.ContactImport,
            models.ContactList,
            models.ContactTag,
            models.Content,
            models.Conversation,
            models.CustomRole,
            models.Grant,
            models.Hook,
            models.ListMember,
            models.Listener,
            models.Mailbox,
            models.PhoneAccount,
            models.Picture,
            models.Segment,
            models.SenderRecord,
            models.SendingDomain,
            models.Sequence,
            models.SequenceDraft,
            models.SequenceTag,
            models.SequenceTemplate,
            models.SequenceVersion,
            models.StepPosition,
            models.Tag,
            models.TextReport,
            models.TriggerMatch,
            models.VersionMove,
            models.Workspace,
        ),
        "about members and machines, not contacts": (
            models.ApiKey,
            models.CacheEntry,
            models.Installation,
            models.Invitation,
            models.Member,
            models.Presence,
            models.SignInToken,
            models.User,
            models.Worker,
        ),
    }
)
"""Tables of which no column is personal data of a contact, by why not."""

WORDS: Mapping[type[Model], frozenset[str]] = MappingProxyType(
    {
        models.Event: frozenset({"kind", "source"}),
        models.Message: frozenset({"channel", "direction", "kind", "sentiment"}),
        models.Touch: frozenset(
            {"key", "mark", "kind", "step", "status", "reason", "hold_reason", "lease_token", "reserved"}
        ),
        models.Attempt: frozenset({"outcome", "code", "provider_id"}),
        models.Call: frozenset(
            {
                *("sid", "language", "voice", "on_human", "on_machine", "connect_to", "connect_as"),
                *("state", "answered_by", "deed", "put_through", "outcome"),
            }
        ),
        models.ProviderEvent: frozenset({"source", "external_id"}),
        models.ProviderFetch: frozenset({"external_id"}),
        models.PhoneCallback: frozenset({"mark", "digest"}),
        models.Task: frozenset({"kind", "outcome"}),
        models.Notification: frozenset({"kind"}),
        models.Enrollment: frozenset(
            {"state", "reason", "step", "visits", "heard", "resource_type", "source"}
        ),
        models.JournalEntry: frozenset({"rule", "step", "reason"}),
        models.Decision: frozenset({"step", "lease_token", "answer", "model"}),
        models.Draft: frozenset(
            {"state", "risk", "facts", "because", "model", "fingerprint", "lease_token", "decision"}
        ),
        models.AnswerDraft: frozenset(
            {"state", "outcome", "risk", "because", "model", "fingerprint", "lease_token"}
        ),
        models.Writing: frozenset({"model"}),
        models.Suppression: frozenset({"channel", "kind", "hash", "reason", "source", "scope", "lifted_by"}),
        models.Hit: frozenset({"key", "kind", "how", "verdict"}),
        models.InboundMail: frozenset({"source", "external_id"}),
        models.AuditEntry: frozenset({"by", "via", "act", "object_kind"}),
        models.IdempotencyKey: frozenset({"key", "fingerprint"}),
        models.Job: frozenset({"kind", "cursor", "state", "lease_token"}),
        models.SavedView: frozenset({"room", "name"}),
        models.SenderProfile: frozenset(
            {
                *("kind", "channel", "name", "address", "reply_to", "signature", "host", "security"),
                *("username", "password_encrypted", "window", "time_zone", "warm_up", "down_reason"),
                *("provider", "provider_options", "provider_secrets_encrypted"),
                *("hook_token", "hook_refused_text", "service_sid", "registration"),
                "lease_token",
            }
        ),
    }
)
"""Of tables that hold personal data, the columns that do not: words, keys, hashes."""
