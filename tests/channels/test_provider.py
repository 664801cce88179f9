"""Every outcome of sending through a provider, over real HTTP: what is known, what is not, whom it concerns."""

import asyncio
import json
import socket
import ssl
import time
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import requests
import urllib3
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import MaxRetryError

from drumbeat.channels.base import PermanentRefusal, Receipt, Scope, TemporaryRefusal, Unclear
from drumbeat.channels.email.attached import Attached
from drumbeat.channels.esp import answers, backends
from drumbeat.channels.esp.channel import EspChannel
from drumbeat.core.providers import PROVIDERS, account_of
from drumbeat.core.sigv4 import Keys, Request, digest, signed
from tests.channels.sending import MAIL, told
from tests.support.provider import ACCOUNTS, KEY, providing

MARKED = replace(
    MAIL,
    recipient_address="bob@people.test",
    in_reply_to="before@sender.test",
    references=("first@sender.test", "before@sender.test"),
    unsubscribe_url="https://drumbeat.test/u/token",
    html="<p>Hello</p>",
)


@pytest.fixture
def provider(tmp_path):
    with providing(tmp_path / "log") as running:
        yield running


def account(name="postmark", **other):
    return account_of(name, {**ACCOUNTS[name], **other})


def to(script):
    return replace(MARKED, recipient_address=f"{script}+1@people.test")


def outcome(provider, mail, of=None, **options):
    async def work():
        channel = EspChannel(of or account(), base=provider.base, **options)
        try:
            return await (await channel.prepare(mail)).transmit()
        except (PermanentRefusal, TemporaryRefusal, Unclear) as result:
            return result
        finally:
            await channel.close()

    return asyncio.run(work())


@pytest.mark.parametrize("name", sorted(PROVIDERS))
def test_each_provider_takes_a_mail_and_says_how_it_calls_it(provider, name):
    receipt = outcome(provider, MARKED, account(name))
    assert isinstance(receipt, Receipt), receipt
    assert "id-1" in receipt.provider_id or name in {"sendgrid", "unisender_go"}
    assert receipt.provider_id
    [mail] = provider.mails
    said = json.dumps(mail["said"])
    assert MARKED.message_id.partition("@")[0] in said, "our mark comes back with every event"
    assert "Hello" in said


@pytest.mark.parametrize("name", sorted(PROVIDERS.keys() - {"mailersend"}))
def test_threads_and_the_way_to_unsubscribe_survive(provider, name):
    outcome(provider, MARKED, account(name))
    said = json.dumps(provider.mails[0]["said"])
    for word in ("In-Reply-To", "References", "List-Unsubscribe-Post", MARKED.unsubscribe_url):
        assert word in said, word


def test_postmark_keeps_our_message_id_and_does_not_track(provider):
    outcome(provider, MARKED)
    [mail] = provider.mails
    headers = {one["Name"]: one["Value"] for one in mail["said"]["Headers"]}
    assert headers["Message-ID"] == f"<{MARKED.message_id}>"
    assert headers["X-PM-KeepID"] == "true"
    assert (mail["said"]["TrackOpens"], mail["said"]["TrackLinks"]) == (False, "None")
    assert mail["said"]["MessageStream"] == "outreach"
    assert provider.asked[0][1]["X-Postmark-Server-Token"] == KEY


@pytest.mark.parametrize(
    ("script", "kind", "scope", "reason", "code"),
    [
        ("key401", TemporaryRefusal, Scope.SENDER, "sender_auth", "401"),
        ("busy429", TemporaryRefusal, Scope.SENDER, "rejected_temporary", "429"),
        ("later503", TemporaryRefusal, Scope.SENDER, "rejected_temporary", "503"),
        ("inactive406", PermanentRefusal, Scope.RECIPIENT, "rejected_permanent", "422"),
        ("unverified", TemporaryRefusal, Scope.SENDER, "rejected_permanent", "422"),
        ("invalid", PermanentRefusal, Scope.RECIPIENT, "rejected_permanent", "422"),
        ("big413", PermanentRefusal, Scope.RECIPIENT, "rejected_permanent", "413"),
        ("moved302", TemporaryRefusal, Scope.SENDER, "rejected_permanent", "3xx"),
        ("nested401", TemporaryRefusal, Scope.SENDER, "sender_auth", "401"),
        ("proxy403", TemporaryRefusal, Scope.SENDER, "sender_auth", "403"),
        ("wish429", TemporaryRefusal, Scope.SENDER, "rejected_temporary", "429"),
    ],
)
def test_a_refusal_says_whom_it_concerns_and_nothing_was_taken(provider, script, kind, scope, reason, code):
    assert told(outcome(provider, to(script))) == (kind, scope, reason, code)
    assert provider.mails == []


