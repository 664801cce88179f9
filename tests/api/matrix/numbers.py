"""Rows of the routes about accounts at Twilio and their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from tests.api.matrix.row import Row
from tests.api.matrix.world import CONTACT, NUMBER, PHONE_ACCOUNT

CREATED, GONE = HTTPStatus.CREATED, HTTPStatus.NO_CONTENT
MISSING, REFUSED = HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY
AN_ACCOUNT = {"account_id": PHONE_ACCOUNT}
AN_ID = {"number_id": NUMBER}

NUMBERS: Mapping[str, Row] = {
    "list_phone_accounts": Row("senders.view"),
    "create_phone_account": Row("senders.create", body={"sid": "AC1", "token": "x"}, ok=REFUSED),
    "update_phone_account": Row("senders.edit", path=AN_ACCOUNT, body={"answers_words": False}),
    "remove_phone_account": Row("senders.edit", path=AN_ACCOUNT, ok=REFUSED),
    "try_phone_account": Row("senders.edit", path=AN_ACCOUNT),
    "list_own_numbers": Row("senders.create", path=AN_ACCOUNT, ok=REFUSED),
    "list_whatsapp_templates": Row("senders.view"),
    "weigh_text": Row("sequences.view", body={"text": "Hi", "number": "+14155550100"}),
    "list_text_ways": Row("contacts.view", path={"contact_id": CONTACT}, limited=MISSING),
    "write_text": Row(
        "contacts.edit",
        path={"contact_id": CONTACT},
        body={"client_id": "a-client-id", "channel": "sms", "text": "Hi"},
        ok=REFUSED,
        limited=MISSING,
    ),
    "list_numbers": Row("senders.view"),
    "create_number": Row(
        "senders.create",
        body={"account_id": PHONE_ACCOUNT, "number": "+14155550122", "channel": "voice"},
        ok=CREATED,
    ),
    "update_number": Row("senders.edit", path=AN_ID, body={"cap_per_day": 7}),
    "enable_number": Row("senders.edit", path=AN_ID),
    "disable_number": Row("senders.edit", path=AN_ID),
    "remove_number": Row("senders.edit", path=AN_ID, ok=GONE),
    "send_test_text": Row(
        "senders.edit", path=AN_ID, body={"to": "+14155550100", "client_id": "a-client-id"}
    ),
}
