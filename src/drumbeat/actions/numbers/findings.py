"""What is wrong with accounts at Twilio and with numbers, for the doctor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from drumbeat.actions import access
from drumbeat.actions.findings import Finding, Level
from drumbeat.models import Member, Message, PhoneAccount, SenderKind, SenderProfile, Touch
from drumbeat.models.touch import CLAIMABLE
from drumbeat.store import phone_accounts, phone_callbacks, text_media

RECENT = timedelta(days=7)


def of(member: Member, now: datetime) -> Iterable[Finding]:
    """Yield what keeps numbers from sending, and what keeps Twilio from telling."""
    for account in access.visible_to(member, PhoneAccount).order_by("id"):
        yield from _of_account(account, now)
        yield from _unreadable(account)
    yield from _lost_files(member, now)
    numbers = access.visible_to(member, SenderProfile).filter(kind=SenderKind.TWILIO)
    for row in numbers.order_by("id"):
        yield from _of_number(row, now)


def _of_account(account: PhoneAccount, now: datetime) -> Iterable[Finding]:
    about = {"name": account.name, "object_id": account.pk}
    if account.fault:
        yield Finding(
            level=Level.ERROR,
            code="phone_account_faulty",
            text=f"Twilio does not accept the account {account.name}: {account.fault}",
            fix="Give its token anew under Settings, Numbers.",
            detail=account.fault,
            **about,  # type: ignore[arg-type]  # of two kinds
        )
    if not phone_accounts.hook_url(account):
        yield Finding(
            level=Level.WARNING,
            code="phone_account_untold",
            text="Without a public address Twilio cannot tell what became of texts, nor who answers.",
            fix="Set DRUMBEAT_PUBLIC_URL to the address under which the world reaches this installation.",
            **about,  # type: ignore[arg-type]
        )
    elif _not_posted(account, now):
        yield Finding(
            level=Level.ERROR,
            code="phone_account_not_posted",
            text=f"Twilio calls the address of {account.name} by GET: what people write there is lost, STOP included.",
            fix="Set the method beside the address to POST, at each number and messaging service.",
            at=account.hook_refused_at,
            **about,  # type: ignore[arg-type]
        )
    elif account.hook_refused_at and account.hook_refused_at > (account.hook_heard_at or account.created_at):
        yield Finding(
            level=Level.WARNING,
            code="phone_account_unproven",
            text=f"The last call at the address of {account.name} was turned away: {account.hook_refused_text}.",
            fix="Is DRUMBEAT_PUBLIC_URL what Twilio calls, and the token the account's own?",
            at=account.hook_refused_at,
            **about,  # type: ignore[arg-type]
        )


def _unreadable(account: PhoneAccount) -> Iterable[Finding]:
    if unreadable := phone_callbacks.unreadable(account.pk):
        yield Finding(
            level=Level.ERROR,
            code="phone_callbacks_unreadable",
            text=f"{unreadable} messages or reports that Twilio posted for {account.name} cannot be read.",
            fix="They are kept and tried again every day for a month; the log says what is wrong with them.",
            count=unreadable,
            name=account.name,
            object_id=account.pk,
        )


def _lost_files(member: Member, now: datetime) -> Iterable[Finding]:
    recent = access.visible_to(member, Message).filter(direction="in", occurred_at__gt=now - RECENT)
    lost = text_media.set_aside(recent)
    if count := lost.count():
        fault = lost.order_by("-id").values_list("fault", flat=True).first() or ""
        yield Finding(
            level=Level.WARNING,
            code="text_media_lost",
            text=f"Files that came with texts within a week and could not be fetched: {count}. The last one: {fault}.",
            fix="The Inbox names them beside their messages. Ask whoever sent them, or look at Twilio.",
            count=count,
            detail=fault,
        )


def _not_posted(account: PhoneAccount, now: datetime) -> bool:
    """Tell whether it was so of late; reports of what we sent are posted all the while."""
    since = account.hook_refused_at
    return (
        account.hook_refused_text == phone_accounts.NOT_POSTED and since is not None and since > now - RECENT
    )


def _of_number(row: SenderProfile, now: datetime) -> Iterable[Finding]:
    waiting = Touch.objects.filter(CLAIMABLE, sender=row).count()
    about = {"name": row.address, "object_id": row.pk, "count": waiting}
    if row.enabled and row.down_until is not None and row.down_until > now:
        yield Finding(
            level=Level.ERROR,
            code="number_held",
            text=f"{row.address} is held on {row.channel} until {row.down_until:%H:%M} UTC: {row.down_text}",
            fix=f"Mend the cause, then: drumbeat number enable {row.address} --channel {row.channel}",
            reason=row.down_reason,
            at=row.down_until,
            detail=row.down_text,
            **about,  # type: ignore[arg-type]
        )
    elif waiting and (not row.enabled or row.account_id is None):
        yield Finding(
            level=Level.WARNING,
            code="number_disabled",
            text=f"{row.address} sends nothing on {row.channel}, and messages wait for it.",
            fix=f"Enable it: drumbeat number enable {row.address} --channel {row.channel}",
            **about,  # type: ignore[arg-type]
        )
