"""The header Idempotency-Key: a request that comes again changes nothing again."""

import json

import pytest
from django.test import RequestFactory
from ninja import Schema, Status

from drumbeat.api import schema
from drumbeat.api.idempotency import HEADER, REPLAYED, idempotent
from drumbeat.core.errors import DomainError
from drumbeat.models import ContactList, IdempotencyKey
from tests.support.office import NOW, an_owner, another_owner

pytestmark = pytest.mark.django_db


class Made(Schema):
    id: int


@idempotent
def make(request, name="VIPs"):
    made = ContactList.objects.create(workspace=request.member.workspace, name=name, created_at=NOW)
    if name == "refused":
        raise DomainError("refused", "No.")
    return Status(201, Made(id=made.pk))


def ask(member, key, body="{}"):
    headers = {"Idempotency-Key": key} if key else {}
    request = RequestFactory().post("/api/lists", body, content_type="application/json", headers=headers)
    request.member = member  # type: ignore[attr-defined]
    return request


def test_the_same_request_answers_the_same_and_does_nothing():
    owner = an_owner()
    first = make(ask(owner, "k1"))
    again = make(ask(owner, "k1"))
    assert ContactList.objects.count() == 1
    assert (again.status_code, json.loads(again.content), again[REPLAYED]) == (
        201,
        {"id": first.value.id},
        "true",
    )


def test_without_a_key_each_request_counts():
    owner = an_owner()
    make(ask(owner, ""), name="a")
    make(ask(owner, ""), name="b")
    assert ContactList.objects.count() == 2


def test_a_key_with_another_body_is_refused():
    owner = an_owner()
    make(ask(owner, "k1"))
    with pytest.raises(DomainError, match="another request"):
        make(ask(owner, "k1", '{"name": "x"}'))


def test_a_refusal_leaves_nothing_and_can_be_asked_again():
    owner = an_owner()
    with pytest.raises(DomainError):
        make(ask(owner, "k1"), name="refused")
    assert not ContactList.objects.exists()
    assert not IdempotencyKey.objects.exists()
    make(ask(owner, "k1"), name="accepted")


def test_keys_of_other_workspaces_are_their_own():
    make(ask(an_owner(), "k1"))
    make(ask(another_owner(), "k1"))
    assert ContactList.objects.count() == 2


@pytest.mark.parametrize("key", ["x" * 201, "a\x7fb"])
def test_a_key_that_no_header_should_carry_is_refused(key):
    with pytest.raises(DomainError, match="at most"):
        make(ask(an_owner(), key))


SETS_MESSAGES_GOING = {
    "activate_sequence",
    "apply_sequence_file",
    "approve_draft",
    "approve_drafts",
    "approve_enrollments",
    "create_task",
    "enroll_contacts",
    "forward_message",
    "quick_enroll_contact",
    "resolve_enrollments",
    "resolve_outgoing",
    "resume_enrollment",
    "resume_enrollments",
    "resume_sequence",
    "send_answer_draft",
    "send_step_test",
    "send_test_mail",
    "send_test_text",
    "start_version_move",
    "write_message",
    "write_text",
}


def test_every_route_that_sets_messages_going_takes_the_header():
    taking = {
        operation["operationId"]
        for methods in schema.description()["paths"].values()
        for operation in methods.values()
        if any(each["name"] == HEADER for each in operation.get("parameters", ()))
    }
    assert taking == SETS_MESSAGES_GOING
