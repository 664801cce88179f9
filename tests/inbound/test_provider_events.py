"""What a provider tells changes the same things as a mail that says so: proven first, once, in any order."""

import itertools
import json
from base64 import b64encode
from datetime import timedelta

import pytest
from django.utils import timezone

from drumbeat.core.providers import account_of
from drumbeat.inbound import intake
from drumbeat.inbound.providers import reading
from drumbeat.models import (
    Attempt,
    Event,
    Hit,
    InboundMail,
    ProviderEvent,
    SenderProfile,
    Sequence,
    Suppression,
    Touch,
)
from drumbeat.store import accounts, provider_events
from tests.support.arriving import facts, is_stopped
from tests.support.letters import a_mail
from tests.support.outreach import ADDRESS, NOW, a_workspace, an_outreach
from tests.support.provider import ACCOUNTS

pytestmark = pytest.mark.django_db

BOUNCE = {"RecordType": "Bounce", "ID": 42, "Type": "HardBounce", "Email": ADDRESS}
UNKNOWN = {**BOUNCE, "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist."}
DELIVERED = {"RecordType": "Delivery", "Recipient": ADDRESS, "DeliveredAt": "2026-03-02T10:00:00Z"}
COMPLAINT = {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "ID": 43, "Email": ADDRESS}
OPENED = {"RecordType": "Open", "Recipient": ADDRESS, "ReceivedAt": "2026-03-02T10:00:00Z", "UserAgent": "x"}


CLICKED = {"RecordType": "Click", "Recipient": ADDRESS, "OriginalLink": "https://ours.test/offer"}


@pytest.fixture
def outreach():
    made = an_outreach()
    carried_by(made.sender, "postmark")
    return made


def carried_by(sender, name):
    account = account_of(name, ACCOUNTS[name])
    SenderProfile.objects.filter(id=sender.pk).update(kind="esp", **accounts.columns_of(account))
    sender.refresh_from_db()


@pytest.fixture
def tell(client, outreach):
    """Return how Postmark tells something at the sender's address."""

    def ask(body, *, token=None, password=None, half="", provider="postmark"):
        given = password or accounts.hook_password_of(outreach.sender)
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return client.post(
            f"/hooks/esp/{provider}/{token or outreach.sender.hook_token}{half}",
            raw,
            content_type="application/json",
            headers={"Authorization": basic(f"drumbeat:{given}")},
        )

    return ask


def basic(text):
    return f"Basic {b64encode(text.encode()).decode()}"


def about(outreach, event, **more):
    return {**event, "Metadata": {"drumbeat": outreach.sent.mark}, "MessageID": "at-postmark", **more}


def read(now=None):
    return reading.process_once(now or timezone.now())


def kinds():
    return sorted(Event.objects.values_list("kind", flat=True))


