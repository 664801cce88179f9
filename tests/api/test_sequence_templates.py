"""Templates of a workspace, and tags by which sequences are found."""

import pytest

from drumbeat.actions import sequences
from drumbeat.actions.sequences import cards, own_templates
from drumbeat.core.document import write_document
from drumbeat.models import AuditEntry, Sequence, SequenceTemplate
from tests.support.office import NOW, a_mailbox, another_owner, two_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def sequence(owner):
    made = sequences.create(
        owner, "Founders", NOW, document=write_document(two_mails()), description="For founders"
    )
    Sequence.objects.update(exit_on_call="finish", review=True, sender_id=a_mailbox(owner).pk)
    return made


def ask(client, method, path, body=None):
    return getattr(client, method)(f"/api/{path}", body or {}, content_type="application/json")


def test_a_sequence_is_kept_as_a_template_and_used_again(client, owner, sequence):
    kept = ask(client, "post", f"sequences/{sequence.pk}/template", {"name": "Ours"})
    assert (kept.status_code, kept.json()["name"], kept.json()["description"]) == (
        201,
        "Ours",
        "For founders",
    )
    listed = client.get("/api/templates").json()
    assert [(each["id"] is not None, each["title"]) for each in listed][:2] == [
        (True, "Ours"),
        (False, "Cold Outreach"),
    ]
    assert len(listed) == 6
    made = ask(client, "post", "sequences", {"name": "Next", "template_id": kept.json()["id"]}).json()
    assert (made["settings"]["exit_on_call"], made["settings"]["review"], made["settings"]["sender_id"]) == (
        "finish",
        True,
        None,
    )
    draft = client.get(f"/api/sequences/{made['id']}/draft").json()
    assert draft["document"] == write_document(two_mails())


def test_a_template_is_renamed_and_deleted(client, owner, sequence):
    for name in ("One", "Two"):
        assert ask(client, "post", f"sequences/{sequence.pk}/template", {"name": name}).status_code == 201
    first = SequenceTemplate.objects.get(name="One").pk
    taken = ask(client, "patch", f"templates/{first}", {"name": "Two"})
    assert (taken.status_code, taken.json()["code"]) == (422, "template_name_taken")
    assert (
        ask(client, "patch", f"templates/{first}", {"description": "Better"}).json()["description"]
        == "Better"
    )
    assert ask(client, "patch", f"templates/{first}", {"name": "Three"}).json()["name"] == "Three"
    assert ask(client, "delete", f"templates/{first}").status_code == 204
    assert list(SequenceTemplate.objects.values_list("name", flat=True)) == ["Two"]
    acts = (
        AuditEntry.objects.filter(act__startswith="templates.").order_by("id").values_list("act", flat=True)
    )
    assert list(acts) == ["templates.create"] * 2 + ["templates.edit"] * 2 + ["templates.delete"]


def test_a_workspace_keeps_so_many_and_no_more(client, owner, sequence, monkeypatch):
    monkeypatch.setattr(own_templates, "MOST", 1)
    assert ask(client, "post", f"sequences/{sequence.pk}/template", {"name": "One"}).status_code == 201
    beyond = ask(client, "post", f"sequences/{sequence.pk}/template", {"name": "Two"})
    assert (beyond.status_code, beyond.json()["code"]) == (422, "too_many_templates")
    assert SequenceTemplate.objects.count() == 1


def test_a_template_is_of_one_workspace(client, owner, sequence):
    kept = ask(client, "post", f"sequences/{sequence.pk}/template").json()["id"]
    stranger = another_owner()
    assert not SequenceTemplate.objects.filter(workspace=stranger.workspace).exists()
    client.force_login(stranger.user)
    session = client.session
    session["workspace_id"] = stranger.workspace_id
    session.save()
    assert len(client.get("/api/templates").json()) == 5
    assert ask(client, "delete", f"templates/{kept}").status_code == 404
    assert ask(client, "post", "sequences", {"name": "Taken", "template_id": kept}).status_code == 404


def test_sequences_are_found_by_their_tags(client, owner, sequence):
    made = ask(client, "post", "sequences", {"name": "Other", "tags": ["Q1", "Big  deals"]}).json()
    assert made["tags"] == ["Big deals", "Q1"]
    assert ask(client, "patch", f"sequences/{sequence.pk}", {"tags": ["q1", "Q1", "VIP"]}).json()["tags"] == [
        "q1",
        "VIP",
    ]
    names = [
        card["name"] for card in client.get("/api/sequences", {"tag": "Q1", "sort": "name"}).json()["items"]
    ]
    assert names == ["Founders", "Other"]
    assert [card["tags"] for card in client.get("/api/sequences", {"tag": "vip"}).json()["items"]] == [
        ["q1", "VIP"]
    ]
    assert client.get("/api/sequences/totals").json()["tags"] == ["Big deals", "q1", "VIP"]
    copy = ask(client, "post", f"sequences/{sequence.pk}/duplicate").json()
    assert copy["tags"] == ["q1", "VIP"]
    assert ask(client, "patch", f"sequences/{sequence.pk}", {"tags": []}).json()["tags"] == []


def test_a_tag_is_looked_up_in_its_index(owner):
    rows, order = cards.find(owner, tag="vip", sort="name")
    assert "sequence_by_tag" in rows.order_by(*order).explain()


@pytest.mark.parametrize("tags", [[""], ["x" * 61], [str(n) for n in range(21)]])
def test_tags_have_a_measure(client, owner, sequence, tags):
    assert ask(client, "patch", f"sequences/{sequence.pk}", {"tags": tags}).status_code == 422
