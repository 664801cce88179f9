"""Bad input of every kind: the answer says what is wrong and what to do, and nothing is changed or lost."""

import csv
import json
import socket
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps

from drumbeat.core.document import write_document
from drumbeat.models import Contact, Enrollment, Sequence
from tests.support import smtp
from tests.support.flows import a_line, an_email
from tests.support.office import a_mailbox, an_active_sequence, an_owner, leads
from tests.support.processes import answer, drumbeat, running, until

HELLO = 'format: 1\nsteps:\n  - {key: hello, kind: email, delay: 0m, content: {subject: Hi, text: "%s"}}\n'


@pytest.fixture
def owner(db):
    owner = an_owner()
    a_mailbox(owner)
    return owner


def everything():
    models = apps.get_app_config("drumbeat").get_models()
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


@contextmanager
def nothing_changes():
    before = everything()
    yield
    assert everything() == before


class TestDocuments:
    @pytest.mark.parametrize(
        ("text", "path", "says"),
        [
            pytest.param(
                HELLO.replace("0m", "soon") % "Hi", "steps[0].delay", "Write a whole number", id="a delay"
            ),
            pytest.param(
                HELLO.replace("email", "emial") % "Hi", "steps[0].kind", "Did you mean email?", id="a kind"
            ),
            pytest.param(
                HELLO.replace("content", "contents") % "Hi", "steps[0].contents", "content", id="a field"
            ),
            pytest.param(
                "format: 1\nsteps: [{key: a\n", "", "Line 3, column 1", id="YAML that ends too soon"
            ),
            pytest.param('{"format": 1, "steps": [', "", "Line 1, column 25", id="JSON that ends too soon"),
        ],
    )
    def test_a_broken_one_is_refused_with_its_path(self, run, owner, tmp_path, text, path, says):
        file = tmp_path / "flow.yaml"
        file.write_text(text)
        with nothing_changes():
            code, data = run("sequence", "create", "Broken", "--file", str(file), "--activate")
        error = data["error"]
        assert (code, error["code"]) == (1, "document_invalid" if path else "document_unreadable")
        assert path in ("", *error["fields"])
        assert says in error["message"] + " ".join(error["fields"].values())
        code, checked = run("sequence", "check", str(file))
        codes = [problem["code"] for problem in checked["problems"]] if "problems" in checked else []
        assert (code, codes or [checked["error"]["code"]]) == (
            1,
            ["file_unreadable" if not path else error["code"]],
        )

    def test_a_file_that_is_no_text_is_refused(self, run, owner, tmp_path):
        file = tmp_path / "flow.yaml"
        file.write_bytes(b"format: 1\xff\xfe")
        with nothing_changes():
            code, data = run("sequence", "create", "Broken", "--file", str(file))
        assert (code, data["error"]["message"]) == (1, f"{file} is not UTF-8 text.")


class TestMergeTags:
    @pytest.mark.parametrize(
        ("text", "says"),
        [
            pytest.param("Hi {{ contact.frist_name }}", "Did you mean contact.first_name?", id="unknown"),
            pytest.param("Hi {{ contact.first_name ", "is not closed", id="unreadable"),
        ],
    )
    def test_a_wrong_one_is_not_published(self, run, owner, tmp_path, text, says):
        file = tmp_path / "flow.yaml"
        file.write_text(HELLO % text)
        with nothing_changes():
            code, data = run("sequence", "create", "Tags", "--file", str(file), "--activate")
        assert (code, data["error"]["code"]) == (1, "flow_has_errors")
        assert says in data["error"]["fields"]["steps[0].content.text"]

    def test_a_draft_that_has_one_stays_a_draft(self, run, owner, tmp_path):
        file = tmp_path / "flow.json"
        file.write_text(json.dumps(write_document(a_line(an_email(text="Hi {{ nobody }}")))))
        id_ = str(run("sequence", "create", "Tags", "--file", str(file))[1]["id"])
        with nothing_changes():
            code, data = run("sequence", "activate", id_)
        assert (code, data["error"]["code"]) == (1, "flow_has_errors")
        assert (Sequence.objects.get().status, Sequence.objects.get().current_version) == ("draft", None)


