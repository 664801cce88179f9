"""Addresses of tracked links and pictures: sealed, so that nobody but us can make one and none tells an id.

A link's address carries where it leads and the mark of its mail; following it needs no database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial

from drumbeat.channels.email.mime import EmailOutbound
from drumbeat.core.facts import SequenceFacts
from drumbeat.core.tracking import Ways, tracked
from drumbeat.core.tracking_verdicts import TRAP
from drumbeat.store.marks import seal, unseal

OPEN, CLICK = "open", "click"
_MARK = re.compile(r"[a-z2-7]{32}")
_PAYLOAD = re.compile(r"([a-z2-7]{32})(\d{1,4})/(\d{1,4})(?::(https?://.+))?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Clicked:
    """Link number `link` of `links` in the mail with this mark; `target` is "" for the hidden one."""

    mark: str
    link: int
    links: int
    target: str


def tracks(sequence: SequenceFacts) -> bool:
    """Say whether anything in a mail of the sequence is tracked."""
    return sequence.track_opens or sequence.track_clicks


def track(mail: EmailOutbound, mark: str, sequence: SequenceFacts, base: str) -> EmailOutbound:
    """Return a mail of the sequence as it leaves; own people are shown the one without. Plain text stays itself."""
    if mail.html is None or not tracks(sequence):
        return mail
    leads = ways(base, mark, mail.unsubscribe_url, opens=sequence.track_opens, clicks=sequence.track_clicks)
    return replace(mail, html=tracked(mail.html, leads), shown_html=mail.html)


def ways(base: str, mark: str, unsubscribe: str, *, opens: bool, clicks: bool) -> Ways:
    """Return where the tracked things of one mail lead, all below `base`: see `link_hosts.base_of`."""
    return Ways(
        picture=f"{base}/o/{seal(OPEN, mark)}.gif" if opens else "",
        address_of=partial(_address, base, mark) if clicks else None,
        trap=_address(base, mark, TRAP, 0, "") if clicks else "",
        spared=unsubscribe,
    )


def _address(base: str, mark: str, link: int, links: int, target: str) -> str:
    payload = f"{mark}{link}/{links}"
    return f"{base}/c/{seal(CLICK, f'{payload}:{target}' if target else payload)}"


def read_picture(token: str) -> str | None:
    """Return the mark of the mail whose picture this is, None for anything that we did not write."""
    payload = _written(OPEN, token)
    return payload if payload and _MARK.fullmatch(payload) else None


def read_link(token: str) -> Clicked | None:
    """Return what a tracked link says, None for anything that we did not write."""
    parts = _PAYLOAD.fullmatch(_written(CLICK, token) or "")
    if parts is None:
        return None
    return Clicked(parts[1], int(parts[2]), int(parts[3]), parts[4] or "")


def _written(purpose: str, token: str) -> str | None:
    """Unseal a token in the one form in which it was written: base64 has others for the same bytes."""
    payload = unseal(purpose, token)
    return payload if payload is not None and seal(purpose, payload) == token else None
