"""The files that notices take along: of many large mails, one at a time is held while they are read."""

import tracemalloc
from email.message import EmailMessage

import pytest

from drumbeat.models import InboundMail, Message
from drumbeat.store import received
from tests.support.office import NOW, an_owner

pytestmark = pytest.mark.django_db
MAILS, LARGE = 12, 1 << 20


def a_mail() -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "Files"
    mail.set_content("See the file.")
    mail.add_attachment(b"a note", maintype="text", subtype="plain", filename="note.txt")
    return bytes(mail) + (b"x" * 998 + b"\r\n") * (LARGE // 1000)


def test_of_many_large_mails_one_at_a_time_is_held():
    workspace, raw = an_owner().workspace, a_mail()
    contents = []
    for number in range(MAILS):
        row = InboundMail.objects.create(source="smtp", external_id=str(number), raw=raw, received_at=NOW)
        message = Message.objects.create(
            workspace=workspace, raw=row, channel="email", direction="in", occurred_at=NOW
        )
        contents.append({"received": {"message": message.pk, "files": [0]}})
    received.load(contents[:1])
    peaks = []
    for asked in (contents[:2], contents):
        tracemalloc.start()
        found = received.load(asked)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert [files[0].name for files in found.values()] == ["note.txt"] * len(asked)
    assert peaks[1] < peaks[0] + 3 * LARGE
