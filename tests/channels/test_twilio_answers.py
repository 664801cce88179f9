"""What Twilio's answers and its library's faults mean, without a line: whom each concerns, and what is in doubt."""

from dataclasses import dataclass

import pytest
from twilio.base.exceptions import TwilioServiceException

from drumbeat.channels.base import PermanentRefusal, Receipt, Refusal, Scope, TemporaryRefusal, Unclear
from drumbeat.channels.twilio.answers import refused
from drumbeat.channels.twilio.channel import _meant, _receipt
from drumbeat.core.touch import FailureReason
from tests.channels.sending import told

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
    assert isinstance(_meant(fault, ""), kind)
