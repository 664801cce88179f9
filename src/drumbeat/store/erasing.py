"""A person's data taken out of every table, in the caller's transaction; numbers stay.

Enrollments, touches and messages are kept without a word of the person, under a contact that stands for all who were
erased, so that what was sent and answered still adds up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db.models import F, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from drumbeat.core.touch import TouchStatus
from drumbeat.models import (
    Attempt,
    AuditEntry,
    Call,
    Contact,
    Decision,
    Draft,
    Enrollment,
    Event,
    Hit,
    IdempotencyKey,
    ImportPiece,
    ImportRefusal,
    InboundMail,
    Job,
    JournalEntry,
    Message,
    Notification,
    PhoneCallback,
    ProviderEvent,
    ProviderFetch,
    SavedView,
    SenderProfile,
    Suppression,
    Task,
    TextMedia,
    Touch,
    Writing,
)
from drumbeat.store import sql

ERASED_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
"""When the contact was created that stands for all who were erased: so it is known, and shown to nobody."""
NOBODY = "Erased people"


def nobody(workspace_id: int) -> Contact:
    """Return the contact that stands for everybody who was erased; it has no address and is enrolled nowhere."""
    found, _ = Contact.objects.get_or_create(
        workspace_id=workspace_id,
        created_at=ERASED_SINCE,
        defaults={"last_name": NOBODY, "updated_at": ERASED_SINCE},
    )
    return found


def erase(contact: Contact, now: datetime) -> None:
    """Take the contact out of the database; it is locked, and nothing of it is running or on the wire."""
    said = [
        text for text in (contact.email, contact.email_normal, contact.phone, contact.phone_normal) if text
    ]
    said += [contact.whatsapp] if contact.whatsapp else []
    said = list(dict.fromkeys(said))
    _empty_mail(contact, said)
    _empty_history(contact, now)
    if said:
        _search(contact.workspace_id, said)
    audited = Q(object_kind="contact", object_id=contact.pk)
    AuditEntry.objects.filter(audited, workspace_id=contact.workspace_id).update(name="", before={}, after={})
    contact.delete()


def _empty_mail(contact: Contact, said: Sequence[str]) -> None:
    """Remove the raw mails of the contact that no other's message comes from, and empty what became of them."""
    own = Message.objects.filter(contact=contact)
    strange = Message.objects.filter(workspace_id=contact.workspace_id, contact=None).filter(
        _is("from_address", said) | _is("to_address", said)
    )
    raws = {raw for raw in own.values_list("raw_id", flat=True) if raw}
    raws |= {raw for raw in strange.values_list("raw_id", flat=True) if raw}
    strange.delete()
    TextMedia.objects.filter(message__contact=contact).delete()
    own.update(
        raw=None,
        from_address="",
        to_address="",
        subject="",
        text="",
        html="",
        message_id="",
        in_reply_to="",
        references="",
        files=[],
        has_html=False,
    )
    kept = set(Message.objects.filter(raw_id__in=raws).values_list("raw_id", flat=True))
    InboundMail.objects.filter(id__in=raws - kept).delete()
    if said:
        ours = Q(workspace=None) | Q(workspace=contact.workspace_id)
        alone = InboundMail.objects.filter(ours, _is("envelope_from", said), processed_at__isnull=False)
        alone.filter(message=None).delete()


def _empty_history(contact: Contact, now: datetime) -> None:
    enrolled = Enrollment.objects.filter(contact=contact)
    ids = list(enrolled.values_list("id", flat=True))
    touches = Touch.objects.filter(Q(contact=contact) | Q(enrollment_id__in=ids))
    touch_ids = sql.lock(touches)
    Task.objects.filter(Q(contact=contact) | Q(touch_id__in=touch_ids)).delete()
    Attempt.objects.filter(touch_id__in=touch_ids).update(text="")
    Call.objects.filter(touch_id__in=touch_ids).delete()
    Hit.objects.filter(touch_id__in=touch_ids).delete()
    mine = Touch.objects.filter(id__in=touch_ids)
    mine.filter(settled_at=None).update(
        status=TouchStatus.CANCELLED.value, settled_at=now, lease_token="", lease_until=None
    )
    mine.update(contact=None, recipient="", base_address="", content=None)
    JournalEntry.objects.filter(enrollment_id__in=ids).update(facts={})
    Decision.objects.filter(enrollment_id__in=ids).update(reason="", fault="")
    Writing.objects.filter(draft__touch_id__in=touch_ids).update(draft=None, prompt="", said="", fault="")
    Draft.objects.filter(touch_id__in=touch_ids).delete()
    Notification.objects.filter(Q(contact=contact) | Q(enrollment_id__in=ids)).delete()
    Event.objects.filter(Q(contact=contact) | Q(enrollment_id__in=ids) | Q(touch_id__in=touch_ids)).delete()
    Suppression.objects.filter(contact=contact).update(lifted_reason="")
    stand_in = nobody(contact.workspace_id)
    enrolled.update(contact=stand_in, fault="")
    Message.objects.filter(contact=contact).update(contact=stand_in)


