"""Approvals over the API: what a room of drafts shows and does; agents; trying out what one would write."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drumbeat.actions import agents, enrollments
from drumbeat.core.document import write_document
from drumbeat.core.flow import Hints
from drumbeat.environment import read_environment
from drumbeat.models import Contact, Draft, Enrollment, IdempotencyKey, Touch
from drumbeat.store import flows
from tests.support.drafting import TEXT, Desk, by_agent, settings_of, written
from tests.support.flows import a_flow, an_email
from tests.support.model import a_model
from tests.support.office import leads

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def model(monkeypatch):
    with a_model(written(facts=(1,))) as listening:
        env = read_environment(settings_of(listening))
        monkeypatch.setattr("drumbeat.actions.sequences.checking.environment", lambda: env)
        monkeypatch.setattr("drumbeat.api.approvals.environment", lambda: env)
        monkeypatch.setattr("drumbeat.api.agents.environment", lambda: env)
        yield listening


@pytest.fixture
def desk(client, model):
    made = Desk(settings_of(model), agent={"facts": ["We are in Basel."], "banned": ["cheap"]})
    client.force_login(made.owner.user)
    made.round(timezone.now())
    return made


def post(client, path, body=None):
    return client.post(f"/api/approvals/{path}", body or {}, content_type="application/json")


def test_a_draft_is_listed_opened_and_let_go(client, desk):
    (listed,) = client.get(
        "/api/approvals", {"q": "kim", "risk": "none", "sequence_id": desk.sequence.pk}
    ).json()["items"]
    assert (listed["status"], listed["contact"]["name"], listed["agent"]["name"]) == (
        "in_approval",
        "Kim",
        "Robin",
    )
    assert (listed["risk"], listed["because"], listed["channel"]) == ("none", "autonomy", "email")
    assert (listed["preview"], listed["step"], listed["is_edited"]) == (TEXT, "hello", False)
    assert listed["expires_at"] is not None
    opened = client.get(f"/api/approvals/{listed['id']}").json()
    assert (opened["text"], opened["facts"], opened["cost"], opened["tokens"]) == (
        TEXT,
        ["We are in Basel."],
        "0.0012",
        110,
    )
    assert (opened["hints"]["angle"], opened["has_subject"], opened["held"]) == ("parts orders", True, "")
    assert (opened["difference"], opened["checks"], opened["recipient"]) == ([], [], "kim@example.com")
    counted = client.get("/api/approvals/counts").json()
    assert (counted["waiting"], counted["writing"]) == (1, 0)
    assert client.get("/api/today").json()["approval_count"] == 1
    answer = post(client, f"{listed['id']}/approve", {"text_hash": listed["text_hash"]}).json()
    assert (answer["code"], answer["status"]) == ("done", "scheduled")
    assert answer["undo_until"] is not None
    assert client.get("/api/approvals").json()["items"] == []
    (decided,) = client.get("/api/approvals", {"view": "decided", "sort": "newest"}).json()["items"]
    assert (decided["decision"], decided["decided_by"]) == ("approved", desk.owner.name)
    undone = post(client, "undo", {"ids": [listed["id"]]}).json()
    assert undone["counts"] == {"done": 1}


def test_a_draft_is_changed_checked_and_brought_back(client, desk):
    path = f"{desk.draft.pk}"
    (concern,) = post(client, f"{path}/check", {"subject": "Hello", "text": TEXT + " cheap"}).json()
    assert (concern["code"], concern["severity"]) == ("banned_word", "stop")
    changed = client.patch(
        f"/api/approvals/{path}", {"text": TEXT + " cheap"}, content_type="application/json"
    ).json()
    assert (changed["risk"], changed["is_edited"], changed["expires_at"]) == ("stop", True, None)
    assert {one["kind"] for one in changed["difference"]} == {"same", "added"}
    refused = post(client, f"{path}/approve", {"text_hash": changed["text_hash"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "draft_concerns")
    many = {"ids": [desk.draft.pk], "text_hashes": {path: changed["text_hash"]}}
    assert post(client, "approve", many).json()["counts"] == {"concerns": 1}
    assert post(client, f"{path}/restore").json()["risk"] == "none"
    regenerated = post(client, f"{path}/regenerate", {"note": "shorter"}).json()
    assert (regenerated["status"], regenerated["note"]) == ("drafting", "shorter")
    assert [one["id"] for one in client.get("/api/approvals", {"view": "writing"}).json()["items"]] == [
        desk.draft.pk
    ]


def test_a_yes_says_which_text_it_means(client, desk):
    (listed,) = client.get("/api/approvals").json()["items"]
    path, read = f"{listed['id']}", listed["text_hash"]
    opened = client.get(f"/api/approvals/{path}").json()
    assert opened["text_hash"] == read
    changed = client.patch(
        f"/api/approvals/{path}",
        {"text": TEXT + " Soon?", "text_hash": read},
        content_type="application/json",
    )
    assert changed.json()["text_hash"] != read
    hashes = {path: read}
    many = {"ids": [listed["id"]], "text_hashes": hashes}
    assert post(client, "approve", many).json()["counts"] == {"changed": 1}
    for said in ({}, {"anyway": True}, {"text": TEXT}):
        refused = post(client, f"{path}/approve", {**said, "text_hash": read})
        assert (refused.status_code, refused.json()["code"]) == (409, "draft_changed")
    assert post(client, f"{path}/approve", {}).status_code == 422
    assert post(client, "approve", {"ids": [listed["id"]]}).status_code == 422
    assert post(client, "approve", {**many, "text_hashes": {}}).json()["counts"] == {"unread": 1}
    hashes[path] = changed.json()["text_hash"]
    assert post(client, "approve", many).json()["counts"] == {"done": 1}


@pytest.mark.parametrize("said", [{}, {"text": TEXT}])
@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "once"}])
def test_what_is_outdated_is_written_anew_with_a_key_and_without(client, desk, said, key):
    Contact.objects.update(company="Bolt")
    path = f"/api/approvals/{desk.draft.pk}/approve"
    (listed,) = client.get("/api/approvals").json()["items"]
    said = {**said, "text_hash": listed["text_hash"]}
    for code in ("draft_outdated", "draft_not_waiting"):
        refused = client.post(path, said, content_type="application/json", headers=key)
        assert (refused.status_code, refused.json()["code"]) == (409, code)
        assert desk.touch.status == "drafting"
    assert not IdempotencyKey.objects.exists()


def test_a_draft_says_what_has_changed_since_it_was_written(client, desk):
    def told():
        (listed,) = client.get("/api/approvals").json()["items"]
        assert client.get(f"/api/approvals/{listed['id']}").json()["outdated"] == listed["outdated"]
        return listed["outdated"]

    assert told() == []
    agents.change(desk.owner, desk.agent.pk, {"persona": "Calm."}, timezone.now())
    assert told() == ["agent"]
    Contact.objects.update(company="Bolt")
    assert told() == ["agent", "contact"]
    publish(desk, a_flow(by_agent(hints=Hints(angle="price"))))
    assert told() == ["agent", "step", "contact"]
    publish(desk, a_flow(an_email("hello")))
    assert told() == ["step"]
    client.patch(
        f"/api/approvals/{desk.draft.pk}", {"text": TEXT + " Soon?"}, content_type="application/json"
    )
    assert told() == ["step"]


def publish(desk, flow):
    version = flows.save_version(desk.sequence, flow, desk.owner, timezone.now())
    Enrollment.objects.update(version=version)


def test_a_rejection_skips_or_stops(client, desk):
    answer = post(client, "reject", {"ids": [desk.draft.pk], "then": "stop"}).json()
    assert answer["counts"] == {"done": 1}
    assert desk.enrollment.reason == "manual"
    again = post(client, "reject", {"ids": [desk.draft.pk]}).json()
    assert again["answers"][0]["code"] == "not_waiting"
    assert again["answers"][0]["detail"]


def test_a_page_costs_the_same_whatever_its_length(client, desk):
    enrollments.enroll(desk.owner, desk.sequence.pk, leads(desk.owner, 6), timezone.now())
    for _ in range(3):
        desk.round(timezone.now())
    assert Touch.objects.filter(status="in_approval").count() == 7

    def statements(limit):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = client.get("/api/approvals", {"limit": limit}).json()
        assert len(found["items"]) == limit
        return len(asked)

    statements(1)
    assert statements(1) == statements(6)
    first = client.get("/api/approvals", {"limit": 4}).json()
    rest = client.get("/api/approvals", {"limit": 4, "cursor": first["next_cursor"]}).json()
    ids = [one["id"] for one in first["items"] + rest["items"]]
    assert ids == list(Draft.objects.order_by("waits_since", "id").values_list("id", flat=True))


def test_a_step_is_tried_out(client, desk):
    step = write_document(a_flow(by_agent(next="b"), an_email("b")))["steps"][0]
    contact = Contact.objects.get()
    path = f"/api/sequences/{desk.sequence.pk}/write"
    tried = client.post(
        path, {"step": step, "contact_id": contact.pk}, content_type="application/json"
    ).json()
    assert (tried["text"], tried["subject"], tried["facts"], tried["agent"]["name"]) == (
        TEXT,
        "Bikes and parts",
        ["We are in Basel."],
        "Robin",
    )
    assert tried["cost"] == "0.0012"
    refused = client.post(path, {"step": {"kind": "email"}}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "document_invalid")


def test_an_agent_is_made_changed_and_counted(client, desk):
    (listed,) = client.get("/api/agents").json()["items"]
    assert (listed["name"], listed["is_default"], listed["waiting"]) == ("Robin", True, 1)
    assert listed["today"] == {"drafts": 1, "cost": "0.0012"}
    made = client.post("/api/agents", {"name": "Sam", "cost_per_day": "2.5"}, content_type="application/json")
    assert (made.status_code, made.json()["cost_per_day"], made.json()["is_default"]) == (201, "2.50", False)
    path = f"/api/agents/{made.json()['id']}"
    changed = client.patch(
        path, {"cost_per_day": None, "tone": "formal"}, content_type="application/json"
    ).json()
    assert (changed["cost_per_day"], changed["tone"]) == (None, "formal")
    assert client.post(f"{path}/default").json()["is_default"] is True
    assert client.get("/api/agents/model").json() == {
        "configured": True,
        "model": "stand-in-1",
        "host": "127.0.0.1",
        "personal_data": True,
        "priced": True,
    }
    refused = client.post("/api/agents", {"name": "Sam"}, content_type="application/json")
    assert (refused.status_code, refused.json()["fields"].keys()) == (422, {"name"})
    assert client.delete(path).status_code == 204
    settings = f"/api/sequences/{desk.sequence.pk}/settings"
    changed = client.patch(settings, {"agent_id": listed["id"]}, content_type="application/json").json()
    assert changed["settings"]["agent_id"] == listed["id"]
