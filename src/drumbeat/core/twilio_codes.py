"""What Twilio's error codes say: whom they speak about, whether trying again helps, whether a number is dead.

One table for what the API refuses and for what a status callback reports afterwards. Source: Twilio's error and
warning dictionary, https://www.twilio.com/docs/api/errors; each code has a page of its own there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from drumbeat.core.smtp_codes import Meaning, Scope
from drumbeat.core.touch import FailureReason


@dataclass(frozen=True, slots=True)
class Code:
    """`opted_out`: the person has told Twilio or WhatsApp that we shall stop. It is written down as if told to us.

    A dead number is dead for the channel that says so: a landline takes no texts and can still be called.
    """

    says: str
    meaning: Meaning
    opted_out: bool = False


_AUTH = Meaning(False, Scope.SENDER, FailureReason.SENDER_AUTH)
_SENDER_LATER = Meaning(False, Scope.SENDER, FailureReason.REJECTED_TEMPORARY)
_SENDER_NEVER = Meaning(True, Scope.SENDER, FailureReason.REJECTED_PERMANENT)
_LATER = Meaning(False, Scope.RECIPIENT, FailureReason.REJECTED_TEMPORARY)
_NEVER = Meaning(True, Scope.RECIPIENT, FailureReason.REJECTED_PERMANENT)
_DEAD = Meaning(True, Scope.RECIPIENT, FailureReason.REJECTED_PERMANENT, dead_address=True)
_CONTENT = Meaning(True, Scope.RECIPIENT, FailureReason.RENDER_ERROR)

# What a number, a trial account or a pool cannot do for one destination speaks about that destination: were the number
# held for it, one person could keep all others waiting.
_MEANT: Mapping[Meaning, Mapping[int, str]] = {
    _AUTH: {
        20003: "the account's credentials are wrong",
        20005: "the account is not active",
        20006: "access denied",
        63001: "the channel could not authenticate",
    },
    _SENDER_LATER: {
        10004: "too many calls at once",
        20429: "too many requests",
        20503: "the service is not available now",
        21611: "the queue of this number is full",
        21730: "under maintenance",
        30001: "queue overflow",
        30022: "US 10DLC: rate limit reached",
        30023: "US 10DLC: the brand's messages of the day are used up",
        30027: "US 10DLC: T-Mobile's messages of the day are used up",
        30035: "US 10DLC: the campaign is still being set up for this number",
        30454: "the account's messages of the day are used up",
        63018: "the channel's rate limit is reached",
        63038: "the account's messages of the day are used up",
    },
    _SENDER_NEVER: {
        10001: "the account is not active",
        10002: "trial accounts may not do this",
        13214: "the caller id is not valid",
        20008: "test credentials may not do this",
        20404: "the account, service or template does not exist",
        21205: "the address for callbacks is not valid",
        21210: "the number that calls is not verified",
        21212: "the number that sends is not valid",
        21213: "no number that sends is named",
        21267: "trial accounts have no alphanumeric sender",
        21601: "the number that sends cannot send texts",
        21603: "no number that sends is named",
        21609: "the address for callbacks is not valid",
        21659: "the number that sends is not one of Twilio's",
        21660: "the number that sends belongs to another account",
        21661: "the number that sends cannot send texts",
        21701: "the messaging service does not exist",
        21704: "the messaging service has no numbers",
        21705: "the messaging service is not valid",
        30002: "the account is suspended",
        30007: "filtered as unwanted by Twilio or a carrier",
        30024: "the sender's number is not set up with the carrier",
        30032: "the toll-free number is not verified",
        30033: "US 10DLC: the campaign is suspended",
        30034: "US 10DLC: the number is not registered",
        30037: "sending is switched off for the account",
        30040: "the country wants the sender registered",
        30041: "the United Kingdom wants the sender registered",
        63002: "the channel could not find the sender",
        63007: "no WhatsApp sender has this number",
        63008: "the WhatsApp sender is set up wrongly",
        63013: "against WhatsApp's policy",
        63020: "trouble with the business account at Meta",
        63022: "the display name's certificate is not valid",
        63051: "the WhatsApp business account is locked",
    },
    _DEAD: {
        21211: "the number does not exist",
        21217: "the number does not seem to exist",
        21614: "no mobile number",
        21635: "a landline",
        30005: "nobody has this number",
        30006: "a landline, or a carrier that cannot be reached",
    },
    _LATER: {
        30003: "the phone is off or out of reach",
        30008: "the carrier gives no reason",
        30009: "a part of the message was lost",
        30017: "the carrier's network is congested",
        30020: "trouble inside Twilio",
        30021: "trouble inside Twilio",
        30036: "not delivered while it was valid",
        30410: "the carrier did not answer in time",
        63009: "trouble at WhatsApp",
        63010: "trouble inside Twilio",
        63012: "trouble at WhatsApp",
        63019: "an attached file could not be fetched",
        63023: "WhatsApp gives no reason",
        63049: "WhatsApp held a marketing message back for this person",
    },
    _NEVER: {
        13224: "Twilio does not call this number",
        13225: "Twilio may not call this number",
        13227: "calls to this country are not allowed in the account",
        21202: "a premium number",
        21203: "the account may not call abroad",
        21214: "the number cannot be reached",
        21215: "calls to this country are not allowed in the account",
        21216: "the account may not call this number",
        21219: "trial accounts call verified numbers only",
        21265: "a short code",
        21266: "the number that sends itself",
        21268: "a premium or information number",
        21408: "texts to this country are not allowed in the account",
        21606: "the number that sends cannot send to there",
        21608: "trial accounts write to verified numbers only",
        21612: "no way from the sender to this number",
        21703: "the messaging service has no number for this country",
        30004: "the carrier or the phone blocks the message",
        30010: "dearer than the highest price allowed",
        30011: "the phone takes no pictures",
        30039: "Twilio stopped a loop",
        30450: "blocked: numbers around it are used for fraud",
        30453: "blocked: the number is suspected of fraud",
        30485: "not delivered, and will not be",
        63003: "not a WhatsApp number",
        63015: "has not joined the WhatsApp sandbox",
        63024: "cannot be a recipient",
        63031: "the number that sends itself",
        63032: "WhatsApp does not let businesses write to this person now",
    },
    _CONTENT: {
        13520: "the text to say is not valid",
        12100: "the TwiML cannot be read",
        21201: "no number to call",
        21602: "no text",
        21604: "no number to write to",
        21605: "the text is too long",
        21617: "the text is longer than 1,600 characters",
        21618: "the text may not be sent",
        21619: "neither text nor picture nor template",
        21620: "the address of a picture is not valid",
        21623: "the address of a picture is not valid",
        21654: "a template is needed",
        21655: "the template's id is not valid",
        21656: "the template's variables are not valid",
        21658: "a value is too long",
        30019: "too big for the carrier",
        63005: "WhatsApp did not take the content",
        63006: "the content cannot be written for the channel",
        63016: "WhatsApp's 24-hour window is closed: a template is needed",
        63021: "WhatsApp did not take the content",
        63027: "the template does not exist in this language",
        63028: "the template takes another number of values",
        63029: "the template's file could not be fetched",
        63030: "the template does not take this value",
        63040: "the template was rejected",
        63041: "the template is paused",
        63042: "the template is disabled",
        92007: "the template's variables are not valid",
    },
}
_OPTED_OUT: Mapping[int, str] = {
    21610: "has opted out of this sender at Twilio",
    63014: "has blocked us on WhatsApp",
    63033: "has blocked us on WhatsApp",
}

CODES: Mapping[int, Code] = MappingProxyType(
    dict(
        sorted(
            [
                *(
                    (code, Code(says, meaning))
                    for meaning, listed in _MEANT.items()
                    for code, says in listed.items()
                ),
                *((code, Code(says, _NEVER, opted_out=True)) for code, says in _OPTED_OUT.items()),
            ]
        )
    )
)
UNREGISTERED = frozenset({30024, 30032, 30033, 30034, 30040, 30041})
"""Codes that say that the number is not registered with carriers, or no more."""
_OF_SENDER = (range(10_000, 11_000), range(20_000, 21_000), range(21_700, 21_800))
"""Codes of the account, the API in general and messaging services: unlisted ones speak about us."""


def read_code(code: int) -> Code:
    """Say what a code means. Total: an unlisted one is read by its range, and never kills a number."""
    if code in CODES:
        return CODES[code]
    about_us = any(code in one for one in _OF_SENDER)
    return Code(f"Twilio's error {code}", _SENDER_NEVER if about_us else _NEVER)
