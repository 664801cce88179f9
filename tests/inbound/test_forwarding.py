"""What comes in at drumbeat's own address goes to whoever looks after the contact, and never round."""

from email import message_from_bytes
from email.message import EmailMessage

import pytest

from drumbeat.channels.email import mime
from drumbeat.channels.email.mime import EmailOutbound
from drumbeat.inbound import intake
from drumbeat.inbound.arrivals import Arrival, keep
from drumbeat.models import InboundMail, Mailbox, Message, SenderProfile, Touch
from drumbeat.store import touch_rows
from drumbeat.store.claim_facts import load_claim_facts
from drumbeat.store.outgoing import compose_notice
from tests.support.arriving import arrives, message_id_of
from tests.support.letters import a_bounce, a_complaint, a_mail, an_absence, an_auto_reply
from tests.support.outreach import ADDRESS, NOW, a_member, an_outreach

pytestmark = pytest.mark.django_db


@pytest.fixture
def outreach():
    made = an_outreach()
    SenderProfile.objects.create(
        workspace=made.workspace, kind="notice", name="Notices", address="notice", created_at=NOW
    )
    made.workspace.default_sender = made.sender
    made.workspace.save()
    User = type(made.rep.user)
    for number, user in enumerate(User.objects.order_by("id")):
        user.email = f"own{number}@elsewhere.test"
        user.save()
    made.rep.user.refresh_from_db()
    made.owner.user.refresh_from_db()
    return made


@pytest.fixture
def our_id(outreach):
    return message_id_of(outreach)


def notices():
    return list(Touch.objects.filter(kind="notice").order_by("id"))


def test_a_reply_goes_to_the_contacts_owner_once(outreach, our_id):
    outreach.contact.owner = outreach.rep
    outreach.contact.save()
    raw = a_mail("Yes, please.\n\nOn Monday Rep wrote:\n> Hello Kim\n", answers=our_id)
    arrives(raw)
    arrives(b"Received: another way\r\n" + raw)

    (notice,) = notices()
    assert notice.recipient == outreach.rep.user.email
    assert notice.key == f"forward:{Message.objects.get(direction='in').pk}:{outreach.rep.pk}"
    assert notice.content["reply_to"] == ADDRESS
    assert "> Hello Kim" in notice.content["text"]


def test_it_leaves_marked_as_a_machines_mail(outreach, our_id):
    arrives(a_mail("Yes.", answers=our_id))

    (notice,) = notices()
    mail = compose_notice(notice.key, notice.mark, notice.recipient, notice.content, outreach.sender, NOW)
    assert mail.headers == {"Auto-Submitted": "auto-generated", "X-Drumbeat-Forwarded": notice.mark}
    assert (mail.reply_to, mail.recipient_address) == (ADDRESS, notice.recipient)


@pytest.mark.parametrize(
    "chosen", ["contact", "sender", "sequence", "workspace"], ids=lambda name: f"the owner of the {name}"
)
def test_the_nearest_owner_gets_it(outreach, our_id, chosen):
    people = {name: a_member(outreach.workspace, name) for name in ("contact", "sender", "sequence")}
    order = ["contact", "sender", "sequence", "workspace"]
    for name in order[order.index(chosen) : 3]:
        row = getattr(outreach, name)
        row.owner = people[name]
        row.save()
    for member in people.values():
        member.user.email = f"{member.name}@elsewhere.test"
        member.user.save()

    arrives(a_mail("Yes.", answers=our_id))

    expected = people.get(chosen, outreach.owner)
    assert notices()[0].key.endswith(f":{expected.pk}")


def test_somebody_who_left_gets_nothing(outreach, our_id):
    outreach.contact.owner = outreach.rep
    outreach.contact.save()
    outreach.rep.deactivated_at = NOW
    outreach.rep.save()

    arrives(a_mail("Yes.", answers=our_id))

    assert notices()[0].recipient == outreach.owner.user.email


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(lambda id_: an_auto_reply(answers=id_), id="a machine"),
        pytest.param(lambda id_: an_absence(answers=id_), id="an absence"),
        pytest.param(lambda id_: a_bounce(of=id_), id="a bounce"),
        pytest.param(lambda id_: a_complaint(of=id_), id="a complaint"),
        pytest.param(lambda id_: a_mail("An offer.", sender="stranger@else.test"), id="a stranger"),
    ],
)
def test_what_no_contact_wrote_stays(outreach, our_id, mail):
    arrives(mail(our_id))
    assert notices() == []


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(ADDRESS, id="it would go back to who wrote it"),
        pytest.param("rep@ours.test", id="it would come in here again"),
    ],
)
def test_it_never_goes_round(outreach, our_id, address):
    outreach.owner.user.email = address
    outreach.owner.user.save()

    arrives(a_mail("Yes.", answers=our_id))

    assert notices() == []
    assert Message.objects.filter(direction="in").exists()


