"""Kind B as a program meets it: over HTTP, from a server process, by a client that takes nothing unexpected."""

import http.client
import json

import pytest
from django.utils import timezone

from drumbeat.models import Enrollment, Member, Role
from tests.api.compat.client import Client, Refused
from tests.support.office import a_draft, another_owner

pytest_plugins = ["tests.support.installed"]


def refusal(ask, *args, **more):
    with pytest.raises(Refused) as caught:
        ask(*args, **more)
    return caught.value


def test_a_sequence_is_found_read_and_enrolled_in(service):
    sequence, lead = service.sequence(), service.lead()
    listed = [item["data"]["id"] for item in service.client.sequences()["items"]]
    assert sequence.pk in listed
    read = service.client.sequence(sequence.pk)
    assert (read["name"], read["steps_total"], len(read["steps"]["items"])) == (sequence.name, 2, 2)
    enrolled = service.client.enroll(sequence.pk, lead.pk)
    assert (enrolled["resource_id"], enrolled["state"], enrolled["current_step_position"]) == (
        lead.pk,
        "active",
        0,
    )
    assert enrolled["sequence"]["data"]["id"] == sequence.pk
    again = service.client.enrollment(enrolled["id"])
    estimated = {"enrollment_steps"}  # from now on, and now moves
    assert {**again, **dict.fromkeys(estimated)} == {**enrolled, **dict.fromkeys(estimated)}


@pytest.mark.parametrize("word", ["lead", "contact"])
def test_the_word_for_a_contact_is_given_back(service, word):
    sequence, person = service.sequence(), service.lead()
    enrolled = service.client.enroll(sequence.pk, person.pk, word)
    assert enrolled["resource_type"] == word
    assert service.client.enrollment(enrolled["id"])["resource_type"] == word
    found = service.client.enrollments(resource_ids=person.pk, resource_type=word)
    assert [item["data"]["id"] for item in found["items"]] == [enrolled["id"]]


def test_pause_resume_and_finish_by_state(service):
    id_ = service.enrolled()["id"]
    for word, state in (("state", "blocked"), ("status", "active"), ("state", "finished")):
        assert service.client.put(id_, **{word: state})["state"] == state
    finished = service.client.enrollment(id_)
    assert (finished["finished_reason"], finished["finished_actor_id"]) == ("manual", service.owner.pk)


@pytest.mark.parametrize("state", ["active", "blocked", "finished"])
def test_what_is_finished_stays_so(service, state):
    id_ = service.enrolled()["id"]
    service.client.put(id_, state="finished")
    refused = refusal(service.client.put, id_, state=state)
    assert (refused.status, refused.says("enrollment_finished")) == (422, True)


@pytest.mark.parametrize(
    ("stored", "reason", "told"),
    [
        pytest.param("pending_review", "", "blocked", id="waiting for review"),
        pytest.param("active", "", "active", id="active"),
        pytest.param("awaiting", "", "active", id="awaiting"),
        pytest.param("paused", "reply", "blocked", id="paused"),
        pytest.param("blocked", "sender_unavailable", "blocked", id="blocked"),
    ],
)
def test_every_state_has_its_word(service, stored, reason, told):
    id_ = service.enrolled()["id"]
    Enrollment.objects.filter(id=id_).update(state=stored, reason=reason)
    assert service.client.enrollment(id_)["state"] == told


@pytest.mark.parametrize("stored", ["paused", "blocked"])
def test_active_resumes_what_is_blocked(service, stored):
    id_ = service.enrolled()["id"]
    reason = "manual" if stored == "paused" else "sender_unavailable"
    Enrollment.objects.filter(id=id_).update(
        state=stored, reason=reason, next_step_at=None, approved_at=timezone.now()
    )
    assert service.client.put(id_, state="active")["state"] == "active"


def test_a_review_is_not_passed_by(service):
    waiting = service.enrolled(review=True)
    assert waiting["state"] == "blocked"
    refused = refusal(service.client.put, waiting["id"], state="active")
    assert (refused.status, refused.says("review_pending")) == (422, True)
    assert service.client.put(waiting["id"], state="blocked")["state"] == "blocked"
    assert refusal(service.client.put, waiting["id"], state="active").says("review_pending")
    assert Enrollment.objects.get(id=waiting["id"]).state == "pending_review"


