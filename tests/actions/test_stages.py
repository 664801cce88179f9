"""A stage that the workspace marks as won: who reaches it has converted, on every way, once per reaching."""

from types import SimpleNamespace

import pytest

from drumbeat.actions import contacts, imports, settings
from drumbeat.actions.contacts import bulk
from drumbeat.actions.contacts.selection import Selection
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import SetStageStep
from drumbeat.engine import jobs as engine_jobs
from drumbeat.engine.planner import Planner
from drumbeat.models import Contact, ContactField, Enrollment, Event
from drumbeat.store.contacts import OnDuplicate
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner, csv_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    settings.change(member, "won_stages", "Customer,won", NOW)
    return member


@pytest.fixture
def kim(owner):
    return a_lead(owner, "kim@example.com", stage="lead")


def told(kind):
    events = Event.objects.filter(kind=kind).order_by("id")
    return list(events.exclude(contact__email="new@example.com").values_list("source", "payload"))


def run_jobs():
    while engine_jobs.run_once(NOW):
        pass


def by_edit(owner, kim, stage):
    contacts.change(owner, kim.pk, {"stage": stage}, NOW)


def in_bulk(owner, kim, stage):
    bulk.apply(owner, Selection(contact_ids=[kim.pk]), bulk.Change(bulk.Act.SET_STAGE, stage=stage), NOW)


@pytest.fixture
def by_import(tmp_path, settings):
    settings.ENVIRONMENT = SimpleNamespace(data=tmp_path / "data")

    def run(owner, kim, stage):
        path = tmp_path / "people.csv"
        path.write_text(csv_text(["email", "stage"], [kim.email, stage], ["new@example.com", stage]))
        imports.start(owner, path, NOW, on_duplicate=OnDuplicate.UPDATE)
        run_jobs()

    return run


def by_flow(owner, kim, stage):
    from drumbeat.actions import enrollments

    flow = a_line(SetStageStep(key="set", stage=stage), an_email("mail"))
    sequence = an_active_sequence(owner, flow, name=f"To {stage}")
    enrollments.enroll(owner, sequence.pk, [kim.pk], NOW)
    Planner().plan_once(NOW)
    run_jobs()


WAYS = [
    pytest.param(by_edit, id="by an edit"),
    pytest.param(in_bulk, id="in bulk"),
    pytest.param("by_import", id="by an import"),
    pytest.param(by_flow, id="by a flow"),
]


@pytest.mark.parametrize("way", WAYS)
def test_reaching_it_is_a_conversion_once_per_reaching(owner, kim, way, request):
    reach = request.getfixturevalue(way) if isinstance(way, str) else way
    reach(owner, kim, "customer")
    assert told("converted") == [("stage", {"stage": "customer"})]

    reach(owner, kim, "customer")
    assert len(told("converted")) == 1
    reach(owner, kim, "lead")
    reach(owner, kim, "WON")
    assert [payload for _, payload in told("converted")] == [{"stage": "customer"}, {"stage": "WON"}]


def test_it_ends_what_ends_at_a_conversion(owner, kim):
    from drumbeat.actions import enrollments

    enrollments.enroll(owner, an_active_sequence(owner).pk, [kim.pk], NOW)
    Planner().plan_once(NOW)
    by_edit(owner, kim, "customer")
    Planner().plan_once(NOW)
    row = Enrollment.objects.get()
    assert (row.state, row.reason) == ("finished", "converted")


def test_an_edit_tells_each_field_that_is_another_and_no_other(owner, kim):
    ContactField.objects.create(workspace=owner.workspace, key="plan", label="Plan")
    ContactField.objects.create(workspace=owner.workspace, key="seats", label="Seats")
    values = {"first_name": "Kim", "email": kim.email}
    contacts.change(owner, kim.pk, values, NOW, custom={"plan": "gold", "seats": ""})
    contacts.change(owner, kim.pk, values, NOW, custom={"plan": "gold"})

    assert [payload["fields"] for _, payload in told("contact_updated")] == [
        ["first_name", "custom.plan"],
        [],
    ]
    assert [payload["field"] for _, payload in told("field_changed")] == ["first_name", "custom.plan"]


def test_an_import_tells_which_fields_of_whom_it_changed(owner, kim, by_import):
    by_import(owner, kim, "lead")
    assert told("contact_updated") == []
    by_import(owner, kim, "met")
    assert told("contact_updated") == [("import", {"fields": ["stage"]})]
    assert told("stage_changed") == [("import", {"stage": "met"})]
    assert Contact.objects.filter(stage="met").count() == 2


@pytest.mark.parametrize(
    "value", [["x" * 101], [""], ["x\x00"], ["a"] * 51, "won", [1]], ids=lambda value: str(value)[:12]
)
def test_what_is_no_list_of_stages_is_refused(owner, value):
    with pytest.raises(DomainError) as refused:
        settings.change_all(owner, {"won_stages": value}, NOW)
    assert refused.value.code == "setting_invalid"