@pytest.mark.parametrize("way", ["header", "id"])
def test_one_that_comes_back_is_dropped(outreach, our_id, way):
    arrives(a_mail("Yes.", answers=our_id))
    (notice,) = notices()
    before = Message.objects.count()
    told = (
        {"X_Drumbeat_Forwarded": notice.mark}
        if way == "header"
        else {"message_id": f"{notice.mark}@ours.test"}
    )

    arrives(a_mail("From: Kim", **({"message_id": "back@x.test"} | told)))

    assert Message.objects.count() == before
    assert notices() == [notice]


def test_a_workspace_may_not_want_it(outreach, our_id):
    outreach.workspace.forwards_replies = False
    outreach.workspace.save()
    arrives(a_mail("Yes.", answers=our_id))
    assert notices() == []


def test_without_a_sender_that_carries_it_nothing_is_written(outreach, our_id):
    outreach.workspace.default_sender = None
    outreach.workspace.save()
    arrives(a_mail("Yes.", answers=our_id))
    assert notices() == []


def test_what_lies_in_a_mailbox_its_owner_has_already(outreach, our_id):
    mailbox = Mailbox.objects.create(
        workspace=outreach.workspace,
        address="rep@ours.test",
        host="127.0.0.1",
        port=143,
        security="none",
        username="rep",
        created_at=NOW,
    )
    keep(Arrival(f"imap:{mailbox.pk}", ADDRESS, ("rep@ours.test",), a_mail(answers=our_id)), NOW)
    intake.process_once(NOW)

    assert Message.objects.filter(direction="in").exists()
    assert notices() == []


class TestFiles:
    """What was attached goes along; what must not, or is too much, is named."""

    PDF = b"%PDF-1.7 an offer"

    def a_mail_with(self, *files: tuple[str, bytes], answers: str) -> bytes:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = f"Kim Lee <{ADDRESS}>", "rep@ours.test", "Re: Hello"
        mail["Message-ID"], mail["In-Reply-To"] = "<answer-1@example.com>", f"<{answers}>"
        mail.set_content("See what is attached.")
        for name, data in files:
            mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        return mail.as_bytes().replace(b"\n", b"\r\n")

    def leaves(self, outreach):
        """Return the text of the notice as it leaves, and the files that go along."""
        sender = SenderProfile.objects.get(kind="notice")
        rows = touch_rows.read(Touch.objects.filter(kind="notice"))
        mail = load_claim_facts(rows, sender, NOW, NOW).compose(rows[0], sender, NOW)
        assert isinstance(mail, EmailOutbound)
        parsed = message_from_bytes(mime.build(mail))
        parts = [part for part in parsed.walk() if part.get_filename()]
        return notices()[0].content["text"], {
            part.get_filename(): (part.get_content_type(), part.get_payload(decode=True)) for part in parts
        }

    def test_they_go_along_as_they_came(self, outreach, our_id):
        drawing = b"\x00\x01 of a kind that we do not know"
        arrives(self.a_mail_with(("Offer ü.pdf", self.PDF), ("plan.dwg", drawing), answers=our_id))

        text, files = self.leaves(outreach)
        assert "\nAttached: Offer ü.pdf, plan.dwg\n" in text
        assert list(files.values()) == [
            ("application/pdf", self.PDF),
            ("application/octet-stream", drawing),
        ]

    def test_what_runs_is_named_alone(self, outreach, our_id):
        programs = ("run.exe", b"MZ"), ("page.pdf.html", b"<script>"), ("hidden.pdf", b"#!/bin/sh")
        arrives(self.a_mail_with(*programs, ("offer.pdf", self.PDF), answers=our_id))

        text, files = self.leaves(outreach)
        assert "\nNot attached (open it in the Inbox): run.exe, page.pdf.html, hidden.pdf\n" in text
        assert list(files) == ["offer.pdf"]

    def test_a_mail_that_is_no_longer_kept_when_it_leaves_takes_nothing_along(self, outreach, our_id):
        arrives(self.a_mail_with(("offer.pdf", self.PDF), answers=our_id))
        InboundMail.objects.all().delete()

        assert self.leaves(outreach)[1] == {}

    def test_their_bytes_are_kept_once(self, outreach, our_id):
        arrives(self.a_mail_with(("offer.pdf", self.PDF), answers=our_id))

        (notice,) = notices()
        assert notice.content["received"] == {
            "message": Message.objects.get(direction="in").pk,
            "files": [0],
        }
