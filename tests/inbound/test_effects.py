"""What a mail that came in does to the people and sequences it concerns."""

from datetime import timedelta

import pytest
from django.db.models import F

from drumbeat.actions import suppressions
from drumbeat.models import Event, InboundMail, Message, Notification, SenderProfile, Suppression
from tests.support.arriving import arrives, facts, is_stopped, message_id_of
from tests.support.letters import a_bounce, a_complaint, a_mail, an_absence, an_auto_reply
from tests.support.outreach import ADDRESS, NOW, a_member, a_sequence, a_touch, an_enrollment, an_outreach

pytestmark = pytest.mark.django_db


@pytest.fixture
def outreach():
    return an_outreach()


@pytest.fixture
def our_id(outreach):
    """The Message-ID of the mail that was sent."""
    return message_id_of(outreach)


class TestReplies:
    def test_a_reply_in_our_thread_stops_and_is_shown(self, outreach, our_id):
        assert arrives(a_mail("Yes, please.\n\nOn Monday Rep wrote:\n> Hello Kim\n", answers=our_id)) == 1

        assert is_stopped(outreach)
        step = f"step:{outreach.enrollment.pk}:hello"
        enrollment = f"enrollment:{outreach.enrollment.pk}"
        assert facts() == {("replied", scope): 1 for scope in ("", enrollment, step)}
        message = Message.objects.get(direction="in")
        assert (message.kind, message.text, message.subject) == ("reply", "Yes, please.", "Re: Hello")
        assert (message.contact, message.touch) == (outreach.contact, outreach.sent)
        assert (message.enrollment, message.sender) == (outreach.enrollment, outreach.sender)
        assert message.raw == InboundMail.objects.get()
        assert not Suppression.objects.exists()

    @pytest.mark.parametrize(
        ("text", "sentiment"),
        [
            pytest.param("Klingt gut, rufen Sie mich an.", "interested", id="interested"),
            pytest.param("Pas pour le moment, recontactez-moi en septembre.", "not_now", id="not now"),
            pytest.param("No, gracias.", "not_interested", id="not interested"),
            pytest.param("Non sono la persona giusta.", "wrong_person", id="wrong person"),
            pytest.param("Hm.", None, id="nothing certain"),
        ],
    )
    def test_its_event_says_how_it_is_meant(self, outreach, our_id, text, sentiment):
        arrives(a_mail(text, answers=our_id))
        assert Event.objects.get(kind="replied").payload.get("sentiment") == sentiment

    def test_what_may_be_an_opt_out_stops_and_is_asked(self, outreach, our_id):
        arrives(a_mail("How do I unsubscribe from this?", answers=our_id))

        assert is_stopped(outreach)
        assert not Suppression.objects.exists()
        assert Notification.objects.get().kind == "confirm_opt_out"

    @pytest.mark.parametrize(
        "text", ["Bitte abmelden", "Désinscription", "Baja", "Descadastrar", "Afmelden", "Cancellatemi"]
    )
    def test_an_opt_out_in_any_of_the_languages_suppresses(self, outreach, our_id, text):
        arrives(a_mail(f"{text}\n\nOn Monday Rep wrote:\n> Hello Kim\n", answers=our_id))
        assert Suppression.objects.get().reason == "unsubscribe"

    def test_an_opt_out_in_the_quote_is_our_own(self, outreach, our_id):
        arrives(a_mail("Fine.\n\nOn Monday Rep wrote:\n> unsubscribe\n", answers=our_id))
        assert not Suppression.objects.exists()

    def test_it_counts_for_every_unfinished_enrollment_of_the_contact(self, outreach, our_id):
        other = an_enrollment(a_sequence(outreach.workspace, "Other"), outreach.contact)
        waiting = a_touch(other, outreach.sender, "hello")
        done = an_enrollment(a_sequence(outreach.workspace, "Done"), outreach.contact, "finished")

        arrives(a_mail(answers=our_id))

        for row in (other, waiting, done):
            row.refresh_from_db()
        assert (other.woken_at, waiting.vetoed_at, done.woken_at) == (NOW, NOW, None)

    @pytest.mark.parametrize(
        "owners",
        [("contact",), ("sequence",), (), ("contact", "sequence")],
        ids="+".join,
    )
    def test_the_nearest_owner_is_told(self, outreach, our_id, owners):
        people = {name: a_member(outreach.workspace, name) for name in owners}
        if "contact" in people:
            outreach.contact.owner = people["contact"]
            outreach.contact.save()
        if "sequence" in people:
            outreach.sequence.owner = people["sequence"]
            outreach.sequence.save()

        arrives(a_mail("Yes, please.", answers=our_id))

        told = Notification.objects.get()
        assert told.member == people.get("contact", people.get("sequence", outreach.owner))
        assert (told.kind, told.contact, told.enrollment) == (
            "replied",
            outreach.contact,
            outreach.enrollment,
        )
        assert told.text == f"{ADDRESS} replied: Yes, please."

    @pytest.mark.parametrize("prefix", ["r", "b"])
    def test_a_token_in_the_recipient_proves_it_too(self, outreach, prefix):
        arrives(a_mail(sender="other@else.test"), to=f"rep+{prefix}-{outreach.sent.mark}@ours.test")

        assert is_stopped(outreach)
        assert ("replied", "") in facts()

    def test_a_familiar_from_alone_pauses_and_asks(self, outreach):
        arrives(a_mail("Yes, please.", subject="Something"))

        assert is_stopped(outreach)
        assert facts() == {("weak_reply", ""): 1}
        assert Message.objects.get().kind == "weak_reply"
        assert Notification.objects.get().kind == "confirm_reply"

    def test_a_stranger_is_shown_and_stops_nobody(self, outreach):
        arrives(a_mail(sender="stranger@else.test"))

        assert not is_stopped(outreach)
        assert (Message.objects.get().kind, Message.objects.get().contact) == ("other", None)
        assert not Event.objects.exists()
        assert not Notification.objects.exists()

    def test_mail_that_belongs_nowhere_is_read_and_kept_raw_only(self, outreach):
        arrives(a_mail(to="office@ours.test", sender="x@else.test"), to="office@ours.test")

        assert not Message.objects.exists()
        assert InboundMail.objects.get().processed_at == NOW

    def test_the_reply_of_one_workspace_is_no_business_of_another(self, outreach, our_id):
        theirs = an_outreach("Theirs", sender="rep@theirs.test")

        arrives(a_mail(answers=our_id))

        assert is_stopped(outreach)
        assert not is_stopped(theirs)
        assert set(Message.objects.values_list("workspace_id", flat=True)) == {outreach.workspace.pk}


