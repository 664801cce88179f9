"""Whom a provider's refusal is about: answers as the providers' pages print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.provider_codes import SAID, Whose, whose
from drumbeat.core.providers import PROVIDERS

ANSWERS = [
    ("postmark", 422, {"ErrorCode": 406, "Message": "inactive"}, Whose.DEAD),
    ("postmark", 422, {"ErrorCode": 400, "Message": "The sender signature is not found"}, Whose.SENDER),
    ("postmark", 422, {"ErrorCode": 300, "Message": "Invalid 'To' address"}, None),
    ("postmark", 401, {"ErrorCode": 10}, Whose.AUTH),
    ("resend", 403, {"name": "invalid_api_key"}, Whose.AUTH),
    ("resend", 422, {"name": "invalid_from_address"}, Whose.SENDER),
    ("resend", 429, {"name": "daily_quota_exceeded"}, Whose.SENDER),
    ("resend", 422, {"name": "validation_error"}, None),
    ("brevo", 402, {"code": "not_enough_credits"}, Whose.SENDER),
    ("mailersend", 422, {"message": "…", "errors": {"from.email": ["must be verified"]}}, Whose.SENDER),
    ("mailersend", 422, {"message": "…", "errors": {"to.0.email": ["must be valid"]}}, Whose.MAIL),
    ("mailjet", 400, {"Messages": [{"Errors": [{"ErrorRelatedTo": ["From"]}]}]}, Whose.SENDER),
    ("mailjet", 400, {"Messages": [{"Errors": [{"ErrorRelatedTo": ["To[0].Email"]}]}]}, Whose.MAIL),
    ("sendgrid", 403, {"errors": [{"field": "from", "message": "not a verified identity"}]}, Whose.SENDER),
    ("sendgrid", 400, {"errors": [{"field": "personalizations.0.to.0.email"}]}, Whose.MAIL),
    ("sendgrid", 400, {"errors": [{"field": "reply_to.email"}]}, Whose.SENDER),
    ("sendgrid", 400, {"errors": [{"field": None, "message": "Bad Request"}]}, None),
    ("sendgrid", 500, {"errors": [{"field": "from"}]}, None),
    ("mandrill", 500, {"status": "error", "name": "Invalid_Key"}, Whose.AUTH),
    ("mandrill", 500, {"status": "error", "name": "GeneralError"}, None),
    ("scaleway", 400, {"type": "invalid_arguments", "details": [{"argument_name": "to.email"}]}, Whose.MAIL),
    ("scaleway", 403, {"type": "quotas_exceeded"}, Whose.SENDER),
    ("sparkpost", 400, {"errors": [{"code": "7001", "message": "Invalid domain"}]}, Whose.SENDER),
    ("amazon_ses", 400, {"__type": "com.amazonaws.ses#SendingPausedException"}, Whose.SENDER),
    ("amazon_ses", 400, {"__type": "MessageRejected"}, None),
    ("postal", 200, {"status": "error", "data": {"code": "UnauthenticatedFromAddress"}}, Whose.SENDER),
    ("postal", 200, {"status": "parameter-error", "data": {"code": "NoRecipients"}}, Whose.MAIL),
    ("mailgun", 400, {"message": "to parameter is not a valid address"}, None),
    ("postmark", 422, "<html>", None),
    ("sendgrid", 400, {"errors": []}, None),
    ("mailersend", 422, {"errors": {}}, None),
]


@pytest.mark.parametrize(("provider", "status", "answer", "expected"), ANSWERS)
def test_a_code_or_a_field_says_whom_a_refusal_is_about(provider, status, answer, expected):
    assert whose(provider, answer, status) is expected


def test_only_providers_that_are_offered_have_codes():
    assert SAID.keys() <= PROVIDERS.keys()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from([*SAID, "nobody"]), JSON, st.integers(100, 599))
def test_any_answer_is_read(provider, answer, status):
    assert whose(provider, answer, status) in (None, *Whose)