class TestFilesOfContacts:
    @pytest.fixture(autouse=True)
    def _data_folder(self, tmp_path, settings):
        settings.ENVIRONMENT = SimpleNamespace(data=tmp_path / "data")

    @pytest.mark.parametrize(
        ("raw", "line"),
        [
            pytest.param(
                "email,name\na@example.com,Jürgen\n".encode() + b"b@example.com,J\xfcrgen\n",
                3,
                id="two encodings in one file",
            ),
            pytest.param(
                b"PK\x03\x04\x14\x00\x06\x00\x08\x00!\x00\x9d\x81\x8d", 1, id="a spreadsheet, not CSV"
            ),
        ],
    )
    def test_what_is_no_text_is_refused_with_its_line(self, run, owner, tmp_path, raw, line):
        file = tmp_path / "people.csv"
        file.write_bytes(raw)
        with nothing_changes():
            code, data = run("contact", "import", str(file), "--list", "people")
        assert (code, data["error"]["code"]) == (1, "csv_undecodable")
        assert f"people.csv, line {line}:" in data["error"]["message"]
        assert "Save the file as CSV UTF-8" in data["error"]["message"]
        assert not (tmp_path / "data" / "imports").exists()

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_what_other_programs_write_is_read(self, run, owner, tmp_path, encoding):
        file = tmp_path / "people.csv"
        file.write_bytes("email,first_name\njo@example.com,Jürgen\n".encode(encoding))
        assert run("contact", "import", str(file))[1]["created"] == 1
        assert Contact.objects.get().first_name == "Jürgen"

    def test_without_an_address_column_it_is_refused(self, run, owner, tmp_path):
        file = tmp_path / "people.csv"
        file.write_text("name,town\nKim,Ulm\n")
        with nothing_changes():
            code, data = run("contact", "import", str(file))
        assert (code, data["error"]["code"]) == (1, "csv_no_address")
        assert "Name one column email" in data["error"]["message"]

    def test_of_a_tenth_of_bad_rows_the_good_are_in_and_the_bad_come_back_with_reasons(
        self, run, owner, tmp_path
    ):
        bad = {3: "kim", 17: "", 40: "kim@", 41: "@example.com", 55: "a b@example.com"}
        bad |= {60 + n: f"kim{n}@@example.com" for n in range(5)}
        rows = [[bad.get(n, f"kim{n}@example.com"), f"Kim {n}"] for n in range(100)]
        file = tmp_path / "people.csv"
        file.write_text("email,first_name\n" + "".join(f"{','.join(row)}\n" for row in rows))

        code, data = run("contact", "import", str(file), "--list", "people")

        assert (code, data["created"], data["refused"]) == (0, 90, 10)
        with Path(data["refused_file"]).open(newline="") as refused:
            told = list(csv.DictReader(refused))
        assert [(int(row["line"]), row["email"], row["first_name"]) for row in told] == [
            (n + 2, bad[n], f"Kim {n}") for n in sorted(bad)
        ]
        assert all(row["reason"] for row in told)
        mended = tmp_path / "mended.csv"
        mended.write_text(
            "email,first_name\n"
            + "".join(f"new{n}@example.com,{row['first_name']}\n" for n, row in enumerate(told))
        )
        assert run("contact", "import", str(mended), "--list", "people")[1]["created"] == 10
        assert run("list")[1][0]["contacts"] == 100


def test_too_many_contacts_for_one_request_are_refused_with_both_numbers(run, owner):
    sequence = an_active_sequence(owner)
    leads(owner, 4)
    run("setting", "sequence_batch_limit", "3")
    words = [f"lead{n}@example.com" for n in range(4)]
    with nothing_changes():
        code, data = run("enroll", str(sequence.pk), "--contact", *words)
    assert (code, data["error"]["code"]) == (1, "over_batch_limit")
    assert data["error"]["fields"] == {"contacts": "4", "sequence_batch_limit": "3"}
    assert "Nobody was enrolled" in data["error"]["message"]
    assert run("enroll", str(sequence.pk), "--contact", *words[:3])[1]["enrolled"] == 3
    assert Enrollment.objects.count() == 3