class TestMachines:
    def test_an_auto_reply_is_noted_and_stops_nothing(self, outreach, our_id):
        arrives(an_auto_reply(answers=our_id))

        assert not is_stopped(outreach)
        assert ("auto_replied", "") in facts()
        assert ("replied", "") not in facts()
        assert Message.objects.get().kind == "auto_reply"
        assert not Notification.objects.exists()

    def test_an_absence_with_a_return_date_is_looked_at_before_anything_leaves(self, outreach, our_id):
        arrives(an_absence(answers=our_id))

        assert is_stopped(outreach)
        assert ("out_of_office", "") in facts()
        assert Event.objects.get().payload["returns_on"] == "2026-03-13"

    def test_an_absence_without_a_date_is_noted_only(self, outreach, our_id):
        arrives(an_absence("I am out of the office.\n", answers=our_id))

        assert not is_stopped(outreach)
        assert ("out_of_office", "") in facts()

    def test_an_unproven_absence_postpones_nothing(self, outreach):
        arrives(an_absence())

        assert not is_stopped(outreach)
        assert facts() == {}
        assert "returns_on" not in Event.objects.get().payload


class TestBounces:
    def test_a_dead_address_is_suppressed_and_the_contact_stopped(self, outreach, our_id):
        arrives(a_bounce(of=our_id), sender="")

        assert is_stopped(outreach)
        row = Suppression.objects.get()
        assert (row.channel, row.reason) == ("email", "hard_bounce")
        assert suppressions.listed(outreach.owner, address=ADDRESS) == [row]
        assert ("bounced", "") in facts()
        assert Event.objects.get().payload["hard"] is True
        outreach.sent.refresh_from_db()
        assert (outreach.sent.status, outreach.sent.reason) == ("sent", "")

    def test_the_bounce_token_is_proof_when_nothing_was_returned(self, outreach):
        arrives(a_bounce(), to=f"rep+b-{outreach.sent.mark}@ours.test", sender="")

        assert is_stopped(outreach)
        assert Suppression.objects.exists()

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            pytest.param("5.2.2", "552 5.2.2 Mailbox full", id="a full mailbox"),
            pytest.param("4.4.1", "Connection timed out", id="a server that is away"),
            pytest.param("5.7.1", "550 5.7.1 Rejected as spam", id="a refusal of our sender"),
        ],
    )
    def test_a_soft_bounce_suppresses_nobody(self, outreach, our_id, status, words):
        arrives(a_bounce(of=our_id, status=status, words=words), sender="")

        assert not is_stopped(outreach)
        assert not Suppression.objects.exists()
        assert facts() == {}
        assert Event.objects.get().payload["hard"] is False
        assert Message.objects.get().kind == "soft_bounce"

    @pytest.mark.parametrize(
        ("status", "words", "gives_up"),
        [
            pytest.param("5.2.2", "552 5.2.2 Mailbox full", True, id="a mailbox that stays full"),
            pytest.param("5.7.1", "550 5.7.1 Rejected as spam", False, id="what speaks about us"),
        ],
    )
    def test_soft_bounces_of_three_messages_over_a_week_add_up(self, outreach, status, words, gives_up):
        sent = [outreach.sent, *(a_touch(outreach.enrollment, outreach.sender, f"more{n}") for n in (1, 2))]
        for number, touch in enumerate(sent):
            assert not Suppression.objects.exists()
            raw = a_bounce(
                of=f"{touch.mark}@ours.test", status=status, words=words, message_id=f"b{number}@mx"
            )
            arrives(raw, sender="")
            arrives(raw.replace(b"b%d@mx" % number, b"again%d@mx" % number), sender="")
            Event.objects.update(occurred_at=F("occurred_at") - timedelta(days=4))

        assert Suppression.objects.exists() is gives_up
        assert is_stopped(outreach) is gives_up

    def test_a_refusal_of_our_sender_holds_it_once_per_touch(self, outreach, our_id):
        def is_held():
            return SenderProfile.objects.get(pk=outreach.sender.pk).down_until is not None

        spam = {"status": "5.7.1", "words": "550 5.7.1 Rejected as spam", "of": our_id}
        arrives(a_bounce(**spam), sender="")
        assert is_held()
        assert Notification.objects.get().kind == "sender_needs_attention"

        SenderProfile.objects.update(down_until=None, failures=0)
        arrives(a_bounce(**spam, message_id="bounce-2@mx.example.com"), sender="")
        assert not is_held()

    def test_a_delay_is_no_bounce(self, outreach, our_id):
        arrives(a_bounce(of=our_id, action="delayed", status="4.4.1", words="still trying"), sender="")

        assert not is_stopped(outreach)
        assert Message.objects.get().kind == "other"
        assert not Event.objects.exists()

    def test_a_forged_bounce_changes_nothing_and_says_so(self, outreach):
        arrives(a_bounce(), sender="")

        assert not is_stopped(outreach)
        assert not Suppression.objects.exists()
        assert facts() == {}
        assert Notification.objects.get().kind == "unproven_bounce"

    def test_an_address_that_was_replaced_since_is_suppressed_without_stopping_the_contact(
        self, outreach, our_id
    ):
        outreach.contact.email = outreach.contact.email_normal = "kim@new.example.com"
        outreach.contact.save()

        arrives(a_bounce(of=our_id), sender="")

        assert suppressions.listed(outreach.owner, address=ADDRESS)
        assert not suppressions.listed(outreach.owner, address="kim@new.example.com")
        assert ("bounced", "") not in facts()


