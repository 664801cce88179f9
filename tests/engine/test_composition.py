"""Mails as the worker hands them over: framed, with files, one recipient and no header that a value brought."""

import email
from email import policy

import pytest

from drumbeat.actions import attachments as files
from drumbeat.actions import branding, enrollments, sequences
from drumbeat.actions.conversations import writing as letters
from drumbeat.actions.sequences import tests as test_mails
from drumbeat.actions.sequences.previews import Asked
from drumbeat.channels.email.mime import EmailOutbound, build
from drumbeat.core.document import write_document
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import EmailContent, JobType
from drumbeat.core.step_fields import FileRef
from drumbeat.models import Attachment, Contact, Touch
from drumbeat.store import attachments as store
from tests.support import office
from tests.support.clockwork import Clockwork
from tests.support.flows import a_line, an_email
from tests.support.office import NOW
from tests.support.pictures import a_pdf, a_png

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Hi {{ contact.first_name | default: 'there' }} of {{ contact.company | default: 'x' }}\n"


@pytest.fixture
def owner():
    store.forget()
    member = office.an_owner()
    office.a_mailbox(member)
    return member


def mail_of(claimed):
    assert isinstance(claimed.outbound, EmailOutbound)
    return claimed.outbound


def sent(owner, people, *contents):
    """Enroll people in a sequence of these mails; return what left first for each, parsed, and as it was built."""
    steps = [an_email(f"s{number}", content=content) for number, content in enumerate(contents)]
    sequence = office.an_active_sequence(owner, a_line(*steps))
    enrollments.enroll(owner, sequence.pk, people, NOW)
    raw = [build(mail_of(claimed)) for claimed in Clockwork().run(NOW)]
    return [(email.message_from_bytes(one, policy=policy.SMTP), one) for one in raw]


def kept(owner, name, data):
    row = files.add(owner, name, data, NOW)
    return FileRef(id=row.pk, name=row.name)


def structure(message):
    if not message.is_multipart():
        return message.get_content_type()
    return message.get_content_subtype(), [structure(part) for part in message.iter_parts()]


def test_a_mail_of_a_new_workspace_is_a_plain_text(owner):
    ((message, _),) = sent(owner, office.leads(owner, 1), EmailContent(subject="Hi", text=TEXT))
    assert structure(message) == "text/plain"


def test_a_branded_workspace_frames_its_texts(owner):
    branding.change(owner, {"layout": "branded", "name": "Acme", "unsubscribe": "Stop?"}, NOW)
    ((message, _),) = sent(
        owner, office.leads(owner, 1), EmailContent(subject="Hi", text=TEXT, preheader="Look")
    )
    assert structure(message) == ("alternative", ["text/plain", "text/html"])
    plain, html = (part.get_content() for part in message.iter_parts())
    assert "Stop? http" in plain and "<table" not in plain
    assert ">Acme</td>" in html and ">Stop?</a>" in html and "Look" in html


def test_the_moment_of_sending_can_be_named(owner):
    content = EmailContent(subject="{{ 'now' | date: '%d.%m.%Y' }}", text=TEXT)
    ((message, _),) = sent(owner, office.leads(owner, 1), content)
    assert message["Subject"] == "02.03.2026"


def test_files_and_images_go_along_whole(owner):
    pdf, png = a_pdf(300_000), a_png(30, 30)
    offer, chart = kept(owner, "Übersicht für Köln – Angebot.pdf", pdf), kept(owner, "chart.png", png)
    content = EmailContent(
        subject="Hi",
        html=f'<p>Hi</p><img src="cid:file-{chart.id}" alt="Chart">',
        attachments=(offer, chart),
    )
    ((message, raw),) = sent(owner, office.leads(owner, 1), content)
    assert structure(message) == (
        "mixed",
        [("alternative", ["text/plain", ("related", ["text/html", "image/png"])]), "application/pdf"],
    )
    parts = {part.get_content_type(): part for part in message.walk()}
    assert parts["application/pdf"].get_filename() == "Übersicht für Köln – Angebot.pdf"
    assert parts["application/pdf"].get_content() == pdf
    assert parts["image/png"].get_content() == png
    cid = parts["image/png"]["Content-ID"].strip("<>")
    assert f"cid:{cid}" in parts["text/html"].get_content() and cid.endswith("@ours.test")
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert not message.defects and not any(part.defects for part in message.walk())


def test_one_file_is_loaded_once_for_all_mails(owner, django_assert_max_num_queries):
    offer = kept(owner, "a.pdf", a_pdf(1_000))
    mails = sent(owner, office.leads(owner, 20), EmailContent(subject="Hi", text=TEXT, attachments=(offer,)))
    assert len(mails) >= 4
    with django_assert_max_num_queries(2):
        assert store.load(owner.workspace_id, [offer.id])[offer.id].name == "a.pdf"


def test_a_file_that_is_no_more_spoils_its_mail_alone(owner):
    offer = kept(owner, "a.pdf", a_pdf())
    content = EmailContent(subject="Hi", text=TEXT, attachments=(offer,))
    sequence = office.an_active_sequence(owner, a_line(an_email("a", content=content)))
    enrollments.enroll(owner, sequence.pk, office.leads(owner, 1), NOW)
    Attachment.objects.all().delete()
    assert Clockwork().run(NOW) == []
    assert (Touch.objects.get().status, Touch.objects.get().reason) == ("failed", "render_error")


