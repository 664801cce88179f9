"""Notifications of Amazon: what is signed, and which addresses are Amazon's own."""

import pytest

from drumbeat.core.sns import certificate_url, subscribe_url, to_sign

NOTICE = {"Type": "Notification", "MessageId": "m", "TopicArn": "t", "Message": "x", "Timestamp": "now"}


def test_a_notification_is_signed_in_the_order_of_amazons_page():
    assert to_sign(NOTICE) == b"Message\nx\nMessageId\nm\nTimestamp\nnow\nTopicArn\nt\nType\nNotification\n"
    assert b"Subject\nHello\nTimestamp" in to_sign({**NOTICE, "Subject": "Hello"})


def test_of_a_confirmation_the_token_and_the_address_are_signed_too():
    asked = {**NOTICE, "Type": "SubscriptionConfirmation", "Token": "k", "SubscribeURL": "u", "Subject": "s"}
    assert to_sign(asked).startswith(b"Message\nx\nMessageId\nm\nSubscribeURL\nu\nTimestamp\nnow\nToken\nk\n")
    assert b"Subject" not in to_sign(asked)


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://sns.us-west-2.amazonaws.com/SimpleNotificationService-12345abcde.pem", True),
        ("https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-12345abcde.pem", True),
        ("http://sns.us-west-2.amazonaws.com/SimpleNotificationService-12345abcde.pem", False),
        ("https://sns.us-west-2.amazonaws.com.evil.test/SimpleNotificationService-1.pem", False),
        ("https://evil.test/sns.us-west-2.amazonaws.com/SimpleNotificationService-1.pem", False),
        ("https://bucket.s3.amazonaws.com/SimpleNotificationService-1.pem", False),
        ("https://sns.us-west-2.amazonaws.com/../SimpleNotificationService-1.pem", False),
        ("https://sns.us-west-2.amazonaws.com@evil.test/SimpleNotificationService-1.pem", False),
        (None, False),
        (["https://sns.us-west-2.amazonaws.com/SimpleNotificationService-1.pem"], False),
    ],
)
def test_a_certificate_is_fetched_from_amazon_alone(url, good):
    assert certificate_url({"SigningCertURL": url}) == (url if good else "")


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn=...", True),
        ("https://sns.us-west-2.amazonaws.com/?Action=DeleteTopic&TopicArn=...", False),
        ("https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription& x", False),
        ("http://10.0.0.1/?Action=ConfirmSubscription&x=1", False),
    ],
)
def test_a_subscription_is_confirmed_at_amazon_alone(url, good):
    assert subscribe_url({"SubscribeURL": url}) == (url if good else "")
