"""The public routes of tracked mails: no database, no cookie, and nothing but what we wrote leads anywhere."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.tracking_verdicts import FetchKind, How
from drumbeat.inbound import tracking
from drumbeat.inbound.tracking_spool import Hit, Spool
from drumbeat.store.marks import seal
from drumbeat.store.tracking_links import Clicked, read_link, read_picture, ways

MARK = "abcdefgh234567abcdefgh234567abcd"
TARGET = "https://a.test/ü?a=1&b=2#c"
WAYS = ways("https://mail.ours.test", MARK, "", opens=True, clicks=True)


def path_of(address):
    return address.removeprefix("https://mail.ours.test")


assert WAYS.address_of is not None
LINK = path_of(WAYS.address_of(2, 3, TARGET))
PICTURE, TRAP = path_of(WAYS.picture), path_of(WAYS.trap)


@pytest.fixture(autouse=True)
def hits(tmp_path, monkeypatch):
    """What was written down; called, it tells."""
    own = Spool(tmp_path)
    monkeypatch.setattr("drumbeat.api.tracking.spool", lambda: own)
    taken: list[Hit] = []

    def tell():
        own.drain(taken.extend)
        return taken

    return tell


@pytest.fixture
def mail_program():
    return Client(enforce_csrf_checks=True, headers={"user-agent": "Mozilla/5.0"})


@pytest.mark.parametrize(("method", "how"), [("get", How.GET), ("head", How.HEAD)])
def test_a_link_leads_on_without_a_database(mail_program, hits, method, how):
    answer = getattr(mail_program, method)(LINK)

    assert (answer.status_code, answer["Location"]) == (302, "https://a.test/%C3%BC?a=1&b=2#c")
    assert answer["Cache-Control"] == "no-store, max-age=0"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    (hit,) = hits()
    assert (hit.kind, hit.mark, hit.link, hit.links, hit.target) == (FetchKind.CLICK, MARK, 2, 3, TARGET)
    assert (hit.how, hit.agent) == (how, "Mozilla/5.0")


def test_the_picture_is_a_dot_that_nobody_keeps(mail_program, hits):
    answer = mail_program.get(PICTURE)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/gif")
    assert answer.content.startswith(b"GIF89a")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    (hit,) = hits()
    assert (hit.kind, hit.mark, hit.how) == (FetchKind.OPEN, MARK, How.GET)


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose", "X-Moz"])
def test_a_browser_that_fetches_in_advance_is_known(mail_program, hits, header):
    mail_program.get(LINK, headers={header: "prefetch;prerender"})
    assert [hit.how for hit in hits()] == [How.PREFETCH]


def test_the_hidden_link_leads_nowhere_and_is_noted(mail_program, hits):
    assert mail_program.get(TRAP).status_code == 404
    (hit,) = hits()
    assert (hit.kind, hit.link, hit.target) == (FetchKind.CLICK, 0, "")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/c/", id="no token"),
        pytest.param("/c/abc", id="not ours"),
        pytest.param("/c/https://evil.test", id="an address in the path"),
        pytest.param("/c/abc?url=https://evil.test", id="an address as a parameter"),
        pytest.param(f"/c/{seal('open', MARK)}", id="a picture's token"),
        pytest.param(f"/o/{seal('click', MARK)}.gif", id="a link's token"),
        pytest.param(f"/c/{seal('click', f'{MARK}1/1:javascript:x')}", id="another scheme, though sealed"),
        pytest.param(f"/o/{seal('open', 'x')}.gif", id="no mark, though sealed"),
        pytest.param(f"{PICTURE}x", id="a picture of another kind"),
        pytest.param("/o/ä.gif", id="other letters"),
    ],
)
def test_what_we_did_not_write_leads_nowhere(mail_program, hits, path):
    answer = mail_program.get(path)
    assert answer.status_code == 404
    assert "Location" not in answer
    assert hits() == []


@pytest.mark.parametrize("path", [LINK, PICTURE])
def test_nothing_else_is_answered(mail_program, hits, path):
    assert mail_program.post(path).status_code == 405
    assert hits() == []


def test_the_host_of_a_request_never_builds_a_link(mail_program):
    answer = mail_program.get(LINK, headers={"host": "localhost", "x-forwarded-host": "evil.test"})
    assert "evil.test" not in str(answer.headers)


def test_every_changed_byte_of_a_token_is_refused(mail_program, hits):
    token = LINK.removeprefix("/c/")
    for place in range(len(token)):
        for letter in "Aa-_9":
            if letter != token[place]:
                changed = token[:place] + letter + token[place + 1 :]
                assert read_link(changed) is None, changed
    for changed in (token[:-1], token + "A", token + "=", token + ".", token.upper(), f" {token}"):
        assert read_link(changed) is None, changed


@given(st.data())
def test_no_flipped_bit_of_a_token_is_believed(data):
    token = LINK.removeprefix("/c/")
    place = data.draw(st.integers(0, len(token) - 1))
    flipped = chr(ord(token[place]) ^ 1 << data.draw(st.integers(0, 6)))
    assert read_link(token[:place] + flipped + token[place + 1 :]) is None


@given(st.text())
def test_nothing_that_is_guessed_is_believed(token):
    assert read_link(token) is None
    assert read_picture(token) is None


@given(
    number=st.integers(0, 500),
    links=st.integers(0, 500),
    rest=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50),
)
def test_what_is_sealed_comes_back(number, links, rest):
    assert WAYS.address_of is not None
    token = path_of(WAYS.address_of(number, links, f"https://{rest}")).removeprefix("/c/")
    assert read_link(token) == Clicked(MARK, number, links, f"https://{rest}")


def test_tokens_tell_nothing_of_the_mail_or_the_target():
    assert MARK not in LINK + PICTURE + TRAP
    assert "a.test" not in LINK


def test_the_process_writes_to_its_data_folder(monkeypatch):
    tracking.spool.cache_clear()
    assert tracking.spool() is tracking.spool()
