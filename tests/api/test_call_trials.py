"""A webhook step called once as a test: what is asked and what comes back, and who may not."""

import json

import pytest
from django.core.cache import cache
from django.utils import timezone
from standardwebhooks import Webhook

from drumbeat.actions import emergency, sequences
from drumbeat.actions.sequences import locks, trying_webhooks
from drumbeat.core.document import write_document
from drumbeat.core.flow import WebhookStep
from drumbeat.environment import read_environment
from drumbeat.models import AuditEntry, Member, Role, Touch, User
from drumbeat.store.webhook_secrets import secret_of
from tests.support.endpoint import listening
from tests.support.flows import a_line, an_email
from tests.support.office import a_lead

pytestmark = pytest.mark.django_db(transaction=True)
BODY = '{"who": "{{ contact.first_name }}", "id": "{{ contact.id }}", "job": "{{ contact.title }}"}'


@pytest.fixture(scope="module")
def endpoint():
    with listening() as running:
        yield running


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    cache.clear()
    env = read_environment({"DRUMBEAT_PRIVATE_NETWORKS": "127.0.0.0/8"})
    monkeypatch.setattr(trying_webhooks, "environment", lambda: env)


def a_sequence(owner, url, body=BODY):
    flow = a_line(WebhookStep(key="call", name="Tell them", url=url, body=body), an_email("mail"))
    return sequences.create(owner, "Outreach", timezone.now(), document=write_document(flow))


def call(client, sequence, step="call", **more):
    path = f"/api/sequences/{sequence.pk}/test-call"
    return client.post(path, {"step": step, **more}, content_type="application/json")


def test_what_was_asked_and_what_came_back_is_shown(client, owner, endpoint):
    kim = a_lead(owner, first_name='Kim "K"', title="")
    sequence = a_sequence(owner, endpoint.url("/ok?who={{ contact.first_name }}"))
    answer = call(client, sequence, contact_id=kim.pk)
    assert answer.status_code == 200, answer.json()
    told = answer.json()
    assert (told["outcome"], told["code"], told["text"]) == ("delivered", "200", "fine")
    assert told["url"] == endpoint.url("/ok?who=Kim%20%22K%22")
    assert json.loads(told["body"]) == {"who": 'Kim "K"', "id": kim.pk, "job": None}
    assert 0 <= told["milliseconds"] < 10_000
    path, headers, body = endpoint.calls[-1]
    assert (path, body.decode()) == ("/ok?who=Kim%20%22K%22", told["body"])
    assert Webhook(secret_of(owner.workspace_id, owner.workspace.webhook_secrets)).verify(body, headers)
    assert {each["name"]: each["value"] for each in told["headers"]}.items() <= headers.items()
    assert headers["webhook-id"].startswith("msg_test_")
    assert not Touch.objects.exists()


def test_it_is_written_down_who_called_what(client, owner, endpoint):
    sequence = a_sequence(owner, endpoint.url("/ok"))
    call(client, sequence)
    (entry,) = AuditEntry.objects.filter(act="sequences.test_call")
    assert (entry.member_id, entry.object_id) == (owner.pk, sequence.pk)
    assert entry.after["to"] == f"127.0.0.1:{endpoint.port}"


@pytest.mark.parametrize(
    ("path", "outcome", "code"),
    [
        pytest.param("/gone", "failed", "410", id="gone is for good"),
        pytest.param("/moved", "failed", "302", id="a redirect is not followed"),
        pytest.param("/broken", "tried_again", "500", id="an error there is tried again"),
        pytest.param("/reset", "tried_again", "", id="no answer is tried again"),
    ],
)
def test_what_a_run_would_make_of_it_is_told(client, owner, endpoint, path, outcome, code):
    told = call(client, a_sequence(owner, endpoint.url(path))).json()
    assert (told["outcome"], told["code"]) == (outcome, code)


def test_the_step_is_called_as_it_stands_in_the_editor(client, owner, endpoint):
    sequence = a_sequence(owner, endpoint.url("/gone"))
    document = write_document(a_line(WebhookStep(key="new", url=endpoint.url("/ok"), body="")))
    told = call(client, sequence, step="new", document=document).json()
    assert told["outcome"] == "delivered"
    assert json.loads(told["body"])["type"] == "sequence.step"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "0x7f.1"])
def test_inner_hosts_are_called_by_nobody(client, owner, endpoint, monkeypatch, host):
    monkeypatch.setattr(trying_webhooks, "environment", lambda: read_environment({}))
    before = endpoint.connections
    told = call(client, a_sequence(owner, f"http://{host}:{endpoint.port}/ok")).json()
    assert (told["outcome"], told["code"]) == ("failed", "")
    assert "may not be" in told["text"]
    assert endpoint.connections == before


@pytest.mark.parametrize(
    ("url", "code"),
    [
        pytest.param("ftp://x.example/", "webhook_url_invalid", id="another protocol"),
        pytest.param("https://x.example/{{ contact.title }}", "merge_value_missing", id="a value is missing"),
    ],
)
def test_what_cannot_be_written_is_not_called(client, owner, url, code):
    kim = a_lead(owner, title="")
    answer = call(client, a_sequence(owner, url), contact_id=kim.pk)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not AuditEntry.objects.filter(act="sequences.test_call").exists()


def test_other_steps_are_not_called(client, owner, endpoint):
    answer = call(client, a_sequence(owner, endpoint.url("/ok")), step="mail")
    assert answer.json()["code"] == "step_not_callable"


def test_who_only_reads_calls_nothing(client, owner, endpoint):
    sequence, before = a_sequence(owner, endpoint.url("/ok")), len(endpoint.calls)
    user = User.objects.create(email="reader@ours.test")
    Member.objects.create(
        workspace=owner.workspace, user=user, name="Reader", role=Role.VIEWER, created_at=owner.created_at
    )
    client.force_login(user)
    assert call(client, sequence).status_code == 403
    assert len(endpoint.calls) == before


def test_a_locked_sequence_calls_nothing(client, owner, endpoint):
    sequence, before = a_sequence(owner, endpoint.url("/ok")), len(endpoint.calls)
    locks.set_password(owner, sequence.pk, "correct horse", timezone.now())
    assert call(client, sequence).json()["code"] == "sequence_locked"
    assert len(endpoint.calls) == before


def test_the_emergency_stop_holds_test_calls_too(client, owner, endpoint):
    sequence, before = a_sequence(owner, endpoint.url("/ok")), len(endpoint.calls)
    emergency.stop_all(owner, timezone.now())
    assert call(client, sequence).json()["code"] == "emergency_stopped"
    assert len(endpoint.calls) == before


def test_nobody_hammers_a_server(client, owner, endpoint):
    sequence = a_sequence(owner, endpoint.url("/ok"))
    answers = [call(client, sequence).status_code for _ in range(trying_webhooks.CALLS + 1)]
    assert answers == [200] * trying_webhooks.CALLS + [429]