def test_a_test_mail_is_what_would_leave(owner):
    branding.change(owner, {"layout": "branded", "name": "Acme"}, NOW)
    owner.workspace.refresh_from_db()
    offer, chart = kept(owner, "a.pdf", a_pdf()), kept(owner, "chart.png", a_png())
    content = EmailContent(
        subject="Hi", html=f'<p>Hi</p><img src="cid:file-{chart.id}" alt="C">', attachments=(offer, chart)
    )
    sequence = sequences.create(
        owner, "Outreach", NOW, document=write_document(a_line(an_email("a", content=content)))
    )
    test_mails.send(owner, sequence.pk, Asked(step="a"), "kim@ours.test", NOW)
    (claimed,) = Clockwork().run(NOW)
    message = email.message_from_bytes(build(mail_of(claimed)), policy=policy.SMTP)
    assert structure(message) == (
        "mixed",
        [("alternative", ["text/plain", ("related", ["text/html", "image/png"])]), "application/pdf"],
    )
    html = next(part for part in message.walk() if part.get_content_type() == "text/html").get_content()
    assert "Acme" in html and f"cid:file-{chart.id}@ours.test" in html


def test_a_letter_by_hand_takes_files_along(owner):
    contact, offer = office.a_lead(owner), kept(owner, "a.pdf", a_pdf())
    with pytest.raises(DomainError, match="no file"):
        letters.send(owner, contact.pk, letter(files=[offer.id + 1]), NOW)
    letters.send(owner, contact.pk, letter(files=[offer.id]), NOW)
    assert store.uses(owner.workspace_id, offer.id)
    (claimed,) = Clockwork().run(NOW + letters.UNDO)
    message = email.message_from_bytes(build(mail_of(claimed)), policy=policy.SMTP)
    assert structure(message) == ("mixed", ["text/plain", "application/pdf"])
    assert not store.uses(owner.workspace_id, offer.id)


def letter(**more):
    return letters.Written(client_id="12345678", subject="Hi", text="Hello.", **more)


def test_a_follow_up_may_look_another_way(owner):
    branding.change(owner, {"layout": "branded"}, NOW)
    first = EmailContent(subject="Hi", text=TEXT)
    later = EmailContent(text="Well?\n", layout="plain")
    flow = a_line(
        an_email("a", content=first),
        an_email("b", content=later, after="1d", job_type=JobType.FOLLOW_UP_EMAIL),
    )
    sequence = office.an_active_sequence(owner, flow)
    enrollments.enroll(owner, sequence.pk, office.leads(owner, 1), NOW)
    worker = Clockwork()
    (one,) = map(mail_of, worker.run(NOW))
    (two,) = map(mail_of, worker.run(NOW.replace(day=NOW.day + 2)))
    assert one.html is not None and two.html is None
    assert two.subject == "Re: Hi" and two.references == (one.message_id,)


NAMES = (
    "Bob\r\nBcc: eve@example.com",
    "Bob\nSubject: gone",
    "Bob\x00\x0b\x0c\x85\u2028\u2029Bcc: eve@example.com",
    '"Bob" <eve@example.com>, "Kim"',
    "Bob (comment) <eve@example.com>",
    "=?utf-8?q?Bob=0D=0ABcc:_eve@example.com?=",
    "undisclosed-recipients:;",
    "{{ contact.email }}{% raw %}",
    "<script>alert(1)</script>",
    "B" * 90 + "\r\n\t" + "C" * 90,
)
ONCE = (
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
)


def by_hand(owner, name):
    return office.a_lead(owner, "kim@example.com", first_name=name, company=name).pk


def by_the_table(owner, name):
    """As rows that something else wrote, past every check of ours."""
    contact = office.a_lead(owner, "kim@example.com")
    if "\x00" not in name:
        Contact.objects.filter(pk=contact.pk).update(first_name=name[:200], company=name[:200])
    return contact.pk


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("way", [by_hand, by_the_table])
def test_a_value_adds_no_header_no_recipient_and_no_markup(owner, way, name):
    try:
        person = way(owner, name)
    except DomainError:
        return  # refused in words
    content = EmailContent(subject="For {{ contact.first_name | default: 'you' }}", html=f"<p>{TEXT}</p>")
    ((message, raw),) = sent(owner, [person], content)
    for header in ONCE:
        assert len(message.get_all(header, [])) == 1, header
    assert message["Bcc"] is None and message["Cc"] is None
    (recipient,) = message["To"].addresses
    assert recipient.addr_spec == "kim@example.com"
    head = raw.partition(b"\r\n\r\n")[0]
    assert b"\r" not in head.replace(b"\r\n", b"") and b"\n" not in head.replace(b"\r\n", b"")
    html = next(part for part in message.walk() if part.get_content_type() == "text/html").get_content()
    assert "<script" not in html


@pytest.mark.parametrize(
    "address",
    [
        "a@example.com,b@example.com",
        "a@example.com, b@example.com",
        "a@example.com\r\nRCPT TO:<b@example.com>",
        '"a b"@example.com>,<b@example.com',
        "group: a@example.com, b@example.com;",
        "a@example.com (b@example.com)",
        "<a@example.com> b@example.com",
        "a@example.com;b@example.com",
        "a@b@example.com",
        "@relay.test:a@example.com",
    ],
)
def test_an_address_is_one_recipient_or_refused(owner, address):
    try:
        contact = office.a_lead(owner, address)
    except DomainError:
        return  # refused in words
    assert contact.email_normal.count("@") == 1 and not set(contact.email_normal) & set(",;<>() \r\n")
