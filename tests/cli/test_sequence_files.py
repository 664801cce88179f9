"""Sequences as files on the command line: export, check, diff, apply, and the verbs beside them."""

import json

import pytest

from drumbeat.actions import sequences
from drumbeat.actions.sequences import settings
from drumbeat.core.document import write_document
from drumbeat.models import Sequence, SequenceDraft, SequenceVersion
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_mailbox, an_owner, two_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


@pytest.fixture
def sequence(owner):
    return sequences.create(owner, "Hello", NOW, document=write_document(two_mails()))


@pytest.fixture
def file(run, sequence, tmp_path):
    run("sequence", "export", "Hello", "--dir", str(tmp_path))
    return tmp_path / "hello.yaml"


def test_what_was_exported_is_unchanged(run, file):
    assert "# yaml-language-server: $schema=sequence-file.schema.json\n" in file.read_text()
    code, data = run("sequence", "diff", str(file))
    assert (code, data["files"][0]["change"], data["files"][0]["sentences"]) == (0, "unchanged", [])
    assert run("sequence", "apply", str(file))[1]["files"][0]["change"] == "unchanged"
    assert SequenceDraft.objects.get().revision == 1


def test_the_schema_lies_beside_the_files(run, file):
    written = json.loads((file.parent / "sequence-file.schema.json").read_text())
    assert run("sequence", "schema") == (0, written)


def test_an_export_prints_the_file_as_it_is(say, run, owner):
    text = "A line that is longer than any terminal would show. " * 5
    flow = a_line(an_email("hello", text=f"{text}\n[b]"))
    sequences.create(owner, "Long", NOW, document=write_document(flow))
    code, printed = say("sequence", "export", "Long")
    assert (code, printed) == (0, run("sequence", "export", "Long")[1]["files"][0]["text"])


def test_a_changed_file_is_applied_once(run, file, sequence):
    file.write_text(file.read_text().replace("delay: 3d", "delay: 5d"))
    change = "Changes the email step 'follow_up': delay from “3d” to “5d”."
    assert run("sequence", "diff", str(file))[1]["files"][0]["sentences"] == [change]
    code, data = run("sequence", "apply", str(file), "--activate")
    assert (code, data["files"][0]["change"], data["files"][0]["activates"]) == (0, "changed", True)
    assert Sequence.objects.get().status == "active"
    again = run("sequence", "apply", str(file), "--activate")[1]["files"][0]
    assert (again["change"], SequenceVersion.objects.count()) == ("unchanged", 1)


def test_a_change_of_what_runs_is_published_when_asked(run, file):
    run("sequence", "apply", str(file), "--activate")
    file.write_text(file.read_text().replace("delay: 3d", "delay: 5d"))
    run("sequence", "apply", str(file))
    assert SequenceVersion.objects.count() == 1
    assert run("sequence", "diff", str(file), "--activate")[1]["files"][0]["activates"] is True
    run("sequence", "apply", str(file), "--activate")
    assert SequenceVersion.objects.count() == 2


def test_a_folder_is_applied_whole_or_not_at_all(run, say, owner, file):
    folder = file.parent
    (folder / "second.yaml").write_text("format: 1\nname: Second\nflow:\n  steps: []\n")
    (folder / "third.yml").write_text("format: 1\nname: Third\nflow:\n  step: []\n")
    code, data = run("sequence", "apply", str(folder))
    assert (code, [f["change"] for f in data["files"]]) == (1, ["unchanged", "created", "invalid"])
    assert not Sequence.objects.filter(name="Second").exists()
    _, told = say("sequence", "apply", str(folder))
    assert f"{folder}/third.yml:4: flow.step: Is not known here. Did you mean steps?" in told
    (folder / "third.yml").unlink()
    code, data = run("sequence", "apply", str(folder))
    assert (code, [f["change"] for f in data["files"]]) == (0, ["unchanged", "created"])
    assert Sequence.objects.filter(name="Second").exists()


def test_two_files_of_one_name_are_a_fault(run, owner, file):
    (file.parent / "twin.yaml").write_text(file.read_text())
    code, data = run("sequence", "diff", str(file.parent))
    assert (code, [f["change"] for f in data["files"]]) == (1, ["unchanged", "invalid"])


