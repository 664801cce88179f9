"""Texts and WhatsApp messages through the whole engine, over the vendor's client to the tests' own Twilio."""

from datetime import timedelta
from itertools import permutations

import pytest

from bench import world
from drumbeat.demo.twilio.scripts import PLAIN
from drumbeat.inbound.twilio import taking
from drumbeat.models import (
    Attempt,
    Contact,
    Enrollment,
    Event,
    JournalEntry,
    Message,
    Notification,
    PhoneAccount,
    PhoneCallback,
    SenderProfile,
    Suppression,
    TextReport,
    Touch,
)
from drumbeat.store import phone_accounts
from tests.support import phoning
from tests.support.phoning import OURS
from tests.support.texts import (
    APPROVED,
    TextOffice,
    a_number,
    a_whatsapp,
    an_sms,
    states,
    texting,
    the_touch,
)
from tests.support.twilio import calling as twilio_running

pytest_plugins = ["tests.support.installed"]

NOW = world.START
THREE_DAYS = timedelta(days=3)
FOLLOW_UP = an_sms("again", text="Hi again.", delay="3d")


@pytest.fixture
def twilio():
    with twilio_running() as running:
        yield running
    assert running.faults == []


@pytest.fixture
def office(twilio, monkeypatch):
    surroundings = phoning.public()
    for module in (phone_accounts, taking):
        monkeypatch.setattr(module, "environment", lambda: surroundings)
    opened = TextOffice.opened(twilio)
    yield opened
    opened.close()


@pytest.fixture
def owner(installation):
    return world.a_workspace()


@pytest.fixture
def account(owner):
    return phoning.an_account(owner)


@pytest.fixture
def number(owner, account):
    return a_number(owner, account)


@pytest.fixture
def whatsapp(owner, account):
    PhoneAccount.objects.update(templates=[APPROVED])
    return a_number(owner, account, "whatsapp")


def suppressions():
    rows = Suppression.objects.filter(lifted_at=None).order_by("channel")
    return list(rows.values_list("channel", "reason"))


class TestSending:
    def test_a_sequence_texts_is_delivered_and_goes_on(self, owner, number, office):
        [kim] = texting(owner, [""], [an_sms(), FOLLOW_UP])
        office.go(NOW)
        [said] = office.sent
        assert (said["From"], said["To"], said["Body"]) == (OURS, PLAIN, "Hi First0, Ann here.")
        touch = the_touch(kim)
        assert said["StatusCallback"].endswith(f"/hooks/twilio/a-hook-token/{touch.mark}")
        office.live("SM" + f"{1:032x}", NOW)
        touch.refresh_from_db()
        assert touch.status == "delivered"
        message = Message.objects.get(direction="out")
        assert (message.channel, message.text, message.to_address) == ("sms", said["Body"], PLAIN)
        assert Event.objects.filter(kind="delivered", touch=touch).count() == 1
        office.go(NOW + THREE_DAYS)
        assert [one["Body"] for one in office.sent] == [said["Body"], "Hi again."]

    def test_what_a_merge_tag_lacks_is_not_written_and_nothing_is_asked(self, owner, number, office):
        [kim] = texting(owner, [""], [an_sms(text="{{ contact.title }}")])
        office.go(NOW)
        assert (the_touch(kim).status, the_touch(kim).reason, office.sent) == ("failed", "render_error", [])

    def test_a_nul_that_a_filter_makes_is_neither_sent_nor_kept(self, owner, number, office):
        [kim] = texting(owner, [""], [an_sms(text="Hi{{ '%00' | url_decode }} there")])
        office.go(NOW)
        assert [one["Body"] for one in office.sent] == ["Hi there"]
        assert Message.objects.get(direction="out").text == "Hi there"
        assert the_touch(kim).status == "sent"

    def test_it_is_not_sent_in_the_persons_night(self, owner, number, office):
        [kim] = texting(owner, [""], [an_sms()])
        Contact.objects.filter(id=kim).update(time_zone="America/Los_Angeles")
        office.go(NOW)  # one in the morning there
        assert (office.sent, states()) == ([], ["active"])
        office.go(NOW + timedelta(hours=8))
        assert len(office.sent) == 1

    def test_without_a_zone_every_one_that_the_number_may_lie_in_must_allow_it(self, owner, number, office):
        [kim] = texting(owner, [""], [an_sms()])
        Contact.objects.filter(id=kim).update(time_zone="")
        office.go(NOW + timedelta(hours=6, minutes=30))  # 15:30 UTC: half past seven in California
        assert office.sent == []
        office.go(NOW + timedelta(hours=7, minutes=30))
        assert len(office.sent) == 1

    def test_a_pool_chooses_the_number_itself(self, owner, number, office):
        SenderProfile.objects.update(service_sid="MG" + "0" * 31 + "1")
        texting(owner, [""], [an_sms()])
        office.go(NOW)
        [said] = office.sent
        assert "From" not in said
        assert said["MessagingServiceSid"] == "MG" + "0" * 31 + "1"

    def test_whoever_agreed_to_no_texts_gets_none(self, owner, number, office):
        [kim] = texting(owner, [""], [an_sms()])
        Contact.objects.filter(id=kim).update(consent={"sms": False})
        office.go(NOW)
        assert office.sent == []
        assert JournalEntry.objects.filter(enrollment__contact=kim, reason="no_consent").exists()

    def test_a_touch_is_texted_once_although_its_worker_dies_after_the_hand_over(self, owner, number, office):
        [kim] = texting(owner, ["lost"], [an_sms()])
        office.go(NOW)
        assert the_touch(kim).status == "interrupted"
        office.go(NOW + timedelta(hours=1))
        assert len(office.sent) == 1


