"""What is in a sequence, over HTTP: the working copy, problems, versions, differences, files."""
# ruff: noqa: E501 - a row of a table is a line

import pytest

from drumbeat.actions import sequences
from drumbeat.actions.sequences import files as sequence_files
from drumbeat.core.document import write_document
from drumbeat.models import Member, Role, Sequence, SequenceDraft, User
from tests.support.flows import a_line, an_email
from tests.support.office import a_mailbox, another_owner, two_mails

pytestmark = pytest.mark.django_db
OTHER = write_document(a_line(an_email("other"), an_email("more", after="1d")))


@pytest.fixture
def owner(owner):
    a_mailbox(owner)
    return owner


@pytest.fixture
def sequence(owner, now):
    return sequences.create(owner, "Hello", now, document=write_document(two_mails()))


def put(client, sequence, document, revision):
    body = {"document": document, "revision": revision}
    return client.put(f"/api/sequences/{sequence.pk}/draft", body, content_type="application/json")


def post(client, path, body=None):
    return client.post(path, body if body is not None else {}, content_type="application/json")


def test_the_working_copy_is_read_and_saved_with_its_problems(client, sequence):
    draft = client.get(f"/api/sequences/{sequence.pk}/draft").json()
    assert (draft["revision"], draft["changed"], len(draft["document"]["steps"])) == (1, True, 2)
    assert {problem["code"] for problem in draft["problems"]} == {"postal_address_missing"}
    assert all(problem["cure"] for problem in draft["problems"])
    saved = put(client, sequence, {"format": 1, "steps": [{"key": "a", "kind": "email"}]}, 1).json()
    assert saved["revision"] == 2
    assert "step_without_content" in {problem["code"] for problem in saved["problems"]}
    problems = client.get(f"/api/sequences/{sequence.pk}/problems").json()
    assert (problems["revision"], problems["errors"]) == (2, 2)


def test_a_conflict_names_who_saved_and_when(client, owner, sequence, now):
    user = User.objects.create(email="mira@ours.test", password="!")
    mira = Member.objects.create(
        workspace=owner.workspace, user=user, name="Mira", role=Role.MANAGER, created_at=now
    )
    sequences.save_draft(mira, sequence.pk, OTHER, now, revision=1)
    answer = put(client, sequence, write_document(two_mails()), 1)
    assert (answer.status_code, answer.json()["code"]) == (409, "draft_conflict")
    assert answer.json()["fields"] == {"saved_by": "Mira", "saved_at": now.isoformat(), "revision": "2"}
    assert "Mira" in answer.json()["detail"]
    assert SequenceDraft.objects.get(sequence=sequence).document == OTHER


def test_a_document_that_cannot_be_read_is_refused_by_path(client, sequence):
    answer = put(client, sequence, {"format": 1, "steps": [{"key": "a", "kind": "dance"}]}, 1)
    assert (answer.status_code, answer.json()["code"]) == (422, "document_invalid")
    assert list(answer.json()["fields"]) == ["steps[0].kind"]


def test_a_document_is_checked_without_being_saved(client, sequence):
    answer = post(client, "/api/flow-problems", {"document": {"format": 1, "steps": []}}).json()
    assert (answer["revision"], answer["errors"], answer["problems"][0]["code"]) == (None, 1, "empty_flow")


