"""Hooks over HTTP: a signature is asked for before anything else, and what is told counts once."""

import json
import re

import pytest
from django.utils import timezone

from drumbeat import cli
from drumbeat.actions import event_files, hooks
from drumbeat.actions.sequences import default
from drumbeat.core.hooks import LARGEST_BODY
from drumbeat.models import Contact, ContactFact, ContactField, Enrollment, Event, Hook
from drumbeat.store import erasing
from tests.core.test_hooks import plain, standard
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(owner):
    a_mailbox(owner)
    return owner


@pytest.fixture
def tell(client, owner):
    """Make a hook and return how to tell it something."""

    def made(event="converted", **more):
        hook, secret = hooks.add(owner, "CRM", event, NOW, **more)

        def ask(body, headers=None, *, token=hook.token, raw=None, id_="m1"):
            data = raw if raw is not None else json.dumps(body).encode()
            if headers is None:
                headers = standard(data, at=timezone.now(), id_=id_, secret=secret)
            return client.post(f"/hooks/{token}", data, content_type="application/json", headers=headers)

        return ask

    return made


def test_what_is_told_is_stored_once_and_stops_what_it_stops(owner, tell):
    kim, ask = a_lead(owner), tell()
    body = {"email": "KIM@example.com", "note": "Signed", "occurred_at": "2026-03-01T10:00:00Z"}
    for counted in (True, False):
        answer = ask(body)
        assert (answer.status_code, answer.json()) == (200, {"counted": counted, "contact_id": kim.pk})
    ask(body, id_="m2")

    assert Event.objects.filter(kind="converted").count() == 2
    assert Event.objects.filter(kind="converted").order_by("id")[0].payload == {
        "hook": "CRM",
        "note": "Signed",
    }
    assert ContactFact.objects.get(kind="converted").count == 2
    assert Hook.objects.get().last_used_at is not None


@pytest.mark.parametrize(
    ("event", "body", "payload"),
    [
        pytest.param("custom", {"name": "demo"}, {"hook": "CRM", "event": "demo"}, id="a custom event"),
        pytest.param("custom", {}, {"hook": "CRM", "event": "CRM"}, id="one without a name has the hook's"),
        pytest.param(
            "form_submitted",
            {"name": "Pricing", "data": {"q": "how much"}},
            {"hook": "CRM", "form": "Pricing", "data": {"q": "how much"}},
            id="a form",
        ),
        pytest.param("webhook_received", {}, {"hook": "CRM"}, id="any call"),
    ],
)
def test_triggers_can_be_narrowed_by_what_it_names(owner, tell, event, body, payload):
    a_lead(owner)
    assert tell(event)({"email": "kim@example.com", **body}).status_code == 200
    told = Event.objects.get(kind=event)
    assert told.payload == payload


def test_a_form_makes_a_contact_that_begins_in_the_default_sequence(owner, tell):
    default.choose(owner, an_active_sequence(owner).pk, NOW)
    ContactField.objects.create(workspace=owner.workspace, key="plan", label="Plan")
    ask = tell("form_submitted", creates_contacts=True)
    body = {"email": "new@example.com", "first_name": "Bo", "custom": {"plan": "gold", "unknown": "x"}}
    assert ask(body).status_code == 200
    assert (
        ask({"email": "new@example.com", "first_name": "Other", "title": "CTO"}, id_="m2").status_code == 200
    )

    bo = Contact.objects.get()
    assert (bo.first_name, bo.title, bo.values.get().text) == ("Bo", "CTO", "gold")
    assert Enrollment.objects.get().contact == bo
    assert Event.objects.filter(kind="form_submitted", contact=bo).count() == 2


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        pytest.param({"headers": {}}, 401, "hook_signature_wrong", id="unsigned"),
        pytest.param(
            {"headers": {"X-Signature": "sha256=00"}}, 401, "hook_signature_wrong", id="signed wrong"
        ),
        pytest.param({"token": "made-up"}, 404, "hook_unknown", id="no such address"),
        pytest.param({"raw": b"{"}, 422, "hook_body_invalid", id="no JSON"),
        pytest.param({"body": {"email": "who@example.com"}}, 422, "contact_unknown", id="nobody we know"),
        pytest.param({"body": {"email": "no address"}}, 422, "address_invalid", id="no address"),
        pytest.param(
            {"body": {"email": "kim@example.com", "occurred_at": "2999-01-01T00:00:00Z"}},
            422,
            "event_time_invalid",
            id="what is to come",
        ),
        pytest.param({"raw": b" " * (LARGEST_BODY + 1)}, 413, "hook_body_too_large", id="too much"),
    ],
)
def test_what_is_refused_changes_nothing(owner, tell, asked, status, code):
    a_lead(owner)
    before = Event.objects.count()
    answer = tell()(asked.pop("body", {"email": "kim@example.com"}), **asked)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert Event.objects.count() == before


