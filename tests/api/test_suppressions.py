"""Suppressions and lists over HTTP."""

import pytest

from drumbeat.actions import suppressions
from drumbeat.core.flow import Channel
from drumbeat.models import AuditEntry, ContactList, Enrollment, Member, Role, Suppression, Touch
from drumbeat.store.reach import Asked, addresses_of, unreachable
from tests.support.office import NOW, a_lead, another_owner
from tests.support.outreach import an_outreach

pytestmark = pytest.mark.django_db
JSON = "application/json"


def post(client, path, body=None):
    return client.post(f"/api/{path}", body or {}, content_type=JSON)


class TestSuppressing:
    def test_an_address_is_added_listed_and_lifted(self, client, owner):
        kim = a_lead(owner, "kim@example.com")
        made = post(client, "suppressions", {"address": "Kim@Example.com"}).json()
        assert (made["reason"], made["channel"], made["contact"]["id"]) == ("manual", "", kim.pk)
        (listed,) = client.get("/api/suppressions").json()["items"]
        assert listed == made
        lifted = post(client, f"suppressions/{made['id']}/lift", {"reason": "typo"}).json()
        assert (lifted["lifted_by"], lifted["lifted_reason"]) == (owner.name, "typo")
        assert client.get("/api/suppressions").json()["items"] == []
        assert len(client.get("/api/suppressions", {"lifted": True}).json()["items"]) == 1
        assert list(AuditEntry.objects.order_by("id").values_list("act", flat=True)) == [
            "suppression.add",
            "suppression.lift",
        ]

    def test_a_domain_concerns_everybody_there_by_mail(self, client, owner):
        made = post(client, "suppressions", {"address": "@example.com"}).json()
        assert (made["kind"], made["channel"]) == ("domain", "email")
        for address, blocked in (("kim@example.com", True), ("kim@other.test", False)):
            addresses = addresses_of(address, "+442079460958", "")
            (reasons,) = unreachable(owner.workspace_id, [Asked(None, addresses, {})])
            assert (Channel.EMAIL in reasons, Channel.SMS in reasons) == (blocked, False)
        assert len(client.get("/api/suppressions", {"address": "kim@example.com"}).json()["items"]) == 1

    def test_a_domain_withholds_what_has_not_left(self, owner):
        outreach = an_outreach()
        outreach.contact.email_domain = "example.com"
        outreach.contact.save()
        suppressions.add(outreach.owner, "@example.com", NOW)
        assert Touch.objects.get(pk=outreach.planned.pk).vetoed_at == NOW
        assert Enrollment.objects.get(pk=outreach.enrollment.pk).woken_at == NOW

    def test_a_list_is_imported_and_what_is_none_is_told(self, client, owner):
        done = post(
            client, "suppressions/import", {"addresses": "a@x.test,A\n@y.test\nnobody\na@x.test"}
        ).json()
        assert (done["added"], done["already"]) == (2, 0)
        assert [one["line"] for one in done["refused"]] == [3]

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            pytest.param({"address": "kim@@x"}, "address_invalid", id="no address"),
            pytest.param({"address": "@"}, "address_invalid", id="no domain"),
            pytest.param({"address": "12"}, "phone_invalid", id="no number"),
            pytest.param({"address": "a@x.test", "channel": "fax"}, "request_unreadable", id="no channel"),
        ],
    )
    def test_what_is_refused(self, client, owner, body, code):
        assert post(client, "suppressions", body).json()["code"] == code

    def test_what_the_person_said_needs_a_reason(self, client, owner):
        row = suppressions.add(owner, "kim@example.com", NOW, reason="unsubscribe")
        assert client.get("/api/suppressions").json()["items"][0]["needs_reason"]
        assert post(client, f"suppressions/{row.pk}/lift").json()["code"] == "reason_missing"

    def test_why_an_address_was_not_contacted(self, client):
        outreach = an_outreach()
        client.force_login(outreach.owner.user)
        suppressions.add(outreach.owner, "kim.lee@example.com", NOW, reason="complaint")
        Touch.objects.filter(pk=outreach.planned.pk).update(
            status="skipped", reason="opted_out", settled_at=NOW
        )
        Enrollment.objects.update(
            state="finished", reason="complained", finished_at=NOW, next_step_at=None, woken_at=None
        )
        told = client.get("/api/suppressions/why", {"address": "Kim.Lee+x@example.com"}).json()
        assert told["suppressed"]
        assert told["contact"] is None
        told = client.get("/api/suppressions/why", {"address": "kim.lee@example.com"}).json()
        assert told["contact"]["id"] == outreach.contact.pk
        assert [(one["step"], one["reason"]) for one in told["left_out"]] == [("follow_up", "opted_out")]
        assert [one["reason"] for one in told["ended"]] == ["complained"]
        assert not client.get("/api/suppressions/why", {"address": "bo@x.test"}).json()["suppressed"]

    def test_whoever_may_not(self, client, owner):
        row = suppressions.add(owner, "kim@example.com", NOW)
        Member.objects.filter(pk=owner.pk).update(role=Role.REP)
        assert client.get("/api/suppressions").status_code == 200
        assert post(client, "suppressions", {"address": "a@x.test"}).status_code == 403
        assert post(client, f"suppressions/{row.pk}/lift").status_code == 403
        other = another_owner()
        session = client.session
        session["workspace_id"] = other.workspace_id
        session.save()
        assert client.get("/api/suppressions").json()["items"] == []
        assert post(client, f"suppressions/{row.pk}/lift").status_code == 404
        assert Suppression.objects.filter(lifted_at=None).exists()


