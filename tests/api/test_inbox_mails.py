"""Single mails over HTTP: asked about, corrected, shown, saved, passed on; mail of nobody; mail that was set aside."""

import pytest
from django.db import transaction
from django.utils import timezone

from drumbeat.inbound import intake
from drumbeat.models import (
    AuditEntry,
    Contact,
    Conversation,
    Enrollment,
    Event,
    InboundMail,
    Member,
    Message,
    Role,
    SenderProfile,
    Suppression,
    Touch,
    User,
)
from drumbeat.store import conversations, moves, stops
from tests.support import board as swing
from tests.support.office import a_lead, a_mailbox

pytestmark = pytest.mark.django_db(transaction=True)

RAW = b"""From: Kim <kim@example.com>
To: rep@ours.test
Subject: Hello
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html; charset=utf-8

<p onclick="alert(1)">Hello <script>alert(1)</script><img src="https://x.test/p.gif"></p>
<blockquote>What you wrote</blockquote>
--b
Content-Type: text/html; name="../x\xe2\x80\xaelmth.html"
Content-Disposition: attachment

<script>alert(1)</script>
--b--
"""


@pytest.fixture
def sequence(owner):
    a_mailbox(owner)
    return swing.a_sequence(owner, swing.five_steps(), timezone.now())


@pytest.fixture
def enrollment(owner, sequence):
    """A contact in a sequence that a reply paused."""
    now = timezone.now()
    made = swing.an_enrollment(sequence, swing.a_person(owner, 1, now), now)
    Enrollment.objects.filter(id=made.pk).update(
        state="paused", reason="reply", finished_at=None, approved_at=now
    )
    return made


def said(enrollment, *, kind="reply", text="Thursday works.", raw=b"", **more):
    now = timezone.now()
    kept = InboundMail.objects.create(
        source="smtp", external_id=f"{now}", raw=raw, received_at=now, processed_at=now
    )
    message = Message.objects.create(
        workspace_id=enrollment.workspace_id,
        contact_id=enrollment.contact_id,
        enrollment=enrollment,
        raw=kept if raw else None,
        channel="email",
        direction="in",
        kind=kind,
        from_address="kim@example.com",
        subject="Hello",
        text=text,
        message_id="theirs@example.com",
        occurred_at=now,
        **more,
    )
    conversations.heard(message, now)
    return message


