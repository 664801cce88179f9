"""How an answer is meant is kept with the mail and its conversation; what is doubtful is asked."""

import pytest

from drumbeat.inbound import effects, intake
from drumbeat.inbound.arrivals import Arrival, keep
from drumbeat.models import Conversation, InboundMail, Mailbox, Message, Suppression
from tests.support.arriving import arrives, is_stopped, message_id_of
from tests.support.corpora import OPEN, rows
from tests.support.letters import a_bounce, a_mail, an_absence
from tests.support.outreach import ADDRESS, NOW, a_sender, a_workspace, an_outreach

pytestmark = pytest.mark.django_db


@pytest.fixture
def outreach():
    return an_outreach()


@pytest.fixture
def our_id(outreach):
    return message_id_of(outreach)


@pytest.mark.parametrize(
    ("text", "sentiment", "question"),
    [
        pytest.param("Sounds good, call me.", "interested", None, id="interested"),
        pytest.param("Not right now, maybe in autumn.", "not_now", None, id="not now"),
        pytest.param("No, thank you.", "not_interested", None, id="not interested"),
        pytest.param("You have the wrong person.", "wrong_person", None, id="wrong person"),
        pytest.param("How do I unsubscribe from this?", "unsubscribe", "opt_out", id="perhaps an opt-out"),
        pytest.param("Hm.", "", None, id="nothing certain"),
    ],
)
def test_it_is_kept_with_the_mail_and_the_conversation(outreach, our_id, text, sentiment, question):
    arrives(a_mail(text, answers=our_id))

    message, conversation = Message.objects.get(direction="in"), Conversation.objects.get()
    assert (message.sentiment, message.is_doubtful) == (sentiment, question is not None)
    assert (conversation.sentiment, conversation.question) == (sentiment, question)


def test_a_machine_does_not_settle_what_a_person_is_asked(outreach, our_id):
    arrives(a_mail("How do I unsubscribe from this?", answers=our_id))
    arrives(an_absence(answers=our_id, message_id="away@example.com"))

    conversation = Conversation.objects.get()
    assert (conversation.sentiment, conversation.question) == ("out_of_office", "opt_out")


def test_html_and_files_are_noted(outreach, our_id):
    raw = a_mail(
        "--b\nContent-Type: text/html\n\n<p>Yes.</p>\n"
        '--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="../offer.pdf"\n\nx\n--b--\n',
        answers=our_id,
        MIME_Version="1.0",
        Content_Type='multipart/mixed; boundary="b"',
    )
    arrives(raw)

    message = Message.objects.get(direction="in")
    assert message.has_html
    assert message.files == [{"name": "_offer.pdf", "content_type": "application/pdf", "size": 1}]
    assert message.text == "Yes."


def test_what_a_machine_writes_about_nobody_is_listed_nowhere(outreach):
    arrives(a_bounce(recipient="stranger@else.test"))
    arrives(a_mail("Hello there, an offer.", sender="stranger@else.test", message_id="other@else.test"))

    waiting = Message.objects.filter(contact=None, done_at=None)
    assert [message.from_address for message in waiting] == ["stranger@else.test"]


def test_a_bounce_that_comes_before_the_sending_is_recorded_counts(outreach, our_id):
    outreach.sent.status, outreach.sent.settled_at = "planned", None
    outreach.sent.save()

    arrives(a_bounce(of=our_id))

    assert Suppression.objects.get().reason == "hard_bounce"
    assert is_stopped(outreach)


class TestPoison:
    @pytest.fixture(autouse=True)
    def poisoned(self, monkeypatch):
        def breaks(*_):
            raise ValueError("a defect")

        monkeypatch.setattr(effects, "apply", breaks)

    def set_aside(self, source="smtp", to="rep@ours.test"):
        keep(Arrival(source, ADDRESS, (to,), a_mail()), NOW)
        for _ in range(intake.MOST_TRIES):
            intake.process_once(NOW)
        return InboundMail.objects.get()

    def test_it_belongs_to_the_workspace_whose_sender_was_written_to(self, outreach):
        assert self.set_aside().workspace == outreach.workspace

    def test_it_belongs_to_the_workspace_whose_mark_it_carries(self, outreach):
        mail = self.set_aside(to=f"rep+r-{outreach.sent.mark}@ours.test")
        assert mail.workspace == outreach.workspace

    def test_it_belongs_to_nobody_where_two_may_be_meant(self, outreach):
        a_sender(a_workspace("Theirs")[0], "rep@ours.test")
        assert self.set_aside().workspace is None

    def test_it_belongs_to_the_workspace_whose_mailbox_it_lay_in(self, outreach):
        theirs, _ = a_workspace("Theirs")
        mailbox = Mailbox.objects.create(
            workspace=theirs,
            address="box@theirs.test",
            host="127.0.0.1",
            port=143,
            security="none",
            username="box",
            created_at=NOW,
        )
        assert self.set_aside(source=f"imap:{mailbox.pk}").workspace == theirs


def test_calendars_nobody_here_wrote_come_through(outreach):
    for number, row in enumerate(row for row in rows("manifest.jsonl") if row["kind"] == "calendar-ics"):
        body = (OPEN / row["file"]).read_bytes()
        head = a_mail("", message_id=f"c{number}@x.test", Content_Type="text/calendar; method=REQUEST")
        keep(Arrival("smtp", ADDRESS, ("rep@ours.test",), head + body), NOW)
    while intake.process_once(NOW, limit=100):
        pass

    assert not InboundMail.objects.filter(processed_at=None).exists()
    assert set(InboundMail.objects.values_list("fault", flat=True)) == {""}
    assert not Suppression.objects.exists()
