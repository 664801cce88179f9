"""Opens and clicks from the mail that leaves to what they set going, and what scanners do not."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import resolve
from selectolax.lexbor import LexborHTMLParser

from drumbeat.actions import enrollments, sequences, settings
from drumbeat.actions.sequences import settings as of_sequence
from drumbeat.core.document import read_document
from drumbeat.core.flow import EmailContent
from drumbeat.core.tracking_verdicts import JUDGED_AFTER
from drumbeat.engine import triggers
from drumbeat.inbound import tracking
from drumbeat.inbound.tracking_spool import Spool
from drumbeat.models import Enrollment, Event, Message
from tests.core.test_tracking_agents import PEOPLE
from tests.support import office
from tests.support.clockwork import Clockwork
from tests.support.flows import a_line, an_email
from tests.support.office import NOW

pytestmark = pytest.mark.django_db(transaction=True)
HTML = (
    '<p>Hello, see <a href="https://a.test/{{ contact.email }}">prices</a> and '
    '<a href="https://b.test/">terms</a>. <a href="{{ unsubscribe_url }}">No more</a></p>'
)
MAIL = EmailContent(subject="Hello", text="See https://a.test/ {{ unsubscribe_url }}", html=HTML)
PROXY = "Mozilla/5.0"
READ_AT = NOW + timedelta(hours=2)


class Moment:
    """The clock of the web process, set by hand."""

    now_is = NOW

    def now(self):
        return self.now_is


@pytest.fixture(autouse=True)
def spool(tmp_path, monkeypatch):
    own = Spool(tmp_path)
    monkeypatch.setattr("drumbeat.api.tracking.spool", lambda: own)
    monkeypatch.setattr("drumbeat.api.tracking.SystemClock", Moment)
    return own


def fetch(address, at, agent=PEOPLE[0], method="get"):
    """Fetch an address of ours as the web process does."""
    path = address.removeprefix("http://127.0.0.1:8000")
    Moment.now_is = at
    found = resolve(path)
    request = getattr(RequestFactory(), method)(path, headers={"user-agent": agent})
    return found.func(request, *found.args, **found.kwargs)


def judged(spool, at):
    spool.drain(tracking.store)
    while tracking.judge_once(at):
        pass


def addresses(html):
    """Return the tracked links, and the picture, of a mail."""
    body = LexborHTMLParser(html)
    links = [node.attributes["href"] or "" for node in body.css("a[href]:not([aria-hidden])")]
    pictures = [node.attributes["src"] for node in body.css("img[width='1']")]
    return [link for link in links if "/c/" in link], pictures


@pytest.fixture
def owner():
    return office.an_owner()


@pytest.fixture
def lead(owner):
    return office.a_lead(owner)


def begun(owner, lead, *steps, tracks=("track_opens", "track_clicks"), flow=None):
    """Enroll somebody in an active sequence and send its first mail; return sequence, clock and mail."""
    office.a_mailbox(owner)
    sequence = office.an_active_sequence(owner, flow or a_line(an_email("hello", content=MAIL), *steps))
    of_sequence.change(owner, sequence.pk, dict.fromkeys(tracks, True), NOW)
    enrollments.enroll(owner, sequence.pk, [lead.pk], NOW)
    clock = Clockwork()
    (mail,) = clock.run(NOW)
    return sequence, clock, mail.outbound


class TestMails:
    def test_a_tracked_mail_leads_by_us_and_own_people_see_the_other(self, owner, lead):
        _, _, mail = begun(owner, lead)

        links, pictures = addresses(mail.html)
        assert (len(links), len(pictures)) == (2, 1)
        assert fetch(links[0], READ_AT)["Location"] == f"https://a.test/{lead.email}"
        assert mail.unsubscribe_url in mail.html
        assert "/c/" not in mail.text
        assert "https://a.test/" in mail.text
        message = Message.objects.get()
        assert message.html == mail.shown_html
        assert "/c/" not in message.html + message.text

    @pytest.mark.parametrize(
        ("tracks", "expected"),
        [
            pytest.param((), (0, 0), id="nothing, as long as nobody asks for it"),
            pytest.param(("track_opens",), (0, 1), id="opens alone"),
            pytest.param(("track_clicks",), (2, 0), id="clicks alone"),
        ],
    )
    def test_only_what_the_sequence_asks_for(self, owner, lead, tracks, expected):
        _, _, mail = begun(owner, lead, tracks=tracks)
        assert tuple(map(len, addresses(mail.html))) == expected

    def test_a_workspace_may_forbid_it_for_mails_that_left_too(self, owner, lead, spool):
        _, clock, mail = begun(owner, lead, an_email("again", after="1d", content=MAIL))
        settings.change(owner, "allows_tracking", "no", NOW)
        (second,) = clock.run(NOW + timedelta(days=1))

        assert addresses(second.outbound.html) == ([], [])
        fetch(addresses(mail.html)[0][0], READ_AT)
        judged(spool, READ_AT + JUDGED_AFTER)
        assert not Event.objects.filter(source="tracking").exists()

    def test_a_mail_without_formatting_stays_as_it_is(self, owner, lead):
        plain = EmailContent(subject="Hello", text="https://a.test/ {{ unsubscribe_url }}")
        _, _, mail = begun(owner, lead, flow=a_line(an_email("hello", content=plain)))
        assert mail.html is None


HELLO = {
    "key": "hello",
    "kind": "email",
    "content": {"subject": "Hello", "text": "x {{ unsubscribe_url }}", "html": HTML},
}
WAITING = {
    "format": 1,
    "steps": [
        HELLO,
        {
            "key": "wait",
            "kind": "wait_for",
            "event": "clicked",
            "time_limit": "3d",
            "next": "thanks",
            "timed_out": "again",
        },
        {"key": "thanks", "kind": "tag", "tag": "clicked", "next": None},
        {"key": "again", "kind": "tag", "tag": "silent", "next": None},
    ],
}


def tags_of(lead):
    return sorted(lead.tags.values_list("tag__name", flat=True))


class TestWhatFollows:
    @pytest.mark.parametrize(
        ("agent", "expected"),
        [
            pytest.param(PEOPLE[0], ["clicked"], id="a person's click goes on at once"),
            pytest.param("python-requests/2", [], id="a machine's goes on waiting"),
        ],
    )
    def test_a_wait_for_a_click(self, owner, lead, spool, agent, expected):
        _, clock, mail = begun(owner, lead, flow=read_document(WAITING))
        fetch(addresses(mail.html)[0][0], READ_AT, agent)
        judged(spool, READ_AT + JUDGED_AFTER)
        clock.run(READ_AT + JUDGED_AFTER)
        assert tags_of(lead) == expected

        clock.run(NOW + timedelta(days=4))
        assert tags_of(lead) == (expected or ["silent"])

    @pytest.mark.parametrize(
        ("agent", "expected"), [(PEOPLE[0], ["opened"]), (PROXY, ["not opened"])], ids=["a person", "a proxy"]
    )
    def test_a_branch_on_opens(self, owner, lead, spool, agent, expected):
        rule = {"field": "event.opened", "operator": "happened", "step": "hello"}
        document = {
            "format": 1,
            "steps": [
                HELLO,
                {
                    "key": "ask",
                    "kind": "condition",
                    "delay": "1d",
                    "branches": [{"name": "opened", "condition": {"rules": [rule]}, "next": "yes"}],
                    "next": "no",
                },
                {"key": "yes", "kind": "tag", "tag": "opened", "next": None},
                {"key": "no", "kind": "tag", "tag": "not opened", "next": None},
            ],
        }
        _, clock, mail = begun(owner, lead, flow=read_document(document))
        fetch(addresses(mail.html)[1][0], READ_AT, agent)
        judged(spool, READ_AT + JUDGED_AFTER)
        clock.run(NOW + timedelta(days=2))
        assert tags_of(lead) == expected

    @pytest.mark.parametrize(
        ("agent", "starts"), [(PEOPLE[0], True), (PROXY, False)], ids=["a person", "a proxy"]
    )
    def test_a_sequence_that_starts_with_a_click(self, owner, lead, spool, agent, starts):
        _, _, mail = begun(owner, lead)
        other = office.a_draft(owner, a_line(an_email("other", content=MAIL)), name="Other")
        of_sequence.change(owner, other.pk, {"triggers": {"any": [{"event": "clicked"}]}}, NOW)
        sequences.activate(owner, other.pk, NOW)

        fetch(addresses(mail.html)[0][0], READ_AT, agent)
        judged(spool, READ_AT + JUDGED_AFTER)
        triggers.process_once(READ_AT + JUDGED_AFTER)
        assert Enrollment.objects.filter(sequence=other).exists() is starts