@pytest.mark.parametrize(
    ("name", "script", "reason"),
    [
        pytest.param("amazon_ses", "paused", "rejected_permanent", id="named in a header"),
        pytest.param("postal", "notours", "rejected_permanent", id="told with a 200"),
        pytest.param("mandrill", "badkey500", "sender_auth", id="told with a 500"),
    ],
)
def test_a_code_that_is_known_is_a_clear_refusal(provider, name, script, reason):
    refused = outcome(provider, to(script), account(name))
    assert told(refused)[:3] == (TemporaryRefusal, Scope.SENDER, reason)


def test_amazon_and_postal_take_the_mail_as_it_would_leave_by_smtp(provider):
    plan = Attached(name="plan.pdf", content_type="application/pdf", encoded=b64encode(b"%PDF") + b"\r\n")
    for name in ("amazon_ses", "postal"):
        outcome(provider, replace(MARKED, attachments=(plan,)), account(name))
    amazon, postal = (one["said"] for one in provider.mails)
    mark = MARKED.message_id.partition("@")[0]
    assert f"Message-ID: <{MARKED.message_id}>" in amazon["mail"] and "plan.pdf" in amazon["mail"]
    assert amazon["Destination"] == {"ToAddresses": ["bob@people.test"]}
    assert amazon["ConfigurationSetName"] == "outreach"
    assert amazon["EmailTags"] == [{"Name": "drumbeat", "Value": mark}]
    assert (postal["mail_from"], postal["rcpt_to"]) == (MARKED.envelope_from, ["bob@people.test"])
    assert f"X-Postal-Tag: {mark}" in postal["mail"]


def test_mailersend_is_told_how_to_unsubscribe_where_the_account_may(provider):
    for chosen in ("no", "yes"):
        outcome(provider, MARKED, account("mailersend", own_unsubscribe=chosen))
    without, told_how = (mail["said"] for mail in provider.mails)
    assert "list_unsubscribe" not in without
    assert told_how["list_unsubscribe"] == MARKED.unsubscribe_url


def test_amazons_calls_are_signed_and_name_no_secret(provider):
    outcome(provider, MARKED, account("amazon_ses"))
    path, headers, body = provider.asked[0]
    assert path == "/amazon_ses/v2/email/outbound-emails"
    keys = Keys(KEY, "a-secret-key", "eu-west-1", "ses")
    moment = datetime.strptime(headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    request = Request(
        method="POST",
        path=path,
        headers={"Host": headers["Host"], "X-Amz-Content-Sha256": digest(body)},
        body=body,
    )
    assert headers["Authorization"] == signed(request, keys, moment)["Authorization"]
    assert "a-secret-key" not in str(headers)


def test_a_server_that_was_typed_is_not_called_in_an_inner_network(monkeypatch):
    named = account_of("postal", {**ACCOUNTS["postal"], "server": "inner.example.com"})
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("127.0.0.1", 443))])

    async def work():
        channel = EspChannel(named)
        try:
            return await (await channel.prepare(MARKED)).transmit()
        finally:
            await channel.close()

    with pytest.raises(TemporaryRefusal, match=r"inner\.example\.com lies in a network") as refused:
        asyncio.run(work())
    assert refused.value.scope is Scope.SENDER


def test_only_an_address_that_is_dead_to_the_provider_is_suppressed(provider):
    assert outcome(provider, to("inactive406")).suppress
    assert not outcome(provider, to("invalid")).suppress


def test_a_wish_to_be_left_alone_is_heard(provider):
    assert outcome(provider, to("busy429")).retry_after == timedelta(seconds=120)


@pytest.mark.parametrize(
    ("script", "taken"),
    [
        pytest.param("oops500", 0, id="a fault of the provider's"),
        pytest.param("broken200", 0, id="a success that cannot be read"),
        pytest.param("lost", 1, id="taken, and cut before the answer"),
    ],
)
def test_what_may_have_been_taken_is_in_doubt(provider, script, taken):
    assert isinstance(outcome(provider, to(script)), Unclear)
    assert len(provider.mails) == taken


@pytest.mark.parametrize(
    ("name", "script"),
    [
        pytest.param("mailersend", "nothing200", id="its adapter calls it failed"),
        pytest.param("mandrill", "nothing200", id="nobody is named"),
        pytest.param("mailgun", "list200", id="a list for an object"),
        pytest.param("postmark", "nested200", id="nested without an end"),
        pytest.param("resend", "nested200", id="nested, by another adapter"),
    ],
)
def test_a_success_that_says_nothing_of_the_mail_is_in_doubt(provider, name, script):
    """It is no refusal: whoever says 200 may have taken it."""
    told_of = outcome(provider, to(script), account(name))
    assert isinstance(told_of, Unclear), told_of
    assert (told_of.code, "cannot be read" in told_of.text) == ("200", True)


