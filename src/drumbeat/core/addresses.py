"""Normal and base forms of mail addresses and phone numbers.

The normal form is kept and compared, the base form is what suppression looks up: it folds addresses
that may reach the same person, so it errs to the safe side. Nothing here asks the network.

Mail, syntax alone: reserved domains (`.test`, `.local`) and names without a dot are accepted; quoted local
parts, comments, domain literals and numeric top-level domains are refused, as is all that is not one bare
address. Phones: what libphonenumber calls valid; an extension is dropped, since nobody here can dial it.
"""

import re
import unicodedata

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from drumbeat.core.errors import DomainError

# Most addresses of an import: the library would give them back in lower case. Two hyphens are left to it,
# since they may begin an encoded label.
_PLAIN = re.compile(
    r"(?=.{1,254}\Z)(?=.{1,64}@)"
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*"
    r"@(?:(?!..--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
# The library refuses these and cannot be told otherwise; it sees a stand-in of the same length.
_RESERVED = re.compile(
    r"(?<=[@.\u3002\uff0e\uff61])(?:arpa|invalid|local|localhost|onion|test)\Z", re.ASCII | re.IGNORECASE
)
_NUMERIC_TOP = re.compile(r"[@.][0-9]+\Z")


def normal_email(text: str) -> str:
    """Return the one bare address in `text`: domain in lower-case ASCII, local part case-folded.

    Blanks around it are cut. Raises DomainError `address_invalid`.
    """
    address = text.strip(" \t")
    lower = address.lower()
    if address.isascii() and _PLAIN.fullmatch(lower):
        return lower
    normal = _checked(address)
    return normal if normal == address else _checked(normal)


def _checked(address: str) -> str:
    reserved = _RESERVED.search(address)
    shown = _RESERVED.sub(lambda name: "z" * len(name[0]), address)
    try:
        parts = validate_email(shown, check_deliverability=False, globally_deliverable=False, strict=True)
    except EmailNotValidError as fault:
        raise DomainError("address_invalid", f"This is not a mail address. {fault}") from fault
    domain = parts.ascii_domain.lower()
    if _NUMERIC_TOP.search(f"@{domain}"):
        raise DomainError("address_invalid", "This is not a mail address. Its domain ends in a number.")
    if reserved:
        domain = domain[: -len(reserved[0])] + reserved[0].lower()
    return f"{unicodedata.normalize('NFC', parts.local_part.casefold())}@{domain}"


def base_email(normal: str) -> str:
    """Fold a normal address: without plus-tag and dots before the @, one spelling of a provider's domain."""
    local, _, domain = normal.rpartition("@")
    untagged = local.partition("+")[0] or local
    return f"{untagged.replace('.', '')}@{_SAME_DOMAIN.get(domain, domain)}"


_SAME_DOMAIN = {"googlemail.com": "gmail.com"}


def email_domain(normal: str) -> str:
    return normal.rpartition("@")[2]


def normal_phone(text: str, region: str | None) -> str:
    """Return the number in E.164 form, `+442079460958`.

    `region` (ISO 3166, `GB`) reads numbers without a country code. Raises DomainError `phone_invalid`.
    """
    try:
        number = phonenumbers.parse(text, region.upper() if region else None)
    except phonenumbers.NumberParseException as fault:
        raise _phone_invalid() from fault
    if not phonenumbers.is_valid_number(number):
        raise _phone_invalid()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _phone_invalid() -> DomainError:
    return DomainError(
        "phone_invalid",
        "This is not a phone number that can be called. "
        "Write it with + and its country code, for example +44 20 7946 0958.",
    )


# Mobile numbers that carriers and WhatsApp also write with an older or an extra digit.
_SAME_NUMBER = (
    (re.compile(r"\+521([0-9]{10})"), r"+52\1"),  # Mexico: the 1 was dropped in 2019
    (re.compile(r"\+549([0-9]{10})"), r"+54\1"),  # Argentina: the 9 marks a mobile from abroad
    (re.compile(r"\+55([0-9]{2})9([0-9]{8})"), r"+55\1\2"),  # Brazil: the 9 was added until 2016
)


_OTHER_SPELLING = (
    (re.compile(r"\+52([0-9]{10})"), r"+521\1"),
    (re.compile(r"\+54([0-9]{10})"), r"+549\1"),
    (re.compile(r"\+55([0-9]{2})([0-9]{8})"), r"+55\g<1>9\2"),
)


def phone_spellings(normal: str) -> tuple[str, ...]:
    """Return all spellings of an E.164 number, valid or not: those with the same `base_phone`."""
    base = base_phone(normal)
    others = (match.expand(other) for pattern, other in _OTHER_SPELLING if (match := pattern.fullmatch(base)))
    return base, *others


def base_phone(normal: str) -> str:
    """Fold an E.164 number, valid or not: one spelling for mobiles that are written in two."""
    for pattern, spelling in _SAME_NUMBER:
        if match := pattern.fullmatch(normal):
            return match.expand(spelling)
    return normal
