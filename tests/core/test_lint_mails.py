"""The audit of a mail's HTML and files."""

import pytest

from drumbeat.core.flow import EmailContent, TagStep
from drumbeat.core.lint import LintFacts
from drumbeat.core.lint.mails import mail_findings
from drumbeat.core.step_fields import FileRef
from tests.support.flows import an_email

PDF, FILM = FileRef(id=1, name="offer.pdf"), FileRef(id=2, name="film.mp4")
KNOWN = LintFacts(files={1: 5_000_000, 2: 11_000_000})


def codes(known=KNOWN, **content):
    mail = an_email("a", content=EmailContent(subject="Hi", **content))
    return [code for code, _, _ in mail_findings(mail, known)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param({"text": "Hi"}, [], id="a text"),
        pytest.param({"html": "<p>Hi</p>"}, [], id="HTML"),
        pytest.param({"html": "<script>x</script>"}, ["html_refused"], id="a script"),
        pytest.param({"html": '<a href="/a">a</a>'}, ["address_relative"], id="a link to nowhere"),
        pytest.param({"text": "Hi", "attachments": (PDF,)}, [], id="a file"),
        pytest.param({"html": "{{" * 40_000}, [], id="HTML that is no Liquid: said elsewhere"),
        pytest.param({"mjml": "{{" * 40_000}, [], id="MJML that is no Liquid: said elsewhere"),
        pytest.param({"text": "Hi", "attachments": (PDF, FILM)}, ["files_too_large"], id="too much together"),
        pytest.param(
            {"text": "Hi", "attachments": (FileRef(id=9, name="x.pdf"),)},
            ["file_unknown"],
            id="a file that is not there",
        ),
    ],
)
def test_what_is_wrong_with_a_mail(content, expected):
    assert codes(**content) == expected


def test_where_nobody_knows_the_files_any_passes():
    assert codes(LintFacts(), text="Hi", attachments=(PDF, FILM)) == []


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(TagStep(key="a", tag="x"), id="another kind"),
        pytest.param(an_email("a", content=None), id="empty"),
    ],
)
def test_what_is_no_mail_is_passed_over(step):
    assert list(mail_findings(step, KNOWN)) == []
