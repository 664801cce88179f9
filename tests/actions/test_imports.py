"""Importing a CSV file: everybody once, refusals beside the file, no matter how often it breaks off."""

import csv
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from bench import world
from drumbeat.actions import imports
from drumbeat.actions.imports import chunks
from drumbeat.core.errors import DomainError
from drumbeat.engine import jobs as engine_jobs
from drumbeat.models import (
    Contact,
    ContactField,
    ContactFieldValue,
    ContactImport,
    ContactList,
    Enrollment,
    Event,
    FieldType,
    ImportPiece,
    ImportRefusal,
    Job,
    ListMember,
)
from drumbeat.store import imports as texts
from drumbeat.store import jobs
from drumbeat.store.contacts import OnDuplicate
from tests.support.office import NOW, a_lead, an_owner, another_owner, csv_text


class Still:
    def now(self):
        return NOW


@pytest.fixture
def owner(db):
    return an_owner()


@pytest.fixture
def load(owner, tmp_path, settings):
    """Import a text as a file and return the counts."""
    data = tmp_path / "data"

    settings.ENVIRONMENT = SimpleNamespace(data=data)

    def run(text, **more):
        path = tmp_path / "people.csv"
        path.write_text(text)
        job_id = imports.start(owner, path, NOW, **more)
        counts = dict(engine_jobs.run_to_end(job_id, Still()).result)
        imports.write_refused(ContactImport.objects.get(job_id=job_id), tmp_path / "people.refused.csv")
        return counts

    return run


def test_columns_become_fields_and_unknown_ones_custom_fields(load):
    header = ["E-Mail", "First Name", "SURNAME", "Mobile", "Organisation", "Timezone", "# Seats", "2nd tag"]
    row = ["Kim@Example.com", "Kim", "Lee", "+442079460958", "Acme", "Europe/London", "12", "x"]

    assert load(csv_text(header, row)) == {"created": 1, "updated": 0, "skipped": 0, "refused": 0}

    kim = Contact.objects.get()
    assert (kim.email, kim.email_normal, kim.phone_normal) == (
        "Kim@Example.com",
        "kim@example.com",
        "+442079460958",
    )
    assert (kim.first_name, kim.last_name, kim.company, kim.time_zone) == (
        "Kim",
        "Lee",
        "Acme",
        "Europe/London",
    )
    values = {v.field.key: (v.text, v.text_folded) for v in ContactFieldValue.objects.select_related("field")}
    assert values == {"seats": ("12", "12"), "field_2nd_tag": ("x", "x")}


@pytest.mark.parametrize(
    ("header", "targets"),
    [
        pytest.param(
            ["email", "E-Mail"], ["email", "custom.e_mail"], id="a second address is a custom field"
        ),
        pytest.param(["email", "email"], ["email", "custom.email"], id="even under the same name"),
        pytest.param(["email", "x", "x"], ["email", "custom.x", "custom.x_2"], id="two unknown of one name"),
        pytest.param(["email", ""], ["email", "custom.column_2"], id="a column without a name"),
        pytest.param(["phone"], ["phone"], id="numbers alone will do"),
    ],
)
def test_every_column_has_its_own_target(header, targets):
    assert imports.map_header(header) == targets


def test_a_file_without_addresses_is_refused():
    with pytest.raises(DomainError) as refused:
        imports.map_header(["name", "company"])
    assert refused.value.code == "csv_no_address"
    assert "'name'" in refused.value.message


@given(st.lists(st.text(max_size=70), min_size=1, max_size=8))
def test_keys_are_distinct_and_fit_their_column(header):
    targets = imports.map_header(["email", *header])
    assert len(set(targets)) == len(header) + 1
    keys = [target.removeprefix("custom.") for target in targets]
    assert all(len(key) <= 66 and key[0].isalpha() for key in keys)


def test_an_address_twice_in_a_file_is_one_contact_whose_gaps_are_filled(load):
    text = csv_text(
        ["email", "first_name", "company", "seats"],
        ["kim@example.com", "Kim", "", "1"],
        ["KIM@example.com", "Kimberley", "Acme", "2"],
    )
    assert load(text) == {"created": 1, "updated": 1, "skipped": 0, "refused": 0}
    kim = Contact.objects.get()
    assert (kim.first_name, kim.company) == ("Kim", "Acme")
    assert ContactFieldValue.objects.get().text == "1"


