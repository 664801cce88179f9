"""A sequence of mails and a voicemail, from its template, through the whole engine."""

from datetime import timedelta

from bench import world
from drumbeat.core.document import write_document
from drumbeat.core.templates import TEMPLATES
from drumbeat.models import Contact, Enrollment, Message
from tests.support.phoning import OURS, calling, placed

pytest_plugins = ["tests.support.installed", "tests.support.phoning"]

NOW, DAY = world.START, timedelta(days=1)


def test_a_mail_a_voicemail_three_days_later_and_a_mail_on_day_eight(owner, office):
    world.a_sender(owner.workspace, owner=owner)
    calling(owner, ["machine"], write_document(TEMPLATES["voicemail_email_combo"].flow)["steps"])
    Contact.objects.update(owner=owner)
    office.go(NOW)
    office.go(NOW + 3 * DAY - timedelta(seconds=1))
    assert not office.sids
    office.live(placed(office, NOW + 3 * DAY), NOW + 3 * DAY)
    office.go(NOW + 8 * DAY)
    assert list(Message.objects.order_by("id").values_list("channel", "occurred_at")) == [
        ("email", NOW), ("voice", NOW + 3 * DAY), ("email", NOW + 8 * DAY),
    ]  # fmt: skip
    said = Message.objects.get(channel="voice")
    assert said.from_address == OURS
    assert said.text.startswith("Hi First0, this is Ann from ")
    assert Enrollment.objects.get().reason == "completed"