def get(client, path, **query):
    answer = client.get(f"/api{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def send(client, path, body=None, method="post"):
    return getattr(client, method)(f"/api{path}", body or {}, content_type="application/json")


class TestQuestions:
    def ask(self, client, enrollment, question, yes):
        body = {"question": question, "yes": yes}
        return send(client, f"/conversations/{enrollment.contact_id}/answers", body)

    @pytest.mark.parametrize(
        ("yes", "state", "reason", "suppressed"),
        [
            pytest.param(True, "finished", "opted_out", True, id="it is one: nothing more goes there"),
            pytest.param(False, "finished", "replied", False, id="it is none: a reply like others"),
        ],
    )
    def test_whether_it_is_an_opt_out(self, client, owner, enrollment, yes, state, reason, suppressed):
        said(enrollment, text="How do I unsubscribe?", sentiment="unsubscribe", is_doubtful=True)
        with transaction.atomic():
            stops.stop_contacts(owner.workspace_id, [enrollment.contact_id], "replied", timezone.now())
        assert get(client, "/conversations", scope="questions")["items"][0]["question"] == "opt_out"

        answer = self.ask(client, enrollment, "opt_out", yes)
        assert answer.status_code == 200
        if not yes:
            with transaction.atomic():
                moves.move([enrollment.pk], timezone.now())
        enrollment.refresh_from_db()
        assert (enrollment.state, enrollment.reason) in {(state, reason), ("finished", "replied")}
        assert Suppression.objects.exists() is suppressed
        assert answer.json()["question"] == ""
        assert answer.json()["sentiment"] == ("unsubscribe" if yes else "")
        assert get(client, "/conversations/counts")["questions"] == 0
        assert AuditEntry.objects.get(act="conversation.answer").after == {"opt_out": yes}
        assert self.ask(client, enrollment, "opt_out", yes).json()["code"] == "nothing_to_confirm"

    def test_no_opt_out_lets_go_on_what_heeds_no_reply(self, client, owner, sequence, enrollment):
        sequence.exit_on_reply = "off"
        sequence.save()
        said(enrollment, sentiment="unsubscribe", is_doubtful=True)
        self.ask(client, enrollment, "opt_out", yes=False)
        enrollment.refresh_from_db()
        assert enrollment.state == "active"

    def test_an_opt_out_that_proves_to_be_theirs_is_one(self, client, owner, enrollment):
        said(enrollment, kind="weak_reply", text="unsubscribe", sentiment="unsubscribe")
        thread = self.ask(client, enrollment, "whose_reply", yes=True).json()
        assert (thread["kind"], thread["needs_answer"], thread["question"]) == ("opt_out", False, "")
        assert Suppression.objects.get().reason == "unsubscribe"

    def test_a_doubtful_one_that_proves_to_be_theirs_is_asked_about(self, client, owner, enrollment):
        said(enrollment, kind="weak_reply", sentiment="unsubscribe", is_doubtful=True)
        thread = self.ask(client, enrollment, "whose_reply", yes=True).json()
        assert thread["question"] == "opt_out"
        assert not Suppression.objects.exists()


class TestMeaning:
    def correct(self, client, message, sentiment):
        return send(client, f"/messages/{message.pk}/sentiment", {"sentiment": sentiment}, "put")

    def test_it_is_corrected_recorded_and_found_by(self, client, owner, enrollment):
        message = said(enrollment, sentiment="not_interested")
        Event.objects.create(
            workspace=owner.workspace,
            kind="replied",
            contact_id=enrollment.contact_id,
            source="mail",
            external_id=message.message_id,
            payload={"proven": True, "sentiment": "not_interested"},
            occurred_at=message.occurred_at,
            received_at=message.occurred_at,
        )
        assert self.correct(client, message, "interested").json()["sentiment"] == "interested"
        (line,) = get(client, "/conversations", sentiment="interested")["items"]
        assert line["sentiment"] == "interested"
        assert get(client, "/conversations", sentiment="not_interested")["items"] == []
        assert Event.objects.get(source="mail").payload == {"proven": True, "sentiment": "interested"}
        entry = AuditEntry.objects.get(act="message.reclassify")
        assert (entry.before["sentiment"], entry.after["sentiment"]) == ("not_interested", "interested")
        assert not Suppression.objects.exists()

    def test_as_an_opt_out_it_acts_as_one(self, client, owner, enrollment):
        message = said(enrollment, text="Please do not contact me again.")
        self.correct(client, message, "unsubscribe")
        enrollment.refresh_from_db()
        assert (enrollment.state, enrollment.reason) == ("finished", "opted_out")
        assert Suppression.objects.get(channel="").source == f"inbox:{owner.pk}"
        assert get(client, "/conversations")["items"] == []

    def test_taking_it_back_lifts_no_suppression(self, client, owner, enrollment):
        message = said(enrollment)
        self.correct(client, message, "unsubscribe")
        self.correct(client, message, "interested")
        assert Suppression.objects.filter(lifted_at=None).exists()

    @pytest.mark.parametrize("kind", ["bounce", "complaint"])
    def test_a_report_means_nothing(self, client, owner, enrollment, kind):
        assert self.correct(client, said(enrollment, kind=kind), "interested").json()["code"] == "not_a_reply"

    def test_a_word_that_is_none_is_refused(self, client, owner, enrollment):
        assert self.correct(client, said(enrollment), "delighted").status_code == 422


class TestShown:
    @pytest.fixture
    def message(self, enrollment):
        files = [{"name": "x.html", "content_type": "text/html", "size": 26}]
        return said(enrollment, raw=RAW, has_html=True, files=files)

    @pytest.mark.parametrize(
        ("images", "sources"), [(False, "img-src data:;"), (True, "img-src data: https: http:;")]
    )
    def test_html_is_a_page_in_which_nothing_acts(self, client, message, images, sources):
        page = client.get(f"/api/messages/{message.pk}/html", {"images": images})
        body, policy = page.content.decode(), page["Content-Security-Policy"]
        assert "<script" not in body
        assert "onclick" not in body
        assert ("x.test" in body) is images
        assert "What you wrote" in body
        assert policy.startswith("default-src 'none'")
        assert "sandbox allow-popups" in policy
        assert "allow-scripts" not in policy
        assert "allow-same-origin" not in policy
        assert sources in policy
        assert page["X-Frame-Options"] == "SAMEORIGIN"
        assert page["Referrer-Policy"] == "no-referrer"
        assert page["X-Content-Type-Options"] == "nosniff"

    def test_a_file_is_saved_and_never_shown(self, client, message):
        file = client.get(f"/api/messages/{message.pk}/files/0")
        assert file.content.strip() == b"<script>alert(1)</script>"
        assert file["Content-Disposition"].startswith("attachment; filename=")
        assert "/" not in file["Content-Disposition"]
        assert file["Content-Type"] == "application/octet-stream"
        assert file["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in file["Content-Security-Policy"]
        assert client.get(f"/api/messages/{message.pk}/files/1").status_code == 404

    def test_the_thread_names_what_there_is(self, client, message):
        thread = get(client, f"/conversations/{message.contact_id}")
        (shown,) = thread["messages"]
        assert (shown["has_html"], shown["files"][0]["name"]) == (True, "x.html")
        original = get(client, f"/messages/{message.pk}/original")
        assert original["has_remote"]
        assert "What you wrote" in original["text"]


class TestForward:
    @pytest.fixture
    def colleague(self, owner):
        user = User.objects.create_user("colleague@elsewhere.test")
        return Member.objects.create(
            workspace=owner.workspace, user=user, name="Lou", role=Role.REP, created_at=timezone.now()
        )

    def pass_on(self, client, message, member, **more):
        body = {"member_id": member.pk, "client_id": "a-client-id", **more}
        return send(client, f"/messages/{message.pk}/forward", body)

    def test_it_goes_to_a_colleague_once_with_a_note(self, client, owner, enrollment, colleague):
        message = said(enrollment, raw=RAW)
        first = self.pass_on(client, message, colleague, note="Please look.").json()
        assert self.pass_on(client, message, colleague, note="Please look.").json() == first
        notice = Touch.objects.get(kind="notice")
        assert notice.content is not None
        assert (notice.recipient, notice.content["reply_to"]) == (
            "colleague@elsewhere.test",
            "kim@example.com",
        )
        assert notice.content["text"].startswith("Please look.\n\nFrom: ")
        assert AuditEntry.objects.get(act="message.forward").after["to"] == "Lou"

    def test_it_never_comes_in_here_again(self, client, owner, enrollment, colleague):
        colleague.user.email = SenderProfile.objects.get(kind="smtp").address
        colleague.user.save()
        assert self.pass_on(client, said(enrollment), colleague).json()["code"] == "forward_refused"


class TestStrangers:
    @pytest.fixture
    def mail(self, owner):
        raw = InboundMail.objects.create(
            source="smtp",
            external_id="s",
            raw=b"From: ann@example.com\nSubject: Hello\n\nI am interested.\n",
            received_at=timezone.now(),
            processed_at=timezone.now(),
        )
        return Message.objects.create(
            workspace=owner.workspace,
            raw=raw,
            channel="email",
            direction="in",
            kind="other",
            from_address="ann@example.com",
            subject="Hello",
            text="I am interested.",
            sentiment="interested",
            occurred_at=timezone.now(),
        )

    def test_one_is_given_to_a_contact_and_counts_as_their_reply(self, client, owner, enrollment, mail):
        body = {"contact_id": enrollment.contact_id}
        given = send(client, f"/conversations/unmatched/{mail.pk}/attach", body)
        assert given.json() == body
        enrollment.refresh_from_db()
        assert (enrollment.state, enrollment.reason) == ("finished", "replied")
        (line,) = get(client, "/conversations")["items"]
        assert (line["sentiment"], line["preview"]) == ("interested", "I am interested.")
        assert get(client, "/conversations/unmatched")["items"] == []
        assert AuditEntry.objects.filter(act="mail.attach").exists()
        again = send(client, f"/conversations/unmatched/{mail.pk}/attach", body)
        assert again.json()["code"] == "already_dealt_with"

    def test_what_a_machine_wrote_counts_as_no_reply(self, client, owner, enrollment, mail):
        InboundMail.objects.update(
            raw=b"From: ann@example.com\nAuto-Submitted: auto-replied\nSubject: Ticket\n\nReceived.\n"
        )
        send(client, f"/conversations/unmatched/{mail.pk}/attach", {"contact_id": enrollment.contact_id})
        enrollment.refresh_from_db()
        assert enrollment.state == "paused"

    def test_an_older_one_does_not_stand_before_what_was_said_since(self, client, owner, enrollment, mail):
        later = said(enrollment)
        send(client, f"/conversations/unmatched/{mail.pk}/attach", {"contact_id": enrollment.contact_id})
        assert Conversation.objects.get().last_message == later

    def test_who_wrote_it_becomes_a_contact(self, client, owner, mail):
        made = send(
            client, f"/conversations/unmatched/{mail.pk}/contact", {"first_name": "Ann", "company": "Alm"}
        ).json()
        contact = Contact.objects.get(id=made["contact_id"])
        assert (contact.email, contact.first_name, contact.company) == ("ann@example.com", "Ann", "Alm")
        assert Message.objects.get(id=mail.pk).contact == contact
        assert not Enrollment.objects.exists()

    def test_an_address_that_is_known_makes_no_second_contact(self, client, owner, mail):
        a_lead(owner, "ann@example.com")
        assert send(client, f"/conversations/unmatched/{mail.pk}/contact").status_code in {409, 422}
        assert Message.objects.get(id=mail.pk).contact is None

    def test_putting_one_away_is_recorded(self, client, owner, mail):
        send(client, "/conversations/unmatched/settle", {"ids": [mail.pk]})
        assert AuditEntry.objects.get(act="mail.ignore").after == {"count": 1}


class TestSetAside:
    @pytest.fixture
    def poison(self, owner):
        return InboundMail.objects.create(
            workspace=owner.workspace,
            source="smtp",
            external_id="p",
            envelope_from="kim@example.com",
            envelope_to=["rep@ours.test"],
            raw=b"Subject: <b>\r\n\r\nHello",
            received_at=timezone.now(),
            processed_at=timezone.now(),
            tries=3,
            fault="ValueError: a defect",
        )

    def test_it_is_listed_with_its_fault_and_saved_as_it_came(self, client, owner, poison):
        (line,) = get(client, "/set-aside-mails")["items"]
        assert (line["fault"], line["size"], line["envelope_to"]) == (
            "ValueError: a defect",
            len(poison.raw),
            ["rep@ours.test"],
        )
        raw = client.get(f"/api/set-aside-mails/{poison.pk}/raw")
        assert raw.content == poison.raw
        assert raw["Content-Disposition"].startswith(f'attachment; filename="mail-{poison.pk}.eml"')

    def test_it_is_tried_again(self, client, owner, sequence, poison):
        assert send(client, f"/set-aside-mails/{poison.pk}/retry").status_code == 204
        assert intake.process_once(timezone.now()) == 1
        poison.refresh_from_db()
        assert (poison.fault, poison.tries) == ("", 0)
        assert get(client, "/set-aside-mails")["items"] == []
        assert AuditEntry.objects.filter(act="mail.retry").exists()

    def test_it_is_put_away_and_kept(self, client, owner, poison):
        assert send(client, f"/set-aside-mails/{poison.pk}", method="delete").status_code == 204
        assert get(client, "/set-aside-mails")["items"] == []
        assert InboundMail.objects.filter(id=poison.pk).exists()

    def test_one_of_nobody_is_shown_to_no_workspace(self, client, owner, poison):
        InboundMail.objects.update(workspace=None)
        assert get(client, "/set-aside-mails")["items"] == []
        assert client.get(f"/api/set-aside-mails/{poison.pk}/raw").status_code == 404