@pytest.mark.parametrize(
    ("mode", "name", "company", "seats", "counted"),
    [
        pytest.param(OnDuplicate.FILL, "Kim", "Acme", "1", "updated", id="fill sets what was missing"),
        pytest.param(OnDuplicate.UPDATE, "Kimberley", "Acme", "2", "updated", id="update sets what is given"),
        pytest.param(OnDuplicate.SKIP, "Kim", "", "1", "skipped", id="skip sets nothing and says so"),
    ],
)
def test_a_known_contact(load, mode, name, company, seats, counted):
    load(csv_text(["email", "first_name", "seats"], ["kim@example.com", "Kim", "1"]))
    text = csv_text(
        ["email", "first_name", "company", "seats"], ["kim@example.com", "Kimberley", "Acme", "2"]
    )
    counts = {"created": 0, "updated": 0, "skipped": 0, "refused": 0}
    assert load(text, on_duplicate=mode) == counts | {counted: 1}
    kim = Contact.objects.get()
    assert (kim.first_name, kim.company) == (name, company)
    assert ContactFieldValue.objects.get().text == seats


def test_an_empty_cell_never_erases(load):
    load(csv_text(["email", "first_name"], ["kim@example.com", "Kim"]))
    load(csv_text(["email", "first_name"], ["kim@example.com", ""]), on_duplicate=OnDuplicate.UPDATE)
    assert Contact.objects.get().first_name == "Kim"


def test_a_number_and_its_normal_form_travel_together(load):
    load(csv_text(["email", "phone"], ["kim@example.com", "ask her"]))
    load(csv_text(["email", "phone"], ["kim@example.com", "+442079460958"]))
    kim = Contact.objects.get()
    assert (kim.phone, kim.phone_normal) == ("ask her", "")
    load(csv_text(["email", "phone"], ["kim@example.com", "+442079460958"]), on_duplicate=OnDuplicate.UPDATE)
    load(csv_text(["email", "phone"], ["kim@example.com", "gone"]), on_duplicate=OnDuplicate.UPDATE)
    kim.refresh_from_db()
    assert (kim.phone, kim.phone_normal) == ("gone", "")


def test_refused_rows_are_written_with_line_and_reason(load, tmp_path):
    text = csv_text(
        ["email", "phone", "time_zone"],
        ["kim@example.com", "+442079460958", ""],
        ["not an address", "", ""],
        ["lee@example.com", "+442079460958", ""],
        ["zoe@example.com", "", "Mars"],
        ["ann@example.com", "", "", "one more"],
        ["", "", "UTC"],
    )
    counts = load(text)

    assert (counts["created"], counts["refused"]) == (1, 5)
    beside = tmp_path / "people.refused.csv"
    rows = list(csv.DictReader(beside.open()))
    assert [(row["email"], row["line"]) for row in rows] == [
        ("not an address", "3"),
        ("lee@example.com", "4"),
        ("zoe@example.com", "5"),
        ("ann@example.com", "6"),
        ("", "7"),
    ]
    assert "belongs to another contact, kim@example.com" in rows[1]["reason"]
    assert all(row["reason"] for row in rows)


def test_the_refused_rows_can_be_mended_and_imported(load, tmp_path):
    load(csv_text(["email", "first_name"], ["kim at example.com", "Kim"]))
    refused = (tmp_path / "people.refused.csv").read_text()
    assert load(refused.replace("kim at example.com", "kim@example.com"))["created"] == 1


def test_everybody_joins_the_list_known_or_new(load, owner):
    a_lead(owner, "lee@example.com")
    load(csv_text(["email"], ["kim@example.com"], ["lee@example.com"], ["nobody"]), list_name="Fair")
    members = ListMember.objects.filter(contact_list=ContactList.objects.get(name="Fair"))
    assert sorted(members.values_list("contact__email", flat=True)) == ["kim@example.com", "lee@example.com"]


