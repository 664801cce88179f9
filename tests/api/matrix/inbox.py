"""The rows of the inbox: conversations, single mails, mail of strangers, mail that was set aside."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from tests.api.matrix.row import Row
from tests.api.matrix.world import CONTACT, MEMBER, MESSAGE, OUTGOING, SET_ASIDE, STRANGER

GONE = HTTPStatus.NO_CONTENT
MISSING = HTTPStatus.NOT_FOUND
OK = HTTPStatus.OK
REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
THREAD = {"contact_id": CONTACT}

INBOX: Mapping[str, Row] = {
    "list_conversations": Row("contacts.view", query={"scope": "all"}),
    "count_conversations": Row("contacts.view"),
    "list_unmatched_mails": Row("contacts.view"),
    "settle_unmatched_mails": Row("contacts.edit", body={"ids": [MESSAGE]}, foreign=OK, limited=OK),
    "get_conversation": Row("contacts.view", path=THREAD, limited=MISSING),
    "update_conversation": Row("contacts.edit", path=THREAD, body={"unread": False}, limited=MISSING),
    "confirm_reply": Row(
        "enrollments.edit", path=THREAD, body={"theirs": True}, foreign=REFUSED, limited=REFUSED
    ),
    "answer_question": Row(
        "enrollments.edit",
        path=THREAD,
        body={"question": "whose_reply", "yes": True},
        foreign=REFUSED,
        limited=REFUSED,
    ),
    "attach_unmatched_mail": Row(
        "contacts.edit", path={"message_id": STRANGER}, body={"contact_id": CONTACT}
    ),
    "make_contact_of_mail": Row("contacts.create", path={"message_id": STRANGER}, body={"first_name": "Kim"}),
    "get_html": Row("contacts.view", path={"message_id": MESSAGE}, limited=MISSING),
    "get_received_file": Row("contacts.view", path={"message_id": MESSAGE, "number": 0}, limited=MISSING),
    "reclassify_message": Row(
        "contacts.edit", path={"message_id": MESSAGE}, body={"sentiment": "not_now"}, limited=MISSING
    ),
    "forward_message": Row(
        "contacts.edit",
        path={"message_id": MESSAGE},
        body={"member_id": MEMBER, "client_id": "a-client-id"},
        limited=MISSING,
    ),
    "list_set_aside_mails": Row("settings.edit"),
    "get_raw_mail": Row("settings.edit", path={"mail_id": SET_ASIDE}),
    "retry_set_aside_mail": Row("settings.edit", path={"mail_id": SET_ASIDE}, ok=GONE),
    "put_away_set_aside_mail": Row("settings.edit", path={"mail_id": SET_ASIDE}, ok=GONE),
    "write_message": Row(
        "contacts.edit", path=THREAD, body={"client_id": "a-client-id", "text": "Hello"}, limited=MISSING
    ),
    "get_original": Row("contacts.view", path={"message_id": MESSAGE}, limited=MISSING),
    "get_outgoing": Row("contacts.view", path={"touch_id": OUTGOING}, limited=MISSING),
    "take_back_message": Row("contacts.edit", path={"touch_id": OUTGOING}, limited=MISSING),
    "resolve_outgoing": Row(
        "contacts.edit",
        path={"touch_id": OUTGOING},
        body={"resolution": "arrived"},
        ok=REFUSED,
        limited=MISSING,
    ),
}
