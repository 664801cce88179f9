"""Whether a callback comes from Twilio: HMAC-SHA1 over the address that was called and the posted values.

The address is the configured public one (`core.twilio_callbacks.address_of`), never one that headers claim. Source:
Twilio's "Security" page; the ports 443 and 80 are signed or left out, and both are right. No moment is signed, so a
callback can be replayed: whoever reads one keeps the sum of what was heard, which a second time does not change.
"""

from __future__ import annotations

from drumbeat.core.twilio_callbacks import Form

HEADER = "X-Twilio-Signature"


def is_genuine(token: str, url: str, form: Form, signature: str) -> bool:
    """Tell whether `signature` is that of the account's `token`. Total; without a token nothing is genuine."""
    from twilio.request_validator import RequestValidator

    if not token or not signature.isascii():
        return False
    return bool(RequestValidator(token).validate(url, form, signature))
