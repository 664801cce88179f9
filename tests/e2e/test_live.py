"""Sign in by a link, watch the board, read a mail: what a visitor does first."""

from __future__ import annotations

from contextlib import contextmanager
from email.message import EmailMessage

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from drumbeat.actions.members import sign_in
from drumbeat.demo.letters import read_letter
from drumbeat.demo.post import Post
from drumbeat.models import Enrollment, SenderProfile, Workspace
from tests.support import board as swing
from tests.support.office import an_owner

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def owner():
    member = an_owner()
    swing.a_full_board(member, timezone.now())
    return member


@pytest.fixture
def mail_id(tmp_path, monkeypatch):
    """The demo's outside world, with one mail in it."""
    file = tmp_path / "post.sqlite3"
    monkeypatch.setattr("drumbeat.api.board.received.file_in", lambda data: file)
    mail = EmailMessage()
    mail["Subject"] = "A quick idea for your night shifts"
    mail.set_content("Good morning")
    mail.add_alternative("<p>Good <b>morning</b></p><script>document.title='run'</script>", subtype="html")
    post = Post(file)
    letter = read_letter(mail.as_bytes(), "rep@ours.test", "ana@tallow.test")
    found, _ = post.deliver(letter, timezone.now())
    post.close()
    return found


@pytest.fixture
def signed_in(page, live_server, owner):
    page.goto(f"{live_server.url}/sign-in/{sign_in.create(owner, timezone.now())}")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{live_server.url}/live")
    expect(page.get_by_role("heading", level=1, name="Live")).to_be_visible()
    with _nothing_under_way_afterwards(page):
        yield page


@contextmanager
def _nothing_under_way_afterwards(page):
    """Let the server finish: the tables cannot be emptied under a request, and the board asks every second."""
    asked, answered = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfinished", lambda request: answered.append(request.url))
    page.on("requestfailed", lambda request: answered.append(request.url))
    yield
    page.route("**/*", lambda route: route.abort())
    for _ in range(500):
        if len(answered) >= len(asked):
            break
        page.wait_for_timeout(10)
    page.goto("about:blank")


def figure(page, name):
    return page.locator("dl > div").filter(has_text=name).locator("dd")


@pytest.mark.usefixtures("mail_id")
def test_the_board_moves_by_itself(signed_in, faults_of):
    page = signed_in
    expect(figure(page, "Sent twice")).to_contain_text("0")
    expect(figure(page, "Replied")).to_contain_text("1")
    expect(page.get_by_role("img", name="Founder outreach: 40 on the way")).to_be_visible()
    now = timezone.now()
    waiting = Enrollment.objects.filter(step="last", state="active").order_by("id")
    swing.a_sent_mail(waiting[0], SenderProfile.objects.get(kind="smtp"), now, step="last")
    swing.an_answer(waiting[1], now)
    expect(figure(page, "Sent").first).to_contain_text("41")
    expect(figure(page, "Replied")).to_contain_text("2")
    expect(page.get_by_text("replied, 1 will not be sent")).to_be_visible()
    assert faults_of(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_emergency_stop_asks_first_and_can_be_lifted(signed_in, faults_of, scheme):
    page = signed_in
    page.emulate_media(color_scheme=scheme)
    page.get_by_role("button", name="Emergency stop").click()
    confirm = page.get_by_role("button", name="Stop sending to 40 people")
    expect(confirm).to_be_visible()
    assert faults_of(page) == []
    assert Workspace.objects.get().stopped_at is None
    confirm.click()
    expect(page.get_by_text("stopped all sending")).to_be_visible()
    assert Workspace.objects.get().stopped_at is not None
    page.get_by_role("button", name="Lift the stop").click()
    expect(page.get_by_role("button", name="Emergency stop")).to_be_visible()


def test_a_mail_of_the_dev_inbox_opens_and_runs_nothing(signed_in, mail_id, faults_of):
    page = signed_in
    page.goto(page.url.replace("/live", "/dev-inbox"))
    page.get_by_role("link", name="ana@tallow.test").click()
    expect(page).to_have_url(f"{page.url.split('/dev-inbox')[0]}/dev-inbox/{mail_id}")
    frame = page.frame_locator("iframe[title='The mail as its reader sees it']")
    expect(frame.get_by_text("morning")).to_be_visible()
    assert page.title() == "Dev inbox · drumbeat"
    assert faults_of(page) == []
    page.get_by_role("tab", name="Source").click()
    expect(page.get_by_text("Subject: A quick idea for your night shifts")).to_be_visible()


@pytest.mark.usefixtures("mail_id")
def test_a_phone_in_the_dark_shows_it_all_without_scrolling_sideways(signed_in, faults_of):
    page = signed_in
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(page.get_by_role("img", name="Founder outreach: 40 on the way")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert faults_of(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_is_signed_out_can_sign_in(page, live_server, faults_of, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_server.url}/live")
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    assert faults_of(page) == []