class TestWhatsApp:
    def test_the_first_message_is_the_template(self, owner, whatsapp, office):
        texting(owner, [""], [a_whatsapp()])
        office.go(NOW)
        [said] = office.sent
        assert (said["To"], said["ContentVariables"]) == (f"whatsapp:{PLAIN}", '{"1": "First0"}')
        assert Message.objects.get(direction="out").text == "Hi First0, may I write to you?"

    def test_within_a_day_of_their_last_message_it_is_the_text(self, owner, whatsapp, office):
        texting(owner, [""], [a_whatsapp(), a_whatsapp("next", delay="1h")], exit_on_reply="off")
        office.go(NOW)
        office.hear("Tell me more", NOW, over_whatsapp="yes")
        office.go(NOW + timedelta(hours=1))
        assert office.sent[-1]["Body"] == "Hi First0, Ann here."
        assert "ContentSid" not in office.sent[-1]

    def test_outside_of_it_without_a_template_nothing_is_sent_and_it_says_why(self, owner, whatsapp, office):
        [kim] = texting(owner, [""], [a_whatsapp(template_id=None)])
        office.go(NOW)
        assert (office.sent, the_touch(kim).status, the_touch(kim).reason) == ([], "skipped", "no_template")


class TestRefusals:
    def test_who_opted_out_at_twilio_has_opted_out_here(self, owner, number, office):
        texting(owner, ["21610"], [an_sms(), FOLLOW_UP])
        office.go(NOW)
        assert suppressions() == [("sms", "stop"), ("voice", "stop"), ("whatsapp", "stop")]
        office.go(NOW + timedelta(minutes=1))
        run = Enrollment.objects.get()
        assert (run.state, run.reason) == ("finished", "opted_out")
        assert not Event.objects.filter(kind="bounced").exists()

    def test_a_landline_takes_no_texts_and_can_still_be_called(self, owner, number, office):
        [kim] = texting(owner, ["21614"], [an_sms(), FOLLOW_UP])
        office.go(NOW)
        assert suppressions() == [("sms", "hard_bounce")]
        assert the_touch(kim).status == "failed"
        office.go(NOW + THREE_DAYS)
        assert len(office.twilio.asked) == 1

    @pytest.mark.parametrize("script", ["21606", "21608"])
    def test_whom_a_number_cannot_reach_keeps_nobody_else_waiting(self, owner, number, office, script):
        kim, ben = texting(owner, [script, ""], [an_sms()])
        office.go(NOW)
        assert (the_touch(kim).status, the_touch(kim).reason) == ("failed", "rejected_permanent")
        assert the_touch(ben).status == "sent"
        number.refresh_from_db()
        assert number.down_until is None
        assert suppressions() == []

    @pytest.mark.parametrize("script", ["busy", "later", "unknown_account"])
    def test_what_speaks_about_us_holds_the_number_and_the_text_waits(self, owner, number, office, script):
        [kim] = texting(owner, [script], [an_sms()])
        office.go(NOW)
        number.refresh_from_db()
        assert number.down_until > NOW
        assert the_touch(kim).status == "planned"
        assert suppressions() == []


