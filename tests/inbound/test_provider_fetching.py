"""Received mail that a call only names: stored first, fetched later, through the guard, set aside when it cannot be."""

import json
import time
from base64 import b64encode
from datetime import timedelta

import pytest
from django.db import connection

from drumbeat.actions import doctor
from drumbeat.channels.esp import lying as channel
from drumbeat.channels.esp.lying import Source, Unfetched
from drumbeat.core.hosts import read_network
from drumbeat.core.mail import read_mail
from drumbeat.core.provider_lying import WAITS, Lying, What
from drumbeat.core.providers import account_of
from drumbeat.environment import environment
from drumbeat.inbound import intake
from drumbeat.inbound.fetching import Fetcher
from drumbeat.inbound.providers.called import MOST_EVENTS, Passed, Unreadable
from drumbeat.inbound.providers.fetching import MAIL
from drumbeat.inbound.providers.lies import in_brevo, in_mailtrap
from drumbeat.models import Event, InboundMail, ProviderFetch, SenderProfile
from drumbeat.store import accounts, provider_fetches
from tests.support.arriving import is_stopped
from tests.support.letters import a_mail
from tests.support.lying import lying
from tests.support.outreach import NOW, an_outreach
from tests.support.provider import ACCOUNTS, KEY

RECEIVED = {"type": "email.received", "data": {"email_id": "e 1/2"}}
AT_RESEND = "/resend/emails/receiving/e%201%2F2"
HERE = (read_network("127.0.0.0/8"),)


@pytest.fixture
def store(monkeypatch):
    with lying() as running:
        monkeypatch.setenv("DRUMBEAT_PROVIDER_API_URL", running.base)
        environment.cache_clear()
        yield running
    environment.cache_clear()


