"""Files of a mail: any reader of mail finds them whole, under their names."""

from base64 import encodebytes
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.channels.email.mime import Attached, build
from drumbeat.core.errors import DomainError
from tests.channels.test_mime import ENDS_A_LINE, changed, parse


def a_file(**fields: Any) -> Attached:
    encoded = encodebytes(b"%PDF-1.4 " + bytes(200)).replace(b"\n", b"\r\n")
    return Attached(**{"name": "a.pdf", "content_type": "application/pdf", "encoded": encoded, **fields})


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("offer 2026.pdf", id="plain"),
        pytest.param("Übersicht.pdf", id="umlaut"),
        pytest.param("日本語の見積書" * 12 + ".pdf", id="long and far"),
        pytest.param("👩‍👩‍👧 100 % a+b=c.pdf", id="signs"),
        pytest.param('say "hi" \\ bye.pdf', id="quotes"),
        pytest.param("a=?utf-8?q?x?=.pdf", id="looks encoded"),
    ],
)
def test_a_file_keeps_its_name_and_content(name):
    raw = build(changed(html="<p>Hi</p>", attachments=(a_file(name=name),)))
    message = parse(raw)
    (file,) = message.iter_attachments()
    assert file.get_filename() == name
    assert file.get_content() == b"%PDF-1.4 " + bytes(200)
    assert all(len(line) <= 200 for line in raw.split(b"\r\n"))


@pytest.mark.parametrize("end", ENDS_A_LINE)
def test_a_file_name_ends_no_line(end):
    with pytest.raises(DomainError):
        build(changed(attachments=(a_file(name=f"a{end}Bcc: eve@example.com"),)))


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"name": ""}, id="no name"),
        pytest.param({"content_type": "text/html\r\nX: y"}, id="a header in the type"),
        pytest.param({"content_type": "pdf"}, id="no type"),
        pytest.param({"cid": "a>b@c"}, id="a broken name of an image"),
    ],
)
def test_a_file_that_would_break_its_part_is_refused(fields):
    with pytest.raises(DomainError):
        build(changed(html="<p>Hi</p>", attachments=(a_file(**fields),)))


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=120))
def test_any_name_comes_back(name):
    message = parse(build(changed(attachments=(a_file(name=name),))))
    (file,) = message.iter_attachments()
    assert " ".join((file.get_filename() or "").split()) == " ".join(name.split())


def test_a_plain_text_with_a_file_is_two_parts():
    message = parse(build(changed(attachments=(a_file(content_type="text/csv", name="a.csv"),))))
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/csv"]
    assert message.get_content_type() == "multipart/mixed"
