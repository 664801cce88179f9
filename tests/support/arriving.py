"""Brings a mail in, and says what it did."""

from drumbeat.inbound import intake
from drumbeat.inbound.arrivals import Arrival, keep
from drumbeat.models import ContactFact
from tests.support.outreach import ADDRESS, NOW, Outreach


def message_id_of(outreach: Outreach) -> str:
    """Return the Message-ID of the mail that was sent."""
    return f"{outreach.sent.mark}@ours.test"


def arrives(raw: bytes, *, to: str = "rep@ours.test", sender: str = ADDRESS) -> int:
    """Store a mail and process what waits; return how many mails were looked at."""
    keep(Arrival("smtp", sender, (to,), raw), NOW)
    return intake.process_once(NOW)


def facts() -> dict[tuple[str, str], int]:
    """Return how often each kind was counted, by kind and scope."""
    rows = ContactFact.objects.values_list("kind", "scope", "count")
    return {(kind, scope): count for kind, scope, count in rows}


def is_stopped(outreach: Outreach) -> bool:
    """Tell whether what has not left is withheld until a look; what only may end a wait wakes and withholds nothing."""
    outreach.enrollment.refresh_from_db()
    outreach.planned.refresh_from_db()
    woken, vetoed = outreach.enrollment.woken_at, outreach.planned.vetoed_at
    assert woken is not None or vetoed is None
    assert outreach.enrollment.state == "awaiting"
    return vetoed is not None
