"""How files that came with texts are fetched from Twilio."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from drumbeat.channels.twilio.media import Unfetched, fetch
from drumbeat.core.errors import DomainError
from drumbeat.environment import environment
from drumbeat.inbound.fetching import Came, Kind
from drumbeat.models import TextMedia
from drumbeat.store import phone_accounts, text_media

log = logging.getLogger(__name__)


def _begin(media: TextMedia) -> Callable[[], bytes]:
    if media.account is None:
        raise DomainError("account_removed", "Its account at Twilio is not connected any more.")
    env, account = environment(), phone_accounts.credentials_of(media.account)
    return partial(fetch, account, media.url, env.provider_api_url, env.private_networks)


def _settle(media: TextMedia, came: Came, now: datetime) -> None:
    if isinstance(came, bytes):
        text_media.arrived(media, came)
        return
    said = str(came) if isinstance(came, (Unfetched, DomainError)) else f"{type(came).__name__}: {came}"
    log.warning("file %s of message %s cannot be fetched: %s", media.place, media.message_id, said)
    text_media.failed(media, said, now, for_good=isinstance(came, Unfetched) and came.for_good)


FILES = Kind(text_media.claim, _begin, _settle)