def test_one_file_can_be_applied_to_a_sequence_of_another_name(run, file, sequence):
    file.write_text(file.read_text().replace("name: Hello", "name: New"))
    run("sequence", "apply", str(file), "--sequence", str(sequence.pk))
    assert Sequence.objects.get().name == "New"
    (file.parent / "other.yaml").write_text("x")
    assert (
        run("sequence", "apply", str(file.parent), "--sequence", "New")[1]["error"]["code"] == "file_unusable"
    )


def test_all_are_exported_each_to_a_file_of_its_own(run, owner, sequence, tmp_path):
    sequences.create(owner, "Hello!", NOW)
    sequences.create(owner, "…", NOW)
    gone = sequences.create(owner, "Gone", NOW)
    sequences.archive(owner, gone.pk, NOW)
    run("sequence", "export", "--all", "--dir", str(tmp_path))
    assert {path.name for path in tmp_path.glob("*.yaml")} == {"hello.yaml", "hello-2.yaml", "sequence.yaml"}
    assert len(run("sequence", "export", "--all")[1]["files"]) == 3


def test_files_are_checked_with_their_lines(run, owner, file, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: 1\nname: x\nflow:\n  steps:\n  - key: a\n    kind: email\n")
    code, data = run("sequence", "check", str(file), str(bad))
    assert code == 1
    found = {(p["file"], p["code"], p["line"]) for p in data["problems"] if p["severity"] == "error"}
    assert found == {(str(bad), "step_without_content", 5)}


def test_a_flow_on_its_own_is_checked_too(run, owner, tmp_path):
    path = tmp_path / "flow.json"
    path.write_text(json.dumps(write_document(two_mails())))
    code, data = run("sequence", "check", str(path))
    assert (code, {p["severity"] for p in data["problems"]}) == (0, {"warning"})


def test_a_sequence_can_be_created_from_the_flow_of_a_file(run, owner, file):
    run("sequence", "create", "Copy", "--file", str(file))
    assert sequences.draft_flow(Sequence.objects.get(name="Copy")) == two_mails()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["export"], "sequence_missing", id="nothing to export"),
        pytest.param(["export", "Hello", "--all"], "sequence_missing", id="one and all"),
        pytest.param(["apply", "{folder}"], "file_unusable", id="an empty folder"),
        pytest.param(["diff", "{folder}/none.yaml"], "file_unusable", id="a file that is not there"),
        pytest.param(["check", "nowhere.yaml"], "file_unusable", id="nothing to check"),
        pytest.param(["settings", "Hello", "colour"], "setting_invalid", id="an unknown setting"),
        pytest.param(
            ["settings", "Hello", "exit_on_reply", "maybe"], "setting_invalid", id="an unknown word"
        ),
    ],
)
def test_what_makes_no_sense_is_refused(run, sequence, tmp_path, words, code):
    asked = [word.replace("{folder}", str(tmp_path)) for word in words]
    answer = run("sequence", *asked)
    assert (answer[0], answer[1]["error"]["code"]) == (1, code)


def test_settings_are_shown_and_changed(run, say, sequence):
    assert run("sequence", "settings", "Hello", "exit_on_reply") == (0, {"exit_on_reply": "finish"})
    assert run("sequence", "settings", "Hello")[1].keys() == settings.SETTINGS.keys()
    for name, text, value in (
        ("exit_on_reply", "pause", "pause"),
        ("review", "true", True),
        ("jitter_seconds", "60", 60),
        ("window", '{"monday": [["09:00", "12:00"]]}', {"monday": [["09:00", "12:00"]]}),
        ("window", "none", None),
    ):
        assert run("sequence", "settings", "Hello", name, text) == (0, {name: value})
    run("sequence", "settings", "Hello", "sender", "rep@ours.test")
    assert Sequence.objects.get().sender is not None
    run("sequence", "settings", "Hello", "sender", "none")
    assert Sequence.objects.get().sender is None
    assert "Nothing changed." in say("sequence", "settings", "Hello", "review", "true")[1]