@pytest.mark.parametrize("command", ["serve", "worker", "migrate", "demo", "stats"])
def test_an_unknown_setting_stops_every_command_before_it_does_anything(tmp_path, command):
    done = drumbeat(tmp_path, command, DRUMBEAT_DATBASE_URL="x")
    assert done.returncode == 1
    assert "Did you mean DRUMBEAT_DATABASE_URL?" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        pytest.param(
            "DRUMBEAT_DATABASE_URL", "mysql://x", "postgresql://user:password@", id="another database"
        ),
        pytest.param("DRUMBEAT_INBOUND_SMTP", "2525", "host:port", id="a port without its host"),
        pytest.param("DRUMBEAT_WEB_PROCESSES", "0.5", "a whole number", id="half a process"),
        pytest.param("DRUMBEAT_EXECUTOR_INTERVAL_SECONDS", "-1", "a number above 0", id="a time before now"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_with_what_can(tmp_path, name, text, says):
    done = drumbeat(tmp_path, "stats", **{name: text})
    assert (done.returncode, says in done.stderr, name in done.stderr) == (1, True, True)


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_a_database_that_does_not_answer_is_told_with_what_to_do(tmp_path, command):
    url = "postgresql://me:secret@127.0.0.1:1/mine"
    done = drumbeat(tmp_path, command, DRUMBEAT_DATABASE_URL=url)
    assert done.returncode == 1
    assert "mine at 127.0.0.1:1 does not answer" in done.stderr
    assert "Is PostgreSQL running" in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_cannot_be_is_told_with_its_setting(tmp_path):
    (tmp_path / "file").write_text("")
    done = drumbeat(tmp_path / "file" / "data", "migrate")
    assert done.returncode == 1
    assert "DRUMBEAT_DATA" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_serve_on_the_same_data_ends_with_3_and_the_first_goes_on(data, port):
    with running(data, "worker") as first:
        until(lambda: (data / "worker.lock").exists() and (data / "worker.lock").read_text())
        second = drumbeat(data, "serve", "--port", str(port))
        assert second.returncode == 3
        assert f"process {first.pid}" in second.stderr
        assert first.poll() is None


def test_a_port_in_use_ends_the_demo_with_3_before_it_makes_a_database(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        refused = drumbeat(tmp_path, "demo", "--port", str(port))
    assert refused.returncode == 3
    assert f"Port {port} on 127.0.0.1 is in use" in refused.stderr
    assert not (tmp_path / "drumbeat.sqlite3").exists()


def rows(data, statement):
    with closing(sqlite3.connect(data / "drumbeat.sqlite3")) as database:
        return database.execute(statement).fetchall()


@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
def test_a_wrong_password_loses_nothing_and_what_waits_leaves_once_it_is_corrected(data, tmp_path):
    flow = tmp_path / "flow.yaml"
    flow.write_text(HELLO % "Hi")
    with smtp.serving(tmp_path / "judge", login=("me", "right")) as server:
        url = f"127.0.0.1:{server.port}"
        answer(data, "sender", "add", "rep@ours.test", "--smtp", f"smtp://me:wrong@{url}", "--always")
        answer(data, "contact", "add", "kim@example.com")
        answer(data, "sequence", "create", "Hello", "--file", str(flow), "--activate")
        answer(data, "enroll", "Hello", "--contact", "kim@example.com")
        with running(data, "worker"):
            until(lambda: rows(data, "SELECT 1 FROM drumbeat_notification"))
            ((told,),) = rows(data, "SELECT text FROM drumbeat_notification")
            assert "rep@ours.test cannot send: 535" in told
            assert "drumbeat sender set rep@ours.test" in told
            (sender,) = answer(data, "sender", "list")
            assert (sender["down_reason"], sender["enabled"]) == ("sender_auth", True)
            doctor = json.loads(drumbeat(data, "doctor", "--json").stdout)
            assert "sender_down" in [finding["code"] for finding in doctor["findings"]]
            assert answer(data, "stats")["touches"] == {"planned": 1}
            assert server.messages == []

            answer(data, "sender", "set", "rep@ours.test", "--smtp", f"smtp://me:right@{url}")
            until(lambda: server.messages)
            until(lambda: rows(data, "SELECT 1 FROM drumbeat_touch WHERE status = 'sent'"))
        assert len(server.messages) == 1
        (sender,) = answer(data, "sender", "list")
        assert sender["down_reason"] == ""
