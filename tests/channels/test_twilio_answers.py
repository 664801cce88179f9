"""What Twilio's answers and its library's faults mean, without a line: whom each concerns, and what is in doubt."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.base.exceptions import TwilioServiceException

from drumbeat.channels.base import PermanentRefusal, Receipt, Refusal, Scope, TemporaryRefusal, Unclear
from drumbeat.channels.twilio.answers import refused
from drumbeat.channels.twilio.channel import _receipt
from drumbeat.channels.twilio.faults import meant
from drumbeat.channels.twilio.wire import Patience, Wire
from drumbeat.core.touch import FailureReason
from drumbeat.core.twilio_codes import CODES
from tests.channels.sending import told
from tests.channels.texting import TEXT
from tests.channels.texting import outcome as outcome_at
from tests.support.twilio import calling

TEMPORARY, PERMANENT = TemporaryRefusal, PermanentRefusal
US, THEM = Scope.SENDER, Scope.RECIPIENT
LATER, NEVER = FailureReason.REJECTED_TEMPORARY, FailureReason.REJECTED_PERMANENT


@dataclass(frozen=True)
class Made:
    """What the library makes of a success."""

    sid: str | None
    status: str
    error_code: int | None = None


@pytest.mark.parametrize(
    ("status", "kind", "scope", "reason"),
    [
        pytest.param(401, TEMPORARY, US, FailureReason.SENDER_AUTH, id="not signed in"),
        pytest.param(403, TEMPORARY, US, FailureReason.SENDER_AUTH, id="forbidden"),
        pytest.param(402, PERMANENT, US, NEVER, id="unpaid"),
        pytest.param(404, PERMANENT, US, NEVER, id="no such account"),
        pytest.param(408, TEMPORARY, US, LATER, id="the request took too long"),
        pytest.param(413, PERMANENT, THEM, NEVER, id="too big"),
    ],
)
def test_a_status_alone_is_enough(status, kind, scope, reason):
    assert told(refused(status, status, "no", "soon")) == (kind, scope, reason, str(status))


@pytest.mark.parametrize(
    ("made", "outcome"),
    [
        pytest.param(
            Made("SM1", "accepted"), Receipt(provider_id="SM1", code="201", text="accepted"), id="taken"
        ),
        pytest.param(Made("SM1", "failed", 30007), PermanentRefusal, id="failed at once, and says why"),
        pytest.param(Made("SM1", "failed"), Unclear, id="failed at once without a reason"),
        pytest.param(Made(None, "queued"), Unclear, id="without an id"),
    ],
)
def test_a_success_is_read_with_care(made, outcome):
    try:
        assert _receipt(made) == outcome
    except (Refusal, Unclear) as refusal:
        assert isinstance(refusal, outcome)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        pytest.param(
            TwilioServiceException("about:blank", "Too many", 429, 20429), TemporaryRefusal, id="a problem"
        ),
        pytest.param(ValueError("no JSON"), Unclear, id="whatever nobody foresaw"),
    ],
)
def test_other_faults_of_the_library(fault, kind):
    wire = Wire("", Patience())
    wire.status = 429
    assert isinstance(meant(fault, wire), kind)


ODD = [
    '{"code": "x", "message": 5}',
    '{"code": null, "message": null}',
    '{"code": 1e999, "message": {}}',
    '{"code": -21610, "message": "x"}',
    "[]",
    '"text"',
    "5",
    "",
    "\x00\x01",
    '{"type": 1, "title": 2, "status": "200", "code": null, "detail": [3]}',
    '{"type": 1, "title": 2, "status": 201, "code": "x"}',
    "[" * 10_000,
]


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize(
    ("status", "kind"), [(400, PERMANENT), (401, TEMPORARY), (429, TEMPORARY), (500, Unclear), (201, Unclear)]
)
def test_whatever_an_answer_holds_its_status_counts_and_nobody_is_suppressed(body, status, kind):
    with calling() as twilio:
        twilio.says = (status, body)
        found = outcome_at(twilio, TEXT)
    assert isinstance(found, kind), found
    assert not getattr(found, "suppress", False)


@given(st.integers(100, 599), st.integers(0, 99_999), st.text(max_size=50), st.text(max_size=12))
def test_reading_an_answer_is_total_and_suppresses_by_the_table_alone(status, code, text, retry_after):
    found = refused(status, code, text, retry_after)
    listed = code in CODES and (CODES[code].meaning.dead_address or CODES[code].opted_out)
    assert listed or not getattr(found, "suppress", False)
    assert isinstance(found, Unclear) or 300 <= status < 500 or status == 503 or code in (20429, 20503)
