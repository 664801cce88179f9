"""Previews of mails written as MJML, and the hints on what looks like spam."""

import pytest
from django.utils import timezone

from drumbeat.actions import sequences
from drumbeat.core.document import write_document
from drumbeat.core.flow import EmailContent
from tests.support.flows import a_line, an_email
from tests.support.office import a_lead

pytestmark = pytest.mark.django_db
PAGE = "<mjml><mj-body><mj-section><mj-column>\n<mj-text>Hi {}</mj-text></mj-column></mj-section></mj-body></mjml>"


def seen(client, owner, content, **more):
    document = write_document(a_line(an_email("hello", content=content)))
    sequence = sequences.create(owner, "Outreach", timezone.now(), document=document)
    asked = {"step": "hello", **more}
    answer = client.post(f"/api/sequences/{sequence.pk}/preview", asked, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_mjml_is_shown_as_the_page_it_becomes_with_the_text_made_of_it(client, owner):
    shown = seen(client, owner, EmailContent(subject="Hi", mjml=PAGE.format("{{ contact.first_name }}")))
    assert shown["sendable"] and shown["warnings"] == []
    assert "<table" in shown["html"] and "Hi Ana</div>" in shown["html"]
    assert shown["text"].startswith("Hi Ana\n")


def test_an_unfilled_tag_of_mjml_stands_in_brackets(client, owner):
    lead = a_lead(owner, "ana@example.com", first_name="")
    content = EmailContent(subject="Hi", mjml=PAGE.format("{{ contact.first_name }}"))
    shown = seen(client, owner, content, contact_id=lead.pk)
    assert not shown["sendable"] and "Hi [first name]</div>" in shown["html"]
    assert [one["path"] for one in shown["warnings"]] == ["content.mjml"]


def test_mjml_that_cannot_be_read_is_named_with_its_line(client, owner):
    shown = seen(client, owner, EmailContent(subject="Hi", mjml=PAGE.format("<mj-foo />")))
    assert not shown["sendable"]
    (said,) = shown["warnings"]
    assert (said["code"], said["path"]) == ("mjml_invalid", "content.mjml")
    assert said["message"].startswith("Line 2: There is no element <mj-foo>")


def test_what_looks_like_spam_is_said_and_the_mail_stays_sendable(client, owner):
    shown = seen(client, owner, EmailContent(subject="RE: ACT NOW", text="See https://bit.ly/x"))
    codes = [one["code"] for one in shown["advice"]]
    assert codes == ["subject_shouts", "pretends_reply", "advertising_words", "link_shortener"]
    assert shown["sendable"]
