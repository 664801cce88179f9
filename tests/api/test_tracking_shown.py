"""Opens and clicks as people meet them: on timelines, in settings, in the audit of a flow."""

from datetime import timedelta

import pytest

from drumbeat.actions import sequences
from drumbeat.actions.sequences.checking import problems_of
from drumbeat.core.document import read_document
from drumbeat.core.tracking_verdicts import JUDGED_AFTER
from drumbeat.inbound import tracking
from drumbeat.models import AuditEntry
from drumbeat.models import Sequence as SequenceRow
from tests.inbound.test_tracking import AT, a_click, a_hit
from tests.support.outreach import NOW, a_contact, a_touch, an_enrollment, an_outreach

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture
def outreach(client):
    made = an_outreach()
    client.force_login(made.owner.user)
    return made


@pytest.fixture
def seen(outreach):
    """A mail that Apple's proxy opened, and a person twice clicked."""
    mark = outreach.sent.mark
    tracking.store(
        [
            a_hit(mark, "1", agent="Mozilla/5.0"),
            a_click(mark, "2", link=1, at=LATER),
            a_click(mark, "3", link=2, at=LATER + timedelta(minutes=1)),
        ]
    )
    tracking.judge_once(LATER + timedelta(minutes=1) + JUDGED_AFTER)
    return outreach


def test_the_timeline_of_a_contact_tells_people_from_machines(client, seen):
    items = client.get(f"/api/contacts/{seen.contact.pk}/timeline").json()["items"]
    told = [
        (item["word"], item["visitor"], item["reason"], item["url"], item["step"])
        for item in items
        if item["source"] == "tracking"
    ]
    assert told == [
        ("clicked", "human", "", "https://a.test/2", "hello"),
        ("clicked", "human", "", "https://a.test/1", "hello"),
        ("opened", "machine", "apple_proxy", "", "hello"),
    ]


def test_the_timeline_of_an_enrollment_counts_them_by_step(client, seen):
    timeline = client.get(f"/api/enrollments/{seen.enrollment.pk}").json()["timeline"]
    (hello,) = (item for item in timeline if item["step"] == "hello")
    assert [(one["word"], one["visitor"], one["count"]) for one in hello["seen"]] == [
        ("clicked", "human", 2),
        ("opened", "machine", 1),
    ]
    assert hello["seen"][0]["at"] == LATER.isoformat().replace("+00:00", "Z")
    assert all(item["seen"] == [] for item in timeline if item["step"] != "hello")


def change(client, path, **values):
    return client.patch(path, values, content_type="application/json")


def test_a_new_sequence_tracks_nothing_until_it_is_told(client, outreach):
    made = sequences.create(outreach.owner, "New", NOW)
    path = f"/api/sequences/{made.pk}"
    settings = client.get(path).json()["settings"]
    assert (settings["track_opens"], settings["track_clicks"]) == (False, False)

    changed = change(client, f"{path}/settings", track_clicks=True).json()
    assert [(one["setting"], one["after"], one["effect"]) for one in changed["changes"]] == [
        ("track_clicks", True, "next_sends")
    ]
    assert AuditEntry.objects.filter(act="sequences.settings", after={"track_clicks": True}).exists()


def test_a_copy_tracks_what_its_model_tracks(outreach):
    made = sequences.create(outreach.owner, "Model", NOW)
    SequenceRow.objects.filter(id=made.pk).update(track_opens=True)
    copy = sequences.clone(outreach.owner, made.pk, NOW)
    assert (copy.track_opens, copy.track_clicks) == (True, False)


def test_a_workspace_that_forbids_it_says_so_in_each_sequence(client, outreach):
    path = f"/api/sequences/{sequences.create(outreach.owner, 'New', NOW).pk}"
    assert client.get(path).json()["tracking_allowed"] is True
    assert change(client, "/api/workspace", allows_tracking=False).json()["allows_tracking"] is False
    assert client.get(path).json()["tracking_allowed"] is False


ASKING = read_document(
    {
        "format": 1,
        "steps": [
            {"key": "wait", "kind": "wait_for", "event": "opened", "time_limit": "1d"},
            {
                "key": "mark",
                "kind": "tag",
                "action": "remove",
                "tag": "x",
                "only_if": {"rules": [{"field": "event.clicked", "operator": "happened"}]},
            },
        ],
    }
)


@pytest.mark.parametrize(
    ("settings", "allowed", "expected"),
    [
        pytest.param({}, True, {"wait_in_vain", "tracking_off"}, id="nothing is tracked"),
        pytest.param({"track_opens": True}, True, {"tracking_off"}, id="only opens are"),
        pytest.param({"track_clicks": True}, True, {"wait_in_vain"}, id="only clicks are"),
        pytest.param({"track_opens": True, "track_clicks": True}, True, set(), id="both are"),
        pytest.param(
            {"track_opens": True, "track_clicks": True},
            False,
            {"wait_in_vain", "tracking_off"},
            id="the workspace forbids it",
        ),
    ],
)
def test_the_audit_knows_what_is_tracked(outreach, settings, allowed, expected):
    made = sequences.create(outreach.owner, "New", NOW)
    SequenceRow.objects.filter(id=made.pk).update(**settings)
    outreach.workspace.allows_tracking = allowed
    outreach.workspace.save()
    found = {problem.code for problem in problems_of(outreach.owner, ASKING, made.pk)}
    assert found & {"wait_in_vain", "tracking_off"} == expected


def test_each_mail_of_a_sequence_says_what_came_of_it(client, seen):
    other = an_enrollment(seen.sequence, a_contact(seen.workspace, "ana@example.com"), state="active")
    touch = a_touch(other, seen.sender, "hello", status="sent", settled_at=AT)
    tracking.store([a_hit(touch.mark, "9", at=LATER)])
    tracking.judge_once(LATER + JUDGED_AFTER)

    hello, follow_up = client.get(f"/api/sequences/{seen.sequence.pk}/engagement").json()
    counts = {name: value for name, value in hello.items() if isinstance(value, int)}
    assert hello["step"] == "hello"
    assert counts == {"sent": 2, "opened": 1, "clicked": 1, "opened_by_machines": 1, "clicked_by_machines": 0}
    assert (follow_up["step"], follow_up["sent"], follow_up["opened"]) == ("follow_up", 0, 0)


def test_a_draft_has_no_mails_yet(client, outreach):
    made = sequences.create(outreach.owner, "New", NOW)
    assert client.get(f"/api/sequences/{made.pk}/engagement").json() == []
