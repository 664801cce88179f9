"""One call to a model server: TLS, what servers say before they answer, and what does not speak HTTP."""

from time import monotonic

import pytest

from drumbeat.agents.faults import FaultCode, ModelFault
from drumbeat.agents.line import call
from tests.support.certificate import Certificate
from tests.support.endpoint import listening


def ask(url, seconds=5.0):
    return call("POST", url, {"Content-Type": "application/json"}, b"{}", monotonic() + seconds)


@pytest.fixture(scope="module")
def certificate():
    return Certificate.make()


def test_a_certificate_that_is_trusted_is_taken(certificate, monkeypatch):
    monkeypatch.setattr("drumbeat.agents.line._tls", certificate.client_side)
    with listening(tls=certificate.server_side()) as endpoint:
        assert ask(f"https://localhost:{endpoint.port}/ok").body == b"fine"


def test_a_certificate_that_nobody_knows_is_refused_in_words(certificate):
    with listening(tls=certificate.server_side()) as endpoint, pytest.raises(ModelFault) as raised:
        ask(f"https://localhost:{endpoint.port}/ok")
    assert raised.value.code is FaultCode.UNREACHABLE
    assert "its certificate is not trusted" in raised.value.text
    assert endpoint.calls == []


def test_what_is_said_before_the_answer_is_passed_over():
    with listening() as endpoint:
        assert ask(endpoint.url("/hint")).status == 200


@pytest.mark.parametrize("path", ["/smtp", "/half", "/endless-head", "/short-body", "/reset"])
def test_what_is_no_whole_answer_is_said(path):
    with listening() as endpoint, pytest.raises(ModelFault) as raised:
        ask(endpoint.url(path))
    assert raised.value.code is FaultCode.UNREACHABLE


def test_no_call_begins_after_its_time():
    with listening() as endpoint, pytest.raises(ModelFault) as raised:
        ask(endpoint.url("/ok"), seconds=0)
    assert raised.value.code is FaultCode.TIMEOUT
    assert endpoint.calls == []
