"""Passwords that people choose: what is refused. Storing and comparing them is Django's part."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from drumbeat.core.errors import DomainError
from drumbeat.models import User


def check(password: str, user: User) -> None:
    """Raise DomainError `password_weak` unless `user` may take this password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        sentence = " ".join(error.messages)
        raise DomainError("password_weak", sentence, {"password": sentence}) from None


class NotTheAddress:
    """Django's validator that refuses the own address, or its local part, as a password."""

    def validate(self, password: str, user: User | None = None) -> None:
        address = user.email.casefold() if user else ""
        if address and password.casefold() in (address, address.partition("@")[0]):
            raise ValidationError("A password cannot be your own address.", code="password_is_address")

    def get_help_text(self) -> str:
        return "A password cannot be your own address."
