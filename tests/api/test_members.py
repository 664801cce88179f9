"""Who may do what to whom: members, roles, settings, views."""

import pytest

from drumbeat.actions import access, members, settings
from drumbeat.actions.members import MemberChange, keys, roles
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.models import (
    ApiKey,
    AuditEntry,
    Contact,
    Member,
    Notification,
    Role,
    SavedView,
    User,
    Workspace,
)
from tests.support.office import NOW, a_lead, a_mailbox, another_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return SystemClock().now()


def a_member(owner, role=Role.REP, name="kim"):
    user = User.objects.create(email=f"{name}@ours.test", password="!")
    return Member.objects.create(workspace=owner.workspace, user=user, name=name, role=role, created_at=NOW)


def patch(client, path, **body):
    return client.patch(path, body, content_type="application/json")


def post(client, path, **body):
    return client.post(path, body, content_type="application/json")


def test_a_role_holds_from_the_next_request_and_is_in_the_log(client, owner):
    kim = a_member(owner)
    answer = patch(client, f"/api/members/{kim.pk}", role="manager").json()
    assert (answer["role"], answer["is_you"]) == ("manager", False)
    entry = client.get("/api/audit").json()["items"][0]
    assert (entry["act"], entry["by"], entry["via"]) == ("member.change", owner.name, "web")
    assert (entry["before"]["role"], entry["after"]["role"]) == ("rep", "manager")


def test_a_role_that_does_not_exist_is_refused(client, owner):
    assert patch(client, f"/api/members/{a_member(owner).pk}", role="king").json()["code"] == "role_unknown"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"role": "rep"}, id="another role"),
        pytest.param({"is_active": False}, id="deactivated"),
    ],
)
def test_the_owner_stays_and_so_does_the_last_admin(client, owner, change, now):
    assert patch(client, f"/api/members/{owner.pk}", **change).json()["code"] == "owner_stays"
    assert client.delete(f"/api/members/{owner.pk}").json()["code"] == "owner_stays"
    other = a_member(owner, Role.ADMIN)
    client.post(f"/api/members/{other.pk}/owner")
    other.refresh_from_db()
    assert patch(client, f"/api/members/{owner.pk}", **change).status_code == 200
    assert other.is_owner


def test_the_last_admin_cannot_go_whoever_owns_the_workspace(owner, now):
    Member.objects.filter(pk=owner.pk).update(is_owner=False)
    with pytest.raises(DomainError, match="last admin"):
        members.remove(owner, owner.pk, now)


def test_who_may_edit_members_reaches_nobody_with_more_rights(owner, now):
    roles.create(owner, "people", ["users.view", "users.edit", "users.delete", "contacts.view"], now)
    helper = a_member(owner, "people", "helper")
    admin = a_member(owner, Role.ADMIN, "admin")
    for verb in (
        lambda: members.change(helper, helper.pk, MemberChange(role=Role.ADMIN), now),
        lambda: members.change(helper, admin.pk, MemberChange(role="people"), now),
        lambda: members.remove(helper, admin.pk, now),
        lambda: members.password_link(helper, admin.pk, now),
        lambda: roles.create(helper, "more", ["settings.edit"], now),
    ):
        with pytest.raises(DomainError, match="beyond your own rights"):
            verb()


def test_a_removed_member_leaves_contacts_to_nobody_and_their_name_in_the_log(client, owner, now):
    kim = a_member(owner)
    lead = a_lead(owner)
    Contact.objects.filter(pk=lead.pk).update(owner=kim)
    keys.create(owner, "theirs", now)
    ApiKey.objects.update(member=kim)
    members.rename(kim, "Kim Abadi", now)
    assert client.delete(f"/api/members/{kim.pk}").status_code == 204
    lead.refresh_from_db()
    assert (lead.owner_id, ApiKey.objects.count(), User.objects.filter(email="kim@ours.test").count()) == (
        None,
        0,
        0,
    )
    assert AuditEntry.objects.get(act="member.rename").by == "Kim Abadi"


