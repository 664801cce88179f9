"""What a hook believes and what it reads: signatures over raw bytes, bodies without surprises."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from drumbeat.core.errors import DomainError
from drumbeat.core.hooks import LARGEST_DATA, PREFIX, read_body, verified

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEY = bytes(range(32))
SECRET = PREFIX + base64.b64encode(KEY).decode()
BODY = b'{"email": "kim@example.com"}'
COLUMNS = frozenset({"first_name", "company"})


def standard(body=BODY, at=NOW, id_="msg_1", secret=SECRET):
    signature = Webhook(secret).sign(id_, at, body.decode())
    moment = str(int(at.timestamp()))
    return {"webhook-id": id_, "webhook-timestamp": moment, "webhook-signature": signature}


def plain(body=BODY, key=KEY):
    return {"x-signature": f"sha256={hmac.new(key, body, hashlib.sha256).hexdigest()}"}


def test_what_a_library_of_standard_webhooks_signs_is_believed():
    signed = verified(SECRET, BODY, standard(), NOW)
    assert signed is not None
    assert signed.message_id == "msg_1"


def test_one_of_several_signatures_is_enough():
    headers = standard()
    headers["webhook-signature"] = f"v1a,xyz v1,%%% {headers['webhook-signature']}"
    assert verified(SECRET, BODY, headers, NOW) is not None


def test_a_plain_signature_is_believed_and_names_the_body():
    signed, again = (verified(SECRET, BODY, plain(), NOW + timedelta(days=days)) for days in (0, 9))
    assert signed is not None and again is not None
    assert signed.message_id == again.message_id


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        pytest.param({}, BODY, id="no signature"),
        pytest.param(standard(), BODY + b" ", id="another body"),
        pytest.param(standard(at=NOW - timedelta(minutes=6)), BODY, id="too old"),
        pytest.param(standard(at=NOW + timedelta(minutes=6)), BODY, id="too new"),
        pytest.param({**standard(), "webhook-id": "msg_2"}, BODY, id="another id"),
        pytest.param({**standard(), "webhook-id": ""}, BODY, id="no id"),
        pytest.param({**standard(), "webhook-timestamp": "yesterday"}, BODY, id="no time"),
        pytest.param(
            standard(secret=PREFIX + base64.b64encode(b"x" * 32).decode()), BODY, id="another secret"
        ),
        pytest.param(plain(key=b"x"), BODY, id="a plain one by another secret"),
        pytest.param(plain(body=b"{}"), BODY, id="a plain one of another body"),
        pytest.param({"x-signature": "sha256=ä"}, BODY, id="letters that no digest has"),
    ],
)
def test_what_is_not_believed(headers, body):
    assert verified(SECRET, body, headers, NOW) is None


def test_a_body_says_of_whom_what_and_when():
    told = read_body(
        json.dumps(
            {
                "email": "kim@example.com",
                "occurred_at": "2026-03-01T10:00:00+02:00",
                "name": "demo",
                "note": "Went well",
                "external_id": "7",
                "first_name": "Kim",
                "custom": {"seats": 12, "vip": True, "plan": "gold", "gone": None},
                "data": {"page": "/pricing"},
            }
        ).encode(),
        COLUMNS,
    )
    assert (told.email, told.name, told.note, told.external_id) == (
        "kim@example.com",
        "demo",
        "Went well",
        "7",
    )
    assert told.occurred_at == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert told.fields == {"first_name": "Kim", "email": "kim@example.com"}
    assert told.custom == {"seats": "12", "vip": "yes", "plan": "gold"}
    assert told.data == {"page": "/pricing"}


@pytest.mark.parametrize(
    ("body", "path"),
    [
        pytest.param(b"", "", id="nothing"),
        pytest.param(b"\xff", "", id="no text"),
        pytest.param(b"[]", "", id="no object"),
        pytest.param(b"[" * 100_000, "", id="endlessly nested"),
        pytest.param(b"{}", "email", id="nobody"),
        pytest.param(b'{"email": 7}', "email", id="an address that is no text"),
        pytest.param(b'{"email": "a@b.test", "shoe": "44"}', "shoe", id="a key that there is not"),
        pytest.param(b'{"email": "a@b.test", "data": []}', "data", id="data that is no object"),
        pytest.param(b'{"contact_id": true}', "contact_id", id="a truth for a number"),
        pytest.param(b'{"contact_id": "1"}', "contact_id", id="a text for a number"),
        pytest.param(b'{"contact_id": 1, "occurred_at": "soon"}', "occurred_at", id="no moment"),
        pytest.param(b'{"contact_id": 1, "occurred_at": 5}', "occurred_at", id="a number for a moment"),
        pytest.param(b'{"contact_id": 1, "occurred_at": "2026-03-01T10:00"}', "occurred_at", id="no zone"),
        pytest.param(
            b'{"contact_id": 1, "occurred_at": "0001-01-01T00:00:00+09:00"}', "occurred_at", id="no calendar"
        ),
    ],
)
def test_what_cannot_be_read_is_said_by_its_key(body, path):
    with pytest.raises(DomainError) as refused:
        read_body(body, COLUMNS)
    assert (refused.value.code, next(iter(refused.value.fields))) == ("hook_body_invalid", path)


def test_data_is_bounded():
    with pytest.raises(DomainError) as refused:
        read_body(json.dumps({"email": "a@b.test", "data": {"x": "y" * LARGEST_DATA}}).encode(), COLUMNS)
    assert "data" in refused.value.fields


@given(
    st.binary(max_size=200),
    st.dictionaries(
        st.sampled_from(["webhook-id", "webhook-signature", "x-signature"]), st.text(max_size=50)
    ),
)
def test_junk_proves_nothing_and_breaks_nothing(body, headers):
    assert verified(SECRET, body, {**headers, "webhook-timestamp": str(int(NOW.timestamp()))}, NOW) is None


@given(st.binary(max_size=300))
def test_junk_is_refused_in_words(body):
    with pytest.raises(DomainError):
        read_body(body, COLUMNS)
