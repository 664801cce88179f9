"""Files of mails: what their first bytes say, what is refused, what a picture measures."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.attachments import (
    MOST_BYTES,
    TAKEN,
    Shape,
    check_mail,
    clean_name,
    kind_of,
    passed_on_as,
    shape_of,
)
from drumbeat.core.errors import DomainError
from tests.support.pictures import a_pdf, a_png, a_zip

JPEG = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x00\x20\x00\x40\x03"
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8"


@pytest.mark.parametrize(
    ("name", "data", "content_type"),
    [
        pytest.param("offer.pdf", a_pdf(), "application/pdf", id="a PDF"),
        pytest.param("a.PNG", a_png(), "image/png", id="an image, its ending in capitals"),
        pytest.param("a.jpeg", JPEG, "image/jpeg", id="a photo"),
        pytest.param("a.txt", "Grüße".encode(), "text/plain", id="a text"),
        pytest.param("a.csv", b"a,b\n", "text/csv", id="a table"),
        pytest.param("a.ics", b"BEGIN:VCALENDAR", "text/calendar", id="a date"),
        pytest.param("a.zip", a_zip("a.txt"), "application/zip", id="an archive"),
        pytest.param(
            "a.docx",
            a_zip("[Content_Types].xml", "word/document.xml", "word/_rels/a.rels"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            id="a document",
        ),
        pytest.param("a.mp4", b"\x00\x00\x00\x18ftypmp42", "video/mp4", id="a film"),
    ],
)
def test_what_goes_along_is_known_by_its_content(name, data, content_type):
    assert kind_of(data, name).content_type == content_type
    assert name.rpartition(".")[2].lower() in TAKEN


def locked_zip():
    data = bytearray(a_zip("a.txt"))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.pdf", b"", id="empty"),
        pytest.param("a.pdf", a_pdf(MOST_BYTES), id="too large"),
        pytest.param("a.exe", b"MZ\x90", id="a program"),
        pytest.param("a.pdf", b"MZ\x90", id="a program under another name"),
        pytest.param("a.txt", b"\x7fELF", id="another kind of program"),
        pytest.param("a.txt", b"#!/bin/sh\n", id="a script"),
        pytest.param("offer.pdf.exe", a_pdf(), id="two endings"),
        pytest.param("offer.exe.pdf", a_pdf(), id="two endings, the harmless one last"),
        pytest.param("a.html", b"<p>", id="a page"),
        pytest.param("a.txt", b"<html><script>", id="a page under another name"),
        pytest.param("a.svg", b"<svg>", id="a drawing that runs"),
        pytest.param("a.pdf", a_png(), id="an image called PDF"),
        pytest.param("a.txt", b"a\x00b", id="no text"),
        pytest.param("a.txt", b"\xff\xfe\xfd", id="a text of no alphabet"),
        pytest.param("a.doc", b"\xd0\xcf\x11\xe0", id="an old document, which may hold macros"),
        pytest.param("noending", b"abc", id="no ending"),
        pytest.param("a.zip", a_zip("b/run.exe"), id="a program in an archive"),
        pytest.param("a.zip", a_zip("inner.zip"), id="an archive in an archive"),
        pytest.param("a.docx", a_zip("word/vbaProject.bin"), id="macros"),
        pytest.param("a.zip", locked_zip(), id="an archive with a password"),
        pytest.param("a.zip", b"PK\x03\x04broken", id="a damaged archive"),
        pytest.param("a.zip", a_zip(*map(str, range(2_001))), id="an archive of thousands"),
    ],
)
def test_what_is_refused(name, data):
    with pytest.raises(DomainError) as refusal:
        kind_of(data, name)
    assert refusal.value.code == "file_refused"
    assert refusal.value.message.endswith(".")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        pytest.param("offer.pdf", "offer.pdf", id="a plain name"),
        pytest.param("../../etc/passwd", "passwd", id="a way"),
        pytest.param("C:\\Users\\a\\b.pdf", "b.pdf", id="a way of Windows"),
        pytest.param("a\r\nBcc: x@y.test\r\n.pdf", "aBcc_ x@y.test.pdf", id="a header"),
        pytest.param("gpj.\u202eexe.pdf", "gpj.exe.pdf", id="letters that turn the line"),
        pytest.param('a"b;c.pdf', "a_b_c.pdf", id="signs of headers"),
        pytest.param("...", "file", id="dots"),
        pytest.param("", "file", id="nothing"),
        pytest.param("Übersicht 2026.pdf", "Übersicht 2026.pdf", id="an umlaut"),
        pytest.param("x" * 300 + ".pdf", "x" * 116 + ".pdf", id="too long"),
        pytest.param("x" * 300, "x" * 120, id="too long, without an ending"),
    ],
)
def test_names_are_cleaned(given_name, kept):
    assert clean_name(given_name) == kept


@given(st.text(max_size=400))
def test_a_cleaned_name_is_one_line_without_ways(name):
    cleaned = clean_name(name)
    assert cleaned and len(cleaned) <= 120
    assert not set(cleaned) & set('\r\n\0/\\"')


@pytest.mark.parametrize(
    ("sizes", "passes"),
    [
        pytest.param([MOST_BYTES], True, id="one large file"),
        pytest.param([MOST_BYTES, MOST_BYTES], False, id="too much together"),
        pytest.param([1] * 11, False, id="too many"),
    ],
)
def test_how_much_a_mail_takes(sizes, passes):
    if passes:
        return check_mail(sizes)
    with pytest.raises(DomainError, match=r"mail takes"):
        check_mail(sizes)
    return None


@pytest.mark.parametrize(
    ("data", "shape"),
    [
        pytest.param(a_png(40, 20), Shape("image/png", 40, 20), id="PNG"),
        pytest.param(b"GIF89a\x28\x00\x14\x00", Shape("image/gif", 40, 20), id="GIF"),
        pytest.param(JPEG, Shape("image/jpeg", 64, 32), id="JPEG"),
        pytest.param(
            WEBP + b"X" + bytes(8) + b"\x27\x00\x00\x13\x00\x00",
            Shape("image/webp", 40, 20),
            id="WebP, extended",
        ),
        pytest.param(
            WEBP + b" " + bytes(10) + struct.pack("<HH", 40, 20),
            Shape("image/webp", 40, 20),
            id="WebP, lossy",
        ),
        pytest.param(
            WEBP + b"L" + bytes(5) + struct.pack("<I", 39 | 19 << 14) + bytes(5),
            Shape("image/webp", 40, 20),
            id="WebP, lossless",
        ),
    ],
)
def test_pictures_are_measured(data, shape):
    assert shape_of(data) == shape


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="SVG"),
        pytest.param(a_pdf(), id="no picture"),
        pytest.param(a_zip("a"), id="an archive"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x04", id="a photo cut short"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x04\x00\x00no frame here", id="a photo without a frame"),
        pytest.param(b"GIF89a", id="a GIF cut short"),
        pytest.param(WEBP, id="a WebP cut short"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(20), id="a PNG without a head"),
        pytest.param(a_png(0, 1), id="no width"),
        pytest.param(a_png(4_001, 1), id="too wide"),
        pytest.param(a_png() + bytes(1 << 20), id="too large"),
    ],
)
def test_what_is_no_logo(data):
    with pytest.raises(DomainError) as refusal:
        shape_of(data)
    assert refusal.value.code == "picture_refused"


@pytest.mark.parametrize(
    ("shape", "shown"),
    [
        pytest.param(Shape("image/png", 100, 40), (100, 40), id="a small one as it is"),
        pytest.param(Shape("image/png", 480, 64), (240, 32), id="a wide one"),
        pytest.param(Shape("image/png", 400, 4_000), (6, 64), id="a tall one"),
    ],
)
def test_how_large_a_logo_is_shown(shape, shown):
    assert shape.shown() == shown


@pytest.mark.parametrize(
    ("name", "data", "goes_on_as"),
    [
        pytest.param("offer.pdf", a_pdf(), "application/pdf", id="of a kind that is known"),
        pytest.param("offer.doc", a_pdf(), "application/octet-stream", id="named as another"),
        pytest.param("plan.dwg", b"\x00\x01", "application/octet-stream", id="of a kind that is not known"),
        pytest.param("a.zip", a_zip("a.txt"), "application/zip", id="an archive of harmless files"),
        pytest.param("a.zip", a_zip("run.exe"), None, id="an archive with a program"),
        pytest.param("a.zip", locked_zip(), None, id="an archive that cannot be looked into"),
        pytest.param("run.exe", b"x", None, id="named as a program"),
        pytest.param("a.pdf", b"MZ", None, id="a program by its content"),
        pytest.param("a.pdf", b"", None, id="empty"),
    ],
)
def test_what_came_in_goes_on_unless_it_may_run(name, data, goes_on_as):
    assert passed_on_as(data, name) == goes_on_as
