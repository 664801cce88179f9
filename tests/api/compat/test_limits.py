"""What a list costs, and who may see what: asked without a server, where queries can be counted."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drumbeat.actions import enrollments
from drumbeat.actions.members import keys
from drumbeat.core.flow import TagStep
from drumbeat.engine.planner import Planner
from drumbeat.models import Contact, Enrollment, Member, Role, SequenceVersion, Workspace
from drumbeat.store import flows
from tests.support.flows import a_line, an_email
from tests.support.office import a_lead, a_mailbox, an_active_sequence, an_owner, leads
from tests.support.outreach import a_member
from tests.support.standing import a_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


def key_of(member):
    return keys.create(member, "program", timezone.now())[1]


@pytest.fixture
def asks(client):
    def ask(text, method, path, data=None):
        more = {"data": json.dumps({"data": data}), "content_type": "application/json"} if data else {}
        return getattr(client, method)(f"/v2{path}", headers={"Authorization": f"Bearer {text}"}, **more)

    return ask


def queries(client, owner, path):
    """Return how many queries the second of two equal requests takes; the first fills what is kept."""
    text = key_of(owner)
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(f"/v2{path}", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 200, answer.content
    return len(captured), answer.json()


def test_a_page_of_many_enrollments_costs_as_many_queries_as_one_of_one(client, owner):
    flow = a_line(an_email(), TagStep(key="tag", tag="x"), a_task(), an_email("last", after="2d"))
    for name in ("First", "Second"):
        sequence = an_active_sequence(owner, flow, name=name)
        ids = [*Contact.objects.values_list("id", flat=True)] or leads(owner, 20)
        enrollments.enroll(owner, sequence.pk, ids, timezone.now())
    Planner().plan_once(timezone.now())
    one, told = queries(client, owner, "/sequence_enrollments?per_page=1")
    assert (len(told["items"]), told["meta"]["count"]) == (1, 40)
    many, told = queries(client, owner, "/sequence_enrollments?per_page=100")
    assert len(told["items"]) == 40
    assert many == one


def test_a_page_of_many_sequences_costs_as_many_queries_as_one_of_one(client, owner):
    for number in range(6):
        an_active_sequence(owner, name=f"Sequence {number}")
    one, _ = queries(client, owner, "/sequences?per_page=1")
    many, told = queries(client, owner, "/sequences")
    assert (len(told["items"]), many) == (6, one)


def test_enrollments_are_counted_and_paged_by_an_index(owner):
    rows = Enrollment.objects.filter(workspace_id=owner.workspace_id)
    assert "enrollment_of_workspace" in rows.order_by("id").explain()
    with CaptureQueriesContext(connection) as captured:
        rows.count()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {captured.captured_queries[0]['sql']}")
        assert "enrollment_of_workspace" in str(cursor.fetchall())


def test_a_rep_with_own_contacts_reaches_nobody_elses(asks, owner):
    Workspace.objects.update(reps_see_own_contacts=True)
    owner.workspace.refresh_from_db()
    rep = a_member(owner.workspace, "rep", Role.ADMIN)
    key = key_of(rep)
    Member.objects.filter(id=rep.pk).update(role=Role.REP)
    sequence = an_active_sequence(owner)
    mine, theirs = a_lead(owner, "mine@example.com"), a_lead(owner, "theirs@example.com")
    Contact.objects.filter(id=mine.pk).update(owner=rep)
    answer = enrollments.enroll(owner, sequence.pk, [mine.pk, theirs.pk], timezone.now())
    hidden = answer.enrollment_ids[theirs.pk]
    listed = asks(key, "get", "/sequence_enrollments").json()
    assert [item["data"]["resource_id"] for item in listed["items"]] == [mine.pk]
    assert asks(key, "get", f"/sequence_enrollments/{hidden}").status_code == 404
    assert asks(key, "put", f"/sequence_enrollments/{hidden}", {"state": "finished"}).status_code == 404
    for path in ("", "/finish_ongoing_for_resource"):
        more = {} if path else {"sequence_id": an_active_sequence(owner, name=f"Other {path}").pk}
        data = {"resource_type": "lead", "resource_id": theirs.pk, **more}
        refused = asks(key, "post", f"/sequence_enrollments{path}", data)
        assert "resource_not_found" in refused.content.decode()
    assert Enrollment.objects.get(id=hidden).state == "active"
    own = f"/sequence_enrollments/{answer.enrollment_ids[mine.pk]}"
    assert asks(key, "put", own, {"state": "blocked"}).json()["data"]["state"] == "blocked"


def test_a_session_does_not_open_it(client, owner):
    client.force_login(owner.user)
    assert client.get("/v2/sequences").status_code == 401


def test_a_version_that_cannot_be_read_hides_its_steps_alone(asks, owner):
    sequence = an_active_sequence(owner)
    other = an_active_sequence(owner, name="Other")
    for one in (sequence, other):
        enrollments.enroll(owner, one.pk, [a_lead(owner, f"{one.pk}@example.com").pk], timezone.now())
    SequenceVersion.objects.filter(sequence=sequence).update(document={"format": 99, "steps": []})
    flows.load_flow.cache_clear()
    key = key_of(owner)
    told = asks(key, "get", "/sequence_enrollments").json()["items"]
    assert [item["data"]["enrollment_steps"]["meta"]["count"] for item in told] == [0, 2]
    assert [item["data"]["current_step_position"] for item in told] == [0, 0]
    told = asks(key, "get", "/sequences").json()["items"]
    assert [item["data"]["steps_total"] for item in told] == [0, 2]