def test_who_works_elsewhere_too_keeps_their_account(client, owner, now):
    other = another_owner()
    kim = a_member(owner)
    Member.objects.create(workspace=other.workspace, user=kim.user, name="Kim", role=Role.REP, created_at=NOW)
    members.remove(owner, kim.pk, now)
    assert User.objects.filter(email="kim@ours.test").exists()


def test_a_limited_member_sees_their_own_contacts_alone(owner, now):
    kim = a_member(owner)
    lead = a_lead(owner)
    assert access.visible_to(kim, Contact).exists()
    kim = members.change(owner, kim.pk, MemberChange(own_contacts_only=True), now)
    assert not access.visible_to(kim, Contact).exists()
    Contact.objects.filter(pk=lead.pk).update(owner=kim)
    assert access.visible_to(kim, Contact).exists()
    assert not members.change(owner, kim.pk, MemberChange(role=Role.ADMIN), now).own_contacts_only


def sees_contacts(text, now):
    member = keys.member_of(text, now)
    assert member is not None
    return access.visible_to(member, Contact).exists()


def test_a_reps_key_of_an_admin_is_limited_where_reps_are(owner, now):
    settings.change(owner, "reps_see_own_contacts", "yes", now)
    a_lead(owner)
    _, text = keys.create(owner, "rep", now, role=Role.REP)
    assert not sees_contacts(text, now)
    _, text = keys.create(owner, "all", now)
    assert sees_contacts(text, now)


def test_an_own_role_gives_what_it_says_and_goes_when_nobody_holds_it(client, owner):
    made = post(client, "/api/roles", name="Helper", rights=["contacts.view", "ce.tasks.view"]).json()
    assert made["rights"] == ["contacts.view", "tasks.view"]
    kim = a_member(owner, "Helper")
    client.force_login(kim.user)
    assert client.get("/api/session").json()["rights"] == ["contacts.view", "tasks.view"]
    assert client.get("/api/members").status_code == 403
    client.force_login(owner.user)
    assert client.delete(f"/api/roles/{made['id']}").json()["code"] == "role_in_use"
    patch(client, f"/api/members/{kim.pk}", role="viewer")
    assert client.delete(f"/api/roles/{made['id']}").status_code == 204


@pytest.mark.parametrize(
    ("name", "rights", "code"),
    [
        pytest.param("Admin", [], "role_exists", id="a name that comes with drumbeat"),
        pytest.param("Helper", ["contacts.fly"], "right_unknown", id="a right that does not exist"),
        pytest.param(" ", [], "name_invalid", id="no name"),
    ],
)
def test_roles_that_are_refused(client, owner, name, rights, code):
    assert post(client, "/api/roles", name=name, rights=rights).json()["code"] == code


def test_settings_change_together_or_not_at_all(client, owner):
    sender = a_mailbox(owner)
    answer = patch(
        client, "/api/workspace", cap_per_day=80, default_sender=sender.pk, name=" Castell "
    ).json()
    assert (answer["cap_per_day"], answer["default_sender"], answer["name"]) == (80, sender.pk, "Castell")
    assert patch(client, "/api/workspace", cap_per_day=None).json()["cap_per_day"] is None
    refused = patch(client, "/api/workspace", overdue_minutes=9, time_zone="Mars/Base").json()
    assert (refused["code"], list(refused["fields"])) == ("setting_invalid", ["time_zone"])
    assert Workspace.objects.get(pk=owner.workspace_id).overdue_minutes == 15


def test_the_sender_of_another_workspace_is_not_there_to_choose(client, owner):
    theirs = a_mailbox(another_owner(), "rep@theirs.test")
    assert patch(client, "/api/workspace", default_sender=theirs.pk).status_code == 404


def test_one_person_works_in_several_workspaces_one_at_a_time(client, owner):
    other = another_owner()
    switched = client.put(
        "/api/session/workspace", {"workspace_id": other.workspace_id}, content_type="application/json"
    )
    assert switched.json()["name"] == "Elsewhere"
    assert client.get("/api/session").json()["workspace"]["id"] == other.workspace_id
    assert len(client.get("/api/session").json()["workspaces"]) == 2