class TestTheSenders:
    """With the database: from the call to what follows of the mail."""

    pytestmark = pytest.mark.django_db

    @pytest.fixture
    def outreach(self):
        made = an_outreach()
        account = account_of("resend", ACCOUNTS["resend"])
        SenderProfile.objects.filter(id=made.sender.pk).update(kind="esp", **accounts.columns_of(account))
        made.sender.refresh_from_db()
        return made

    @pytest.fixture
    def tell(self, client, outreach):
        password = accounts.hook_password_of(outreach.sender)
        proof = {"Authorization": f"Basic {b64encode(f'drumbeat:{password}'.encode()).decode()}"}

        def ask(body):
            path = f"/hooks/esp/resend/{outreach.sender.hook_token}/inbound"
            return client.post(path, json.dumps(body), content_type="application/json", headers=proof)

        return ask

    def test_a_mail_is_fetched_and_read_like_any_other(self, store, outreach, tell):
        raw = a_mail("Yes, please.", answers=f"{outreach.sent.mark}@ours.test")
        at = store.put("/download", raw, "message/rfc822")
        store.put(AT_RESEND, {"raw": {"download_url": at}})
        for _ in range(2):
            assert tell(RECEIVED).status_code == 200
        assert ProviderFetch.objects.count() == 1
        assert store.asked == [], "the call is answered before anything is fetched"
        fetch_all()
        assert store.asked[0][1]["Authorization"] == f"Bearer {KEY}"
        assert "Authorization" not in store.asked[1][1], "the key is for the provider alone"
        intake.process_once(NOW)
        assert is_stopped(outreach)
        assert Event.objects.get().kind == "replied"
        kept = ProviderFetch.objects.get()
        assert (kept.look_at, kept.lying) == (None, {})
        assert tell(RECEIVED).status_code == 200
        fetch_all()
        assert InboundMail.objects.count() == 1

    def test_what_cannot_be_fetched_is_tried_again_later_and_then_set_aside(self, store, outreach, tell):
        tell(RECEIVED)
        at = ProviderFetch.objects.get().received_at
        for wait in WAITS:
            fetch_all(at)
            row = ProviderFetch.objects.get()
            assert row.look_at == at + wait
            at += wait
        fetch_all(at)
        row = ProviderFetch.objects.get()
        assert (row.look_at, row.tries) == (None, len(WAITS) + 1)
        assert "127.0.0.1 answers 404" in row.fault
        since = row.received_at - timedelta(days=1)
        assert provider_fetches.set_aside(outreach.workspace.pk, since) == {outreach.sender.pk: 1}
        assert not InboundMail.objects.exists()
        said = [
            one for one in doctor.examine(outreach.owner, row.received_at) if one.code == "provider_unfetched"
        ]
        assert [(one.count, one.object_id) for one in said] == [(1, outreach.sender.pk)]
        provider_fetches.forget(row.received_at + timedelta(days=31))
        assert not ProviderFetch.objects.exists()

    def test_what_ends_the_worker_each_time_is_set_aside_too(self, outreach, tell):
        tell(RECEIVED)
        at = ProviderFetch.objects.get().received_at
        for _ in range(len(WAITS) + 2):
            provider_fetches.claim(5, at)
            at += provider_fetches.LEASE
        assert "came to an end" in ProviderFetch.objects.get().fault

    def test_what_is_due_is_found_by_an_index(self):
        due = ProviderFetch.objects.filter(look_at__isnull=False, look_at__lte=NOW).order_by("look_at", "id")
        if connection.vendor == "sqlite":
            assert "provider_fetch_due" in due[:5].explain()

    def test_one_that_another_worker_has_is_left_alone(self, outreach, tell):
        tell(RECEIVED)
        at = ProviderFetch.objects.get().received_at
        assert len(provider_fetches.claim(5, at)) == 1
        assert provider_fetches.claim(5, at) == []

    def test_a_sender_that_is_behind_no_provider_any_more_fetches_nothing(self, store, outreach, tell):
        tell(RECEIVED)
        SenderProfile.objects.filter(id=outreach.sender.pk).update(kind="smtp")
        fetch_all()
        assert "behind no provider" in ProviderFetch.objects.get().fault
        assert store.asked == []

    def test_the_key_of_another_provider_is_not_sent_to_the_one_before(self, store, outreach, tell):
        tell(RECEIVED)
        account = account_of("brevo", ACCOUNTS["brevo"])
        SenderProfile.objects.filter(id=outreach.sender.pk).update(**accounts.columns_of(account))
        fetch_all()
        assert "behind another provider" in ProviderFetch.objects.get().fault
        assert store.asked == []

    def test_a_mail_that_cannot_be_read_takes_no_other_of_its_call_along(self, client, outreach):
        columns = accounts.columns_of(account_of("brevo", ACCOUNTS["brevo"]))
        SenderProfile.objects.filter(id=outreach.sender.pk).update(**columns)
        outreach.sender.refresh_from_db()
        password = accounts.hook_password_of(outreach.sender)
        proof = {"Authorization": f"Basic {b64encode(f'drumbeat:{password}'.encode()).decode()}"}
        path = f"/hooks/esp/brevo/{outreach.sender.hook_token}/inbound"
        items = [
            {"Uuid": ["1"], "Headers": {"Subject": "One"}, "RawTextBody": "Hello"},
            {"Uuid": ["2"], "Headers": 7, "RawTextBody": "Hello"},
            {"Uuid": ["3"], "Headers": {"Subject": "Three"}, "Attachments": [{"DownloadToken": "t"}]},
            "no mail",
        ]
        for _ in range(2):
            answer = client.post(
                path, json.dumps({"items": items}), content_type="application/json", headers=proof
            )
            assert (answer.status_code, answer.json()["code"]) == (400, "provider_unreadable")
        assert [read_mail(bytes(one.raw)).subject for one in InboundMail.objects.all()] == ["One"]
        assert ProviderFetch.objects.get().external_id == "3"
        outreach.sender.refresh_from_db()
        assert outreach.sender.hook_refused_text == "2 of its 4 mails have another form."

    def test_a_call_that_names_nothing_keeps_nothing(self, outreach, tell):
        assert tell({"type": "email.received"}).status_code == 200
        assert tell({"type": "email.bounced"}).status_code == 400
        assert not ProviderFetch.objects.exists()


def fetch_all(now=None):
    fetcher = Fetcher(MAIL)
    now = now or ProviderFetch.objects.latest("id").received_at
    fetcher.turn(now)
    ends_at = time.monotonic() + 20
    while fetcher.busy and time.monotonic() < ends_at:
        fetcher.turn(now)
    assert not fetcher.busy