class TestLists:
    def test_one_is_made_joined_renamed_left_and_deleted(self, client, owner):
        ids = [a_lead(owner, f"l{n}@x.test").pk for n in range(2)]
        made = post(client, "lists", {"name": " Fair "}).json()
        path = f"lists/{made['id']}"
        assert post(client, f"{path}/join", {"contact_ids": [*ids, 999]}).json() == {"count": 2}
        assert client.get(f"/api/{path}").json()["contacts"] == 2
        assert post(client, f"{path}/leave", {"contact_ids": [ids[0]]}).json() == {"count": 1}
        renamed = client.patch(f"/api/{path}", {"name": "Trade fair"}, content_type=JSON).json()
        assert (renamed["name"], renamed["contacts"]) == ("Trade fair", 1)
        assert [each["name"] for each in client.get("/api/lists").json()["items"]] == ["Trade fair"]
        assert client.delete(f"/api/{path}").status_code == 204
        assert not ContactList.objects.exists()
        assert AuditEntry.objects.get().act == "list.delete"

    def test_a_name_is_there_once(self, client, owner):
        one = post(client, "lists", {"name": "A"}).json()
        assert post(client, "lists", {"name": "A"}).json()["id"] == one["id"]
        two = post(client, "lists", {"name": "B"}).json()
        refused = client.patch(f"/api/lists/{two['id']}", {"name": "A"}, content_type=JSON)
        assert refused.json()["code"] == "list_exists"

    def test_lists_of_others_are_not_there(self, client, owner):
        mine = post(client, "lists", {"name": "Mine"}).json()
        session = client.session
        session["workspace_id"] = another_owner().workspace_id
        session.save()
        assert client.get("/api/lists").json()["items"] == []
        assert client.get(f"/api/lists/{mine['id']}").status_code == 404
        assert client.delete(f"/api/lists/{mine['id']}").status_code == 404
        assert post(client, f"lists/{mine['id']}/join", {"contact_ids": []}).status_code == 404


class TestFields:
    def test_a_field_is_made_renamed_and_deleted_with_its_values_only_when_asked(self, client, owner):
        field = post(client, "contact-fields", {"label": "Team size", "type": "number"}).json()
        assert post(client, "contact-fields", {"label": "team  SIZE"}).json()["code"] == "field_exists"
        a_lead(owner)
        path = f"/api/contact-fields/{field['id']}"
        contact = post(client, "contacts", {"email": "b@x.test", "custom": {"team_size": "3"}}).json()
        assert contact["custom"][0]["value"] == 3
        assert client.patch(path, {"type": "text"}, content_type=JSON).json()["code"] == "field_in_use"
        assert client.patch(path, {"label": "Team"}, content_type=JSON).json()["label"] == "Team"
        assert client.delete(path).json()["code"] == "field_in_use"
        assert client.delete(f"{path}?with_values=true").status_code == 204
        assert client.get("/api/contact-fields").json() == []

    def test_tags_are_counted_renamed_and_deleted(self, client, owner):
        a_lead(owner)
        post(client, "contacts/bulk", {"filter": {}, "act": "add_tag", "tag": "VIP"})
        (tag,) = client.get("/api/tags").json()
        assert (tag["name"], tag["contacts"]) == ("VIP", 1)
        path = f"/api/tags/{tag['id']}"
        assert client.patch(path, {"name": "Very"}, content_type=JSON).json()["name"] == "Very"
        assert client.delete(path).status_code == 204
        assert client.get("/api/tags").json() == []
