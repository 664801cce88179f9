"""Files of a mail that came in: named safely, given back byte by byte, whatever the mail is like."""

import base64
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core import received_files
from drumbeat.core.received_files import contents_of, disposition, file_of, files_of, pictures_of, safe_name


def a_mail(*parts):
    inner = "".join(f"--b\r\n{head}\r\n\r\n{body}\r\n" for head, body in parts)
    return (
        f'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n{inner}--b--\r\n'.encode()
    )


ENCODED = "Content-Type: application/x\r\nContent-Transfer-Encoding: base64"
ATTACHED = f'{ENCODED}\r\nContent-Disposition: attachment; filename="b"'
TEXT = ("Content-Type: text/plain", "Hello")
HTML = ("Content-Type: text/html", "<p>Hello</p>")


def test_the_text_of_a_mail_is_no_file():
    assert files_of(a_mail(TEXT, HTML)) == ()


@pytest.mark.parametrize(
    ("head", "body", "name", "kind"),
    [
        pytest.param(
            'Content-Type: application/pdf; name="offer.pdf"\r\nContent-Disposition: attachment',
            "x",
            "offer.pdf",
            "application/pdf",
            id="a file by its type's name",
        ),
        pytest.param(
            'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="a.txt"',
            "x",
            "a.txt",
            "text/plain",
            id="a text that is attached",
        ),
        pytest.param(
            "Content-Type: text/calendar", "x", "attachment.ics", "text/calendar", id="an invitation"
        ),
        pytest.param(
            "Content-Type: image/png", "x", "attachment", "image/png", id="a picture without a name"
        ),
        pytest.param(
            "Content-Type: message/rfc822\r\nContent-Disposition: attachment",
            "Subject: in it\r\n\r\nx",
            "attachment.eml",
            "message/rfc822",
            id="a mail",
        ),
        pytest.param(
            "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''%C3%84.pdf",
            "x",
            "Ä.pdf",
            "application/pdf",
            id="a name in another script",
        ),
        pytest.param(
            "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*=no-such-charset'%%'x",
            "x",
            "attachment",
            "application/pdf",
            id="a name that cannot be read",
        ),
        pytest.param(
            f'Content-Type: {"x" * 80}/y\r\nContent-Disposition: attachment; filename="a"',
            "x",
            "a",
            "application/octet-stream",
            id="a type without end",
        ),
    ],
)
def test_what_is_attached_is_listed(head, body, name, kind):
    (file,) = files_of(a_mail(TEXT, (head, body)))
    assert (file.name in {name, "x"}, file.content_type) == (True, kind)
    assert file.size > 0


def test_a_report_of_a_server_has_no_files():
    assert files_of(a_mail(("Content-Type: message/delivery-status", "Reporting-MTA: dns; x"))) == ()


def test_content_comes_back_as_it_was():
    data = bytes(range(256))
    mail = a_mail(TEXT, (ATTACHED, base64.b64encode(data).decode()))
    found = file_of(mail, 0)
    assert found is not None
    assert found[1] == data
    assert file_of(mail, 1) is None
    assert contents_of(mail) == (found,)


def test_a_picture_within_the_text_is_a_picture_and_no_file():
    png = base64.b64encode(b"png").decode()
    inline = (
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-ID: <logo@x>\r\nContent-Disposition: inline",
        png,
    )
    mail = a_mail(HTML, inline)
    assert files_of(mail) == ()
    assert pictures_of(mail) == {"logo@x": f"data:image/png;base64,{png}"}


def test_pictures_end_where_they_would_be_too_many(monkeypatch):
    monkeypatch.setattr(received_files, "MOST_PICTURES", 4)
    one = ("Content-Type: image/png\r\nContent-ID: <a>", "xxx")
    other = ("Content-Type: image/png\r\nContent-ID: <b>", "yyy")
    assert set(pictures_of(a_mail(HTML, one, other))) == {"a"}


def test_at_most_a_hundred_files_are_listed():
    parts = [(f'Content-Type: application/x; name="{n}"', "x") for n in range(150)]
    assert len(files_of(a_mail(*parts))) == 100


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        pytest.param("../../etc/passwd", "_.._etc_passwd", id="folders"),
        pytest.param("C:\\temp\\a.exe", "C_temp_a.exe", id="folders of Windows"),
        pytest.param("invoice\u202efdp.exe", "invoice_fdp.exe", id="letters that turn round"),
        pytest.param('a"; x="b.txt', "a_; x=_b.txt", id="quotation marks"),
        pytest.param("a\r\nSet-Cookie: x", "a_Set-Cookie_ x", id="line ends"),
        pytest.param("...", "attachment", id="dots alone"),
        pytest.param("", "attachment", id="nothing"),
        pytest.param(".htaccess", "htaccess", id="a hidden file"),
    ],
)
def test_a_name_is_made_safe(name, safe):
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_ending():
    assert safe_name("x" * 300 + ".pdf").endswith("x.pdf")
    assert len(safe_name("x" * 300 + ".pdf")) == len(safe_name("x" * 300)) == 150


@given(st.text(max_size=300))
def test_a_header_stays_one_header(name):
    line = disposition(name)
    assert line.startswith('attachment; filename="')
    assert line.isprintable()
    assert line.isascii() or all(ord(letter) < 256 or letter.isalnum() for letter in line)
    assert line.count('"') == 2


@given(st.binary(max_size=2_000))
def test_garbage_has_files_or_none(raw):
    for number, _ in enumerate(files_of(raw)):
        assert file_of(raw, number) is not None
    pictures_of(raw)


def test_what_cannot_be_decoded_or_written_is_given_as_it_stands(monkeypatch):
    mail = a_mail(
        (ATTACHED, "eHg="),
        ("Content-Type: message/rfc822\r\nContent-Disposition: attachment", "Subject: s\r\n\r\nx"),
    )
    real = Message.get_payload

    def breaks(self, *args, **options):
        if options.get("decode"):
            raise LookupError("an encoding that nobody knows")
        return real(self, *args, **options)

    def fails(self, *args, **options):
        raise UnicodeError("a header that cannot be written")

    monkeypatch.setattr(Message, "get_payload", breaks)
    monkeypatch.setattr(Message, "as_bytes", fails)
    found = [file[1].strip() for number in (0, 1) if (file := file_of(mail, number))]
    assert found == [b"eHg=", b"Subject: s\n\nx"]


def test_a_name_that_breaks_its_reader_is_no_name(monkeypatch):
    def fails(self, *args, **options):
        raise ValueError("a malformed parameter")

    monkeypatch.setattr(Message, "get_filename", fails)
    (file,) = files_of(a_mail((ATTACHED, "eHg=")))
    assert file.name == "attachment"