def source(name, base="", networks=()):
    return Source(account_of(name, ACCOUNTS[name]), base, networks)


def one(what, **about):
    return Lying(what=what, external_id="1", about=about)


RESEND = one(What.RESEND, email_id="e 1/2")


def test_mailtrap_is_asked_for_where_the_mail_lies(store):
    at = store.put("/raw", b"Subject: Hello\r\n\r\nBody", "message/rfc822")
    store.put("/mailtrap/api/inbound/inboxes/7/messages/m%2F1", {"raw_message_url": at})
    raw = source("mailtrap", store.base).fetch(one(What.MAILTRAP, inbox_id=7, message_id="m/1"))
    assert read_mail(raw).subject == "Hello"
    assert store.asked[0][1]["Authorization"] == f"Bearer {KEY}"


def test_what_is_attached_at_brevo_comes_along(store):
    store.put("/brevo/v3/inbound/attachments/t%2Fx", b"%PDF-1.7", "application/pdf")
    about = {
        "Headers": {"From": "a@people.test", "Subject": "Files", "Received": ["one", "two"]},
        "RawTextBody": "See the file.",
        "Attachments": [{"Name": "plan.pdf", "ContentType": "text/plain", "DownloadToken": "t/x"}],
    }
    raw = source("brevo", store.base).fetch(one(What.BREVO, **about))
    mail = read_mail(raw)
    assert (mail.subject, mail.from_address) == ("Files", "a@people.test")
    assert b"plan.pdf" in raw and b"application/pdf" in raw and raw.count(b"Received:") == 2
    assert store.asked[0][1]["api-key"] == KEY


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param({"X-Odd": "one\nBcc: all@people.test"}, id="a line end"),
        pytest.param({"X-Odd": "one \ud800"}, id="half a character"),
        pytest.param({"X-Odd": {"a": 1}, "X-None": None, "X-Number": 7}, id="no text"),
        pytest.param({"X Odd\r\nBcc": "one", "": "x"}, id="no name"),
        pytest.param({"X-Odd": "a\x00b\u2028c"}, id="what ends a line elsewhere"),
    ],
)
def test_a_header_that_no_mail_can_have_spoils_neither_its_mail_nor_the_others(odd):
    items = [
        {"Headers": {"From": "a@people.test", "Subject": "Odd", **odd}, "RawTextBody": "Yes \ud800"},
        {"Headers": {"From": "b@people.test", "Subject": "Even"}, "RawTextBody": "No"},
    ]
    mails = [read_mail(one.raw) for one in in_brevo({"items": items}) if isinstance(one, Passed)]
    assert [mail.subject for mail in mails] == ["Odd", "Even"]
    assert all("all@people.test" not in mail.to_addresses for mail in mails)


def test_a_call_of_brevo_with_more_mails_than_anybody_gets_is_turned_away():
    with pytest.raises(Unreadable, match="more than 10,000"):
        in_brevo({"items": [0] * (MOST_EVENTS + 1)})


TOLD = {"event": "inbound.message_received", "inbox_id": 7, "message_id": "m1"}


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        pytest.param({"event": TOLD["event"], "inbox_id": 7}, "another form", id="no id of the mail"),
        pytest.param(TOLD | {"message_id": {"a": 1}}, "another form", id="an id that is none"),
        pytest.param(TOLD | {"inbox_id": [7]}, "another form", id="an inbox that is none"),
        pytest.param("m2", "another form", id="no object"),
        pytest.param(None, "another form", id="nothing"),
        pytest.param(TOLD | {"event": "delivery"}, "exchanged", id="what became of a sent one"),
    ],
)
def test_a_mail_that_mailtrap_tells_oddly_takes_no_other_along(odd, told):
    with pytest.raises(Unreadable, match=told) as refused:
        in_mailtrap({"events": [TOLD, odd, TOLD | {"message_id": "m3"}]})
    found = [one.external_id for one in refused.value.found if isinstance(one, Lying)]
    assert found == ["7/m1", "7/m3"]