def _is(column: str, said: Sequence[str]) -> Q:
    """Return the condition that a column is one of the texts, in any case: ann@x.test is not joann@x.test."""
    found = Q(pk__in=[])
    for text in said:
        found |= Q(**{f"{column}__iexact": text})
    return found


def _holds(column: str, said: Sequence[str]) -> Q:
    """Return the condition that a text column holds one of the texts, in any case."""
    found = Q(pk__in=[])
    for text in said:
        found |= Q(**{f"{column}__icontains": text})
    return found


def _telling(rows: QuerySet[Model], column: str, said: Sequence[str]) -> list[int]:
    """Return the ids of rows whose column, of whatever kind, holds one of the texts."""
    return list(
        rows.annotate(as_text=Cast(F(column), TextField()))
        .filter(_holds("as_text", said))
        .values_list("pk", flat=True)
    )


def _search(workspace_id: int, said: Sequence[str]) -> None:
    """Empty what tells one of the addresses without a key that leads to the contact."""
    audits = AuditEntry.objects.filter(workspace_id=workspace_id)
    for column in ("name", "before", "after"):
        AuditEntry.objects.filter(id__in=_telling(audits, column, said)).update(name="", before={}, after={})
    refusals = ImportRefusal.objects.filter(contact_import__workspace_id=workspace_id)
    for column in ("cells", "reason"):
        ImportRefusal.objects.filter(id__in=_telling(refusals, column, said)).delete()
    jobs = Job.objects.filter(workspace_id=workspace_id, finished_at__isnull=False)
    for column in ("arguments", "result", "fault"):
        Job.objects.filter(id__in=_telling(jobs, column, said)).update(arguments={}, result={}, fault="")
    IdempotencyKey.objects.filter(_holds("body", said), workspace_id=workspace_id).delete()
    SavedView.objects.filter(_holds("query", said), workspace_id=workspace_id).delete()
    SenderProfile.objects.filter(_holds("down_text", said), workspace_id=workspace_id).update(down_text="")
    Notification.objects.filter(_holds("text", said), workspace_id=workspace_id).delete()
    told = ProviderEvent.objects.filter(workspace_id=workspace_id)
    for column in ("told", "fault"):
        ProviderEvent.objects.filter(id__in=_telling(told, column, said)).update(
            told={}, fault="", look_at=None
        )
    lying = ProviderFetch.objects.filter(sender__workspace_id=workspace_id)
    for column in ("lying", "fault"):
        ProviderFetch.objects.filter(id__in=_telling(lying, column, said)).update(
            lying={}, fault="", look_at=None
        )
    posted = PhoneCallback.objects.filter(account__workspace_id=workspace_id)
    for column in ("form", "fault"):
        PhoneCallback.objects.filter(id__in=_telling(posted, column, said)).update(
            form=[], fault="", look_at=None
        )
    loose = Event.objects.filter(workspace_id=workspace_id, contact=None)
    Event.objects.filter(id__in=_telling(loose, "payload", said)).delete()
    tests = Touch.objects.filter(workspace_id=workspace_id, contact=None, content__isnull=False)
    Touch.objects.filter(id__in=_telling(tests, "content", said)).update(content=None)
    for piece in ImportPiece.objects.filter(contact_import__workspace_id=workspace_id).iterator(chunk_size=4):
        _blank(piece, said)


def _blank(piece: ImportPiece, said: Sequence[str]) -> None:
    """Leave empty lines where the file names the person; every other byte stays in its place."""
    told = [text.encode().lower() for text in said]
    data = bytes(piece.data)
    lowered = data.lower()
    if not any(text in lowered for text in told):
        return
    lines = data.splitlines(keepends=True)
    blanked = [b"\n" * len(line) if any(text in line.lower() for text in told) else line for line in lines]
    ImportPiece.objects.filter(pk=piece.pk).update(data=b"".join(blanked))