def test_a_state_that_is_there_already_changes_nothing(service):
    id_ = service.enrolled()["id"]
    before = Enrollment.objects.values().get(id=id_)
    assert service.client.put(id_, state="active")["state"] == "active"
    assert Enrollment.objects.values().get(id=id_) == before
    Enrollment.objects.filter(id=id_).update(state="blocked", reason="interrupted")
    assert service.client.put(id_, state="blocked")["state"] == "blocked"
    assert refusal(service.client.put, id_, state="active").says("interrupted")
    assert Enrollment.objects.get(id=id_).reason == "interrupted"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param({"state": "paused"}, "state_unknown", id="a word of ours"),
        pytest.param({"state": None}, "state_unknown", id="no word"),
        pytest.param({"state": []}, "state_unknown", id="no text"),
        pytest.param({"state": "active", "status": "finished"}, "state_unknown", id="two words"),
        pytest.param({}, "state_missing", id="nothing"),
        pytest.param({"enrollment_steps": []}, "read_only", id="steps"),
        pytest.param({"state": "active", "position": 1}, "read_only", id="an attribute of a step"),
        pytest.param({"state": "finished", "actor_id": 1}, "read_only", id="the actor"),
    ],
)
def test_nothing_but_a_known_state_is_written(service, data, code):
    id_ = service.enrolled()["id"]
    refused = refusal(service.client.put, id_, **data)
    assert (refused.status, refused.says(code)) == (422, True)
    assert service.client.enrollment(id_)["state"] == "active"


def test_nobody_is_enrolled_twice(service):
    enrolled = service.enrolled()
    refused = refusal(
        service.client.enroll, enrolled["sequence"]["data"]["id"], enrolled["resource_id"], "contact"
    )
    assert (refused.status, refused.says("already_enrolled")) == (422, True)
    service.client.put(enrolled["id"], state="finished")
    again = service.client.enroll(enrolled["sequence"]["data"]["id"], enrolled["resource_id"])
    assert again["id"] > enrolled["id"]


def test_all_ongoing_enrollments_of_a_contact_are_finished(service):
    lead, sequences = service.lead(), [service.sequence() for _ in range(3)]
    ids = [service.client.enroll(sequence.pk, lead.pk)["id"] for sequence in sequences]
    other = service.client.enroll(sequences[0].pk, service.lead().pk)

    def updated(**more):
        told = service.client.finish_ongoing(lead.pk, **more)["updated_enrollments"]["items"]
        assert all(item["data"]["state"] == "finished" for item in told)
        return [item["data"]["id"] for item in told]

    assert updated(sequence_ids=[sequences[1].pk]) == [ids[1]]
    assert updated() == [ids[0], ids[2]]
    assert updated() == []
    assert service.client.enrollment(other["id"])["state"] == "active"


def test_lists_come_in_pages_and_can_be_narrowed(service):
    sequence, people = service.sequence(), [service.lead() for _ in range(3)]
    ids = [service.client.enroll(sequence.pk, person.pk)["id"] for person in people]

    def page(**query):
        told = service.client.enrollments(**query)
        return [item["data"]["id"] for item in told["items"]], told["meta"]["count"]

    resource_ids = ",".join(str(person.pk) for person in people)
    assert page(resource_ids=resource_ids, per_page=2) == (ids[:2], 3)
    assert page(resource_ids=resource_ids, per_page=2, page=2) == (ids[2:], 3)
    assert page(resource_ids=resource_ids, per_page=2, page=3) == ([], 3)
    assert page(ids=f"{ids[0]},{ids[2]}") == ([ids[0], ids[2]], 2)
    assert page(ids=f"{ids[0]},{2**62}", resource_ids=people[1].pk) == ([], 0)
    assert page(resource_ids=resource_ids, resource_type="contact") == ([], 0)


def test_an_enrollment_for_which_nobody_said_a_word_fits_both(service):
    enrolled = service.enrolled()
    Enrollment.objects.filter(id=enrolled["id"]).update(resource_type="")
    for word in ("lead", "contact"):
        (found,) = service.client.enrollments(ids=enrolled["id"], resource_type=word)["items"]
        assert found["data"]["resource_type"] == word
    assert service.client.enrollment(enrolled["id"])["resource_type"] == "contact"


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"per_page": 101}, id="too many a page"),
        pytest.param({"per_page": 0}, id="none a page"),
        pytest.param({"page": 0}, id="a page before the first"),
        pytest.param({"ids": "1,x"}, id="an id that is no number"),
        pytest.param({"ids": str(2**63)}, id="an id that is too large"),
        pytest.param({"ids": "1," * 501}, id="too many ids"),
        pytest.param({"resource_type": "deal"}, id="another resource"),
    ],
)
def test_a_list_is_asked_for_within_its_limits(service, query):
    assert refusal(service.client.enrollments, **query).status == 422


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        pytest.param({"sequence_id": 10**9}, "sequence_not_found", id="no such sequence"),
        pytest.param({"resource_id": 10**9}, "resource_not_found", id="no such contact"),
        pytest.param({"actor_id": 10**9}, "actor_not_found", id="no such actor"),
        pytest.param({"resource_type": "deal"}, "data.resource_type", id="another resource"),
        pytest.param({"sequence_id": 2**63}, "data.sequence_id", id="an id that is too large"),
        pytest.param({"colour": "red"}, "data.colour", id="an unknown attribute"),
    ],
)
def test_an_order_that_cannot_be_carried_out_says_why(service, wrong, says):
    order = {"sequence_id": service.sequence().pk, "resource_id": service.lead().pk} | wrong
    refused = refusal(service.client.enroll, **order)
    assert (refused.status, refused.says(says)) == (422, True)