def test_a_working_copy_is_published(run, owner, sequence):
    assert run("sequence", "publish", "Hello") == (0, {"id": sequence.pk, "version": 1, "movable": 0})


def test_a_rehearsal_names_the_zones_of_its_days(run, say, owner, sequence):
    run("setting", "time_zone", "Pacific/Auckland")
    data = run("sequence", "simulate", "Hello", "--people", "2")[1]
    assert {data["zone"], *(sender["zone"] for sender in data["senders"])} == {"Pacific/Auckland"}
    assert "(Pacific/Auckland)" in say("sequence", "simulate", "Hello")[1]


def test_tags_travel_with_the_file(run, file, sequence):
    run("sequence", "tag", "Hello", "vip", "Q 1")
    _, exported = run("sequence", "export", "Hello")
    text = exported["files"][0]["text"]
    assert "tags:\n- Q 1\n- vip\n" in text
    file.write_text(text)
    assert run("sequence", "diff", str(file))[1]["files"][0]["change"] == "unchanged"
    file.write_text(text.replace("- vip", "- VIPs"))
    assert run("sequence", "apply", str(file))[1]["files"][0]["sentences"] == [
        "Sets tags from Q 1, vip to Q 1, VIPs."
    ]
    assert run("sequence", "tag", "Hello")[1]["tags"] == ["Q 1", "VIPs"]
    file.write_text(text.replace("Q 1", "x" * 61))
    code, refused = run("sequence", "apply", str(file))
    assert (code, refused["files"][0]["problems"][0]["path"]) == (1, "tags")


def test_a_guarded_sequence_takes_its_password_from_a_file(run, file, sequence, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("correct horse\n")
    assert run("sequence", "password", "Hello", "--new-file", str(secret)) == (
        0,
        {"id": sequence.pk, "guarded": True},
    )
    file.write_text(file.read_text().replace("delay: 3d", "delay: 5d"))
    assert run("sequence", "apply", str(file))[1]["error"]["code"] == "sequence_locked"
    assert (
        run("sequence", "--password-file", str(secret), "apply", str(file))[1]["files"][0]["change"]
        == "changed"
    )
    assert run("sequence", "settings", "Hello", "review", "true")[1]["error"]["code"] == "sequence_locked"
    assert run("sequence", "--password-file", str(secret), "settings", "Hello", "review", "true")[0] == 0
    assert run("sequence", "password", "Hello", "--remove")[1]["error"]["code"] == "sequence_locked"
    assert run("sequence", "password", "Hello", "--remove", "--reset")[1] == {
        "id": sequence.pk,
        "guarded": False,
    }


def test_a_sequence_is_kept_as_a_template(run, sequence):
    assert run("sequence", "template", "Hello", "--name", "Ours")[1]["name"] == "Ours"
    made = run("sequence", "create", "Next", "--template", "Ours")[1]
    assert SequenceDraft.objects.get(sequence_id=made["id"]).document == write_document(two_mails())
    assert run("sequence", "templates")[1][0] == {"name": "Ours", "of": "workspace", "description": ""}
    assert run("sequence", "drop-template", "Ours") == (0, {"name": "Ours"})
    assert run("sequence", "create", "Other", "--template", "Ours")[1]["error"]["code"] == "template_unknown"


def test_unfinished_enrollments_are_moved(run, owner, file, sequence):
    run("sequence", "apply", str(file), "--activate")
    run("contact", "add", "kim@example.com")
    run("enroll", str(sequence.pk), "--contact", "kim@example.com")
    file.write_text(file.read_text().replace("delay: 3d", "delay: 5d"))
    run("sequence", "apply", str(file))
    assert run("sequence", "publish", "Hello")[1] == {"id": sequence.pk, "version": 2, "movable": 1}
    assert run("sequence", "move", "Hello", "--dry-run")[1]["at_once"] == 1
    assert run("sequence", "move", "Hello")[1] == {"version": 2, "total": 1, "counts": {"moved": 1}}
    assert run("sequence", "move", "Hello", "--map", "hello")[1]["error"]["code"] == "mapping_invalid"
