"""How much of each sender's mail of a day went to people's own addresses, by mailbox provider: one statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Case, CharField, Count, Q, Value, When

from drumbeat.core.consumers import ENDINGS, EVERYWHERE, WINDOW, Consumer, primary_domain
from drumbeat.models import Message, SenderRecord, Workspace

_AT: Mapping[Consumer, Q] = {
    consumer: reduce(
        or_,
        [
            *(Q(to_address__iendswith=ending) for ending in ENDINGS[consumer]),
            *(Q(to_address__icontains=middle) for middle in EVERYWHERE.get(consumer, ())),
        ],
    )
    for consumer in Consumer
}


def note(now: datetime) -> None:
    """Write what each sender sent to them within the window. Of senders that have a record."""
    counted = _counted(now)
    rows = list(SenderRecord.objects.filter(Q(sender_id__in=counted) | ~Q(to_consumers={})))
    for row in rows:
        row.to_consumers = counted.get(row.sender_id, {})
    SenderRecord.objects.bulk_update(rows, ["to_consumers"])


def _counted(now: datetime) -> dict[int, dict[str, int]]:
    rows = Message.objects.filter(
        reduce(or_, _AT.values()),
        workspace_id__in=list(Workspace.objects.values_list("id", flat=True)),
        direction="out",
        contact__isnull=False,
        occurred_at__gte=now - WINDOW,
        channel="email",
        sender__isnull=False,
    )
    cases = [When(which, then=Value(consumer.value)) for consumer, which in _AT.items()]
    counted = rows.annotate(at=Case(*cases, output_field=CharField())).order_by().values_list("sender", "at")
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for sender_id, consumer, count in counted.annotate(n=Count("id")):
        found[sender_id][consumer] = count
    return found


def by_domain() -> Mapping[str, Counter[Consumer]]:
    """Return what was last counted by the domain that was registered, of all senders of the installation."""
    found: dict[str, Counter[Consumer]] = defaultdict(Counter)
    rows = SenderRecord.objects.exclude(to_consumers={}).values_list("sender__address", "to_consumers")
    for address, numbers in rows:
        domain = primary_domain(address.rpartition("@")[2])
        found[domain].update({Consumer(name): number for name, number in numbers.items()})
    return found