class TestComplaintsAndOptOuts:
    def test_a_complaint_suppresses_at_once_even_when_the_address_is_withheld(self, outreach, our_id):
        arrives(a_complaint(of=our_id), sender="fbl@isp.test")

        assert is_stopped(outreach)
        row = Suppression.objects.get()
        assert (row.channel, row.reason) == ("email", "complaint")
        assert ("complained", "") in facts()
        assert Notification.objects.get().kind == "complained"

    def test_a_forged_complaint_changes_nothing(self, outreach):
        arrives(a_complaint(recipient=ADDRESS), sender="fbl@isp.test")

        assert not is_stopped(outreach)
        assert not Suppression.objects.exists()
        assert Notification.objects.get().kind == "unproven_complaint"

    def test_opt_out_words_in_our_thread_unsubscribe(self, outreach, our_id):
        arrives(a_mail("Please unsubscribe me.\n", answers=our_id))

        assert is_stopped(outreach)
        row = Suppression.objects.get()
        assert (row.channel, row.reason, row.scope) == ("email", "unsubscribe", "")
        assert ("opted_out", "") in facts()
        assert ("replied", "") not in facts()
        assert Message.objects.get().kind == "opt_out"
        assert Notification.objects.get().kind == "opted_out"

    def test_do_not_contact_me_closes_every_channel(self, outreach, our_id):
        outreach.contact.phone_normal = "+442079460958"
        outreach.contact.save()

        arrives(a_mail("Do not contact me again.\n", answers=our_id))

        assert {row.channel for row in Suppression.objects.all()} == {""}
        assert suppressions.listed(outreach.owner, address="+442079460958")

    def test_opt_out_words_of_a_familiar_from_are_only_asked_about(self, outreach):
        arrives(a_mail("Please unsubscribe me.\n"))

        assert is_stopped(outreach)
        assert facts() == {("weak_reply", ""): 1}
        assert not Suppression.objects.exists()


class TestWithoutAContact:
    """A mail outside any sequence, or whose contact was erased since."""

    @pytest.fixture
    def alone(self, outreach):
        outreach.sent.contact = outreach.sent.enrollment = None
        outreach.sent.save()
        return outreach.sent

    @pytest.mark.parametrize(
        "answer",
        [
            pytest.param(lambda of: a_mail("Yes", answers=of), id="a reply"),
            pytest.param(lambda of: a_mail("Unsubscribe", answers=of), id="an opt-out"),
            pytest.param(lambda of: an_auto_reply(answers=of), id="an auto-reply"),
        ],
    )
    def test_an_answer_is_shown_and_stops_nobody(self, outreach, alone, our_id, answer):
        arrives(answer(our_id))

        assert Message.objects.get().touch == alone
        assert not is_stopped(outreach)
        assert facts() == {}
        assert not Notification.objects.exists()

    def test_a_dead_address_is_suppressed_all_the_same(self, outreach, alone, our_id):
        arrives(a_bounce(of=our_id), sender="")

        assert suppressions.listed(outreach.owner, address=ADDRESS)
