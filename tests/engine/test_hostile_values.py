"""Texts that want to be code, in every field that mails merge and in every mail that comes in: they stay texts."""

from __future__ import annotations

import email
import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest

from drumbeat.actions import branding, contacts, enrollments
from drumbeat.actions.contacts import fields
from drumbeat.channels.email.mime import EmailOutbound, build
from drumbeat.core import merge
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import EmailContent
from drumbeat.models import Contact, FieldType, Message, SenderProfile, Touch, Workspace
from tests.support import corpora, office
from tests.support.arriving import arrives
from tests.support.clockwork import Clockwork
from tests.support.flows import a_line, an_email
from tests.support.office import NOW
from tests.support.outreach import an_outreach

pytestmark = pytest.mark.django_db(transaction=True)

OURS = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(2)</script>',
    "' onmouseover='alert(3)",
    "javascript:alert(4)",
    "</title></style></textarea><svg/onload=alert(5)>",
    "<iframe srcdoc='<script>parent.alert(6)</script>'>",
    "Kim\r\nBcc: victim@example.com",
    "Kim\n\nBcc: victim@example.com",
    "Kim\u2028Bcc: victim@example.com",
    "{{ contact.email }}{% for i in (1..9) %}x{% endfor %}",
    "cid:file-1",
    "\u202egnp.txe",
    "x" * 200,
)
EVERY = 24
"""One of so many texts of others is tried by every run of the tests; the long tests try all."""
MERGED = ("first_name", "last_name", "company", "title")
ALL = " ".join(f"{{{{ contact.{name} | default: 'x' }}}}" for name in (*MERGED, "custom.shoe"))
OTHERS = "{{ sender.name }} {{ sender.signature }} {{ workspace.name }} {{ workspace.postal_address }}"
CONTENTS = {
    "plain": EmailContent(subject=f"Hi {ALL} {OTHERS}", text=f"Hi {ALL}\n\n{OTHERS}\n", preheader=ALL),
    "formatted": EmailContent(
        subject=ALL, html=f'<p title="{ALL}">Hi {ALL}</p><p>{OTHERS}</p>', preheader=ALL
    ),
    "branded": EmailContent(subject=ALL, html=f"<p>Hi {ALL}</p>", preheader=ALL, layout="branded"),
    "branded text": EmailContent(subject=ALL, text=f"Hi {ALL}\n", layout="branded"),
}
DANGEROUS = frozenset(
    {"script", "iframe", "object", "embed", "svg", "math", "form", "input", "textarea", "base"}
)


def of_others() -> list[str]:
    return [row["text"] for row in corpora.rows("hostile-strings/blns.jsonl")]


@pytest.fixture(params=["a few", pytest.param("all", marks=pytest.mark.soak)])
def texts(request) -> Sequence[str]:
    found = of_others()
    return [*OURS, *(found if request.param == "all" else found[::EVERY])]


@dataclass
class Page(HTMLParser):
    """The tags of a page and whatever in it could act."""

    acting: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        if tag in DANGEROUS:
            self.acting.append(f"<{tag}>")
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") or name in ("srcdoc", "formaction"):
                self.acting.append(f"{tag} {name}")
            if name in ("href", "src") and address.startswith(("javascript:", "data:text", "vbscript:")):
                self.acting.append(f"{tag} {name}={value}")


def acting(page: str) -> list[str]:
    read = Page()
    read.feed(page)
    read.close()
    return read.acting


