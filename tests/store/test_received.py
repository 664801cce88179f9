"""The files that notices take along: of many large mails, one at a time is held while they are read."""

import tracemalloc
from email.message import EmailMessage

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import world
from bench.null_wire import NullWire
from bench.world import a_sender
from drumbeat.engine import dispatcher
from drumbeat.models import InboundMail, Message, Touch
from drumbeat.store import claims, received
from drumbeat.store.attachments import encoded
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


class TestAWorkersRoom:
    """Of the files of received mails a worker holds so much at once; the others wait until some have left."""

    SIZE = 3_000
    WEIGHT = len(encoded(b"x" * SIZE))

    @pytest.fixture
    def sender(self):
        workspace = an_owner().workspace
        mail = EmailMessage()
        mail.add_attachment(b"x" * self.SIZE, maintype="text", subtype="plain", filename="a.txt")
        sender = a_sender(workspace, kind="notice")
        for number in range(5):
            row = InboundMail.objects.create(
                source="smtp", external_id=str(number), raw=bytes(mail), received_at=NOW
            )
            message = Message.objects.create(
                workspace=workspace,
                raw=row,
                channel="email",
                direction="in",
                files=[{"name": "a.txt", "size": self.SIZE}],
                occurred_at=NOW,
            )
            received_file = {"message": message.pk, "files": [0]}
            self.tells(sender, number, {"received": received_file} if number != 1 else {})
        return sender

    def tells(self, sender, number, more):
        Touch.objects.create(
            workspace=sender.workspace,
            key=f"notice:{number}",
            mark=f"mark{number}",
            kind="notice",
            sender=sender,
            recipient="own@ours.test",
            status="planned",
            content={"subject": "Fwd", "text": "See", **more},
            due_at=world.START,
            not_before=world.START,
            created_at=world.START,
        )

    def claim(self, sender, room):
        (sender_id,) = claims.lease_senders("w", 1, world.START)
        assert sender_id == sender.pk
        taken = claims.claim(sender_id, "w", "w.1", 10, world.START, world.START, room=room).touches
        return [(touch.touch_key, touch.weight) for touch in taken]

    def test_as_many_are_claimed_as_have_room(self, sender):
        assert self.claim(sender, 2 * self.WEIGHT) == [
            ("notice:0", self.WEIGHT),
            ("notice:1", 0),
            ("notice:2", self.WEIGHT),
        ]

    def test_without_room_those_without_files_are(self, sender):
        assert self.claim(sender, 0) == [("notice:1", 0)]

    def test_a_dispatcher_lets_all_leave_a_few_at_a_time(self, sender, monkeypatch):
        monkeypatch.setattr(dispatcher, "MOST_HELD", 2 * self.WEIGHT)
        held = []

        class Noting(NullWire):
            def begin(self, claimed):
                held.append(one._weight + claimed.weight)
                super().begin(claimed)

        one = dispatcher.Dispatcher("w", Noting())
        monkeypatch.setattr(dispatcher, "LOOK_EVERY_SECONDS", 0.0)
        for _ in range(20):
            one.turn(world.START)
        assert Touch.objects.filter(status="sent").count() == 5
        assert max(held) <= 2 * self.WEIGHT
        assert one._weight == 0

    def test_one_query_more_is_asked_for_any_number_and_none_without_files(self, sender):
        rows = list(Touch.objects.order_by("id"))
        for few, queries in ((rows[1:2], 0), (rows[:1], 1), (rows, 1)):
            with CaptureQueriesContext(connection) as asked:
                received.bearable(few, received.MOST_HELD)
            assert len(asked) == queries
