"""Whom a provider's refusal is about, by the code or the field that it names: what its pages say each means.

Words are read only where a provider has no code for it, see `channels.esp.answers`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Whose(StrEnum):
    """`auth`: the key is no good. `sender`: the account or the address it writes from. `later`: too many calls.

    `mail`: this mail or its recipient; `dead`: the provider sends nothing to this address any more.
    """

    AUTH = "auth"
    SENDER = "sender"
    LATER = "later"
    MAIL = "mail"
    DEAD = "dead"


Step = str | int
"""A key, or a place in a list; "*" is the first key that there is."""


@dataclass(frozen=True, slots=True)
class Said:
    """Where a provider's JSON names a code and the field that is at fault, and what its codes mean."""

    code_at: Sequence[Step] = ()
    field_at: Sequence[Step] = ()
    codes: Mapping[str, Whose] = field(default_factory=dict)


def _codes(**by_whose: str) -> Mapping[str, Whose]:
    return MappingProxyType(
        {code: Whose(whose) for whose, codes in by_whose.items() for code in codes.split()}
    )


SAID: Mapping[str, Said] = MappingProxyType(
    {
        "amazon_ses": Said(
            ("__type",),
            codes=_codes(
                auth="AccessDeniedException ExpiredTokenException IncompleteSignature IncompleteSignatureException "
                "InvalidClientTokenId InvalidSignatureException MissingAuthenticationToken "
                "MissingAuthenticationTokenException SignatureDoesNotMatch UnrecognizedClientException",
                sender="AccountSuspendedException LimitExceededException MailFromDomainNotVerifiedException "
                "NotFoundException SendingPausedException",
                later="ThrottlingException TooManyRequestsException",
                mail="BadRequestException",
            ),
        ),
        "brevo": Said(
            ("code",),
            codes=_codes(
                auth="unauthorized permission_denied",
                sender="account_under_validation not_enough_credits reseller_permission_denied",
                later="too_many_requests",
            ),
        ),
        "mailersend": Said(field_at=("errors", "*")),
        "mailjet": Said(field_at=("Messages", 0, "Errors", 0, "ErrorRelatedTo", 0)),
        "mandrill": Said(
            ("name",),
            codes=_codes(
                auth="Invalid_Key",
                sender="PaymentRequired Unknown_Subaccount",
                mail="Invalid_Template Unknown_Template ValidationError",
            ),
        ),
        "postal": Said(
            ("data", "code"),
            codes=_codes(
                auth="AccessDenied InvalidServerAPIKey",
                sender="FromAddressMissing ServerSuspended UnauthenticatedFromAddress",
                mail="AttachmentMissingData AttachmentMissingName NoContent NoRecipients TooManyToAddresses "
                "ValidationError",
            ),
        ),
        "postmark": Said(
            ("ErrorCode",),
            codes=_codes(
                auth="10",
                sender="400 401 405 412 413 503 510",
                later="100 429",
                mail="402 403 411",
                dead="406",
            ),
        ),
        "resend": Said(
            ("name",),
            codes=_codes(
                auth="invalid_api_key missing_api_key restricted_api_key",
                sender="daily_quota_exceeded invalid_access invalid_from_address monthly_quota_exceeded",
                later="rate_limit_exceeded",
                mail="invalid_attachment missing_required_field",
            ),
        ),
        "scaleway": Said(
            ("type",),
            ("details", 0, "argument_name"),
            _codes(
                auth="denied_authentication permissions_denied", sender="precondition_failed quotas_exceeded"
            ),
        ),
        "sendgrid": Said(field_at=("errors", 0, "field")),
        "sparkpost": Said(("errors", 0, "code"), codes=_codes(sender="7001", later="2101 2102")),
    }
)
_OF_SENDER = re.compile(r"(?:^|[.\[])(?:from|reply[-_]?to|sender)(?:$|[.\]_\[])", re.IGNORECASE)
_OF_RECIPIENT = re.compile(r"(?:^|[.\[])to(?:$|[.\]_\[])", re.IGNORECASE)


def whose(provider: str, answer: Any, status: int) -> Whose | None:
    """Return whom a refusal is about, None where the provider names nothing that is known. Total.

    A known code is a clear refusal whatever the status; a field that is at fault counts in a 4xx only.
    """
    said = SAID.get(provider, Said())
    code = _found(answer, said.code_at).rpartition("#")[2]
    if (known := said.codes.get(code)) is not None:
        return known
    at_fault = _found(answer, said.field_at) if 400 <= status < 500 else ""
    if _OF_SENDER.search(at_fault):
        return Whose.SENDER
    return Whose.MAIL if _OF_RECIPIENT.search(at_fault) else None


def _found(answer: Any, path: Sequence[Step]) -> str:
    at: Any = answer
    for step in path:
        if isinstance(at, Mapping):
            at = next(iter(at), "") if step == "*" else at.get(str(step))
        elif isinstance(at, list) and isinstance(step, int) and step < len(at):
            at = at[step]
        else:
            return ""
    return str(at) if path and isinstance(at, str | int) else ""
