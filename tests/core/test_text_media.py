"""Files that come with texts: their names, the types that are taken, and the only host that is asked for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.util import parse_url

from drumbeat.core.text_media import is_taken, lies_at_twilio, name_of

PLACE = "/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1"


@pytest.mark.parametrize(
    ("content_type", "name"),
    [
        ("image/jpeg", "image 2.jpg"),
        ("audio/ogg; codecs=opus", "audio 2.ogg"),
        ("APPLICATION/PDF", "application 2.pdf"),
        ("text/x-vcard", "text 2.vcf"),
        ("image/unheard-of", "image 2"),
        ("", "file 2"),
    ],
)
def test_a_file_is_called_by_its_type_and_number(content_type, name):
    assert name_of(2, content_type) == name


@pytest.mark.parametrize(
    ("content_type", "taken"),
    [
        ("image/png", True),
        ("video/mp4", True),
        ("text/vcard;charset=utf-8", True),
        ("text/html", False),
        ("image/svg+xml", False),
        ("application/x-msdownload", False),
        ("", False),
    ],
)
def test_nothing_that_acts_is_taken(content_type, taken):
    assert is_taken(content_type) is taken


@pytest.mark.parametrize(
    ("url", "theirs"),
    [
        pytest.param(f"https://api.twilio.com{PLACE}", True, id="theirs"),
        pytest.param(f"https://api.dublin.ie1.twilio.com{PLACE}", True, id="of a region"),
        pytest.param(f"https://evil.example\\.twilio.com{PLACE}", False, id="a backslash in the host"),
        pytest.param(f"https://api.twilio.com/\\evil.example{PLACE}", False, id="a backslash behind it"),
        pytest.param(f"https://evil.example\t.twilio.com{PLACE}", False, id="a tab in the host"),
        pytest.param(f"https://evil.example%2f.twilio.com{PLACE}", False, id="a slash in disguise"),
        pytest.param("https://api.twilio.com", False, id="no place at all"),
        pytest.param(f"https://API.TWILIO.COM:443{PLACE}", True, id="written otherwise"),
        pytest.param(f"http://api.twilio.com{PLACE}", False, id="without TLS"),
        pytest.param(f"https://api.twilio.com.evil.test{PLACE}", False, id="a longer host"),
        pytest.param(f"https://eviltwilio.com{PLACE}", False, id="a host that ends alike"),
        pytest.param(f"https://api.twilio.com@evil.test{PLACE}", False, id="a user in the address"),
        pytest.param(f"https://u:p@api.twilio.com{PLACE}", False, id="a password in the address"),
        pytest.param(f"https://api.twilio.com:8443{PLACE}", False, id="another port"),
        pytest.param("https://api.twilio.com:port/", False, id="no port"),
        pytest.param("https://[::1", False, id="no address"),
        pytest.param("file:///etc/passwd", False, id="a file"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_the_secret_is_for_twilio_alone(url, theirs):
    assert lies_at_twilio(url) is theirs


@given(st.from_regex(r"https://[!-~]{0,20}twilio\.com[!-~]{0,20}", fullmatch=True))
def test_what_calls_reads_the_same_host(url):
    """The address is read once more by the library that calls it: the secret goes where that one reads."""
    if lies_at_twilio(url):
        assert f".{parse_url(url).host}".endswith(".twilio.com")


@given(st.text(), st.text())
def test_reading_is_total(url, content_type):
    assert lies_at_twilio(url) in (True, False)
    assert is_taken(content_type) in (True, False)
    assert name_of(1, content_type)
