"""A sequence of mails and a voicemail, from its template, through the whole engine."""

from datetime import timedelta

from bench import world
from drumbeat.actions.contacts import view as contact_view
from drumbeat.core.document import write_document
from drumbeat.core.templates import TEMPLATES
from drumbeat.models import Contact, Enrollment, Message
from tests.support.phoning import OURS, SPOKEN, calling, placed

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


def lines(owner, contact_id, tab):
    entries = contact_view.timeline(owner, contact_id, tab, None, 20)
    return [(one.kind, one.data.get("outcome", ""), one.data.get("text", "")) for one in entries]


def test_a_contact_shows_each_call_once_with_what_it_said(owner, office):
    (contact_id,) = calling(owner, ["machine"])
    sid = placed(office)
    assert lines(owner, contact_id, "calls") == [("call", "", "")]
    office.live(sid, NOW)
    assert lines(owner, contact_id, "calls") == [("call", "left_message", SPOKEN)]
    assert lines(owner, contact_id, "messages") == [("message", "", SPOKEN)]
    (call,) = [
        one
        for one in contact_view.timeline(owner, contact_id, "everything", None, 9)
        if one.data.get("channel")
    ]
    assert (call.data["word"], call.data["deed"], call.data["seconds"]) == ("machine_end_beep", "leave", 31)
    assert (call.data["sequence"], call.data["step"], call.data["by"]) == ("Calls", "call", "Ann")


def test_a_talk_is_one_line_and_what_nobody_heard_is_not_shown_as_said(owner, office):
    (contact_id, other) = calling(owner, ["human", "no_answer"])
    office.go(NOW)
    for sid in office.sids:
        office.live(sid, NOW)
    assert lines(owner, contact_id, "calls") == [("call", "reached_human", SPOKEN)]
    assert lines(owner, other, "calls") == [("call", "no_answer", "")]
