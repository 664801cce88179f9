"""Each mail is read once, whatever crashes; what cannot be read is set aside while the others go on."""

import pytest
from django.db import IntegrityError, OperationalError

from drumbeat import crash
from drumbeat.inbound import effects, intake
from drumbeat.inbound.arrivals import Arrival, keep
from drumbeat.models import Event, InboundMail, Message, Notification
from tests.support.arriving import arrives, facts, is_stopped, message_id_of
from tests.support.letters import a_bounce, a_mail, an_auto_reply
from tests.support.outreach import ADDRESS, NOW, SENT_AT, a_contact, a_sender, a_workspace, an_outreach

pytestmark = pytest.mark.django_db


@pytest.fixture
def outreach():
    return an_outreach()


@pytest.fixture
def our_id(outreach):
    """The Message-ID of the mail that was sent."""
    return message_id_of(outreach)


class TestDoubt:
    @pytest.fixture
    def doubtful(self, outreach):
        outreach.sent.status, outreach.sent.settled_at = "interrupted", None
        outreach.sent.save()
        outreach.enrollment.state, outreach.enrollment.reason = "blocked", "interrupted"
        outreach.enrollment.save()
        return outreach.sent

    @pytest.mark.parametrize(
        "answer",
        [
            pytest.param(lambda of: a_mail(answers=of), id="a reply"),
            pytest.param(lambda of: an_auto_reply(answers=of), id="an auto-reply"),
            pytest.param(lambda of: a_bounce(of=of), id="a bounce"),
            pytest.param(
                lambda of: a_bounce(of=of, action="delayed", status="4.4.1", words="still trying"),
                id="a delay",
            ),
        ],
    )
    def test_whoever_answers_a_mail_has_got_it(self, outreach, doubtful, our_id, answer):
        arrives(answer(our_id))

        doubtful.refresh_from_db()
        outreach.enrollment.refresh_from_db()
        assert (doubtful.status, doubtful.settled_at, doubtful.reason) == ("sent", SENT_AT, "")
        assert outreach.enrollment.woken_at == NOW

    def test_a_guess_by_address_settles_nothing(self, doubtful):
        arrives(a_mail())

        doubtful.refresh_from_db()
        assert doubtful.status == "interrupted"


class TestOnce:
    def test_a_mail_that_comes_twice_by_two_ways_has_one_effect(self, outreach, our_id):
        raw = a_mail(answers=our_id)
        arrives(raw)
        arrives(b"Received: from another.way\r\n" + raw)

        assert InboundMail.objects.filter(processed_at=NOW).count() == 2
        assert Event.objects.count() == Message.objects.count() == Notification.objects.count() == 1
        assert facts()["replied", ""] == 1

    def test_mails_without_an_id_are_told_apart_by_what_they_say(self, outreach, our_id):
        for words in ("One", "Two", "Two"):
            arrives(a_mail(words, answers=our_id, message_id=""))

        assert facts()["replied", ""] == 2

    def test_one_mail_to_two_workspaces_counts_in_each(self, outreach):
        theirs, _ = a_workspace("Theirs")
        a_sender(theirs, "rep@ours.test")
        a_contact(theirs)

        arrives(a_mail())

        assert set(Message.objects.values_list("kind", flat=True)) == {"weak_reply"}
        assert Message.objects.values("workspace_id").distinct().count() == 2

    def test_a_crash_before_the_commit_leaves_nothing_and_the_next_try_does_it_once(self, outreach, our_id):
        class Killed(BaseException):
            pass

        def die(name):
            if name == "C13":
                raise Killed

        crash.install(die)
        try:
            with pytest.raises(Killed):
                arrives(a_mail(answers=our_id))
        finally:
            crash.install(None)
        assert not Message.objects.exists()
        assert facts() == {}

        intake.process_once(NOW)

        assert facts()["replied", ""] == 1
        assert Message.objects.count() == 1

    def test_nothing_to_read_is_nothing_to_do(self):
        assert intake.process_once(NOW) == 0

    def test_the_oldest_come_first_up_to_the_limit(self, outreach):
        for n in range(3):
            keep(Arrival("smtp", ADDRESS, ("rep@ours.test",), a_mail(message_id=f"{n}@x.test")), NOW)

        assert intake.process_once(NOW, limit=2) == 2
        waiting = InboundMail.objects.filter(processed_at=None)
        assert [b"2@x.test" in bytes(mail.raw) for mail in waiting] == [True]


class TestPoison:
    @pytest.fixture
    def poisoned(self, monkeypatch):
        real = effects.apply

        def break_on_poison(read, found, now):
            if "poison" in read.mail.subject:
                raise IntegrityError("a defect\0")
            real(read, found, now)

        monkeypatch.setattr(effects, "apply", break_on_poison)

    def test_it_is_tried_three_times_and_set_aside_with_its_fault_while_others_go_on(
        self, outreach, our_id, poisoned, caplog
    ):
        arrives(a_mail(subject="poison", message_id="p@x.test"))
        mail = InboundMail.objects.get()
        assert (mail.tries, mail.processed_at) == (1, None)
        assert mail.fault.startswith("IntegrityError: a defect")

        assert arrives(a_mail(answers=our_id)) == 2
        assert is_stopped(outreach)

        intake.process_once(NOW)
        mail.refresh_from_db()
        assert (mail.tries, mail.processed_at) == (3, NOW)
        assert intake.process_once(NOW) == 0
        assert "cannot be processed" in caplog.text

    def test_a_database_that_is_away_counts_as_no_try(self, outreach, our_id, monkeypatch):
        def away(*_):
            raise OperationalError("server closed the connection")

        with monkeypatch.context() as patched:
            patched.setattr(effects, "apply", away)
            with pytest.raises(OperationalError):
                arrives(a_mail(answers=our_id))
        assert InboundMail.objects.get().tries == 0

        intake.process_once(NOW)
        assert is_stopped(outreach)

    @pytest.mark.parametrize(
        "raw",
        [
            pytest.param(b"", id="nothing"),
            pytest.param(b"\x00\xff" * 1000, id="noise"),
            pytest.param(
                b"From: =?utf-8?q?=00=ed=a0=80?= <kim.lee@example.com>\r\n\r\n\x00a\xed\xa0\x80",
                id="characters that no database stores",
            ),
            pytest.param(
                b"From: kim.lee@example.com\r\nSubject: " + b"x" * 100_000 + b"\r\n\r\nhi", id="a giant"
            ),
            pytest.param(
                b"From: kim.lee@example.com\r\nMessage-ID: <" + b"x" * 5000 + b"@x>\r\n\r\nhi",
                id="a giant id",
            ),
            pytest.param(
                b"From: kim.lee@example.com\r\n"
                + b"".join(
                    b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
                    for n in range(500)
                ),
                id="five hundred levels",
            ),
        ],
    )
    def test_garbage_is_read_without_harm(self, outreach, raw):
        arrives(raw)

        mail = InboundMail.objects.get()
        assert (mail.processed_at, mail.fault) == (NOW, "")