class TestReports:
    def one(self, owner, office, script=""):
        [kim] = texting(owner, [script], [an_sms()])
        office.go(NOW)
        return the_touch(kim), list(office.twilio.messages)[-1]

    @pytest.mark.parametrize("script", ["", "30005"])
    def test_they_come_to_the_same_in_any_order_each_twice(self, owner, number, office, script):
        orders = list(permutations(office.twilio.life(self.one(owner, office, script)[1])))
        ends = []
        for order in orders:
            Contact.objects.update(phone="", phone_normal="")
            touch, sid = self.one(owner, office, script)
            for news in (*order, *order):
                office.tell(sid, NOW, **news)
            office.go(NOW)
            touch.refresh_from_db()
            ends.append((touch.status, touch.reason, TextReport.objects.get(touch=touch).state))
            assert Event.objects.filter(touch=touch).count() == (script == "")
            Suppression.objects.all().delete()
        assert len(orders) == 6
        assert set(ends) == (
            {("delivered", "", "delivered")}
            if not script
            else {("failed", "rejected_permanent", "undelivered")}
        )

    @pytest.mark.parametrize(
        ("script", "reason", "suppressed"),
        [
            ("30003", "rejected_temporary", []),
            ("30005", "rejected_permanent", [("sms", "hard_bounce")]),
            ("30006", "rejected_permanent", [("sms", "hard_bounce")]),
            ("30007", "rejected_permanent", []),
        ],
    )
    def test_a_loss_says_why(self, owner, number, office, script, reason, suppressed):
        touch, sid = self.one(owner, office, script)
        office.live(sid, NOW)
        touch.refresh_from_db()
        assert (touch.status, touch.reason, suppressions()) == ("failed", reason, suppressed)
        assert Attempt.objects.filter(touch=touch, code=script, outcome="failed").count() == 1

    def test_a_number_that_is_not_registered_is_held_and_says_so(self, owner, number, office):
        _, sid = self.one(owner, office, "30034")
        office.live(sid, NOW)
        number.refresh_from_db()
        assert (number.registration, number.down_until > NOW) == ("refused", True)
        assert "30034" in number.down_text
        assert Notification.objects.filter(kind="sender_needs_attention").exists()

    def test_the_first_genuine_report_resolves_a_doubt(self, owner, number, office):
        touch, sid = self.one(owner, office, "lost")
        assert touch.status == "interrupted"
        office.tell(sid, NOW, MessageStatus="sent")
        office.go(NOW)
        touch.refresh_from_db()
        assert touch.status == "sent"
        assert Message.objects.get(touch=touch).text == "Hi First0, Ann here."

    def test_one_that_comes_before_the_outcome_is_written_waits_for_it(self, owner, number, office):
        touch, sid = self.one(owner, office)
        Touch.objects.filter(id=touch.pk).update(status="sending", settled_at=None)
        office.tell(sid, NOW, MessageStatus="delivered")
        office.go(NOW)
        assert not TextReport.objects.exists()
        Touch.objects.filter(id=touch.pk).update(status="sent", settled_at=NOW)
        office.go(NOW + timedelta(seconds=3))
        touch.refresh_from_db()
        assert touch.status == "delivered"

    def test_what_is_read_is_emptied(self, owner, number, office):
        _, sid = self.one(owner, office)
        office.live(sid, NOW)
        assert {(tuple(one.form), one.look_at) for one in PhoneCallback.objects.all()} == {((), None)}