def test_a_key_stays_in_its_workspace(client, owner, now):
    other = another_owner()
    _, text = keys.create(owner, "CI", now)
    client.logout()
    headers = {"Authorization": f"Bearer {text}"}
    assert [each["id"] for each in client.get("/api/workspaces", headers=headers).json()] == [
        owner.workspace_id
    ]
    answer = client.put(
        "/api/session/workspace",
        {"workspace_id": other.workspace_id},
        content_type="application/json",
        headers=headers,
    )
    assert answer.status_code == 404


def test_keys_are_shown_once(client, owner):
    made = post(client, "/api/keys", name="CI", role="viewer").json()
    listed = client.get("/api/keys").json()["items"][0]
    assert "key" not in listed
    assert made["key"].split("_")[2] not in str(listed)
    assert client.delete(f"/api/keys/{made['id']}").json()["revoked_at"] is not None


def test_views_are_ones_own_until_they_are_shared(client, owner):
    view = post(client, "/api/views", room="contacts", name="Mine", query="state=active").json()
    kim = a_member(owner)
    client.force_login(kim.user)
    assert client.get("/api/views?room=contacts").json()["items"] == []
    SavedView.objects.update(shared=True)
    (seen,) = client.get("/api/views?room=contacts").json()["items"]
    assert (seen["is_yours"], seen["by"]) == (False, owner.name)
    assert patch(client, f"/api/views/{view['id']}", name="Stolen").status_code == 404
    assert client.get("/api/views?room=tasks").json()["items"] == []


def test_two_views_of_one_name_are_refused(client, owner):
    for code in (201, 422):
        assert post(client, "/api/views", room="contacts", name="Mine").status_code == code


def test_notifications_are_ones_own(client, owner):
    kim = a_member(owner)
    for member in (owner, kim):
        Notification.objects.create(
            workspace=owner.workspace, member=member, kind="reply", text=member.name, created_at=NOW
        )
    (line,) = client.get("/api/notifications?unread=true").json()["items"]
    assert line["text"] == owner.name
    assert post(client, "/api/notifications/read").json() == {"read": 1}
    assert client.get("/api/session").json()["unread"] == 0
    assert Notification.objects.get(member=kim).read_at is None


def test_the_log_is_filtered_and_paged(client, owner):
    for minutes in (20, 30, 40):
        patch(client, "/api/workspace", overdue_minutes=minutes)
    a_member(owner)
    page = client.get("/api/audit?act=settings.change&limit=2").json()
    assert [entry["after"]["overdue_minutes"] for entry in page["items"]] == [40, 30]
    rest = client.get(f"/api/audit?act=settings.change&limit=2&cursor={page['next_cursor']}").json()
    assert (len(rest["items"]), rest["next_cursor"]) == (1, None)
    assert client.get(f"/api/audit?member_id={owner.pk + 1}").json()["items"] == []


def test_lists_cost_the_same_queries_for_many(client, owner, django_assert_max_num_queries):
    for number in range(20):
        a_member(owner, name=f"rep{number}")
    with django_assert_max_num_queries(6):
        assert len(client.get("/api/members").json()["items"]) == 21


def test_calls_are_put_through_to_the_number_that_a_member_gives(client, owner, now):
    said = client.patch("/api/session", {"phone": "+44 20 7946 0958"}, content_type="application/json")
    assert said.json()["phone"] == "+442079460958"
    assert AuditEntry.objects.get(act="member.phone").after == {"phone": "+442079460958"}
    refused = client.patch(
        "/api/session", {"phone": "0800", "name": "Never"}, content_type="application/json"
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "phone_invalid")
    owner.refresh_from_db()
    assert (owner.phone, owner.name) == ("+442079460958", said.json()["name"])
    assert client.patch("/api/session", {"phone": ""}, content_type="application/json").json()["phone"] == ""
    kim = a_member(owner)
    assert (
        members.change(owner, kim.pk, members.MemberChange(phone="+1 415 555 2671"), now).phone
        == "+14155552671"
    )
