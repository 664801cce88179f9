"""A claimed touch as the text or WhatsApp message that leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from drumbeat.channels.twilio.outbound import TextOutbound
from drumbeat.core import merge
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import SmsStep, Step, WhatsAppStep
from drumbeat.core.touch import TouchKind
from drumbeat.core.whatsapp import Template, choose, filled
from drumbeat.models import Message, PhoneAccount, SenderProfile
from drumbeat.store import confirmations
from drumbeat.store.outgoing import Draft, values_of
from drumbeat.store.phone_accounts import hook_url
from drumbeat.store.touch_rows import TouchRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The way a text takes: the account of its number, and when the person was last heard of on WhatsApp there."""

    account: PhoneAccount | None = None
    heard: Mapping[int, datetime]

    def last_heard(self, contact_id: int | None) -> datetime | None:
        return self.heard.get(contact_id or 0)


NO_LINE = Line(heard={})


def line_of(sender: SenderProfile, contact_ids: Iterable[int]) -> Line:
    """Return what texts of this sender need; for mail nothing is asked."""
    if sender.account_id is None:
        return NO_LINE
    account = PhoneAccount.objects.get(id=sender.account_id)
    heard = last_heard(sender.pk, contact_ids) if sender.channel == TouchKind.WHATSAPP else {}
    return Line(account=account, heard=heard)


def last_heard(sender_id: int, contact_ids: Iterable[int]) -> dict[int, datetime]:
    """Return when each contact last wrote to this WhatsApp sender; those who never did are not there."""
    rows = Message.objects.filter(
        contact_id__in=list(contact_ids),
        sender_id=sender_id,
        direction="in",
        channel=TouchKind.WHATSAPP.value,
    ).order_by()
    return dict(rows.values_list("contact_id").annotate(at=Max("occurred_at")))


def is_shut(
    step: Step | None, content: Mapping[str, Any] | None, heard_at: datetime | None, now: datetime
) -> bool:
    """Say whether a WhatsApp message has neither an open window nor a template. `content`: of one written by hand."""
    if isinstance(step, WhatsAppStep):
        return choose(step.text, _named(step), heard_at, now) is None
    by_hand = str((content or {}).get("text", ""))
    return step is None and choose(by_hand, _kept(content), heard_at, now) is None


def compose(draft: Draft, row: TouchRow, sender: SenderProfile, line: Line, now: datetime) -> TextOutbound:
    """Return the message of a step. Raises MergeError, DomainError `template_missing`."""
    values = values_of(draft, sender, now)
    text = (
        merge.render(draft.step.text, values).strip()
        if isinstance(draft.step, SmsStep | WhatsAppStep)
        else ""
    )
    template = None
    if isinstance(draft.step, WhatsAppStep) and draft.step.template_id:
        places = {name: merge.render(text, values) for name, text in draft.step.template_variables.items()}
        template = Template(draft.step.template_id, places)
    return _outbound(row, sender, line, text, template, now)


def compose_by_hand(row: TouchRow, sender: SenderProfile, line: Line, now: datetime) -> TextOutbound:
    """Return a message that a person wrote; its text is ready. Raises DomainError `template_missing`."""
    return _outbound(row, sender, line, row.content["text"], _kept(row.content), now)


def _outbound(
    row: TouchRow,
    sender: SenderProfile,
    line: Line,
    text: str,
    template: Template | None,
    now: datetime,
) -> TextOutbound:
    assert line.account is not None, "a number without an account has no channel"
    over_whatsapp = row.kind == TouchKind.WHATSAPP
    if over_whatsapp and not confirmations.is_one(row.content):
        chosen = choose(text, template, line.last_heard(row.contact_id), now)
        if chosen is None:
            raise DomainError("template_missing", "The 24-hour window is closed, and there is no template.")
        template = chosen if isinstance(chosen, Template) else None
    if template is not None:
        text = _shown(line.account, template)
    elif not text:
        raise merge.MergeError("merge_value_missing", "The text is empty for this contact.")
    return TextOutbound(
        touch_key=row.key,
        recipient=row.recipient,
        channel=TouchKind(row.kind),
        sender="" if sender.service_sid else sender.address,
        service_sid=sender.service_sid,
        text=text,
        template=template,
        status_url=hook_url(line.account, row.mark),
        valid_for=None if over_whatsapp or row.send_before is None else row.send_before - now,
    )


def _named(step: WhatsAppStep) -> Template | None:
    """Return the template that a step names, its values not merged yet."""
    return Template(step.template_id, step.template_variables) if step.template_id else None


def _kept(content: Mapping[str, Any] | None) -> Template | None:
    """Return the template of a message written by hand."""
    named = (content or {}).get("template")
    return Template(named["content_sid"], named["values"]) if named else None


def _shown(account: PhoneAccount, template: Template) -> str:
    """Return what a template says, as far as Twilio told us its text."""
    known = next((one for one in account.templates if one["sid"] == template.content_sid), None)
    return filled(known["body"], template.values) if known else ", ".join(template.values.values())