class TestAnswers:
    @pytest.fixture
    def kim(self, owner, number, office):
        [kim] = texting(owner, [""], [an_sms(), FOLLOW_UP])
        office.go(NOW)
        return Contact.objects.get(id=kim)

    def test_an_answer_is_a_reply_in_the_inbox_and_ends_the_sequence(self, kim, office):
        office.hear("Sounds good, call me", NOW)
        message = Message.objects.get(direction="in")
        assert (message.contact, message.kind, message.channel) == (kim, "reply", "sms")
        assert kim.conversation.needs_answer
        assert Event.objects.filter(kind="replied", contact=kim).count() == 1
        office.go(NOW + timedelta(minutes=1))
        assert states() == ["finished"]
        office.go(NOW + THREE_DAYS)
        assert len(office.sent) == 1

    def test_the_same_message_twice_counts_once(self, kim, office):
        office.hear("Yes", NOW, sid="SM" + "a" * 32)
        office.hear("Yes", NOW, sid="SM" + "a" * 32, ApiVersion="2010-04-01")
        assert Message.objects.filter(direction="in").count() == 1

    def test_stop_stops_every_channel_of_the_number_and_what_is_underway(self, kim, office):
        office.hear("Stop", NOW)
        assert suppressions() == [("sms", "stop"), ("voice", "stop"), ("whatsapp", "stop")]
        office.go(NOW + THREE_DAYS)
        assert Enrollment.objects.get().reason == "opted_out"
        assert len(office.sent) == 1  # Twilio has answered STOP itself

    @pytest.mark.parametrize("word", ["Arrêtez", "BASTA", "Stopp bitte", "Pare"])
    def test_a_word_that_twilio_does_not_know_is_answered_by_us_once(self, kim, office, word):
        office.hear(word, NOW, sid="SM" + "b" * 32)
        office.hear(word, NOW, sid="SM" + "b" * 32, ApiVersion="2010-04-01")
        assert ("sms", "stop") in suppressions()
        assert len(office.sent) == 2
        office.live(list(office.twilio.messages)[-1], NOW)
        assert Touch.objects.filter(key__startswith="word:", status="delivered").count() == 1

    def test_nothing_is_answered_where_twilio_says_that_it_acted(self, kim, office):
        office.hear("Pare", NOW, OptOutType="STOP")
        assert ("sms", "stop") in suppressions()
        assert len(office.sent) == 1

    def test_start_lifts_what_stop_said(self, kim, office):
        office.hear("STOP", NOW)
        office.hear("START", NOW + timedelta(hours=1))
        assert suppressions() == []
        assert Suppression.objects.filter(lifted_reason="START").count() == 3

    def test_yes_is_an_answer_unless_they_had_stopped(self, kim, office):
        office.hear("Yes", NOW)
        assert Message.objects.get(direction="in").kind == "reply"

    def test_a_sentence_that_may_mean_stop_is_asked_about(self, kim, office):
        office.hear("please do not text me any more, thanks", NOW)
        message = Message.objects.get(direction="in")
        assert (message.sentiment, message.is_doubtful) == ("unsubscribe", True)
        assert kim.conversation.question == "opt_out"
        assert suppressions() == []

    def test_a_stranger_is_listed_as_one_and_a_strangers_stop_holds(self, kim, office):
        office.hear("Who is this?", NOW, sender="+14155550142")
        message = Message.objects.get(direction="in")
        assert (message.contact, message.from_address, message.done_at) == (None, "+14155550142", None)
        office.hear("STOP", NOW, sender="+14155550142")
        assert len(suppressions()) == 3


class TestTheDoor:
    def test_only_what_twilio_signed_is_taken(self, client, owner, account, office, monkeypatch):
        for path in ("a-hook-token", "nobody"):
            answer = client.post(
                f"/hooks/twilio/{path}", {"MessageSid": "SM1"}, headers={"X-Twilio-Signature": "x"}
            )
            assert (answer.status_code, answer.json()["code"]) == (403, "callback_refused")
        assert not PhoneCallback.objects.exists()
        account.refresh_from_db()
        assert account.hook_refused_text == "not_proven"

    def test_it_takes_a_form_over_the_configured_address_whatever_headers_claim(
        self, client, owner, account, office
    ):
        form = {"MessageSid": "SM1", "From": PLAIN, "To": OURS, "Body": "Hi"}
        from drumbeat.demo.twilio.callbacks import sign
        from drumbeat.demo.twilio.server import TOKEN

        answer = client.post(
            "/hooks/twilio/a-hook-token",
            "&".join(f"{name}={value.replace('+', '%2B')}" for name, value in form.items()),
            content_type="application/x-www-form-urlencoded",
            headers={
                "X-Twilio-Signature": sign(f"{phoning.PUBLIC}/hooks/twilio/a-hook-token", form, TOKEN),
                "X-Forwarded-Host": "evil.test",
            },
        )
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml")
        assert b"<Response></Response>" in answer.content
        assert PhoneCallback.objects.count() == 1