def people(owner, texts: Sequence[str]) -> list[int]:
    """Return contacts that have each text in every field that is merged; what is refused is refused clearly."""
    fields.create(owner, "Shoe", FieldType.TEXT, NOW, key="shoe")
    made = []
    for number, text in enumerate(texts):
        values = {"email": f"lead{number}@example.com", **dict.fromkeys(MERGED, text)}
        try:
            made.append(contacts.add(owner, values, NOW, custom={"shoe": text}).pk)
        except DomainError as refused:
            assert refused.message
    assert len(made) > len(texts) // 2
    return made


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_what_leaves_has_the_same_headers_one_recipient_and_nothing_that_acts(texts, content):
    owner = office.an_owner()
    office.a_mailbox(owner, per_day=100_000)
    ids = people(owner, texts)
    everybody_else_is_hostile(owner)
    sequence = office.an_active_sequence(owner, a_line(an_email("a", content=content)))
    enrollments.enroll(owner, sequence.pk, ids, NOW)

    mails = left()

    assert not Touch.objects.filter(status="failed").exists()
    assert len(mails) == len(ids)
    addresses = dict(Contact.objects.values_list("email", "id"))
    assert len({tuple(sorted({name.lower() for name in mail})) for mail in mails}) == 1
    for mail in mails:
        assert "victim" not in str(mail.get("Bcc", ""))
        (to,) = mail["To"].addresses
        assert to.addr_spec in addresses
        shown = mail.get_body(("html",))
        assert shown is None or acting(shown.get_content()) == []


def everybody_else_is_hostile(owner) -> None:
    """Put code where a sender, a workspace and its branding have their names."""
    code = OURS[1]
    SenderProfile.objects.filter(kind="smtp").update(name=code, signature=code)
    Workspace.objects.filter(id=owner.workspace_id).update(name=code, postal_address=code)
    owner.workspace.refresh_from_db()
    branding.change(owner, {"footer": code, "name": code}, NOW)


def left() -> list[EmailMessage]:
    found = []
    for claimed in Clockwork().run(NOW):
        assert isinstance(claimed.outbound, EmailOutbound)
        found.append(email.message_from_bytes(build(claimed.outbound), policy=policy.SMTP))
    return found


def test_a_value_is_merged_as_it_stands(texts):
    for text in texts:
        values = {"contact": {"first_name": text}}
        plain = merge.render("{{ contact.first_name }}", values)
        assert plain.splitlines() == text.splitlines()
        shown = merge.render("{{ contact.first_name }}", values, html=True)
        assert html.unescape(shown).splitlines() == html.unescape(html.escape(text)).splitlines()
        assert acting(f"<p>{shown}</p>") == acting(f'<p title="{shown}"></p>') == []


def test_what_comes_in_is_kept_listed_and_shown_and_nothing_of_it_acts(texts, client):
    outreach = an_outreach()
    client.force_login(outreach.owner.user)
    for number, text in enumerate(texts):
        arrives(a_letter(number, text, outreach.contact.email))

    assert client.get("/api/conversations?scope=all").status_code == 200
    assert client.get(f"/api/conversations/{outreach.contact.pk}").status_code == 200
    assert client.get(f"/api/contacts/{outreach.contact.pk}/timeline?limit=100").status_code == 200
    came = Message.objects.filter(direction="in", raw__isnull=False)
    assert came.count() == len(texts)
    for message in came:
        shown = client.get(f"/api/messages/{message.pk}/html?images=true")
        assert shown.status_code == 200
        assert acting(shown.content.decode()) == []
        assert client.get(f"/api/messages/{message.pk}/original").status_code == 200
        for place, _ in enumerate(message.files):
            file = client.get(f"/api/messages/{message.pk}/files/{place}")
            assert file["Content-Disposition"].startswith("attachment; ")


def a_letter(number: int, text: str, sender: str) -> bytes:
    """Return a mail that has the text as its subject, its words, its HTML and the name of its file."""
    bare = text.replace("\r", " ").replace("\n", " ").encode("utf-8", "replace").decode()
    mail = EmailMessage(policy=policy.SMTP.clone(utf8=True))
    mail["From"], mail["To"], mail["Subject"] = sender, "rep@ours.test", "Hello"
    mail["Message-ID"] = f"<hostile-{number}@example.com>"
    mail.set_content(f"{bare}\n")
    mail.add_alternative(f"<p>{bare}</p><a href=\"{bare}\" title='{bare}'>x</a>", subtype="html")
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="NAME.pdf")
    raw = mail.as_bytes()
    name = bare.replace('"', "'").encode()[:60]
    return raw.replace(b"Subject: Hello", b"Subject: " + bare.encode()[:300]).replace(b"NAME", name)