def test_whoever_stands_for_erased_people_is_nobody(owner, tell):
    stand_in = erasing.nobody(owner.workspace_id)

    answer = tell()({"contact_id": stand_in.pk})

    assert (answer.status_code, answer.json()["code"]) == (422, "contact_unknown")
    assert not Event.objects.filter(kind="converted").exists()


def test_a_plain_signature_will_do(owner, client):
    a_lead(owner)
    hook, secret = hooks.add(owner, "CRM", "call_logged", NOW)
    from drumbeat.core.hooks import key_of

    body = b'{"email": "kim@example.com"}'
    answer = client.post(
        f"/hooks/{hook.token}", body, content_type="application/json", headers=plain(body, key_of(secret))
    )
    assert answer.status_code == 200


def test_reading_the_address_is_answered_with_what_to_do(client, tell):
    tell()
    assert client.get(f"/hooks/{Hook.objects.get().token}").status_code == 405


def test_they_are_managed_and_a_new_secret_replaces_the_old(client, owner):
    a_lead(owner)
    made = client.post("/api/hooks", {"name": "CRM", "event": "converted"}, content_type="application/json")
    assert made.status_code == 201
    one = made.json()
    assert "secret" not in client.get("/api/hooks").json()[0]
    again = client.post("/api/hooks", {"name": "CRM", "event": "converted"}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (422, "hook_invalid")

    new = client.post(f"/api/hooks/{one['id']}/rotate").json()
    token = one["address"].rpartition("/")[2]
    body = b'{"email": "kim@example.com"}'
    for secret, status in ((one["secret"], 401), (new["secret"], 200)):
        headers = standard(body, at=timezone.now(), secret=secret)
        sent = client.post(f"/hooks/{token}", body, content_type="application/json", headers=headers)
        assert sent.status_code == status
    assert client.delete(f"/api/hooks/{one['id']}").status_code == 204
    assert client.post(f"/hooks/{token}", body, content_type="application/json").status_code == 404


def test_from_a_shell(owner, capsys):
    assert cli.main(["hook", "add", "CRM", "--event", "form_submitted", "--creates-contacts"]) == 0
    assert re.search(r"Secret:  whsec_\S+", capsys.readouterr().out)
    assert cli.main(["hook", "list"]) == 0
    assert "whsec_" not in capsys.readouterr().out
    assert cli.main(["hook", "rotate", "CRM"]) == 0
    assert cli.main(["hook", "remove", "CRM"]) == 0
    assert not Hook.objects.exists()


FILE = """kind;email;occurred_at;external_id;note;name
converted;kim@example.com;2026-01-31 09:30;7;Signed;
converted;kim@example.com;;7;;
custom;KIM@example.com;2026-01-31T09:30:00+01:00;;;demo

lunch;kim@example.com;;;;
converted;nobody@example.com;;;;
converted;kim@example.com;soon;;;
"""


def test_a_file_of_events_counts_each_once_and_refuses_with_reasons(client, owner, tmp_path, capsys):
    a_lead(owner)
    path = tmp_path / "events.csv"
    path.write_text(FILE)
    with path.open("rb") as file:
        loaded = client.post("/api/events/upload", {"file": file}).json()

    assert (loaded["counted"], loaded["again"], loaded["refused"]) == (2, 1, 3)
    assert [row["line"] for row in loaded["refusals"]] == [6, 7, 8]
    assert Event.objects.get(kind="custom").payload["event"] == "demo"
    assert cli.main(["contact", "events", str(path)]) == 0
    assert "1 logged, 2 known already, 3 refused." in capsys.readouterr().out


def test_a_note_may_hold_what_splits_lines_elsewhere(owner):
    a_lead(owner)
    note = "one\u2028two\x0bthree\x85four"

    loaded = event_files.load(owner, f"kind,email,note\nconverted,kim@example.com,{note}\n".encode(), NOW)

    assert (loaded.counted, loaded.refused) == (1, [])
    assert "one" in (told := Event.objects.get(kind="converted").payload["note"]) and "four" in told


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "kind\nconverted\n"], ids=["nothing", "no column", "nobody"]
)
def test_what_is_no_table_of_events_is_refused_whole(client, owner, tmp_path, text):
    path = tmp_path / "events.csv"
    path.write_text(text or "\n")
    with path.open("rb") as file:
        answer = client.post("/api/events/upload", {"file": file})
    assert (answer.status_code, answer.json()["code"]) == (422, "events_unreadable")


def test_what_the_program_says_of_itself_nobody_says_for_it(client, owner):
    kim = a_lead(owner)
    for source in ("merge", "hook:1", "mail"):
        answer = client.post(
            f"/api/contacts/{kim.pk}/events",
            {"kind": "converted", "source": source},
            content_type="application/json",
        )
        assert answer.json()["code"] == "event_source_reserved"
