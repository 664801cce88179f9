from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from drumbeat.api.board import dev_inbox
from drumbeat.demo.letters import read_letter
from drumbeat.demo.post import Post
from tests.support.office import an_owner

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def a_mail(subject="Hello", html="<p>Good <b>morning</b></p>"):
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = "Röb <rep@ours.test>"
    mail["To"] = "kim@example.com"
    mail.set_content("Good morning")
    if html:
        mail.add_alternative(html, subtype="html")
    return mail.as_bytes()


@pytest.fixture
def signed_in(client):
    client.force_login(an_owner().user)
    return client


@pytest.fixture
def post(tmp_path, monkeypatch):
    file = tmp_path / "world" / "post.sqlite3"
    box = Post(file)
    monkeypatch.setattr(dev_inbox, "_file", lambda: file)
    yield box
    box.close()


def deliver(post, count=1):
    return [keep(post, f"Hello {n}") for n in range(count)]


def keep(post, subject="Hello", raw=None):
    letter = read_letter(a_mail(subject), "rep@ours.test", "kim@example.com")
    return post.deliver(letter if raw is None else replace(letter, raw=raw), NOW)[0]


def test_outside_the_demo_there_is_nothing_to_read(signed_in):
    assert signed_in.get("/api/inbox/dev").json() == {"available": False, "items": [], "next_before": None}
    assert signed_in.get("/api/inbox/dev/1").status_code == 404


def test_the_newest_mail_comes_first_and_the_rest_page_by_page(signed_in, post):
    first, second, third = deliver(post, 3)
    page = signed_in.get("/api/inbox/dev?limit=2").json()
    assert [mail["id"] for mail in page["items"]] == [third, second]
    rest = signed_in.get(f"/api/inbox/dev?limit=2&before={page['next_before']}").json()
    assert [mail["id"] for mail in rest["items"]] == [first]
    assert rest["next_before"] is None


def test_a_mail_opens_with_everything_in_it(signed_in, post):
    (mail_id,) = deliver(post)
    post.intend(mail_id, "reply")
    post.answered(mail_id, "Thursday works.", NOW)
    mail = signed_in.get(f"/api/inbox/dev/{mail_id}").json()
    assert mail["text"] == "Good morning\n"
    assert "<b>morning</b>" in mail["html"]
    assert {"name": "From", "value": "Röb <rep@ours.test>"} in mail["headers"]
    assert mail["source"].startswith("Subject: Hello 0")
    assert (mail["answer"], mail["answered"]) == ("reply", "Thursday works.")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="nothing at all"),
        pytest.param(b"Subject: \xff\xfe\n\n\xff", id="bytes of no charset"),
        pytest.param(b"Content-Type: text/plain; charset=klingon\n\nqapla", id="an unknown charset"),
    ],
)
def test_whatever_arrived_can_be_opened(signed_in, post, raw):
    assert signed_in.get(f"/api/inbox/dev/{keep(post, raw=raw)}").status_code == 200


def test_a_mail_that_is_no_longer_kept_says_so(signed_in, post):
    response = signed_in.get("/api/inbox/dev/999")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")
