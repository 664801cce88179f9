"""Conditions over HTTP: what they may ask, who matches now, segments, and enrolling one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.actions import contacts, lists, workspaces
from drumbeat.actions.contacts import fields
from drumbeat.models import AuditEntry, Contact, Enrollment, FieldType, Member, Role, User
from drumbeat.store import tags
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence

pytestmark = pytest.mark.django_db
JSON = "application/json"


def rule(field, operator, value=None, **more):
    return {"field": field, "operator": operator, "value": value, **more}


def condition(*rules, **more):
    return {"rules": list(rules), **more}


FENNMARK = condition(rule("company", "equals", "FENNMARK"))


def match(client, asked):
    answer = client.post("/api/conditions/matches", {"condition": asked}, content_type=JSON)
    assert answer.status_code == 200, answer.content
    return answer.json()


def three(owner):
    return [
        a_lead(owner, "ana@example.com", first_name="Ana", company="Fennmark", stage="Lead"),
        a_lead(owner, "ben@example.com", first_name="Ben", company="fennmark ", stage="lead"),
        a_lead(owner, "cas@example.com", company="Halden", stage="Customer"),
    ]


class TestWhoMatches:
    def test_as_many_as_there_are_with_some_of_them(self, client, owner):
        ana, ben, _ = three(owner)
        found = match(client, FENNMARK)
        assert (found["count"], found["is_more"], found["problems"]) == (2, False, [])
        assert [each["id"] for each in found["examples"]] == [ben.pk, ana.pk]
        assert found["examples"][1] == {
            "id": ana.pk,
            "name": "Ana",
            "email": "ana@example.com",
            "company": "Fennmark",
        }

    def test_the_ten_newest_are_named(self, client, owner):
        made = [a_lead(owner, f"k{n}@example.com", company="Fennmark").pk for n in range(12)]
        found = match(client, FENNMARK)
        assert (found["count"], [each["id"] for each in found["examples"]]) == (12, made[:1:-1])

    @pytest.mark.parametrize(
        ("asked", "unmet"),
        [
            pytest.param(
                condition(rule("company", "equals", "Halden"), rule("stage", "equals", "Lead")),
                [],
                id="each rule fits somebody, and both nobody",
            ),
            pytest.param(
                condition(rule("company", "equals", "Halden"), rule("stage", "equals", "Gone")),
                [1],
                id="one rule fits nobody",
            ),
            pytest.param(
                condition(condition(rule("stage", "equals", "Gone")), rule("company", "equals", "Nil")),
                [0, 1],
                id="neither does, one of them a group",
            ),
            pytest.param(
                condition(rule("stage", "equals", "Gone")), [], id="the only rule is the reason itself"
            ),
            pytest.param(
                condition(rule("stage", "equals", "A"), rule("stage", "equals", "B"), combinator="or"),
                [],
                id="of alternatives none is to blame",
            ),
        ],
    )
    def test_why_nobody_does(self, client, owner, asked, unmet):
        three(owner)
        found = match(client, asked)
        assert (found["count"], found["unmet"], found["has_contacts"]) == (0, unmet, True)

    def test_where_there_are_no_contacts_nobody_can(self, client, owner):
        assert match(client, FENNMARK)["has_contacts"] is False

    @pytest.mark.parametrize(
        ("asked", "path", "code"),
        [
            pytest.param(
                condition(rule("compny", "equals", "x")), "rules[0].field", "unknown_field", id="field"
            ),
            pytest.param(
                condition(rule("email", "less", "x")),
                "rules[0].operator",
                "operator_not_allowed",
                id="operator",
            ),
            pytest.param(condition(rule("email", "equals")), "rules[0].value", "value_missing", id="value"),
            pytest.param(
                condition(rule("event.replied", "happened", step="a")),
                "rules[0].step",
                "step_not_allowed",
                id="step",
            ),
            pytest.param(
                {"rules": [{"field": "email"}]}, "rules[0].operator", "unreadable", id="no operator"
            ),
            pytest.param({"rules": [{"rules": 5}]}, "rules[0].rules", "unreadable", id="no list"),
        ],
    )
    def test_what_is_wrong_has_its_path_and_nobody_is_counted(self, client, owner, asked, path, code):
        three(owner)
        found = match(client, asked)
        assert found["count"] is None
        assert [(each["path"], each["code"], each["severity"]) for each in found["problems"]] == [
            (path, code, "error")
        ]

    def test_a_name_that_nobody_has_is_a_warning(self, client, owner):
        three(owner)
        found = match(client, condition(rule("tag", "not_equals", "vip")))
        assert found["count"] == 3
        assert [(each["code"], each["severity"]) for each in found["problems"]] == [
            ("unknown_tag", "warning")
        ]

    def test_a_rep_who_is_limited_sees_their_own(self, client, owner):
        ana, *_ = three(owner)
        rep = Member.objects.create(
            workspace=owner.workspace,
            user=User.objects.create(email="rep@ours.test", password="!"),
            name="Rep",
            role=Role.REP,
            own_contacts_only=True,
            created_at=NOW,
        )
        Contact.objects.filter(pk=ana.pk).update(owner=rep)
        client.force_login(rep.user)
        assert [each["id"] for each in match(client, FENNMARK)["examples"]] == [ana.pk]
        assert client.get("/api/condition-values?field=company").json() == {"values": []}

    def test_it_costs_the_same_for_many(self, client, owner):
        def cost():
            with CaptureQueriesContext(connection) as captured:
                match(client, condition(rule("created_at", "within_days", 5000), rule("tag", "equals", "x")))
            return len(captured)

        three(owner)
        few = cost()
        for number in range(20):
            a_lead(owner, f"more{number}@example.com", company="Fennmark")
        assert cost() == few


class TestWhatMayBeAsked:
    def test_every_field_with_what_may_be_asked_of_it(self, client, owner):
        fields.create(owner, "Seats", FieldType.NUMBER, NOW)
        told = client.get("/api/condition-fields").json()
        by_name = {each["name"]: each for each in told["fields"]}
        assert by_name["custom.seats"]["label"] == "Seats"
        assert "between" in by_name["custom.seats"]["operators"]
        assert by_name["event.replied"]["operators"] == ["happened", "not_happened"]
        assert {each["name"]: each["operand"] for each in told["operators"]}["between"] == "pair"
        assert told["steps"] == []

    def test_the_steps_of_a_sequence_that_send(self, client, owner):
        a_mailbox(owner)
        sequence = an_active_sequence(owner)
        told = client.get(f"/api/condition-fields?sequence_id={sequence.pk}").json()
        assert told["steps"]
        assert {each["kind"] for each in told["steps"]} == {"email"}

    @pytest.mark.parametrize(
        ("field", "prefix", "expected"),
        [
            pytest.param("stage", "", ["Customer", "Lead"], id="stages as they are written"),
            pytest.param("company", "FENN", ["Fennmark"], id="whatever the case"),
            pytest.param("tag", "v", ["VIP"], id="tags"),
            pytest.param("list", "", ["Leads"], id="lists"),
            pytest.param("owner", "", ["rep@example.com"], id="owners by address"),
            pytest.param("custom.plan", "p", ["Pro"], id="own fields"),
            pytest.param("custom.gone", "", [], id="no such field"),
            pytest.param("first_name", "", [], id="a field without an index"),
            pytest.param("company", "\U0010ffff", [], id="what nobody has"),
        ],
    )
    def test_values_that_begin_so(self, client, owner, field, prefix, expected):
        three(owner)
        tags.ensure(owner.workspace_id, "VIP")
        lists.create(owner, "Leads", NOW)
        contacts.add(owner, {"email": "dan@example.com"}, NOW, custom={"plan": "Pro"})
        found = client.get("/api/condition-values", {"field": field, "q": prefix}).json()["values"]
        if field == "owner":
            assert found == [owner.user.email]
        else:
            assert sorted(found) == expected


def make(client, name="Fennmark people", asked=FENNMARK):
    return client.post("/api/segments", {"name": name, "condition": asked}, content_type=JSON)


class TestSegments:
    def test_one_is_always_current(self, client, owner):
        three(owner)
        made = make(client).json()
        assert client.get(f"/api/segments/{made['id']}/count").json() == {"count": 2, "is_more": False}
        a_lead(owner, "dan@example.com", company="Fennmark")
        found = client.get("/api/contacts", {"segment_id": made["id"], "sort": "oldest"}).json()["items"]
        assert [each["email"] for each in found] == ["ana@example.com", "ben@example.com", "dan@example.com"]
        assert client.get("/api/contacts/count", {"segment_id": made["id"]}).json()["count"] == 3

    def test_it_is_listed_changed_and_deleted_with_an_entry_in_the_log(self, client, owner):
        made = make(client).json()
        assert [each["name"] for each in client.get("/api/segments").json()["items"]] == ["Fennmark people"]
        changed = client.patch(
            f"/api/segments/{made['id']}",
            {"name": "All", "condition": condition(rule("stage", "equals", "Lead"))},
            content_type=JSON,
        ).json()
        assert (changed["name"], changed["condition"]["rules"][0]["field"]) == ("All", "stage")
        assert client.delete(f"/api/segments/{made['id']}").status_code == 204
        acts = AuditEntry.objects.filter(object_kind="segment").order_by("id").values_list("act", flat=True)
        assert list(acts) == ["segment.create", "segment.edit", "segment.delete"]

    def test_what_is_wrong_with_its_condition_is_refused_by_path(self, client, owner):
        answer = make(client, asked=condition(rule("compny", "equals", "x")))
        assert (answer.status_code, answer.json()["code"]) == (422, "condition_invalid")
        assert list(answer.json()["fields"]) == ["rules[0].field"]

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            pytest.param("Fennmark people", "segment_exists", id="taken"),
            pytest.param("  ", "segment_name_invalid", id="blank"),
        ],
    )
    def test_a_name_that_will_not_do(self, client, owner, name, code):
        make(client)
        assert make(client, name=name).json()["code"] == code

    def test_what_went_away_since_is_told(self, client, owner):
        row = fields.create(owner, "Seats", FieldType.NUMBER, NOW)
        made = make(client, asked=condition(rule("custom.seats", "greater", 5))).json()
        fields.delete(owner, row.pk, NOW)
        told = client.get(f"/api/segments/{made['id']}").json()
        assert [each["code"] for each in told["problems"]] == ["unknown_field"]
        assert client.get(f"/api/segments/{made['id']}/count").json()["count"] == 0

    def test_a_strangers_segment_is_not_there(self, client, owner):
        made = make(client).json()
        stranger = workspaces.create_workspace(
            "Theirs", User.objects.create(email="x@theirs.test", password="!"), "X", NOW
        )
        client.force_login(stranger.user)
        assert client.get("/api/contacts", {"segment_id": made["id"]}).status_code == 404

    def test_everybody_in_it_is_enrolled_under_the_rules_of_every_request(self, client, owner):
        a_mailbox(owner)
        sequence = an_active_sequence(owner)
        three(owner)
        segment_id = make(client).json()["id"]
        body = {"sequence_id": sequence.pk, "segment_id": segment_id}
        seen = client.post("/api/enroll/preflight", body, content_type=JSON).json()
        assert (seen["asked"], seen["counts"]) == (2, {"enrolled": 2})
        behind = client.post(
            "/api/enroll/preflight/contacts", {**body, "answer": "enrolled"}, content_type=JSON
        ).json()
        assert len(behind["items"]) == 2
        done = client.post("/api/enroll", body, content_type=JSON, headers={"Idempotency-Key": "one"}).json()
        assert done["counts"] == {"enrolled": 2}
        assert set(Enrollment.objects.values_list("source", flat=True)) == {"segment"}

    def test_the_contacts_in_it_can_be_changed_together(self, client, owner):
        three(owner)
        body = {"segment_id": make(client).json()["id"], "act": "set_stage", "stage": "Won"}
        assert client.post("/api/contacts/bulk", body, content_type=JSON).json()["counts"] == {"changed": 2}
        assert match(client, condition(rule("stage", "equals", "won")))["count"] == 2
