"""Providers that take a mail as it is: the very bytes that would leave by SMTP, in a call of their API.

Amazon's own library is not needed for that: its calls are signed here.
"""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from anymail.backends.base_requests import AnymailRequestsBackend
from anymail.exceptions import AnymailRequestsAPIError
from anymail.message import AnymailRecipientStatus
from requests import PreparedRequest
from requests.auth import AuthBase

from drumbeat.channels.email import headers
from drumbeat.channels.email.mime import EmailOutbound, build
from drumbeat.clock import SystemClock
from drumbeat.core.provider_events import MARK
from drumbeat.core.sigv4 import Keys, Request, digest, signed


@dataclass(frozen=True, slots=True)
class RawLetter:
    """A mail on the wire, with what must be said beside it."""

    recipient: str
    envelope_from: str
    mark: str
    data: bytes


def letter_of(outbound: EmailOutbound, provider: str) -> RawLetter:
    """Return the mail. DomainError `header_invalid` for what would break a header or name a second recipient."""
    mark = outbound.message_id.partition("@")[0]
    beside = {
        "amazon_ses": {"X-Metadata": json.dumps({MARK: mark})},
        "postal": {"X-Postal-Tag": mark},
    }[provider]
    return RawLetter(
        recipient=headers.address("To", outbound.recipient_address),
        envelope_from=headers.address("From", outbound.envelope_from or outbound.sender_address),
        mark=mark,
        data=build(replace(outbound, headers={**outbound.headers, **beside})),
    )


class _Payload:
    """One call as anymail makes it."""

    def __init__(self, endpoint: str, said: dict[str, Any], proof: AuthBase) -> None:
        self._endpoint = endpoint
        self._said = said
        self._proof = proof

    def get_request_params(self, api_url: str) -> dict[str, Any]:
        return {
            "method": "POST",
            "url": api_url + self._endpoint,
            "data": json.dumps(self._said).encode(),
            "headers": {"Content-Type": "application/json"},
            "auth": self._proof,
        }


class AmazonSes(AnymailRequestsBackend):  # type: ignore[misc]  # anymail is untyped
    """SES, by version 2 of its API."""

    esp_name = "Amazon SES"

    def __init__(self, api_url: str, timeout: Any, **account: str) -> None:
        super().__init__(api_url, timeout=timeout)
        self._set = account.get("configuration_set", "")
        self.proof: AuthBase = Signed(
            Keys(account["access_key_id"], account["secret_access_key"], account["region"], "ses")
        )

    def build_message_payload(self, letter: RawLetter, _defaults: Any) -> _Payload:
        said: dict[str, Any] = {
            "Content": {"Raw": {"Data": b64encode(letter.data).decode()}},
            "Destination": {"ToAddresses": [letter.recipient]},
            "EmailTags": [{"Name": MARK, "Value": letter.mark}],
        }
        if self._set:
            said["ConfigurationSetName"] = self._set
        return _Payload("v2/email/outbound-emails", said, self.proof)

    def parse_recipient_status(self, response: Any, _payload: Any, letter: RawLetter) -> dict[str, Any]:
        status = AnymailRecipientStatus(message_id=response.json()["MessageId"], status="queued")
        return {letter.recipient: status}


class Postal(AnymailRequestsBackend):  # type: ignore[misc]
    """A Postal server of one's own. It says 200 to everything; `status` is its answer."""

    esp_name = "Postal"

    def __init__(self, api_url: str, timeout: Any, **account: str) -> None:
        super().__init__(api_url, timeout=timeout)
        self.proof: AuthBase = _PostalKey(account["api_key"])

    def build_message_payload(self, letter: RawLetter, _defaults: Any) -> _Payload:
        said = {
            "mail_from": letter.envelope_from,
            "rcpt_to": [letter.recipient],
            "data": b64encode(letter.data).decode(),
        }
        return _Payload("api/v1/send/raw", said, self.proof)

    def raise_for_status(self, response: Any, payload: Any, message: Any) -> None:
        super().raise_for_status(response, payload, message)
        try:
            refused = response.json()["status"] in {"error", "parameter-error"}
        except (ValueError, KeyError, TypeError):
            return
        if refused:
            raise AnymailRequestsAPIError(
                email_message=message, payload=payload, response=response, backend=self
            )

    def parse_recipient_status(self, response: Any, _payload: Any, letter: RawLetter) -> dict[str, Any]:
        [(_, taken)] = response.json()["data"]["messages"].items()
        return {letter.recipient: AnymailRecipientStatus(message_id=str(taken["id"]), status="queued")}


class Signed(AuthBase):
    """Signs each call of a service of Amazon's as it is made."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        parts = urlsplit(request.url or "")
        body = request.body if isinstance(request.body, bytes) else b""
        about = Request(
            method=request.method or "",
            path=parts.path,
            query=parts.query,
            headers={"Host": parts.netloc, "X-Amz-Content-Sha256": digest(body)},
            body=body,
        )
        request.headers.update(signed(about, self._keys, SystemClock().now()))
        return request


class _PostalKey(AuthBase):
    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["X-Server-API-Key"] = self._key
        return request


BACKENDS = {"amazon_ses": AmazonSes, "postal": Postal}