def test_silence_is_in_doubt_once_patience_ends(provider, monkeypatch):
    monkeypatch.setattr(backends, "ANSWER_SECONDS", 0.2)
    assert isinstance(outcome(provider, to("hang")), Unclear)


def tls_fault(inner):
    """What requests raises for a fault of TLS, before the call is made and after alike."""
    pool = HTTPSConnectionPool("provider.test")
    return requests.exceptions.SSLError(MaxRetryError(pool, "/", urllib3.exceptions.SSLError(inner)))


def openssl(reason):
    fault = ssl.SSLError(1, f"[SSL: {reason}]")
    fault.reason = reason
    return fault


@pytest.mark.parametrize(
    ("inner", "is_refusal"),
    [
        pytest.param(ssl.SSLCertVerificationError(1, "it is not trusted"), True, id="its certificate"),
        pytest.param(openssl("SSLV3_ALERT_HANDSHAKE_FAILURE"), True, id="they agree on nothing"),
        pytest.param(openssl("DECRYPTION_FAILED_OR_BAD_RECORD_MAC"), False, id="a damaged answer"),
        pytest.param(openssl("WRONG_VERSION_NUMBER"), False, id="plain text, whenever it came"),
        pytest.param(ssl.SSLEOFError(8, "EOF occurred"), False, id="cut"),
        pytest.param("no fault that is known", False, id="words"),
    ],
)
def test_a_fault_of_tls_after_the_call_leaves_a_doubt(inner, is_refusal):
    found = answers.unheard(tls_fault(inner))
    assert isinstance(found, TemporaryRefusal) is is_refusal
    assert isinstance(found, Unclear) is not is_refusal


def test_a_provider_that_cannot_be_reached_took_nothing(provider):
    async def work():
        channel = EspChannel(account(), base="http://127.0.0.1:1")
        with pytest.raises(TemporaryRefusal) as refused:
            await (await channel.prepare(MARKED)).transmit()
        return refused.value

    assert asyncio.run(work()).scope is Scope.SENDER


def test_after_a_doubt_the_provider_is_spared_for_a_while(provider):
    async def work():
        channel = EspChannel(account(), base=provider.base, ill_seconds=0.3)
        with pytest.raises(Unclear):
            await (await channel.prepare(to("oops500"))).transmit()
        with pytest.raises(TemporaryRefusal, match="failed a moment ago"):
            await channel.prepare(MARKED)
        await asyncio.sleep(0.35)
        await (await channel.prepare(MARKED)).abandon()
        await channel.close()

    asyncio.run(work())


def test_no_more_calls_are_under_way_than_connections(tmp_path):
    async def work(provider):
        channel = EspChannel(account(), 2, base=provider.base)

        async def one(number):
            mail = replace(MARKED, recipient_address=f"bob{number}@people.test")
            return await (await channel.prepare(mail)).transmit()

        begun = time.monotonic()
        receipts = await asyncio.gather(*(one(number) for number in range(6)))
        await channel.close()
        return receipts, time.monotonic() - begun

    with providing(slow=0.1) as provider:
        receipts, seconds = asyncio.run(work(provider))
    assert len({receipt.provider_id for receipt in receipts}) == 6
    assert seconds > 0.29


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(replace(MARKED, subject="a\r\nBcc: eve@people.test"), id="a subject with a second line"),
        pytest.param(replace(MARKED, recipient_address="a@people.test, b@people.test"), id="two recipients"),
        pytest.param(replace(MARKED, headers={"X-A": "b\nc"}), id="a header with a second line"),
    ],
)
def test_what_would_break_a_header_is_not_sent(provider, mail):
    refusal = outcome(provider, mail)
    assert isinstance(refusal, PermanentRefusal)
    assert refusal.reason == "render_error"
    assert provider.asked == []


def test_names_keep_their_letters_and_add_no_recipient(provider):
    outcome(provider, replace(MARKED, recipient_name='Zoë "Z", eve@people.test <x'))
    assert provider.mails[0]["to"].endswith("people.test")
    sent = provider.mails[0]["said"]["To"]
    assert sent.count("<bob@people.test>") == 1 and "Zo" in sent


def test_files_go_along_and_pictures_are_shown(provider):
    files = (
        Attached(
            name="plan.pdf", content_type="application/pdf", encoded=b64encode(b"%PDF-1.7 plan") + b"\r\n"
        ),
        Attached(
            name="logo.png",
            content_type="image/png",
            encoded=b64encode(b"\x89PNG") + b"\r\n",
            cid="logo@x.test",
        ),
    )
    outcome(provider, replace(MARKED, attachments=files))
    plan, logo = provider.mails[0]["said"]["Attachments"]
    assert (plan["Name"], b64decode(plan["Content"])) == ("plan.pdf", b"%PDF-1.7 plan")
    assert (logo["ContentID"], b64decode(logo["Content"])) == ("cid:logo@x.test", b"\x89PNG")
