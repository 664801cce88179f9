"""Calls of a real endpoint: every way in which it may answer, fail, keep silent or lead astray."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from drumbeat.channels.base import PermanentRefusal, Receipt, Refusal, TemporaryRefusal
from drumbeat.channels.webhook import dialling
from drumbeat.channels.webhook.channel import Lines, Patience, WebhookChannel
from drumbeat.channels.webhook.outbound import WebhookOutbound
from drumbeat.core.hosts import read_network
from drumbeat.core.touch import FailureReason
from drumbeat.core.webhook import read_target
from tests.support.certificate import Certificate
from tests.support.endpoint import Endpoint, listening

INNER = (read_network("127.0.0.0/8"), read_network("::1/128"))
HASTY = Patience(connect=0.3, answer=0.3, silent=60)
TEMPORARY, PERMANENT = TemporaryRefusal, PermanentRefusal
REFUSED, LATER = FailureReason.REJECTED_PERMANENT, FailureReason.REJECTED_TEMPORARY
BROKEN, SLOW = FailureReason.PROVIDER_ERROR, FailureReason.TIMEOUT


@pytest.fixture
def endpoint():
    with listening() as running:
        yield running


def a_call(url: str, body: bytes = b'{"a": 1}') -> WebhookOutbound:
    headers = (("webhook-id", "msg_1"), ("webhook-timestamp", "1"), ("webhook-signature", "v1,x"))
    return WebhookOutbound(touch_key="step:1:a:1", target=read_target(url), headers=headers, body=body)


async def call(channel: WebhookChannel, url: str, body: bytes = b'{"a": 1}') -> Receipt | Refusal:
    try:
        return await (await channel.prepare(a_call(url, body))).transmit()
    except Refusal as refusal:
        return refusal


def outcome(url: str, body: bytes = b'{"a": 1}', *, networks=INNER, **options) -> Receipt | Refusal:
    return asyncio.run(call(WebhookChannel(networks, patience=HASTY, **options), url, body))


def refused(url: str, **options) -> Refusal:
    refusal = outcome(url, **options)
    assert isinstance(refusal, Refusal)
    return refusal


def test_a_call_carries_its_signature_and_its_body(endpoint):
    body = b'{"name": "Z\xc3\xbcrich"}'
    assert outcome(endpoint.url("/ok?a=1"), body) == Receipt(code="200", text="fine")
    ((path, headers, got),) = endpoint.calls
    assert (path, got) == ("/ok?a=1", body)
    assert headers["host"] == f"127.0.0.1:{endpoint.port}"
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == "msg_1"
    assert {"webhook-timestamp", "webhook-signature", "user-agent"} <= headers.keys()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        pytest.param("/nobody", "204", id="no content"),
        pytest.param("/hint", "200", id="after a hint"),
        pytest.param("/long-body", "200", id="with a long body"),
        pytest.param("/short-body", "200", id="with a body that ends too soon"),
        pytest.param("/body-hangs", "200", id="with a body that never ends"),
    ],
)
def test_any_2xx_is_taken_whatever_its_body(endpoint, path, code):
    receipt = outcome(endpoint.url(path))
    assert isinstance(receipt, Receipt)
    assert receipt.code == code
    assert len(receipt.text) <= 500


@pytest.mark.parametrize(
    ("path", "kind", "reason", "code"),
    [
        pytest.param("/gone", PERMANENT, REFUSED, "410", id="gone is for good"),
        pytest.param("/bad", PERMANENT, REFUSED, "400", id="a bad request is for good"),
        pytest.param("/moved", PERMANENT, REFUSED, "302", id="a redirect is not followed"),
        pytest.param("/timeout", TEMPORARY, LATER, "408", id="408 may be repeated"),
        pytest.param("/busy", TEMPORARY, LATER, "429", id="429 may be repeated"),
        pytest.param("/broken", TEMPORARY, LATER, "500", id="500 may be repeated"),
        pytest.param("/silent", TEMPORARY, SLOW, "", id="no answer may be repeated: the id is the same"),
        pytest.param("/reset", TEMPORARY, BROKEN, "", id="a reset may be repeated"),
        pytest.param("/half", TEMPORARY, BROKEN, "", id="half an answer may be repeated"),
        pytest.param("/smtp", TEMPORARY, BROKEN, "", id="another protocol"),
        pytest.param("/endless-head", TEMPORARY, BROKEN, "", id="a head without end"),
    ],
)
def test_what_is_no_2xx_is_refused_for_good_or_for_now(endpoint, path, kind, reason, code):
    refusal = refused(endpoint.url(path))
    assert (type(refusal), refusal.reason, refusal.code) == (kind, reason, code)
    assert refusal.scope.value == "recipient"
    assert refusal.text.isprintable()


def test_a_redirect_to_an_inner_host_leads_nowhere(endpoint):
    outcome(endpoint.url("/moved"))
    assert [path for path, *_ in endpoint.calls] == ["/moved"]


@pytest.mark.parametrize(
    ("path", "wish"),
    [
        pytest.param("/busy", timedelta(minutes=2), id="seconds"),
        pytest.param("/later", timedelta(hours=1), id="a moment by its own clock"),
        pytest.param("/broken", None, id="none"),
        pytest.param("/nonsense-wish", None, id="nonsense"),
    ],
)
def test_the_endpoint_may_say_when_it_wants_to_be_asked_again(endpoint, path, wish):
    refusal = outcome(endpoint.url(path))
    assert isinstance(refusal, TemporaryRefusal)
    assert refusal.retry_after == wish


class TestInnerHosts:
    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "localhost",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "127.1",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "0.0.0.0",
            "10.0.0.1",
            "169.254.169.254",
            "[fe80::1]",
            "[fd00::1]",
            "[64:ff9b::7f00:1]",
            "100.64.0.1",
            "224.0.0.1",
        ],
    )
    def test_no_form_of_an_inner_address_is_connected_to(self, endpoint, host):
        refusal = outcome(endpoint.url("/ok", host), networks=())
        assert isinstance(refusal, PermanentRefusal)
        assert "may not be connected to" in refusal.text
        assert endpoint.connections == 0

    def test_one_inner_address_among_good_ones_forbids_all(self, endpoint):
        refusal = outcome(
            endpoint.url("/ok", "two.example.com"),
            networks=(),
            resolving=answering(["93.184.216.34", "127.0.0.1"]),
        )
        assert isinstance(refusal, PermanentRefusal)
        assert endpoint.connections == 0

    def test_a_name_is_asked_for_once_and_the_checked_address_is_called(self, endpoint, monkeypatch):
        """A resolver that answers another address each time: what was checked is what is called."""
        answers, opened = iter([["93.184.216.34"], ["127.0.0.1"]]), []

        async def rebinding(host: str, port: int) -> Sequence[str]:
            return next(answers)

        async def opening(target, address, tls):
            opened.append(address)
            raise OSError("no way there")

        monkeypatch.setattr(dialling, "_open", opening)
        refusal = outcome("http://rebinding.example.com/ok", networks=(), resolving=rebinding)
        assert opened == ["93.184.216.34"]
        assert isinstance(refusal, TemporaryRefusal)
        assert endpoint.connections == 0

    def test_ports_of_other_services_are_not_called_on_the_internet(self):
        refusal = outcome("http://smtp.example.com:25/", networks=(), resolving=answering(["93.184.216.34"]))
        assert isinstance(refusal, PermanentRefusal)
        assert "port 25" in refusal.text


def answering(addresses: Sequence[str]):
    async def resolving(host: str, port: int) -> Sequence[str]:
        return addresses

    return resolving


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        pytest.param(OSError("no route"), BROKEN, id="no way there"),
        pytest.param(UnicodeError("label too long"), BROKEN, id="a name that is none"),
        pytest.param(TimeoutError(), SLOW, id="no name server answers"),
    ],
)
def test_a_host_that_cannot_be_found_may_be_tried_again(fault, reason):
    async def failing(host: str, port: int) -> Sequence[str]:
        raise fault

    refusal = refused("http://hooks.example.com/", resolving=failing)
    assert (type(refusal), refusal.reason) == (TemporaryRefusal, reason)


def test_a_closed_port_and_a_host_without_an_address_may_be_tried_again():
    with listening() as gone:
        url = gone.url("/ok")
    assert isinstance(outcome(url), TemporaryRefusal)
    assert isinstance(outcome("http://hooks.example.com/", resolving=answering([])), TemporaryRefusal)


def test_without_a_trusted_certificate_nothing_is_said():
    certificate = Certificate.make()
    with listening(tls=certificate.server_side()) as endpoint:
        url = endpoint.url("/ok", "localhost").replace("http://", "https://")
        refusal = refused(url)
        assert (type(refusal), refusal.reason) == (TemporaryRefusal, BROKEN)
        assert "certificate" in refusal.text
        assert endpoint.calls == []
        assert isinstance(outcome(url, tls=certificate.client_side()), Receipt)


def test_an_abandoned_call_says_nothing(endpoint):
    async def work() -> None:
        channel = WebhookChannel(INNER, patience=HASTY)
        await (await channel.prepare(a_call(endpoint.url("/ok")))).abandon()
        assert isinstance(await call(channel, endpoint.url("/ok")), Receipt)
        await channel.close()

    asyncio.run(work())
    assert len(endpoint.calls) == 1


def test_a_silent_host_is_left_alone_for_a_while_and_holds_up_no_other(endpoint):
    async def work() -> list[Receipt | Refusal]:
        channel = WebhookChannel(INNER, patience=HASTY, lines=Lines(all=4, per_host=1))
        silent = [call(channel, endpoint.url("/silent")) for _ in range(5)]
        other = call(channel, endpoint.url("/ok", "localhost"))
        return await asyncio.gather(*silent, other)

    *silent, other = asyncio.run(work())
    assert isinstance(other, Receipt)
    assert {isinstance(one, Refusal) and one.reason for one in silent} == {SLOW}
    assert len([path for path, *_ in endpoint.calls if path == "/silent"]) == 1


def test_only_a_few_calls_of_one_host_are_under_way_at_once(endpoint: Endpoint):
    async def work() -> int:
        channel = WebhookChannel(INNER, patience=Patience(), lines=Lines(all=8, per_host=2))
        calls = [asyncio.create_task(call(channel, endpoint.url("/slow"))) for _ in range(5)]
        while not endpoint.calls:
            await asyncio.sleep(0.02)
        seen = endpoint.connections
        await asyncio.gather(*calls)
        return seen

    assert asyncio.run(work()) <= 2
    assert len(endpoint.calls) == 5


def test_an_endpoint_knows_who_called(endpoint: Endpoint):
    outcome(endpoint.url("/ok"))
    assert endpoint.calls[0][1]["user-agent"] == "drumbeat"
