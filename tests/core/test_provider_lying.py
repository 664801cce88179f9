"""What lies at a provider: kept as plain values and read back, and what may stand in an address."""

import json

import pytest

from drumbeat.core.provider_lying import PROVIDER_OF, Lying, What, is_bucket, read_lying
from drumbeat.core.providers import PROVIDERS


def test_what_is_kept_is_read_back():
    lying = Lying(
        what=What.S3,
        external_id="m",
        about={"bucket": "b", "key": "k"},
        envelope_from="a@x.test",
        envelope_to=("b@x.test",),
    )
    assert read_lying(json.loads(json.dumps(lying.to_json()))) == lying


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("inbound-mail.example", True),
        ("InboundEmailBucket-KeepPrivate", True),
        ("", False),
        ("..", False),
        ("a/../b", False),
        ("a..b", False),
        ("evil.test/x?", False),
        ("b" * 300, False),
    ],
)
def test_a_bucket_is_one_part_of_a_path(name, fit):
    assert is_bucket(name) is fit


def test_each_kind_lies_at_a_provider_that_passes_mail_on():
    assert PROVIDER_OF.keys() == set(What)
    assert all(PROVIDERS[name].inbound for name in PROVIDER_OF.values())
