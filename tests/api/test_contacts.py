"""Contacts over HTTP: the table, one contact, changes to one and many, what happened, the export."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.actions import lists
from drumbeat.actions.contacts import bulk
from drumbeat.actions.contacts import export as contact_export
from drumbeat.actions.contacts.input import read_contact
from drumbeat.core.errors import DomainError
from drumbeat.models import AuditEntry, Contact, Event, Member, Role, Workspace
from drumbeat.store import upserting
from drumbeat.store.contact_search import ContactQuery, matching
from tests.support import corpora
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, another_owner

pytestmark = pytest.mark.django_db
JSON = "application/json"


def hostile_strings() -> list[str]:
    path = corpora.OPEN / "hostile-strings/blns.jsonl"
    if not path.exists():
        pytest.skip(f"{corpora.ABSENT}: no hostile strings")
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").split("\n") if line]


@pytest.fixture
def viewer(client, owner):
    owner.role = Role.VIEWER
    owner.save()
    return owner


def names(client, **query):
    answered = client.get("/api/contacts", query)
    assert answered.status_code == 200, answered.json()
    return [item["first_name"] for item in answered.json()["items"]]


class TestTheTable:
    @pytest.fixture(autouse=True)
    def _people(self, owner):
        a_lead(
            owner,
            "ana@halden.test",
            first_name="Ana",
            last_name="Ruiz",
            company="Halden Freight",
            stage="Lead",
        )
        a_lead(owner, "bo@kestrel.test", first_name="Bo", last_name="Müller", company="Kestrel", stage="Won")
        a_lead(owner, "cy@halden.test", first_name="Cy", last_name="Österberg", company="Halden Freight")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            pytest.param({}, ["Cy", "Bo", "Ana"], id="all, the newest first"),
            pytest.param({"sort": "name"}, ["Ana", "Bo", "Cy"], id="by name"),
            pytest.param({"sort": "-company"}, ["Bo", "Cy", "Ana"], id="by company, backwards"),
            pytest.param({"q": "AN"}, ["Ana"], id="how a name begins, whatever the case"),
            pytest.param({"q": "muller"}, ["Bo"], id="without its accents"),
            pytest.param({"q": "ruiz ana"}, ["Ana"], id="the names the other way round"),
            pytest.param({"q": "halden"}, ["Cy", "Ana"], id="a company"),
            pytest.param({"q": "bo@kest"}, ["Bo"], id="an address"),
            pytest.param({"q": "@halden"}, ["Cy", "Ana"], id="a mail domain"),
            pytest.param({"q": "  \u0301 "}, [], id="nothing that can be searched for"),
            pytest.param({"stage": "Won"}, ["Bo"], id="a stage"),
            pytest.param({"owner_id": 0}, ["Cy", "Bo", "Ana"], id="nobody's"),
            pytest.param({"enrolled": "never"}, ["Cy", "Bo", "Ana"], id="never enrolled"),
            pytest.param({"enrolled": "yes"}, [], id="in a sequence"),
            pytest.param({"state": "paused"}, [], id="paused"),
        ],
    )
    def test_what_is_found(self, client, query, found):
        assert names(client, **query) == found

    def test_pages_follow_each_other_in_every_order(self, client):
        for sort in ("newest", "oldest", "name", "-name", "company", "-company"):
            first = client.get("/api/contacts", {"sort": sort, "limit": 2}).json()
            rest = client.get(
                "/api/contacts", {"sort": sort, "limit": 2, "cursor": first["next_cursor"]}
            ).json()
            found = [item["id"] for item in (*first["items"], *rest["items"])]
            assert len(set(found)) == 3
            assert rest["next_cursor"] is None

    def test_filters_that_nobody_knows_are_refused(self, client):
        assert client.get("/api/contacts", {"sort": "email"}).status_code == 422
        assert client.get("/api/contacts", {"state": "happy"}).status_code == 422
        assert client.get("/api/contacts", {"list_id": 999}).status_code == 404

    def test_lists_tags_and_sequences_narrow(self, client, owner):
        ana, bo = Contact.objects.order_by("id")[:2]
        fair = lists.create(owner, "Fair", NOW)
        lists.join(owner, fair.pk, [ana.pk], NOW)
        client.post(
            "/api/contacts/bulk", {"contact_ids": [bo.pk], "act": "add_tag", "tag": "vip"}, content_type=JSON
        )
        facets = client.get("/api/contacts/facets").json()
        assert [(each["value"], each["count"]) for each in facets["lists"]] == [("Fair", 1)]
        assert [(each["value"], each["count"]) for each in facets["stages"]] == [("Lead", 1), ("Won", 1)]
        assert names(client, list_id=fair.pk) == ["Ana"]
        assert names(client, tag_id=facets["tags"][0]["id"]) == ["Bo"]
        a_mailbox(owner)
        sequence = an_active_sequence(owner)
        client.post("/api/enroll", {"sequence_id": sequence.pk, "contact_ids": [ana.pk]}, content_type=JSON)
        assert names(client, sequence_id=sequence.pk) == ["Ana"]
        assert names(client, enrolled="no") == ["Cy", "Bo"]
        assert client.get("/api/contacts/count", {"enrolled": "yes"}).json() == {"count": 1, "is_more": False}

    def test_a_page_costs_the_same_however_many_are_on_it(self, client, owner):
        def queries(limit):
            with CaptureQueriesContext(connection) as seen:
                client.get("/api/contacts", {"limit": limit, "q": "a"})
            return len(seen)

        queries(1)
        assert queries(1) == queries(50)

    def test_another_workspace_sees_nothing(self, client, owner):
        client.force_login(another_owner().user)
        other = Member.objects.get(workspace__name="Elsewhere")
        session = client.session
        session["workspace_id"] = other.workspace_id
        session.save()
        assert names(client) == []
        ana = Contact.objects.order_by("id")[0]
        for path in ("", "/timeline", "/next"):
            assert client.get(f"/api/contacts/{ana.pk}{path}").status_code == 404

    def test_whoever_is_limited_to_their_own_sees_only_those(self, client, owner):
        Workspace.objects.update(reps_see_own_contacts=True)
        Member.objects.filter(pk=owner.pk).update(role=Role.REP)
        ana, bo, _ = Contact.objects.order_by("id")
        Contact.objects.filter(pk=ana.pk).update(owner=owner)
        assert names(client) == ["Ana"]
        assert client.get(f"/api/contacts/{bo.pk}").status_code == 404
        answered = client.post(
            "/api/contacts/bulk",
            {"contact_ids": [ana.pk, bo.pk], "act": "set_stage", "stage": "X"},
            content_type=JSON,
        ).json()
        assert answered["counts"] == {"changed": 1, "not_found": 1}


@pytest.mark.parametrize("sort", ["id", "name_folded", "company_folded"])
def test_every_order_walks_an_index(sort):
    plan = Contact.objects.filter(workspace_id=1).order_by(sort, "id")[:50].explain()
    assert "contact_" in plan or connection.vendor != "sqlite"
    assert "TEMP B-TREE" not in plan


def test_a_search_reads_ranges_of_indexes():
    plan = (
        matching(Contact.objects.filter(workspace_id=1), 1, ContactQuery(q="ana"))
        .order_by("-id")[:50]
        .explain()
    )
    assert "SCAN drumbeat_contact" not in plan
    for index in ("contact_by_name", "contact_by_last_name", "contact_by_company", "contact_by_domain"):
        assert index in plan or connection.vendor != "sqlite"


class TestOne:
    def test_it_is_added_shown_changed_and_deleted(self, client, owner):
        field = client.post(
            "/api/contact-fields", {"label": "Team size", "type": "number"}, content_type=JSON
        ).json()
        made = client.post(
            "/api/contacts",
            {
                "email": "ana@halden.test",
                "first_name": "Ana",
                "custom": {"team_size": "140"},
                "tags": ["founder"],
            },
            content_type=JSON,
        )
        assert made.status_code == 201
        ana = made.json()
        assert ana["custom"][0] == {**{k: field[k] for k in ("id", "key", "label", "type")}, "value": 140.0}
        assert [tag["name"] for tag in ana["tags"]] == ["founder"]
        assert ana["reach"] == {
            "email": "",
            "sms": "no_address",
            "whatsapp": "no_address",
            "voice": "no_address",
        }
        path = f"/api/contacts/{ana['id']}"
        changed = client.patch(
            path, {"company": "Halden", "custom": {"team_size": ""}}, content_type=JSON
        ).json()
        assert (changed["company"], changed["first_name"]) == ("Halden", "Ana")
        assert changed["custom"][0]["value"] is None
        assert names(client, q="halden") == ["Ana"]
        assert client.delete(path).status_code == 204
        assert AuditEntry.objects.filter(act="contact.delete").exists()

    def test_a_known_address_is_answered_with_who_has_it(self, client, owner):
        ana, bo = a_lead(owner, "ana@halden.test"), a_lead(owner, "bo@halden.test")
        refused = client.post("/api/contacts", {"email": "ANA@halden.test"}, content_type=JSON).json()
        assert (refused["code"], refused["fields"]["contact_id"]) == ("contact_exists", str(ana.pk))
        refused = client.patch(
            f"/api/contacts/{bo.pk}", {"email": "ana@halden.test"}, content_type=JSON
        ).json()
        assert refused["code"] == "contact_exists"
        assert set(refused["fields"]) == {"contact_id", "email"}

    @pytest.mark.parametrize(
        ("change", "path"),
        [
            pytest.param({"email": "no address"}, "email", id="an address that is none"),
            pytest.param({"email": ""}, "email", id="neither address nor number"),
            pytest.param({"time_zone": "Mars"}, "time_zone", id="a zone that is none"),
            pytest.param({"custom": {"unknown": "x"}}, "custom.unknown", id="a field that is not there"),
        ],
    )
    def test_what_cannot_be_kept_is_refused_by_field(self, client, owner, change, path):
        ana = a_lead(owner)
        refused = client.patch(f"/api/contacts/{ana.pk}", change, content_type=JSON)
        assert (refused.status_code, list(refused.json()["fields"])) == (422, [path])

    def test_one_who_was_enrolled_stays_on_record(self, client, owner):
        ana = a_lead(owner)
        a_mailbox(owner)
        sequence = an_active_sequence(owner)
        client.post("/api/enroll", {"sequence_id": sequence.pk, "contact_ids": [ana.pk]}, content_type=JSON)
        assert client.delete(f"/api/contacts/{ana.pk}").json()["code"] == "contact_has_history"
        coming = client.get(f"/api/contacts/{ana.pk}/next").json()["items"]
        assert [one["step"] for one in coming] == ["hello", "follow_up"]
        assert client.get(f"/api/contacts/{ana.pk}").json()["running"][0]["sequence"] == "Hello"

    def test_a_viewer_looks_and_changes_nothing(self, client, viewer):
        Member.objects.filter(pk=viewer.pk).update(role=Role.ADMIN)
        ana = a_lead(Member.objects.get(pk=viewer.pk))
        Member.objects.filter(pk=viewer.pk).update(role=Role.VIEWER)
        assert client.get(f"/api/contacts/{ana.pk}").status_code == 200
        assert client.patch(f"/api/contacts/{ana.pk}", {}, content_type=JSON).status_code == 403
        assert client.delete(f"/api/contacts/{ana.pk}").status_code == 403
        assert client.get("/api/contacts/export.csv").status_code == 403


class TestWhatHappened:
    def test_it_is_told_newest_first_in_pages(self, client, owner):
        ana = a_lead(owner)
        path = f"/api/contacts/{ana.pk}"
        client.post(f"{path}/events", {"kind": "call_logged", "note": "Asked for numbers"}, content_type=JSON)
        note = client.post(f"{path}/notes", {"text": "Likes Lisbon"}, content_type=JSON).json()
        first = client.get(f"{path}/timeline", {"limit": 2}).json()
        shown = [(e["kind"], e["word"], e["text"], e["by"]) for e in first["items"]]
        assert shown == [
            ("note", "", "Likes Lisbon", owner.name),
            ("event", "call_logged", "Asked for numbers", owner.name),
        ]
        rest = client.get(f"{path}/timeline", {"cursor": first["next_cursor"]}).json()
        assert [e["word"] for e in rest["items"]] == ["contact_created"]
        assert client.get(f"{path}/timeline", {"tab": "calls"}).json()["items"][0]["word"] == "call_logged"
        assert client.delete(f"{path}/notes/{note['id']}").status_code == 204

    def test_an_event_with_an_id_counts_once(self, client, owner):
        path = f"/api/contacts/{a_lead(owner).pk}/events"
        body = {"kind": "meeting_booked", "external_id": "cal-1", "source": "calendar"}
        assert client.post(path, body, content_type=JSON).json()["counted"]
        assert not client.post(path, body, content_type=JSON).json()["counted"]

    def test_what_is_to_come_is_not_logged(self, client, owner):
        path = f"/api/contacts/{a_lead(owner).pk}/events"
        refused = client.post(
            path, {"kind": "call_logged", "occurred_at": "2999-01-01T00:00:00Z"}, content_type=JSON
        )
        assert refused.json()["code"] == "event_time_invalid"

    @pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIiwxLDJd", "bnVsbA"])
    def test_a_cursor_from_elsewhere_is_refused(self, client, owner, cursor):
        answered = client.get(f"/api/contacts/{a_lead(owner).pk}/timeline", {"cursor": cursor})
        assert answered.json()["code"] == "cursor_invalid"


class TestMany:
    @pytest.mark.parametrize(
        ("body", "undo", "event"),
        [
            pytest.param(
                {"act": "add_tag", "tag": "VIP"}, {"act": "remove_tag", "tag": "vip"}, "tag_added", id="a tag"
            ),
            pytest.param(
                {"act": "set_stage", "stage": "Won"}, {"act": "set_stage"}, "stage_changed", id="a stage"
            ),
        ],
    )
    def test_each_gets_an_answer_and_it_can_be_undone(self, client, owner, body, undo, event):
        ids = [a_lead(owner, f"l{n}@x.test").pk for n in range(3)]
        once = client.post(
            "/api/contacts/bulk", {"contact_ids": [*ids, 99999], **body}, content_type=JSON
        ).json()
        assert once["counts"] == {"changed": 3, "not_found": 1}
        again = client.post("/api/contacts/bulk", {"contact_ids": ids, **body}, content_type=JSON).json()
        assert again["counts"] == {"unchanged": 3}
        assert Event.objects.filter(kind=event).count() == 3
        back = client.post("/api/contacts/bulk", {"filter": {"q": "l"}, **undo}, content_type=JSON).json()
        assert back["counts"] == {"changed": 3}

    def test_too_many_are_refused_whole(self, client, owner, monkeypatch):
        monkeypatch.setattr(bulk, "MOST", 2)
        for n in range(3):
            a_lead(owner, f"l{n}@x.test")
        refused = client.post(
            "/api/contacts/bulk", {"filter": {}, "act": "add_tag", "tag": "x"}, content_type=JSON
        )
        assert refused.json()["code"] == "too_many_contacts"

    @pytest.mark.parametrize("body", [{}, {"contact_ids": [1], "filter": {}}, {"filter": {"unknown": 1}}])
    def test_a_selection_is_one_of_three(self, client, owner, body):
        assert (
            client.post(
                "/api/contacts/bulk", {**body, "act": "add_tag", "tag": "x"}, content_type=JSON
            ).status_code
            == 422
        )


class TestExport:
    def table(self, client, **query):
        text = b"".join(client.get("/api/contacts/export.csv", query).streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def test_no_cell_is_a_formula_and_the_export_is_audited(self, client, owner):
        a_lead(
            owner, "ana@x.test", first_name="=cmd()", last_name="@x", company="-1+1", phone="+442079460958"
        )
        (row,) = self.table(client)
        shown = [row[name] for name in ("first_name", "last_name", "company", "phone")]
        assert shown == ["'=cmd()", "'@x", "'-1+1", "'+442079460958"]
        assert AuditEntry.objects.get(act="contacts.export").after == {"contacts": 1}

    def test_pages_of_the_file_follow_each_other(self, client, owner, monkeypatch):
        monkeypatch.setattr(contact_export, "ROWS_A_QUERY", 2)
        for n in range(5):
            a_lead(owner, f"l{n}@x.test")
        assert [row["email"] for row in self.table(client)] == [f"l{n}@x.test" for n in range(5)]

    def test_hostile_strings_pass_through_unharmed(self, client, owner):
        strings = hostile_strings()
        inputs = []
        for n, text in enumerate(strings):
            try:
                values = {"email": f"l{n}@x.test", "first_name": text, "company": text[:50]}
                inputs.append(read_contact(values))
            except DomainError:
                continue
        upserting.upsert(owner.workspace_id, inputs, NOW)
        assert len(inputs) > 100
        page, cursor = None, ""
        while page is None or cursor:
            page = client.get("/api/contacts", {"limit": 200, "cursor": cursor, "sort": "name"})
            assert page.status_code == 200
            cursor = page.json()["next_cursor"]
        for text in strings:
            assert client.get("/api/contacts", {"q": text[:200]}).status_code == 200
        found = self.table(client)
        assert len(found) == len(inputs)
        assert not [
            v for row in found for v in row.values() if v.startswith(("=", "+", "-", "@", "\t", "\r"))
        ]
