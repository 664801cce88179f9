"""Importing over HTTP: upload, look, choose, start, follow, fetch what was refused."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from drumbeat.actions import imports
from drumbeat.actions.imports import csv_files
from drumbeat.engine import jobs
from drumbeat.models import Contact, ContactField, ContactFieldValue, ImportPiece, Member, Role, Workspace
from tests.support import corpora
from tests.support.office import a_lead, an_owner, another_owner

pytestmark = pytest.mark.django_db
JSON = "application/json"
TABLE = "E-Mail;Vorname;Team size;Since\nana@x.test;Ana;140;2026-01-31\nno address;Bo;1;2026-02-28\n"


@pytest.fixture
def owner(client, tmp_path, settings):
    member = an_owner()
    client.force_login(member.user)
    return member


def upload(client, data=TABLE, name="fair.csv"):
    raw = data if isinstance(data, bytes) else data.encode()
    return client.post("/api/imports", {"file": SimpleUploadedFile(name, raw, "text/csv")})


def choices(preview, **more):
    columns = preview["columns"]
    new = {
        each["target"].removeprefix("custom."): {"label": each["name"], "type": each["type"]}
        for each in columns
        if each["is_new"]
    }
    return {"targets": [each["target"] for each in columns], "new_fields": new, **more}


def post(client, path, body=None):
    return client.post(f"/api/imports/{path}", body or {}, content_type=JSON)


def work():
    while jobs.run_once(timezone.now()):
        pass


def test_a_file_is_looked_at_before_anything_is_imported(client, owner):
    preview = upload(client, TABLE.encode("utf-16")).json()
    assert (preview["encoding"], preview["delimiter"], preview["lines"]) == ("utf-16", ";", 3)
    assert [(c["target"], c["type"], c["is_new"]) for c in preview["columns"]] == [
        ("email", "text", False),
        ("first_name", "text", False),
        ("custom.team_size", "number", True),
        ("custom.since", "date", True),
    ]
    assert preview["rows"][0] == ["ana@x.test", "Ana", "140", "2026-01-31"]
    seen = post(client, f"{preview['id']}/check", choices(preview)).json()
    assert (seen["created"], seen["refused"], seen["is_all"]) == (1, 1, True)
    assert seen["refusals"][0]["line"] == 3
    assert not Contact.objects.exists()
    assert not ContactField.objects.exists()


def test_it_is_carried_out_by_a_worker_and_followed(client, owner):
    preview = upload(client).json()
    path = f"/api/imports/{preview['id']}"
    started = post(client, f"{preview['id']}/start", choices(preview, list_name="Fair", tags=["vip"])).json()
    assert started["progress"]["state"] == "waiting"
    work()
    done = client.get(path).json()["progress"]
    assert {name: done[name] for name in ("state", "created", "refused")} == {
        "state": "done",
        "created": 1,
        "refused": 1,
    }
    ana = Contact.objects.get()
    assert ContactFieldValue.objects.get(field__key="team_size").number == 140
    assert [entry.contact_list.name for entry in ana.lists.select_related("contact_list")] == ["Fair"]
    assert [each.tag.name for each in ana.tags.select_related("tag")] == ["vip"]
    refused = b"".join(client.get(f"{path}/refused.csv").streaming_content).decode()
    (row,) = csv.DictReader(io.StringIO(refused))
    assert (row["E-Mail"], row["line"]) == ("no address", "3")
    assert not ImportPiece.objects.exists()
    assert post(client, f"{preview['id']}/start", choices(preview)).json()["code"] == "import_started"


@pytest.mark.parametrize(
    ("mode", "counted"), [("fill", "updated"), ("update", "updated"), ("skip", "skipped")]
)
def test_known_people_are_counted_as_what_they_are(client, owner, mode, counted):
    a_lead(owner, "ana@x.test")
    preview = upload(client).json()
    body = choices(preview, on_duplicate=mode)
    assert post(client, f"{preview['id']}/check", body).json()[counted] == 1
    post(client, f"{preview['id']}/start", body)
    work()
    assert client.get(f"/api/imports/{preview['id']}").json()["progress"][counted] == 1


def test_one_that_is_cancelled_ends_and_its_text_goes(client, owner):
    preview = upload(client).json()
    post(client, f"{preview['id']}/start", choices(preview))
    assert post(client, f"{preview['id']}/cancel").json()["progress"]["state"] == "cancelled"
    work()
    assert not Contact.objects.exists()
    assert not ImportPiece.objects.exists()
    assert post(client, f"{upload(client).json()['id']}/cancel").json()["progress"]["state"] == "uploaded"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param({"targets": ["email"]}, "mapping_invalid", id="a target for each column"),
        pytest.param({"targets": ["email", "email", "", ""]}, "mapping_invalid", id="none twice"),
        pytest.param(
            {"targets": ["email", "owner_id", "", ""]}, "mapping_invalid", id="only fields of contacts"
        ),
        pytest.param(
            {"targets": ["email", "custom.gone", "", ""]}, "mapping_invalid", id="no field that is not there"
        ),
        pytest.param({"targets": ["", "first_name", "", ""]}, "csv_no_address", id="an address is needed"),
        pytest.param(
            {"targets": ["email", "", "", ""], "tags": [" "]}, "tag_name_invalid", id="a tag has a name"
        ),
    ],
)
def test_what_cannot_be_carried_out_is_refused(client, owner, body, code):
    preview = upload(client).json()
    refused = post(client, f"{preview['id']}/start", body)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert client.get(f"/api/imports/{preview['id']}").json()["progress"]["state"] == "uploaded"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param("", "csv_empty", id="nothing"),
        pytest.param(b"\xff\xfe\x00", "csv_undecodable", id="no text"),
        pytest.param("email\n" + "x" * 1_000_001, "csv_line_too_long", id="a line beyond reason"),
        pytest.param(",".join(f"c{n}" for n in range(201)) + "\nx\n", "csv_too_wide", id="too many columns"),
    ],
)
def test_what_is_no_table_is_refused(client, owner, data, code):
    assert upload(client, data).json()["code"] == code


def test_a_file_beyond_the_limit_is_refused(client, owner, monkeypatch):
    monkeypatch.setattr("drumbeat.api.contacts.imports.MOST_BYTES", 10)
    assert upload(client).json()["code"] == "csv_too_large"
    monkeypatch.undo()
    monkeypatch.setattr(csv_files, "MOST_BYTES", 10)
    assert upload(client).json()["code"] == "csv_too_large"


def test_an_apostrophe_that_an_export_put_is_taken_away(client, owner):
    preview = upload(client, "email,phone,first_name\nana@x.test,'+442079460958,'Neil\n").json()
    post(client, f"{preview['id']}/start", choices(preview))
    work()
    ana = Contact.objects.get()
    assert (ana.phone_normal, ana.first_name) == ("+442079460958", "'Neil")


def test_who_may_not_import(client, owner):
    preview = upload(client).json()
    Member.objects.filter(pk=owner.pk).update(role=Role.VIEWER)
    assert upload(client).status_code == 403
    assert client.get("/api/imports").status_code == 403
    Member.objects.filter(pk=owner.pk).update(role=Role.REP)
    Workspace.objects.update(reps_see_own_contacts=True)
    assert upload(client).status_code == 403
    for path in ("", f"/{preview['id']}", f"/{preview['id']}/preview", f"/{preview['id']}/refused.csv"):
        assert client.get(f"/api/imports{path}").status_code == 403, path
    for verb in ("check", "start"):
        assert post(client, f"{preview['id']}/{verb}", choices(preview)).status_code == 403
    assert post(client, f"{preview['id']}/cancel").status_code == 403
    other = another_owner()
    session = client.session
    session["workspace_id"] = other.workspace_id
    session.save()
    for path in ("", "/preview", "/refused.csv"):
        assert client.get(f"/api/imports/{preview['id']}{path}").status_code == 404


def test_hostile_strings_are_imported_or_refused_with_a_reason(client, owner):
    path = corpora.OPEN / "hostile-strings/blns.jsonl"
    if not path.exists():
        pytest.skip(f"{corpora.ABSENT}: no hostile strings")
    strings = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").split("\n") if line]
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["email", "first_name", "note", "time_zone"])
    table.writerows([f"l{n}@x.test", each, each, ""] for n, each in enumerate(strings))
    table.writerows([each, "x", "", each] for each in strings)
    preview = upload(client, text.getvalue()).json()
    assert post(client, f"{preview['id']}/check", choices(preview)).status_code == 200
    post(client, f"{preview['id']}/start", choices(preview))
    work()
    done = client.get(f"/api/imports/{preview['id']}").json()["progress"]
    assert done["state"] == "done", done["fault"]
    assert done["created"] > len(strings) * 0.9
    refused = b"".join(client.get(f"/api/imports/{preview['id']}/refused.csv").streaming_content).decode()
    for row in csv.reader(io.StringIO(refused)):
        assert not any(cell.startswith(csv_files.FORMULAS) for cell in row)


def test_rows_of_the_preview_are_few(client, owner):
    preview = upload(client, "email\n" + "".join(f"l{n}@x.test\n" for n in range(500))).json()
    assert len(preview["rows"]) == 8
    assert len(imports.rows_of(imports.find(owner, preview["id"]), 1000)) == 500
