"""How a provider's call proves itself: a signature of these minutes, a topic of Amazon that is ours, or a password."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

from drumbeat.channels.esp.lying import Unfetched, certificate
from drumbeat.core.provider_events import Told
from drumbeat.core.provider_lying import Lying, What
from drumbeat.core.providers import Account, Half, account_of
from drumbeat.core.sns import TOLERANCE, to_sign
from drumbeat.environment import environment
from drumbeat.inbound.providers.calls import Call, NotProven, read
from drumbeat.models import ProviderEvent, ProviderFetch, SenderProfile
from drumbeat.store import accounts
from tests.support.lying import lying
from tests.support.outreach import an_outreach
from tests.support.provider import ACCOUNTS

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def call(body, headers=None, half=Half.EVENTS, content_type="application/json"):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Call(
        half=half,
        address="https://ours.test/hook",
        content_type=content_type,
        headers=headers or {},
        body=raw,
    )


def is_believed(call, account, now=NOW, **more):
    try:
        return read(call, account, (), now, **more) is not None
    except NotProven:
        return False


def mac(key, text):
    return hmac.new(key.encode(), text, hashlib.sha256).hexdigest()


MAILGUN = Account("mailgun", {}, {"webhook_signing_key": "k"})


def by_mailgun(at, token="t"):
    proof = {"timestamp": at, "token": token, "signature": mac("k", f"{at}{token}".encode())}
    return call({"signature": proof, "event-data": {"event": "delivered", "timestamp": 1}})


def by_sendgrid(key, at):
    body = b"[]"
    signature = base64.b64encode(key.sign(at.encode() + body, ec.ECDSA(hashes.SHA256()))).decode()
    name = "X-Twilio-Email-Event-Webhook-"
    return call(body, {f"{name}Signature": signature, f"{name}Timestamp": at})


def by_svix(secret, body, at):
    signed = hmac.new(base64.b64decode(secret), f"m.{seconds(at)}.".encode() + body, hashlib.sha256)
    signature = base64.b64encode(signed.digest()).decode()
    return {"svix-id": "m", "svix-timestamp": seconds(at), "svix-signature": f"v1,{signature}"}


def seconds(moment):
    return str(int(moment.timestamp()))


class TestTheTimeOfASignature:
    @pytest.mark.parametrize(
        ("away", "good"), [(0, True), (4, True), (-4, True), (6, False), (-6, False), (60 * 24, False)]
    )
    def test_it_holds_for_five_minutes(self, away, good):
        at = NOW - away * MINUTE
        key = ec.generate_private_key(ec.SECP256R1())
        sendgrid = Account("sendgrid", {}, {"webhook_verification_key": public(key)})
        secret = base64.b64encode(b"s" * 32).decode()
        resend = Account("resend", {}, {"signing_secret": secret, "inbound_secret": secret, "api_key": "k"})
        said = {"type": "email.received"}
        body = json.dumps(said).encode()
        svix = by_svix(secret, body, at)
        assert is_believed(by_mailgun(seconds(at)), MAILGUN) is good
        assert is_believed(by_sendgrid(key, seconds(at)), sendgrid) is good
        assert is_believed(call(body, svix, Half.INBOUND), resend) is good
        assert is_believed(call(body, svix), resend) is good

    def test_time_and_token_cannot_be_cut_elsewhere(self):
        """Mailgun signs them run together: another cut of the same letters has the same signature."""
        at = seconds(NOW - 60 * MINUTE)
        whole = mac("k", f"{at}77".encode())
        for cut in range(len(at) + 3):
            proof = {"timestamp": f"{at}77"[:cut], "token": f"{at}77"[cut:], "signature": whole}
            assert not is_believed(call({"signature": proof, "event-data": {}}), MAILGUN)

    def test_one_whose_time_is_no_number_is_not_believed_of_mailgun(self):
        assert not is_believed(by_mailgun(f"{seconds(NOW)}.5"), MAILGUN)
        assert not is_believed(by_mailgun(""), MAILGUN)

    def test_mailtrap_and_postal_sign_the_body(self):
        body = json.dumps({"events": []}).encode()
        mailtrap = Account("mailtrap", {}, {"signing_secret": "k", "inbound_secret": "i", "api_token": "t"})
        assert is_believed(call(body, {"Mailtrap-Signature": mac("k", body)}), mailtrap)
        assert is_believed(call(body, {"Mailtrap-Signature": mac("i", body)}, Half.INBOUND), mailtrap)
        assert not is_believed(call(body, {"Mailtrap-Signature": mac("i", body)}), mailtrap)
        key = rsa.generate_private_key(65537, 2048)
        postal = Account("postal", {}, {"webhook_key": public(key)})
        told = json.dumps({"payload": {"status": "Sent", "message": {"id": 1, "tag": "our-mark"}}}).encode()
        proof = base64.b64encode(key.sign(told, padding.PKCS1v15(), hashes.SHA1())).decode()
        [event] = read(call(told, {"X-Postal-Signature": proof}), postal, (), NOW)
        assert isinstance(event, Told) and (event.kind, event.mark) == ("delivered", "our-mark")
        assert not is_believed(call(told + b" ", {"X-Postal-Signature": proof}), postal)


def public(key):
    form = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    lines = key.public_key().public_bytes(*form).decode().splitlines()
    return "".join(lines[1:-1])


AMAZONS = rsa.generate_private_key(65537, 2048)
TOPIC = "arn:aws:sns:eu-west-1:123456789012:events"
PLACE = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123abcd.pem"
SES = account_of("amazon_ses", {**ACCOUNTS["amazon_ses"], "topic_arn": TOPIC})
SES_EVENT = {
    "eventType": "Bounce",
    "bounce": {
        "bounceType": "Permanent",
        "bounceSubType": "General",
        "bouncedRecipients": [{"emailAddress": "a@people.test", "diagnosticCode": "smtp; 550 5.1.1 unknown"}],
    },
    "mail": {"messageId": "m", "destination": ["a@people.test"], "tags": {"drumbeat": ["our-mark"]}},
}


def issued(starts=NOW - 1000 * MINUTE, ends=NOW + 1000 * MINUTE):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(AMAZONS.public_key())
    made = made.serial_number(1).not_valid_before(starts).not_valid_after(ends)
    return made.sign(AMAZONS, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


CERTIFICATE = issued()


def by_amazon(key=AMAZONS, version="2", **other):
    said = {
        "Type": "Notification",
        "MessageId": "n-1",
        "TopicArn": TOPIC,
        "Message": json.dumps(SES_EVENT),
        "Timestamp": "2026-03-02T08:59:00.000Z",
        "SignatureVersion": version,
        "SigningCertURL": PLACE,
        **other,
    }
    hashed = hashes.SHA256() if version == "2" else hashes.SHA1()
    said["Signature"] = base64.b64encode(key.sign(to_sign(said), padding.PKCS1v15(), hashed)).decode()
    return said


def posted(said, half=Half.EVENTS):
    about = {"X-Amz-Sns-Message-Type": said["Type"], "X-Amz-Sns-Message-Id": said["MessageId"]}
    return call(said, about, half, "text/plain; charset=UTF-8")


class TestATopicOfAmazon:
    def believed(self, said, now=NOW, pem=CERTIFICATE):
        return is_believed(posted(said), SES, now, certificates=lambda url: pem)

    @pytest.mark.parametrize("version", ["1", "2"])
    def test_what_amazon_signed_for_our_topic_is_believed(self, version):
        assert self.believed(by_amazon(version=version))

    def test_it_tells_of_the_mail_that_has_our_mark(self):
        [told] = read(posted(by_amazon()), SES, (), NOW, certificates=lambda url: CERTIFICATE)
        assert isinstance(told, Told)
        assert (told.kind, told.mark, told.finality) == ("bounced", "our-mark", "hard")

    @pytest.mark.parametrize(
        "said",
        [
            pytest.param(by_amazon(TopicArn=TOPIC.replace("events", "theirs")), id="another's topic"),
            pytest.param(by_amazon(SigningCertURL="https://evil.test/a.pem"), id="another's certificate"),
            pytest.param(by_amazon(rsa.generate_private_key(65537, 2048)), id="another's key"),
            pytest.param({**by_amazon(), "Message": "{}"}, id="another message"),
            pytest.param({**by_amazon(), "Signature": "###"}, id="no signature"),
            pytest.param({**by_amazon(), "SignatureVersion": "3"}, id="a version that is none"),
            pytest.param(by_amazon(Timestamp="2026-03-01T08:59:00.000Z"), id="a day old"),
            pytest.param(by_amazon(Timestamp="soon"), id="at no time"),
        ],
    )
    def test_nothing_else_is(self, said):
        assert not self.believed(said)

    def test_its_certificate_must_hold(self):
        assert not self.believed(by_amazon(), pem=issued(ends=NOW - MINUTE))
        assert not self.believed(by_amazon(), pem=b"no certificate")
        assert self.believed(by_amazon(), now=NOW + TOLERANCE - 5 * MINUTE)

    def test_where_the_certificate_cannot_be_fetched_nothing_is_believed(self):
        def away(_url):
            raise Unfetched("it is away")

        assert not is_believed(posted(by_amazon()), SES, certificates=away)

    def test_without_a_topic_the_password_counts_and_no_certificate_is_asked_for(self):
        account = account_of("amazon_ses", ACCOUNTS["amazon_ses"])
        given = base64.b64encode(b"drumbeat:pw").decode()
        said = posted(by_amazon(SigningCertURL="https://evil.test/a.pem"))
        proven = call(said.body, {**said.headers, "Authorization": f"Basic {given}"})
        [told] = read(proven, account, ("drumbeat:pw",), NOW)
        assert isinstance(told, Told) and told.kind == "bounced"
        with pytest.raises(NotProven):
            read(said, account, ("drumbeat:pw",), NOW)

    def test_a_subscription_is_confirmed_at_amazon_later(self):
        url = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t"
        asked = by_amazon(Type="SubscriptionConfirmation", Token="t", SubscribeURL=url)
        [found] = read(posted(asked), SES, (), NOW, certificates=lambda url: CERTIFICATE)
        assert isinstance(found, Lying)
        assert (found.what, found.about) == (What.SUBSCRIPTION, {"url": url})

    @pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"Type": 1}', b"\xff", b"[" * 9000])
    def test_anything_may_be_posted(self, body):
        assert not is_believed(call(body), SES, certificates=lambda url: CERTIFICATE)


@pytest.mark.django_db
def test_amazon_is_asked_for_the_password_and_its_topic_believed_by_its_certificate(client, monkeypatch):
    sender = an_outreach().sender
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    with lying() as store:
        store.put(
            "/sns/SimpleNotificationService-0123abcd.pem", issued(ends=datetime.now(UTC) + 9999 * MINUTE)
        )
        monkeypatch.setenv("DRUMBEAT_PROVIDER_API_URL", store.base)
        environment.cache_clear()
        certificate.cache_clear()
        for account in (account_of("amazon_ses", ACCOUNTS["amazon_ses"]), SES):
            SenderProfile.objects.filter(id=sender.pk).update(
                kind="esp", **accounts.columns_of(account, sender)
            )
            sender.refresh_from_db()
            said = by_amazon(Timestamp=at, MessageId=f"n-{account is SES}")
            answer = client.post(
                f"/hooks/esp/amazon_ses/{sender.hook_token}",
                json.dumps(said),
                content_type="text/plain; charset=UTF-8",
                headers=posted(said).headers,
            )
            if account is SES:
                assert answer.status_code == 200
            else:
                assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Basic realm="drumbeat"')
    environment.cache_clear()
    assert ProviderEvent.objects.get().told["mark"] == "our-mark"
    assert not ProviderFetch.objects.exists()