class TestWhatFollows:
    def test_a_hard_bounce_stops_the_contact_and_suppresses_the_address(self, outreach, tell):
        assert tell(about(outreach, UNKNOWN)).status_code == 200
        assert not Event.objects.exists(), "it is read by the worker"
        assert read() == 1
        assert is_stopped(outreach)
        assert Suppression.objects.get().reason == "hard_bounce"
        event = Event.objects.get()
        assert (event.kind, event.source, event.touch) == ("bounced", "esp:postmark", outreach.sent)
        [told] = event.payload["recipients"]
        assert (event.payload["hard"], told["reason"], told["status"]) == (True, "user_unknown", "5.1.1")

    def test_a_soft_one_suppresses_nobody(self, outreach, tell):
        tell(about(outreach, UNKNOWN, Type="SoftBounce"))
        read()
        assert not is_stopped(outreach)
        assert not Suppression.objects.exists()
        assert Event.objects.get().payload["hard"] is False

    def test_what_speaks_about_us_holds_the_sender_and_never_the_person(self, outreach, tell):
        tell(about(outreach, BOUNCE, Details="550 5.7.1 Message rejected as spam by our policy"))
        read()
        outreach.sender.refresh_from_db()
        assert outreach.sender.down_reason == "rejected_permanent"
        assert not Suppression.objects.exists()
        assert not is_stopped(outreach)

    def test_a_complaint_suppresses_at_once(self, outreach, tell):
        tell(about(outreach, COMPLAINT))
        read()
        assert is_stopped(outreach)
        assert Suppression.objects.get().reason == "complaint"

    def test_who_unsubscribes_at_the_provider_is_unsubscribed(self, outreach, tell):
        said = {
            "RecordType": "SubscriptionChange",
            "SuppressSending": True,
            "SuppressionReason": "ManualSuppression",
        }
        tell(about(outreach, said, Recipient=ADDRESS))
        read()
        assert is_stopped(outreach)
        assert Suppression.objects.get().reason == "unsubscribe"

    def test_a_delivery_is_counted_and_settles_a_doubt(self, outreach, tell):
        Touch.objects.filter(id=outreach.sent.pk).update(status="interrupted", settled_at=None)
        tell(about(outreach, DELIVERED))
        read()
        assert facts()["delivered", ""] == 1
        outreach.sent.refresh_from_db()
        assert outreach.sent.status == "sent"
        assert not is_stopped(outreach)

    @pytest.mark.parametrize("tracks", [True, False])
    def test_an_open_is_judged_like_one_of_our_own_where_the_sequence_tracks_it(self, outreach, tell, tracks):
        Sequence.objects.update(track_opens=tracks)
        for _ in range(2):
            tell(about(outreach, OPENED))
        read()
        assert list(Hit.objects.values_list("kind", "agent")) == ([("open", "x")] if tracks else [])
        assert not Event.objects.exists()

    def test_a_click_says_where_it_led(self, outreach, tell):
        Sequence.objects.update(track_clicks=True)
        tell(about(outreach, CLICKED))
        read()
        assert Hit.objects.get().target == "https://ours.test/offer"


class TestOnceAndInAnyOrder:
    @pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
    def test_any_order_any_number_gives_one_state(self, outreach, tell, order):
        told = [about(outreach, one) for one in (DELIVERED, UNKNOWN, COMPLAINT)]
        for number in (*order, *order):
            assert tell(told[number]).status_code == 200
            read()
        assert kinds() == ["bounced", "complained", "delivered"]
        assert facts()["bounced", ""] == facts()["complained", ""] == 1
        assert sorted(Suppression.objects.values_list("reason", flat=True)) == ["complaint", "hard_bounce"]

    def test_what_is_told_before_the_sending_is_recorded_waits_for_it(self, outreach, tell):
        Touch.objects.filter(id=outreach.sent.pk).update(status="sending", settled_at=None)
        tell(about(outreach, UNKNOWN))
        read()
        assert not Event.objects.exists()
        Touch.objects.filter(id=outreach.sent.pk).update(status="sent", settled_at=NOW)
        assert read() == 0, "it is not asked all the time"
        assert read(timezone.now() + timedelta(minutes=2)) == 1
        assert kinds() == ["bounced"]

    def test_without_our_mark_the_providers_own_id_finds_the_mail(self, outreach, tell):
        Attempt.objects.create(
            touch=outreach.sent, number=1, ended_at=NOW, outcome="sent", provider_id="at-postmark"
        )
        tell({**UNKNOWN, "MessageID": "at-postmark"})
        read()
        assert kinds() == ["bounced"]

    def test_what_is_about_other_mail_is_forgotten_after_a_while(self, outreach, tell):
        tell({**UNKNOWN, "MessageID": "somebody else's"})
        for days in range(6):
            read(timezone.now() + timedelta(days=days))
        kept = ProviderEvent.objects.get()
        assert (kept.look_at, kept.told) == (None, {})
        assert not Event.objects.exists()
        provider_events.forget(timezone.now() + timedelta(days=31))
        assert not ProviderEvent.objects.exists()

    def test_one_that_breaks_the_reader_is_left_after_some_tries(self, outreach, tell):
        tell(about(outreach, UNKNOWN))
        ProviderEvent.objects.update(told={"nonsense": 1})
        for days in range(6):
            read(timezone.now() + timedelta(days=days))
        kept = ProviderEvent.objects.get()
        assert kept.look_at is None
        assert "TypeError" in kept.fault


