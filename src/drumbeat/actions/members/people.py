"""Names and addresses of the people who work here, read from what was typed."""

from __future__ import annotations

from drumbeat.core.addresses import normal_email, normal_phone
from drumbeat.core.errors import DomainError

NAME_LONGEST = 200


def read_phone(text: str) -> str:
    """Return a number that calls can be put through to, in E.164 form; "" for none. DomainError `phone_invalid`."""
    return normal_phone(text, None) if text.strip() else ""


def read_name(text: str) -> str:
    """Return the name in `text`; DomainError `name_invalid`."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= NAME_LONGEST or not name.isprintable():
        sentence = f"A name has 1 to {NAME_LONGEST} printable characters."
        raise DomainError("name_invalid", sentence, {"name": sentence})
    return name


def read_address(text: str) -> str:
    """Return the address in `text` as it is compared; DomainError `address_invalid`."""
    try:
        return normal_email(text)
    except DomainError as error:
        raise DomainError(error.code, error.message, {"email": error.message}) from None