def test_publishing_makes_versions_that_stay(client, owner, sequence, now):
    assert post(client, f"/api/sequences/{sequence.pk}/activate").status_code == 200
    put(client, sequence, OTHER, 1)
    published = post(client, f"/api/sequences/{sequence.pk}/versions", {"revision": 2})
    assert published.status_code == 201
    assert (published.json()["number"], published.json()["current"]) == (2, True)
    versions = client.get(f"/api/sequences/{sequence.pk}/versions").json()["items"]
    shown = [(v["number"], v["current"], v["step_count"], v["people"]) for v in versions]
    assert shown == [(2, True, 2, 0), (1, False, 2, 0)]
    assert versions[0]["published_by"] == {"id": owner.pk, "name": owner.name}
    first = client.get(f"/api/sequences/{sequence.pk}/versions/1").json()
    assert first["document"] == write_document(two_mails())
    assert client.get(f"/api/sequences/{sequence.pk}/versions/9").status_code == 404
    stale = post(client, f"/api/sequences/{sequence.pk}/versions", {"revision": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "draft_conflict")


def test_a_version_is_restored_into_the_working_copy(client, sequence):
    post(client, f"/api/sequences/{sequence.pk}/activate")
    put(client, sequence, OTHER, 1)
    path = f"/api/sequences/{sequence.pk}/restore"
    assert post(client, path, {"version": 1, "revision": 1}).status_code == 409
    restored = post(client, path, {"version": 1, "revision": 2}).json()
    assert (restored["revision"], restored["changed"]) == (3, False)
    assert restored["document"] == write_document(two_mails())


def test_versions_are_compared_by_step(client, sequence):
    post(client, f"/api/sequences/{sequence.pk}/activate")
    document = write_document(two_mails())
    document["steps"][1]["delay"] = "9d"
    put(client, sequence, document, 1)
    path = f"/api/sequences/{sequence.pk}/comparison"
    answer = client.get(path, {"before": "1"}).json()
    assert answer["equal"] is False
    assert answer["sentences"] == ["Changes the email step 'follow_up': delay from “3d” to “9d”."]
    (step,) = answer["steps"]
    assert (step["key"], step["change"], step["before_position"], step["after_position"]) == (
        "follow_up", "changed", 2, 2
    )  # fmt: skip
    assert step["fields"] == [{"path": "delay", "before": "3d", "after": "9d"}]
    assert client.get(path, {"before": "1", "after": "1"}).json()["equal"] is True
    assert client.get(path, {"before": "7"}).status_code == 404
    assert client.get(path, {"before": "x"}).status_code == 422


# files


def test_a_file_that_was_exported_changes_nothing(client, sequence):
    written = client.get(f"/api/sequences/{sequence.pk}/file").json()
    assert written["name"] == "hello.yaml"
    for path in ("/api/sequence-files/diff", "/api/sequence-files/apply"):
        answer = post(client, path, {"text": written["text"]}).json()
        assert (answer["change"], answer["sequence_id"], answer["sentences"]) == (
            "unchanged",
            sequence.pk,
            [],
        )
    assert SequenceDraft.objects.get(sequence=sequence).revision == 1


def test_a_file_says_what_it_would_change_and_changes_it(client, sequence):
    text = client.get(f"/api/sequences/{sequence.pk}/file").json()["text"]
    text = text.replace("delay: 3d", "delay: 5d").replace("exit_on_reply: finish", "exit_on_reply: pause")
    planned = post(client, "/api/sequence-files/diff", {"text": text}).json()
    assert planned["change"] == "changed"
    assert planned["sentences"] == [
        "Changes the email step 'follow_up': delay from “3d” to “5d”.",
        "Sets exit_on_reply from finish to pause.",
    ]
    assert planned["settings"] == [{"setting": "exit_on_reply", "before": "finish", "after": "pause"}]
    assert SequenceDraft.objects.get(sequence=sequence).revision == 1
    done = post(client, "/api/sequence-files/apply", {"text": text}).json()
    assert (done["change"], done["sentences"]) == ("changed", planned["sentences"])
    assert Sequence.objects.get(id=sequence.pk).exit_on_reply == "pause"
    assert post(client, "/api/sequence-files/apply", {"text": text}).json()["change"] == "unchanged"


def test_a_new_name_is_a_new_sequence_unless_one_is_named(client, sequence):
    text = client.get(f"/api/sequences/{sequence.pk}/file").json()["text"].replace("name: Hello", "name: New")
    renamed = post(client, "/api/sequence-files/apply", {"text": text, "sequence_id": sequence.pk}).json()
    assert (renamed["change"], renamed["sentences"]) == ("changed", ["Sets name from Hello to New."])
    text = text.replace("name: New", "name: Newer")
    made = post(client, "/api/sequence-files/apply", {"text": text, "activate": True}).json()
    assert (made["change"], made["activates"]) == ("created", True)
    shown = client.get(f"/api/sequences/{made['sequence_id']}").json()
    assert (shown["name"], shown["status"], shown["version"]["number"]) == ("Newer", "active", 1)
    again = post(client, "/api/sequence-files/apply", {"text": text, "activate": True}).json()
    assert (again["change"], again["activates"]) == ("unchanged", False)


def test_faults_of_a_file_come_with_their_lines(client, owner):
    text = "format: 1\nname: x\nsettings:\n  sender: nobody@ours.test\nflow:\n  steps: []\n"
    answer = post(client, "/api/sequence-files/diff", {"text": text}).json()
    assert answer["change"] == "invalid"
    (problem,) = answer["problems"]
    assert (problem["path"], problem["line"], problem["column"]) == ("settings.sender", 4, 3)
    refused = post(client, "/api/sequence-files/apply", {"text": text})
    assert (refused.status_code, refused.json()["code"]) == (422, "file_invalid")
    assert refused.json()["fields"]["settings.sender"].startswith("Line 4: There is no sender")
    assert not Sequence.objects.exists()


@pytest.mark.parametrize(
    ("settings", "path", "line"),
    [
        pytest.param("  exit_on_reply: maybe\n", "settings.exit_on_reply", 4, id="a word that does not exist"),
        pytest.param("  review: false\n  window: {monday: [['9', '17']]}\n", "settings.window.monday.0", 5, id="a window that is none"),
        pytest.param("  sender_id: 1\n", "settings.sender_id", 4, id="a sender by its id"),
        pytest.param("  colour: red\n", "settings.colour", 4, id="a setting that does not exist"),
    ],
)  # fmt: skip
def test_a_setting_of_a_file_is_refused_at_its_line(client, owner, settings, path, line):
    text = f"format: 1\nname: x\nsettings:\n{settings}flow:\n  steps: []\n"
    (problem,) = post(client, "/api/sequence-files/diff", {"text": text}).json()["problems"]
    assert (problem["path"], problem["line"]) == (path, line)


def test_lint_speaks_of_lines_too_and_errors_refuse_activation_alone(client, owner):
    text = "format: 1\nname: x\nflow:\n  steps:\n  - key: a\n    kind: email\n"
    planned = post(client, "/api/sequence-files/diff", {"text": text}).json()
    found = {(p["code"], p["severity"], p["line"]) for p in planned["problems"]}
    assert ("step_without_content", "error", 5) in found
    assert post(client, "/api/sequence-files/apply", {"text": text, "activate": True}).status_code == 422
    assert not Sequence.objects.exists()
    assert post(client, "/api/sequence-files/apply", {"text": text}).json()["change"] == "created"


def test_two_of_one_name_are_told_apart_by_id(client, owner, sequence, now):
    twin = sequences.create(owner, "Hello", now)
    text = sequence_files.export(owner, sequence.pk).text
    (problem,) = post(client, "/api/sequence-files/diff", {"text": text}).json()["problems"]
    assert (problem["code"], problem["path"]) == ("sequence_ambiguous", "name")
    assert (
        post(client, "/api/sequence-files/apply", {"text": text, "sequence_id": twin.pk}).json()["change"]
        == "changed"
    )


def test_a_file_without_settings_leaves_them_alone(client, sequence):
    Sequence.objects.filter(id=sequence.pk).update(review=True)
    text = "format: 1\nname: Hello\nflow:\n  steps: []\n"
    assert post(client, "/api/sequence-files/apply", {"text": text}).json()["settings"] == []
    assert Sequence.objects.get(id=sequence.pk).review is True
    reset = post(
        client, "/api/sequence-files/apply", {"text": text.replace("flow:", "settings: {}\nflow:")}
    ).json()
    assert reset["settings"] == [{"setting": "review", "before": True, "after": False}]


def test_a_sequence_of_another_workspace_is_not_there(client, owner, now):
    theirs = sequences.create(another_owner(), "Theirs", now)
    for path in ("draft", "problems", "versions", "file"):
        assert client.get(f"/api/sequences/{theirs.pk}/{path}").status_code == 404
    text = "format: 1\nname: Theirs\nflow:\n  steps: []\n"
    assert post(client, "/api/sequence-files/diff", {"text": text}).json()["change"] == "created"
    answer = post(client, "/api/sequence-files/diff", {"text": text, "sequence_id": theirs.pk}).json()
    assert answer["change"] == "invalid"


def test_the_schemas_can_be_fetched(client, owner):
    assert client.get("/api/flow-document-schema").json()["title"] == "drumbeat flow document"
    assert client.get("/api/sequence-file-schema").json()["title"] == "drumbeat sequence file"