def test_the_sample_of_mailtrap_is_of_no_mail():
    assert in_mailtrap({"events": [TOLD | {"inbox_id": 1}]}) == []
    assert in_mailtrap({"events": None}) == []


def test_resend_tells_a_mail_by_its_parts_where_it_kept_no_whole(store):
    said = {
        "from": "a@people.test",
        "to": ["b@ours.test"],
        "subject": "Parts",
        "text": "Hello",
        "headers": [{"name": "In-Reply-To", "value": "<x@ours.test>"}],
        "reply_to": ["c@people.test"],
        "message_id": "<m@people.test>",
    }
    store.put(AT_RESEND, said)
    raw = source("resend", store.base).fetch(RESEND)
    assert read_mail(raw).message_id == "m@people.test"
    for line in (b"In-Reply-To: <x@ours.test>", b"Reply-To: c@people.test", b"Subject: Parts"):
        assert line in raw


def test_a_mail_in_a_bucket_is_asked_for_with_a_signature(store):
    store.put("/s3/inbound.example/in/m%201", b"Subject: Bucket\r\n\r\nx")
    raw = source("amazon_ses", store.base).fetch(one(What.S3, bucket="inbound.example", key="in/m 1"))
    assert read_mail(raw).subject == "Bucket"
    proof = store.asked[0][1]["Authorization"]
    assert f"Credential={KEY}/" in proof and "/eu-west-1/s3/aws4_request" in proof


def test_a_subscription_is_confirmed_by_fetching_its_address(store):
    store.put("/sns/", b"<ok/>")
    url = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t"
    assert source("amazon_ses", store.base).fetch(one(What.SUBSCRIPTION, url=url)) is None
    assert store.asked[0][0] == "/sns/?Action=ConfirmSubscription&Token=t"
    with pytest.raises(Unfetched, match="not one of Amazon's"):
        source("amazon_ses", store.base).fetch(one(What.SUBSCRIPTION, url=""))


class TestWhatTheProviderNames:
    """An address in its answer leads into the public internet alone, and its answers end."""

    @pytest.mark.parametrize(
        ("url", "said"),
        [
            pytest.param("http://169.254.169.254/latest", "lies in a network", id="the cloud's own address"),
            pytest.param("https://localhost:1/x", "lies in a network", id="the machine itself"),
            pytest.param("file:///etc/passwd", "cannot be reached", id="a file"),
            pytest.param("https://[bad", "another form", id="no address"),
            pytest.param(["https://a.test"], "another form", id="no text"),
        ],
    )
    def test_it_does_not_lead_inside(self, store, url, said):
        store.put(AT_RESEND, {"raw": {"download_url": url}})
        with pytest.raises(Unfetched, match=said):
            source("resend", store.base).fetch(RESEND)

    def test_without_tls_it_is_not_asked(self):
        with pytest.raises(Unfetched, match="without TLS"):
            source("resend", networks=HERE).get("http://127.0.0.1:1/")

    def test_a_redirect_is_not_followed(self, store):
        store.put(AT_RESEND, b"", status=302)
        with pytest.raises(Unfetched, match="redirect"):
            source("resend", store.base).fetch(RESEND)
        assert len(store.asked) == 1

    def test_an_endless_answer_is_cut(self, store, monkeypatch):
        monkeypatch.setattr(channel, "LARGEST", 1000)
        at = store.put("/download", b"x" * 1001)
        store.put(AT_RESEND, {"raw": {"download_url": at}})
        with pytest.raises(Unfetched, match="more than"):
            source("resend", store.base).fetch(RESEND)

    def test_a_slow_one_is_left(self, store, monkeypatch):
        monkeypatch.setattr(channel, "SECONDS", -1.0)
        store.put(AT_RESEND, {"raw": {}})
        with pytest.raises(Unfetched, match="too slow"):
            source("resend", store.base).fetch(RESEND)

    @pytest.mark.parametrize("answer", [[], "x", {"raw": "x"}, {"attachments": [{}]}, b"<html>"])
    def test_an_answer_of_another_form_is_a_fault_and_no_crash(self, store, answer):
        store.put(AT_RESEND, answer)
        with pytest.raises(Unfetched, match="another form"):
            source("resend", store.base).fetch(RESEND)