def test_typed_fields_keep_their_type(load, owner):
    ContactField.objects.create(workspace=owner.workspace, key="seats", label="Seats", type=FieldType.NUMBER)
    counts = load(csv_text(["email", "seats"], ["kim@example.com", "3"], ["lee@example.com", "many"]))
    assert (counts["created"], counts["refused"]) == (1, 1)
    assert ContactFieldValue.objects.get().number == 3.0


def test_other_workspaces_are_not_touched(load, owner):
    stranger = another_owner()
    a_lead(stranger, "kim@example.com", first_name="Theirs")
    load(csv_text(["email", "first_name"], ["kim@example.com", "Ours"]), on_duplicate=OnDuplicate.UPDATE)
    assert Contact.objects.get(workspace=stranger.workspace).first_name == "Theirs"
    assert Contact.objects.get(workspace=owner.workspace).first_name == "Ours"


MANY = csv_text(["email"], *([f"lead{n}@example.com"] if n % 5 else ["nobody"] for n in range(23)))


def test_it_goes_on_where_it_broke_off(load, owner, tmp_path, monkeypatch):
    monkeypatch.setattr(chunks, "ROWS_A_CHUNK", 4)
    broken = iter([False, False, True, False, True] + [False] * 20)
    save = jobs.save

    def breaking(job, progress, now):
        if next(broken):
            raise OSError("the disk went away")
        return save(job, progress, now)

    monkeypatch.setattr(jobs, "save", breaking)
    path = tmp_path / "people.csv"
    path.write_text(MANY)
    job_id = imports.start(owner, path, NOW)
    job = None
    for _ in range(12):
        Job.objects.update(not_before=NOW)
        engine_jobs.run_once(NOW)
        job = Job.objects.get(id=job_id)

    assert job is not None
    assert (job.state, job.done) == ("done", 24)
    assert {name: job.result[name] for name in ("created", "updated", "refused")} == {
        "created": 18,
        "updated": 0,
        "refused": 5,
    }
    assert Contact.objects.count() == 18
    refused = ImportRefusal.objects.order_by("id").values_list("line", flat=True)
    assert list(refused) == [2, 7, 12, 17, 22]


def test_the_text_is_removed_at_the_end(load, tmp_path):
    load(MANY)
    assert not ImportPiece.objects.exists()
    assert list((tmp_path / "data").iterdir()) == []