def test_a_draft_cannot_be_enrolled_in_and_is_not_listed(service):
    draft = a_draft(service.owner, name="Unfinished")
    assert refusal(service.client.enroll, draft.pk, service.lead().pk).says("sequence_not_active")
    assert service.client.sequence(draft.pk)["steps"]["items"] == []
    assert draft.pk not in [item["data"]["id"] for item in service.client.sequences()["items"]]


def test_another_workspace_sees_and_moves_nothing(service):
    enrolled = service.enrolled()
    stranger = service.with_key_of(_other_owner())
    assert stranger.enrollments(ids=enrolled["id"])["meta"]["count"] == 0
    assert stranger.sequences()["meta"]["count"] == 0
    assert refusal(stranger.enrollment, enrolled["id"]).status == 404
    assert refusal(stranger.put, enrolled["id"], state="finished").status == 404
    assert refusal(stranger.sequence, enrolled["sequence"]["data"]["id"]).status == 404
    assert refusal(stranger.finish_ongoing, enrolled["resource_id"]).says("resource_not_found")
    ids = enrolled["sequence"]["data"]["id"], enrolled["resource_id"]
    assert refusal(stranger.enroll, *ids).says("sequence_not_found")
    assert service.client.enrollment(enrolled["id"])["state"] == "active"


def _other_owner():
    found = Member.objects.filter(workspace__name="Elsewhere").first()
    if found is None:
        found = another_owner()
    return found


def test_a_key_without_the_right_may_only_look(service):
    enrolled = service.enrolled()
    reader = service.with_key_of(service.owner, role=Role.VIEWER)
    assert reader.enrollment(enrolled["id"])["id"] == enrolled["id"]
    for ask in (
        lambda: reader.put(enrolled["id"], state="finished"),
        lambda: reader.enroll(enrolled["sequence"]["data"]["id"], service.lead().pk),
        lambda: reader.finish_ongoing(enrolled["resource_id"]),
    ):
        refused = refusal(ask)
        assert (refused.status, refused.says("not_permitted")) == (403, True)


def test_without_a_key_nothing_answers(service):
    for key in ("", "db_0000000000_wrong"):
        refused = refusal(Client(service.port, key).sequences)
        assert (refused.status, refused.says("unauthorized")) == (401, True)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        pytest.param("GET", "/v2/nothing", None, 404, id="no such path"),
        pytest.param("GET", "/v2/sequence_enrollments/x", None, 404, id="an id that is no number"),
        pytest.param("GET", f"/v2/sequence_enrollments/{10**30}", None, 404, id="an id that is too large"),
        pytest.param("POST", "/v2/sequence_enrollments", b"{", 400, id="a broken body"),
        pytest.param("POST", "/v2/sequence_enrollments", b"[]", 422, id="a body without an envelope"),
        pytest.param(
            "PUT", "/v2/sequence_enrollments/1", b'{"state": "active"}', 422, id="a state without one"
        ),
    ],
)
def test_whatever_is_asked_an_error_has_one_shape(service, method, path, body, status):
    refused = refusal(service.client.ask, method, path, body, lambda told: None)
    assert refused.status == status
    assert set(refused.body) == {"errors", "meta"}
    assert refused.body["meta"]["type"] == "errors"
    assert refused.body["meta"]["http_status"].startswith(str(status))
    for one in refused.body["errors"]:
        assert (set(one), set(one["error"])) == ({"error", "meta"}, {"code", "message", "field"})


def test_a_method_that_a_path_does_not_take_is_said(service):
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
    connection.request("DELETE", "/v2/sequences", headers={"Authorization": f"Bearer {service.client.key}"})
    assert connection.getresponse().status == 405
    connection.close()


def test_a_request_sent_again_with_its_key_is_answered_alike(service):
    sequence, lead = service.sequence(), service.lead()
    body = f'{{"data": {{"sequence_id": {sequence.pk}, "resource_type": "lead", "resource_id": {lead.pk}}}}}'
    answers = [_posted(service, body) for _ in range(2)]
    assert answers[0] == answers[1]
    assert Enrollment.objects.filter(contact=lead).count() == 1


def _posted(service, body):
    headers = {
        "Authorization": f"Bearer {service.client.key}",
        "Content-Type": "application/json",
        "Idempotency-Key": "one and the same",
    }
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
    connection.request("POST", "/v2/sequence_enrollments", body.encode(), headers)
    answer = connection.getresponse()
    told = answer.status, json.loads(answer.read())
    connection.close()
    assert told[0] == 200
    return told[1]
