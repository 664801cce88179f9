"""How mails look and what they take along, over HTTP: chosen, refused in words, shown to the world by one address."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from drumbeat.actions import attachments as files
from drumbeat.actions import sequences
from drumbeat.core.document import write_document
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import EmailContent
from drumbeat.core.step_fields import FileRef
from drumbeat.models import Attachment, AuditEntry, Workspace
from drumbeat.store import attachments
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_lead, an_owner, another_owner
from tests.support.pictures import a_pdf, a_png, a_zip

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    attachments.forget()
    member = an_owner()
    client.force_login(member.user)
    return member


def patch(client, body):
    return client.patch("/api/branding", body, content_type="application/json")


def upload(client, path, data, name="a.png"):
    return client.post(path, {"file": SimpleUploadedFile(name, data)})


def test_a_new_workspace_writes_as_if_by_hand(client, owner):
    seen = client.get("/api/branding").json()
    assert (seen["layout"], seen["logo_url"], seen["way_out"], seen["doubts"]) == (
        "plain",
        "",
        "Not for you?",
        [],
    )


def test_what_is_chosen_is_kept_and_told_in_the_log(client, owner):
    answer = patch(client, {"layout": "branded", "accent": "#0A7D55", "language": "de"})
    assert answer.status_code == 200
    assert client.get("/api/branding").json()["accent"] == "#0a7d55"
    entry = AuditEntry.objects.get(act="settings.brand")
    assert entry.after == {"layout": "branded", "accent": "#0a7d55", "language": "de"}
    assert patch(client, {"accent": "#0a7d55"}).status_code == 200
    assert AuditEntry.objects.filter(act="settings.brand").count() == 1


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"accent": "red"}, id="a colour by name"),
        pytest.param({"background": "#fff;x"}, id="more than a colour"),
        pytest.param({"font": "Comic Sans"}, id="an unknown font"),
        pytest.param({"language": "tlh"}, id="an unknown language"),
        pytest.param({"logo": "x"}, id="a logo by name"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(client, owner, body):
    assert patch(client, {"name": "Acme", **body}).status_code == 422
    assert Workspace.objects.get(pk=owner.workspace_id).branding == {}


def test_a_logo_lies_at_one_address_for_everybody(client, owner):
    seen = upload(client, "/api/branding/logo", a_png(480, 64), "logo.exe").json()
    assert (seen["logo_width"], seen["logo_height"]) == (240, 32)
    path = seen["logo_url"].removeprefix("http://127.0.0.1:8000")
    answer = Client().get(path)
    assert answer.content == a_png(480, 64)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert upload(client, "/api/branding/logo", a_png(480, 64)).json()["logo_url"] == seen["logo_url"]
    assert client.delete("/api/branding/logo").json()["logo_url"] == ""
    assert Client().get(path).status_code == 200  # mails that left still show it


@pytest.mark.parametrize("path", ["/pictures/x", "/pictures/" + "x" * 32, "/pictures/../../etc/passwd"])
def test_there_is_no_other_picture(db, path):
    answer = Client().get(path)
    assert answer.status_code == 404
    assert b"<" not in answer.content or path.endswith("passwd")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", id="SVG"),
        pytest.param(b"GIF89a", id="a picture cut short"),
        pytest.param(b"<html>", id="a page"),
        pytest.param(a_png() + bytes(1 << 20), id="too large"),
    ],
)
def test_what_is_no_logo_is_refused(client, owner, data):
    answer = upload(client, "/api/branding/logo", data)
    assert (answer.status_code, answer.json()["code"]) == (422, "picture_refused")


def test_a_sample_shows_what_is_wanted_before_it_is_kept(client, owner):
    upload(client, "/api/branding/logo", a_png())
    body = {"wanted": {"accent": "#0a7d55", "footer": "<b>HRB 1</b>", "language": "de"}, "shown": "branded"}
    shown = client.post("/api/branding/preview", body, content_type="application/json").json()
    assert "#0a7d55" in shown["html"] and "&lt;b&gt;HRB 1" in shown["html"] and 'lang="de"' in shown["html"]
    assert "data:image/png;base64," in shown["html"] and "/pictures/" not in shown["html"]
    assert "Nichts für Sie?" in shown["text"]
    assert client.get("/api/branding").json()["footer"] == ""
    plain = client.post("/api/branding/preview", {"shown": "plain"}, content_type="application/json").json()
    assert "<table" not in plain["html"]


def test_a_file_is_kept_once_and_fetched_as_nothing_to_look_at(client, owner):
    answer = upload(client, "/api/attachments", a_pdf(), "../Übersicht\u202e.pdf")
    assert answer.status_code == 201
    kept = answer.json()
    assert (kept["name"], kept["content_type"]) == ("Übersicht.pdf", "application/pdf")
    assert upload(client, "/api/attachments", a_pdf(), "other.pdf").json()["id"] == kept["id"]
    assert [row["id"] for row in client.get("/api/attachments").json()["items"]] == [kept["id"]]
    file = client.get(f"/api/attachments/{kept['id']}/file")
    assert file.content == a_pdf()
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.exe", b"MZ", id="a program"),
        pytest.param("a.pdf", b"MZ", id="a program called PDF"),
        pytest.param("a.svg", b"<svg/>", id="SVG"),
        pytest.param("a.html", b"<script>", id="a page"),
        pytest.param("a.zip", a_zip("run.js"), id="a script in an archive"),
    ],
)
def test_what_runs_is_no_file(client, owner, name, data):
    answer = upload(client, "/api/attachments", data, name)
    assert (answer.status_code, answer.json()["code"]) == (422, "file_refused")
    assert not Attachment.objects.exists()


def test_files_of_others_are_not_there(client, owner):
    kept = upload(client, "/api/attachments", a_pdf(), "a.pdf").json()
    stranger = another_owner()
    with pytest.raises(DomainError, match="no file"):
        files.find(stranger, kept["id"])
    with pytest.raises(DomainError, match="no file"):
        files.refs(stranger, [kept["id"]], a_lead(stranger).pk)
    assert files.add(stranger, "a.pdf", a_pdf(), NOW).pk != kept["id"]


def test_a_file_goes_only_when_nothing_takes_it_along(client, owner):
    kept = upload(client, "/api/attachments", a_pdf(), "a.pdf").json()
    content = EmailContent(subject="Hi", text="Hi", attachments=(FileRef(id=kept["id"], name="a.pdf"),))
    flow = a_line(an_email("a", content=content))
    sequence = sequences.create(owner, "Outreach", NOW, document=write_document(flow))
    refused = client.delete(f"/api/attachments/{kept['id']}")
    assert (refused.status_code, refused.json()["code"]) == (422, "file_in_use")
    sequence.draft.delete()
    assert client.delete(f"/api/attachments/{kept['id']}").status_code == 204
    assert client.get("/api/attachments").json()["items"] == []


def test_a_preview_tells_what_goes_along_and_what_it_weighs(client, owner):
    pdf = upload(client, "/api/attachments", a_pdf(2_000), "a.pdf").json()
    png = upload(client, "/api/attachments", a_png(), "b.png").json()
    content = EmailContent(
        subject="Hi",
        html=f'<p>Hi</p><p><img src="cid:file-{png["id"]}"></p>',
        attachments=tuple(FileRef(id=one["id"], name=one["name"]) for one in (pdf, png)),
    )
    document = write_document(a_line(an_email("a", content=content)))
    sequence = sequences.create(owner, "Outreach", NOW, document=document)
    body = {"step": "a"}
    seen = client.post(f"/api/sequences/{sequence.pk}/preview", body, content_type="application/json").json()
    assert [(file["name"], file["is_shown"]) for file in seen["files"]] == [("a.pdf", False), ("b.png", True)]
    assert seen["size"] > 2_000
    assert "data:image/png;base64," in seen["html"] and "cid:" not in seen["html"]
    assert {one["code"] for one in seen["advice"]} == {
        "image_without_alt",
        "only_images",
    }
    assert seen["sendable"]
    Attachment.objects.filter(id=pdf["id"]).delete()
    seen = client.post(f"/api/sequences/{sequence.pk}/preview", body, content_type="application/json").json()
    assert not seen["sendable"]
    assert [one["code"] for one in seen["warnings"]] == ["file_unknown"]
