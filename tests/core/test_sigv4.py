"""Signatures of requests to Amazon: those of the examples in Amazon's own pages."""

from datetime import UTC, datetime

import pytest

from drumbeat.core.sigv4 import Keys, Request, digest, signed

SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
S3_SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
AT = datetime(2015, 8, 30, 12, 36, tzinfo=UTC)
S3_AT = datetime(2013, 5, 24, tzinfo=UTC)


def the_keys(service, secret=SECRET, key="AKIDEXAMPLE"):
    return Keys(key, secret, "us-east-1", service)


@pytest.mark.parametrize(
    ("request_", "keys", "now", "signature"),
    [
        pytest.param(
            Request(method="GET", path="/", headers={"Host": "example.amazonaws.com"}),
            the_keys("service"),
            AT,
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
            id="a plain question",
        ),
        pytest.param(
            Request(
                method="GET",
                path="/",
                query="Version=2010-05-08&Action=ListUsers",
                headers={
                    "Host": "iam.amazonaws.com",
                    "Content-Type": "application/x-www-form-urlencoded;  charset=utf-8",
                },
            ),
            the_keys("iam"),
            AT,
            "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            id="its parameters in another order, and two spaces in a header",
        ),
        pytest.param(
            Request(
                method="GET",
                path="/test.txt",
                headers={
                    "Host": "examplebucket.s3.amazonaws.com",
                    "Range": "bytes=0-9",
                    "X-Amz-Content-Sha256": digest(b""),
                },
            ),
            the_keys("s3", S3_SECRET, "AKIAIOSFODNN7EXAMPLE"),
            S3_AT,
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            id="a file of S3",
        ),
    ],
)
def test_the_examples_of_amazons_pages_are_signed_alike(request_, keys, now, signature):
    headers = signed(request_, keys, now)
    assert headers["Authorization"].endswith(f"Signature={signature}")
    assert headers["X-Amz-Date"] == f"{now:%Y%m%dT%H%M%SZ}"


def test_what_is_signed_is_named_and_the_secret_stays_here():
    keys = the_keys("ses")
    headers = signed(Request(method="POST", path="/v2", headers={"Host": "x"}, body=b"{}"), keys, AT)
    assert "SignedHeaders=host;x-amz-date," in headers["Authorization"]
    assert "Credential=AKIDEXAMPLE/20150830/us-east-1/ses/aws4_request" in headers["Authorization"]
    assert SECRET not in repr(keys) and SECRET not in str(headers)


def test_another_body_has_another_signature():
    one, other = (
        signed(Request(method="POST", path="/v2", headers={"Host": "x"}, body=body), the_keys("ses"), AT)
        for body in (b"{}", b"[]")
    )
    assert one != other
