"""Files that came with texts: kept once each as wishes, tried until they are here, set aside after the last try."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from drumbeat.core.text_media import WAITS, Standing, is_taken, lies_at_twilio, name_of
from drumbeat.core.twilio_callbacks import Media
from drumbeat.models import Message, TextMedia
from drumbeat.store import sql
from drumbeat.store.evidence import storable

LEASE = timedelta(minutes=10)
"""How long one may take to be fetched before another worker tries."""
_NEVER_ENDED = "no try to fetch it came to an end"


def listed(media: Sequence[Media]) -> list[dict[str, object]]:
    """Return what a message's `files` says of them at first."""
    return [
        {
            "name": name_of(number, storable(one.content_type, 100)),
            "content_type": storable(one.content_type, 100),
            "size": 0,
            "standing": (Standing.COMING if _refused(one) == "" else Standing.LOST).value,
        }
        for number, one in enumerate(media, 1)
    ]


def keep(message: Message, account_id: int, media: Sequence[Media], now: datetime) -> None:
    """Keep them as wishes; what is never asked for is set aside at once, with the reason."""
    TextMedia.objects.bulk_create(
        TextMedia(
            message=message,
            account_id=account_id,
            place=place,
            url=storable(one.url, 2_000),
            look_at=None if (why := _refused(one)) else now,
            fault=why,
        )
        for place, one in enumerate(media)
    )


def _refused(one: Media) -> str:
    if not lies_at_twilio(one.url):
        return "it does not lie at Twilio"
    return "" if is_taken(one.content_type) else "files of this type are not taken"


def claim(limit: int, now: datetime) -> list[TextMedia]:
    """Take what is due, with its account, in the caller's transaction; nobody else tries it before the lease ends.

    A try counts as it begins: what ends the worker itself is set aside too. Messages are locked before files, as
    where one arrives.
    """
    due = TextMedia.objects.filter(look_at__isnull=False, look_at__lte=now)
    first = list(due.order_by("look_at", "id").values_list("id", flat=True)[:limit])
    spent = TextMedia.objects.filter(id__in=first, tries__gt=len(WAITS))
    sql.lock(Message.objects.filter(id__in=spent.values("message")))
    for id_ in spent.values_list("id", flat=True):
        _settle(due.filter(id=id_), None, _NEVER_ENDED)
    ids = sql.lock(due.filter(id__in=first, tries__lte=len(WAITS)), skip=True)
    taken = TextMedia.objects.filter(id__in=ids)
    taken.update(look_at=now + LEASE, tries=F("tries") + 1)
    return list(taken.defer("data").select_related("account").order_by("id"))


def arrived(media: TextMedia, data: bytes) -> None:
    """Keep the bytes. Whose message is gone meanwhile is gone too."""
    with transaction.atomic():
        _settle(TextMedia.objects.filter(id=media.pk, look_at__isnull=False), data, "")


def failed(media: TextMedia, fault: str, now: datetime, *, for_good: bool) -> None:
    """Try it again later; after the last try, or where none helps, it is set aside with its fault."""
    rows = TextMedia.objects.filter(id=media.pk, look_at__isnull=False, tries=media.tries)
    if media.tries <= len(WAITS) and not for_good:
        rows.update(look_at=now + WAITS[media.tries - 1], fault=storable(fault, 2_000))
        return
    with transaction.atomic():
        _settle(rows, None, fault)


def _settle(rows: QuerySet[TextMedia], data: bytes | None, fault: str) -> None:
    """Write how one ended, and say so where its message lists it."""
    found = rows.values_list("message_id", "place").first()
    if found is None or not sql.lock(Message.objects.filter(id=found[0])):
        return
    if not rows.update(data=data, look_at=None, fault=storable(fault, 2_000)):
        return
    files = Message.objects.values_list("files", flat=True).get(id=found[0])
    if found[1] < len(files):
        ended = {"standing": Standing.LOST.value} if data is None else _here(data)
        files[found[1]] |= ended
        Message.objects.filter(id=found[0]).update(files=files)


def _here(data: bytes) -> dict[str, object]:
    return {"standing": Standing.HERE.value, "size": len(data)}


def set_aside(messages: QuerySet[Message]) -> QuerySet[TextMedia]:
    """Return the files of these messages that could not be fetched and are not tried again."""
    return TextMedia.objects.filter(message__in=messages, look_at=None, data=None)


def data_of(message_id: int, place: int) -> bytes | None:
    """Return the bytes of a file, None where they are not here."""
    rows = TextMedia.objects.filter(message_id=message_id, place=place, data__isnull=False)
    found = rows.values_list("data", flat=True).first()
    return bytes(found) if found is not None else None