class TestProof:
    @pytest.mark.parametrize(
        "how",
        [
            pytest.param({"token": "unknown"}, id="an address that is not there"),
            pytest.param({"password": "wrong"}, id="a wrong password"),
            pytest.param({"provider": "mailjet"}, id="another provider's form"),
            pytest.param({"provider": "nobody"}, id="a provider that is none"),
        ],
    )
    def test_all_that_is_refused_is_answered_alike(self, outreach, tell, how):
        answer = tell(about(outreach, UNKNOWN), **how)
        assert (answer.status_code, answer.json()["code"]) == (403, "provider_refused")
        assert not ProviderEvent.objects.exists()

    def test_a_question_is_answered_alike_for_every_address(self, client, outreach):
        for token in (outreach.sender.hook_token, "unknown"):
            assert client.head(f"/hooks/esp/postmark/{token}").status_code == 200
            assert client.get(f"/hooks/esp/postmark/{token}").status_code == 200
            assert client.put(f"/hooks/esp/postmark/{token}").status_code == 405

    def test_a_refused_call_is_remembered(self, outreach, tell):
        tell(about(outreach, UNKNOWN), password="wrong")
        outreach.sender.refresh_from_db()
        assert outreach.sender.hook_refused_text == "not_proven"
        assert outreach.sender.hook_heard_at is None

    def test_one_that_cannot_be_read_says_so(self, outreach, tell):
        answer = tell(b'{"not": ')
        assert (answer.status_code, answer.json()["code"]) == (400, "provider_unreadable")

    def test_one_that_is_too_large_is_not_read(self, outreach, client):
        answer = client.post(
            f"/hooks/esp/postmark/{outreach.sender.hook_token}",
            b"{}",
            content_type="application/json",
            headers={"Content-Length": str(40 << 20)},
        )
        assert answer.status_code == 413

    def test_a_provider_that_only_signs_is_believed_with_its_key_alone(self, outreach, client):
        account = account_of("mailersend", {"api_token": "x"})
        SenderProfile.objects.filter(id=outreach.sender.pk).update(**accounts.columns_of(account))
        outreach.sender.refresh_from_db()
        password = accounts.hook_password_of(outreach.sender)
        answer = client.post(
            f"/hooks/esp/mailersend/{outreach.sender.hook_token}",
            b"{}",
            content_type="application/json",
            headers={"Authorization": basic(f"drumbeat:{password}")},
        )
        assert answer.status_code == 403

    def test_a_provider_of_another_workspace_changes_nothing_here(self, outreach, tell):
        theirs = SenderProfile(
            workspace=a_workspace("Theirs")[0], kind="esp", address="eve@theirs.test", created_at=NOW
        )
        theirs.save()
        carried_by(theirs, "postmark")
        told = about(outreach, UNKNOWN)
        assert (
            tell(told, token=theirs.hook_token, password=accounts.hook_password_of(theirs)).status_code == 200
        )
        read()
        assert not Event.objects.exists()


class TestReceivedMail:
    def test_a_mail_that_is_passed_on_is_read_like_any_other(self, outreach, tell):
        raw = a_mail("Yes, please.", answers=f"{outreach.sent.mark}@ours.test").decode()
        body = {
            "MessageID": "in-1",
            "RawEmail": raw,
            "Headers": [],
            "OriginalRecipient": "rep@ours.test",
        }
        for _ in range(2):
            assert tell(body, half="/inbound").status_code == 200
        assert InboundMail.objects.count() == 1
        intake.process_once(NOW)
        assert is_stopped(outreach)
        assert Event.objects.get().kind == "replied"

    def test_events_at_the_address_for_mail_say_what_is_wrong(self, outreach, tell):
        answer = tell(about(outreach, UNKNOWN), half="/inbound")
        assert answer.status_code == 400
        outreach.sender.refresh_from_db()
        assert "exchanged" in outreach.sender.hook_refused_text


def test_nothing_is_learned_again_of_who_was_erased(outreach, tell):
    Touch.objects.filter(id=outreach.sent.pk).update(contact=None, recipient="", base_address="")
    tell(about(outreach, UNKNOWN))
    assert read() == 1
    assert not Event.objects.exists()
    assert ProviderEvent.objects.get().told == {}