def test_texts_of_imports_that_were_given_up_are_swept(load, owner, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(MANY)
    for days in (8, 6):
        imports.upload(owner, path, f"{days}.csv", NOW - timedelta(days=days))
    load(MANY)
    assert [piece.contact_import.name for piece in ImportPiece.objects.all()] == ["6.csv"]


def test_a_text_of_several_pieces_is_read_like_one(load, monkeypatch):
    monkeypatch.setattr(texts, "PIECE_BYTES", 20)
    monkeypatch.setattr(chunks, "ROWS_A_CHUNK", 3)
    assert load(MANY) == {"created": 18, "updated": 0, "skipped": 0, "refused": 5}


def test_new_contacts_and_those_on_a_list_are_told_once(load):
    load(csv_text(["email"], ["kim@example.com"]), list_name="Fair")
    load(csv_text(["email"], ["kim@example.com"], ["lee@example.com"]), list_name="Fair")
    kinds = Event.objects.order_by("id").values_list("kind", "contact__email")
    assert sorted(kinds) == [
        ("contact_created", "kim@example.com"),
        ("contact_created", "lee@example.com"),
        ("list_joined", "kim@example.com"),
        ("list_joined", "lee@example.com"),
    ]


@pytest.mark.parametrize(
    ("mode", "named"),
    [
        pytest.param(OnDuplicate.FILL, ["company", "custom.seats"], id="gaps that were filled"),
        pytest.param(
            OnDuplicate.UPDATE, ["company", "first_name", "custom.plan", "custom.seats"], id="values replaced"
        ),
        pytest.param(OnDuplicate.SKIP, None, id="nothing where nothing is set"),
    ],
)
def test_what_changed_is_told_by_name_own_fields_too(load, mode, named):
    load(csv_text(["email", "first_name", "plan"], ["kim@example.com", "Kim", "pro"]))
    header = ["email", "first_name", "company", "plan", "seats"]
    changed = csv_text(header, ["kim@example.com", "Kimberley", "Acme", "free", "12"])

    load(changed, on_duplicate=mode)
    load(changed, on_duplicate=mode)

    told = Event.objects.filter(kind="contact_updated").values_list("payload", flat=True)
    assert list(told) == ([{"fields": named}] if named else [])


def test_a_change_of_own_fields_alone_is_a_change(load):
    load(csv_text(["email", "plan"], ["kim@example.com", "pro"]))
    Contact.objects.update(updated_at=NOW - timedelta(days=1))
    load(csv_text(["email", "plan"], ["kim@example.com", "free"]), on_duplicate=OnDuplicate.UPDATE)
    assert Contact.objects.get().updated_at == NOW
    assert Event.objects.get(kind="contact_updated").payload == {"fields": ["custom.plan"]}


def test_of_two_rows_that_fill_one_gap_the_first_counts(load):
    load(csv_text(["email"], ["kim@example.com"]))
    load(csv_text(["email", "plan"], ["kim@example.com", "pro"], ["kim@example.com", "free"]))
    assert ContactFieldValue.objects.get().text == "pro"


def test_who_lacked_what_the_file_brings_looks_again(load, owner):
    kim = a_lead(owner, "kim@example.com")
    version = world.a_sequence(owner, world.a_sender(owner.workspace))
    world.enroll(version, [kim.pk])
    Enrollment.objects.update(state="blocked", reason="missing_data", next_step_at=None)
    load(csv_text(["email", "company"], ["kim@example.com", ""]))
    assert Enrollment.objects.get().next_step_at is None

    load(csv_text(["email", "company"], ["kim@example.com", "Acme"]))

    assert Enrollment.objects.get().next_step_at == NOW


def test_a_file_that_is_refused_leaves_nothing_behind(load, tmp_path):
    with pytest.raises(DomainError):
        load("name\nKim\n")
    assert not ContactImport.objects.exists()
    assert not Job.objects.exists()


def test_the_file_may_change_once_the_import_began(load, owner, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(MANY)
    job_id = imports.start(owner, path, NOW)
    path.unlink()
    assert engine_jobs.run_to_end(job_id, Still()).result["created"] == 18


def test_a_text_that_is_gone_fails_the_job_for_good(load, owner, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(MANY)
    job = Job.objects.get(id=imports.start(owner, path, NOW))
    ImportPiece.objects.all().delete()
    assert engine_jobs.run_once(NOW)
    job.refresh_from_db()
    assert (job.state, "not kept any more" in job.fault) == ("failed", True)


def test_it_says_how_long_it_still_takes(owner, tmp_path, settings, monkeypatch):
    settings.ENVIRONMENT = SimpleNamespace(data=tmp_path / "data")
    monkeypatch.setattr(chunks, "ROWS_A_CHUNK", 10)
    path = tmp_path / "people.csv"
    path.write_text(csv_text(["email"], *([f"lead{n}@example.com"] for n in range(40))))
    job_id = imports.start(owner, path, NOW)
    told = []
    for second in range(0, 25, 5):
        told.append(imports.seconds_left(Job.objects.get(id=job_id)))
        engine_jobs.run_once(NOW + timedelta(seconds=second))
    # That ten rows take five seconds is known when the second ten begin.
    assert told == [None, None, 10, 5, 0]
    assert imports.seconds_left(Job.objects.get(id=job_id)) == 0


def test_statements_do_not_grow_with_the_rows(load):
    def statements(count, first):
        text = csv_text(
            ["email", "seats"], *([f"l{n}@example.com", "1"] for n in range(first, first + count))
        )
        with CaptureQueriesContext(
            connection,
        ) as captured:
            load(text, list_name="Fair")
        return len([each for each in captured if not each["sql"].startswith("ANALYZE")])

    statements(1, 0)
    few, many = statements(5, 100), statements(500, 1000)
    # SQLite runs one prepared statement over the rows and reports each of them once.
    assert many == few
