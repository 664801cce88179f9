"""A claimed touch of the channel voice as the call that is placed: what it says, to whom a person is put through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from drumbeat.channels.twilio.outbound import CallOutbound
from drumbeat.channels.twilio.twiml import Script, telling
from drumbeat.core import merge
from drumbeat.core.calls import Deed, plan_of
from drumbeat.core.delay import Delay, DelayUnit
from drumbeat.core.flow import VoiceStep
from drumbeat.core.touch import TouchKind
from drumbeat.models import Contact, SenderProfile
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import sql
from drumbeat.store.composing_texts import Line
from drumbeat.store.outgoing import Draft, values_of
from drumbeat.store.phone_accounts import hook_url
from drumbeat.store.readings import Reading
from drumbeat.store.touch_rows import TouchRow

DEFAULT_LANGUAGE = "en-US"
_LANGUAGES: Mapping[str, str] = {
    "en": DEFAULT_LANGUAGE,
    "de": "de-DE",
    "fr": "fr-FR",
    "es": "es-ES",
    "it": "it-IT",
    "nl": "nl-NL",
    "pt": "pt-PT",
    "pl": "pl-PL",
    "sv": "sv-SE",
    "da": "da-DK",
    "nb": "nb-NO",
    "no": "nb-NO",
    "fi": "fi-FI",
    "ja": "ja-JP",
    "zh": "zh-CN",
}
"""In which voice a contact's language is read; what is not here is read in English."""
_A_DAY = timedelta(days=1)
_UNITS: Mapping[DelayUnit, timedelta] = {
    DelayUnit.MINUTES: timedelta(minutes=1),
    DelayUnit.HOURS: timedelta(hours=1),
    DelayUnit.DAYS: _A_DAY,
    DelayUnit.WEEKDAYS: _A_DAY,
    DelayUnit.WEEKS: 7 * _A_DAY,
}
_LONGEST_APART = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reps:
    """The numbers of those whom contacts are put through to: the contact's owner, else the sequence's."""

    of_contact: Mapping[int, str] = field(default_factory=dict)
    of_sequence: Mapping[int, str] = field(default_factory=dict)

    def phone(self, contact_id: int, sequence_id: int) -> str:
        return self.of_contact.get(contact_id, "") or self.of_sequence.get(sequence_id, "")


NOBODY = Reps()


def reps_of(sender: SenderProfile, contact_ids: Iterable[int], sequence_ids: Iterable[int]) -> Reps:
    """Return whom calls of this sender are put through to, in two queries; those who were deactivated take none."""
    if sender.channel != TouchKind.VOICE:
        return NOBODY
    return Reps(dict(_OF_CONTACTS.fetch(list(contact_ids))), dict(_OF_SEQUENCES.fetch(list(sequence_ids))))


_OF_CONTACTS = Reading(
    lambda ids: (
        Contact.objects.filter(sql.among("id", ids), owner__deactivated_at=None)
        .exclude(owner__phone="")
        .exclude(owner=None)
        .values_list("id", "owner__phone")
    )
)
_OF_SEQUENCES = Reading(
    lambda ids: (
        SequenceRow.objects.filter(sql.among("id", ids), owner__deactivated_at=None)
        .exclude(owner__phone="")
        .exclude(owner=None)
        .values_list("id", "owner__phone")
    )
)


def compose(
    draft: Draft, row: TouchRow, sender: SenderProfile, line: Line, connect_to: str, now: datetime
) -> CallOutbound:
    """Return the call of a sequence's step; a person is put through to `connect_to`, where that is not empty.

    Raises MergeError; DomainError `call_script` for what cannot be said.
    """
    step = draft.step
    assert isinstance(step, VoiceStep)
    address = hook_url(line.account, f"{row.mark}.{row.attempts + 1}") if line.account is not None else ""
    said = Script(
        text=merge.render(step.script, values_of(draft, sender, now)).strip(),
        language=language_of(draft.contact["language"]),
        connect_to=connect_to,
        connect_as=sender.address if connect_to else "",
        tell_at=address,
    )
    plan = plan_of(step, has_script=bool(said.text), has_somebody=bool(connect_to))
    for deed in {plan.on_human, plan.on_machine} - {Deed.HANG_UP}:
        telling(deed, said)
    return CallOutbound(
        touch_key=row.key,
        recipient=row.recipient,
        sender=sender.address,
        status_url=address,
        answered_url=address,
        script=said,
        plan=plan,
        retries=step.retries,
        apart=span_of(step.retry_after),
    )


def language_of(language: str) -> str:
    """Return the voice for a contact's language, as `de` or `de-AT`."""
    return _LANGUAGES.get(language.strip().lower().replace("_", "-").partition("-")[0], DEFAULT_LANGUAGE)


def span_of(delay: Delay) -> timedelta:
    """Return how far apart two calls are: a day is 24 hours here, and 30 days are the most."""
    return min(min(delay.value, 30 * 24 * 60) * _UNITS[delay.unit], _LONGEST_APART)
