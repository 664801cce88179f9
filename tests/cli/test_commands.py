"""The forms that scripts rely on: words in, exact JSON and exit codes out."""

import json
from types import SimpleNamespace

import pytest
from django.utils import timezone

from drumbeat import cli
from drumbeat.core.document import write_document
from drumbeat.models import Contact, Enrollment, InboundMail, SenderProfile, Sequence
from tests.support.office import (
    NOW,
    a_lead,
    a_mailbox,
    an_active_sequence,
    an_owner,
    another_owner,
    two_mails,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return an_owner()


def test_migrate_creates_the_first_workspace_and_says_what_comes_next(run, say):
    code, data = run("migrate")
    assert (code, data["workspace"]["created"], data["migrations"]) == (0, True, 0)
    code, text = say("migrate")
    assert code == 0
    assert "nothing to migrate" in text
    assert "drumbeat serve" in text


def test_sender_add(run, owner):
    code, data = run("sender", "add", "rep@ours.test", "--name", "Rep", "--smtp", "smtp://127.0.0.1:2525")
    sender = SenderProfile.objects.get(kind="smtp")
    assert (code, data) == (0, {"id": sender.pk})
    assert (sender.cap_per_day, sender.host_trusted, sender.window is None) == (50, True, False)


def test_sender_add_without_bounds(run, owner):
    words = ("--smtp", "smtp://127.0.0.1:2525", "--per-day", "100000", "--always")
    assert run("sender", "add", "rep@ours.test", "--name", "Rep", *words)[0] == 0
    sender = SenderProfile.objects.get(kind="smtp")
    assert (sender.cap_per_day, sender.window) == (100_000, None)


def test_sender_disable_and_enable(run, owner):
    sender = a_mailbox(owner)
    assert run("sender", "disable", "rep@ours.test") == (0, {"id": sender.pk, "enabled": False})
    assert run("sender", "list")[1][0]["enabled"] is False
    assert run("sender", "enable", str(sender.pk)) == (0, {"id": sender.pk, "enabled": True})


def test_contact_import_answers_with_three_numbers(run, owner, tmp_path, settings):
    settings.ENVIRONMENT = SimpleNamespace(data=tmp_path)
    path = tmp_path / "people.csv"
    path.write_text("email,first_name\nkim@example.com,Kim\nlee@example.com,Lee\n")
    assert run("contact", "import", str(path), "--list", "Fair") == (
        0,
        {"created": 2, "updated": 0, "refused": 0},
    )
    path.write_text("email\nkim@example.com\nnobody\n")
    code, data = run("contact", "import", str(path), "--list", "Fair")
    assert (code, data["updated"], data["refused"]) == (0, 1, 1)
    assert data["refused_file"] == str(tmp_path / "people.refused.csv")
    assert run("list")[1] == [{"id": 1, "name": "Fair", "contacts": 2}] or run("list")[1][0]["contacts"] == 2


def test_contact_add_and_event(run, owner):
    code, data = run(
        "contact", "add", "kim@example.com", "--company", "Acme", "--field", "Seats=3", "--list", "Fair"
    )
    kim = Contact.objects.get()
    assert (code, data, kim.company) == (0, {"id": kim.pk}, "Acme")
    for kind in ("call_logged", "meeting_booked", "meeting_cancelled", "converted"):
        code, data = run("contact", "event", "Kim@example.com", kind)
        assert (code, data["counted"]) == (0, True)
    assert run("stats")[1]["events"] == dict.fromkeys(
        ("contact_created", "list_joined", "call_logged", "converted", "meeting_booked", "meeting_cancelled"),
        1,
    )


def test_sequence_create_from_a_file_and_its_life(run, owner, tmp_path):
    a_mailbox(owner)
    path = tmp_path / "flow.json"
    path.write_text(json.dumps(write_document(two_mails())))
    code, data = run(
        "sequence", "create", "Hello", "--file", str(path), "--delays", "0m", "--sender", "rep@ours.test"
    )
    sequence = Sequence.objects.get()
    assert (code, data, sequence.status) == (0, {"id": sequence.pk}, "draft")
    assert sequence.sender is not None
    for verb, status in (
        ("activate", "active"),
        ("pause", "paused"),
        ("resume", "active"),
        ("archive", "archived"),
    ):
        assert run("sequence", verb, str(sequence.pk)) == (0, {"id": sequence.pk, "status": status})
    listed = run("sequence", "list")[1]
    assert listed[0] | {"id": 0} == {
        "id": 0,
        "name": "Hello",
        "status": "archived",
        "version": 1,
        "enrollments": {"unfinished": 0, "finished": 0},
    }


def test_enroll_by_list_and_by_address(run, owner):
    a_mailbox(owner)
    sequence = an_active_sequence(owner)
    a_lead(owner, "kim@example.com")
    assert run("contact", "add", "lee@example.com", "--list", "Fair")[0] == 0
    assert run("enroll", str(sequence.pk), "--list", "Fair") == (
        0,
        {"enrolled": 1, "answers": {"enrolled": 1}},
    )
    code, data = run("enroll", str(sequence.pk), "--contact", "kim@example.com", "lee@example.com")
    assert (code, data) == (0, {"enrolled": 1, "answers": {"enrolled": 1, "already_enrolled": 1}})


def test_enrollment_verbs_and_why(run, owner):
    a_mailbox(owner)
    sequence = an_active_sequence(owner)
    run("enroll", str(sequence.pk), "--contact", a_lead(owner).email)
    id_ = str(Enrollment.objects.get().pk)
    code, data = run("enrollment", "pause", id_)
    assert (code, data[0]["done"], data[0]["state"]) == (0, True, "paused")
    code, data = run("enrollment", "pause", id_)
    assert (code, data[0]["code"]) == (1, "already_paused")
    assert run("enrollment", "resume", id_, "--shift")[0] == 0
    code, data = run("enrollment", "stop", "--sequence", str(sequence.pk))
    assert (code, data[0]["state"]) == (0, "finished")
    code, data = run("enrollment", "why", id_)
    assert (code, data[0]["reason"], data[0]["state_now"]) == (0, "manual", "Finished: by a person.")


def test_stats_have_exactly_these_keys(run, owner):
    a_mailbox(owner)
    a_lead(owner)
    assert run("stats") == (
        0,
        {
            "touches": {},
            "events": {"contact_created": 1},
            "enrollments": {},
            "finish_reasons": {},
            "contacts": 1,
        },
    )


def test_stop_all_and_lift(run, owner):
    code, data = run("stop-all")
    assert (code, data["stopped"], data["by"]) == (0, True, "Owner")
    code, data = run("stop-all", "--lift")
    assert (code, data["stopped"], data["since"]) == (0, False, None)


def test_settings_are_shown_and_changed_by_name(run, owner):
    assert run("setting", "sequence_batch_limit") == (0, {"sequence_batch_limit": 500})
    assert run("setting", "sequence_batch_limit", "1000") == (0, {"sequence_batch_limit": 1000})
    assert run("setting", "cap_per_day", "none") == (0, {"cap_per_day": None})
    assert set(run("setting")[1]) >= {"name", "time_zone", "sequence_batch_limit"}


def test_doctor_fails_when_something_stops_messages(run, owner):
    code, data = run("doctor")
    assert (code, data["ok"]) == (1, False)
    assert {"worker_never_ran", "no_sender"} <= {finding["code"] for finding in data["findings"]}


def test_the_doctor_sets_what_only_warns_apart(say, run, owner):
    InboundMail.objects.create(
        source="smtp", external_id="1", raw=b"", fault="ValueError", received_at=timezone.now()
    )
    shown = say("doctor")[1]
    headings = [line for line in shown.splitlines() if line and not line.startswith(" ")]
    assert headings == [
        "Keeps messages from leaving",
        "Stops nothing, but look at it",
        "Waits as it should",
        "Looked at and fine",
    ]
    told = {finding["code"]: finding["stops"] for finding in run("doctor")[1]["findings"]}
    assert (told["no_sender"], told["inbound_poison"], told["suppression_readable"]) == (True, False, False)


def test_a_workspace_can_be_chosen(run, owner):
    other = another_owner("Elsewhere")
    run("contact", "add", "kim@example.com", "--workspace", "Elsewhere")
    assert Contact.objects.get().workspace == other.workspace
    assert run("stats")[1]["contacts"] == 0
    assert run("--workspace", str(other.workspace_id), "stats")[1]["contacts"] == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["sequence", "activate", "99"], "not_found", id="no such sequence"),
        pytest.param(["enroll", "99", "--list", "x"], "not_found", id="nothing to enroll in"),
        pytest.param(["contact", "import", "/nowhere/people.csv"], "file_unusable", id="no such file"),
        pytest.param(["contact", "add", "kim"], "contact_invalid", id="no address"),
        pytest.param(["contact", "event", "kim@example.com", "converted"], "not_found", id="no such contact"),
        pytest.param(["enrollment", "why", "99"], "not_found", id="no such enrollment"),
        pytest.param(["setting", "colour", "red"], "setting_unknown", id="no such setting"),
        pytest.param(["setting", "time_zone", "Mars"], "setting_invalid", id="no such value"),
        pytest.param(["stats", "--workspace", "Mars"], "not_found", id="no such workspace"),
        pytest.param(["sequence", "create", "X", "--delays", "soon"], "delay_unreadable", id="no delay"),
        pytest.param(["sequence", "check", "nowhere.json"], "file_unusable", id="no such flow"),
    ],
)
def test_refusals_are_one_json_object_and_exit_1(capsys, owner, words, code):
    assert cli.main([*words, "--json"]) == 1
    printed = capsys.readouterr()
    error = json.loads(printed.out)["error"]
    assert (error["code"], set(error)) == (code, {"code", "message", "fields"})
    assert error["message"] in printed.err


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["sender", "list"], id="sender list"),
        pytest.param(["sequence", "list"], id="sequence list"),
        pytest.param(["list"], id="list"),
        pytest.param(["stats"], id="stats"),
        pytest.param(["setting"], id="setting"),
        pytest.param(["doctor"], id="doctor"),
        pytest.param(["enrollment", "why", "{enrollment}"], id="enrollment why"),
        pytest.param(["enrollment", "stop", "{enrollment}"], id="enrollment stop"),
        pytest.param(["enroll", "{sequence}", "--contact", "kim@example.com"], id="enroll"),
        pytest.param(["stop-all"], id="stop-all"),
    ],
)
def test_people_read_sentences_and_tables(say, owner, words):
    a_mailbox(owner)
    sequence = an_active_sequence(owner)
    a_lead(owner)
    from drumbeat.actions import enrollments

    enrollments.enroll(owner, sequence.pk, [a_lead(owner, "lee@example.com").pk], NOW)
    ids = {"enrollment": Enrollment.objects.get().pk, "sequence": sequence.pk}
    code, text = say(*(word.format(**ids) for word in words))
    assert code == (1 if words == ["doctor"] else 0)
    assert text.strip()
    assert "{" not in text
    assert "Traceback" not in text


@pytest.mark.parametrize("name", ["[bold]", "[/]", ":boom:", "{0}", "Søren “the” 李"])
def test_names_are_shown_as_people_gave_them(say, owner, name):
    a_mailbox(owner)
    for words in (("sequence", "create", name), ("sequence", "list"), ("contact", "add", "kim@example.com")):
        code, text = say(*words)
        assert code == 0
        assert name in text or words[0] == "contact"


def test_nobody_is_enrolled_in_a_draft_and_the_answer_says_how_it_starts(run, say, owner):
    draft = run("sequence", "create", "Hello")[1]["id"]
    a_lead(owner)
    code, data = run("enroll", "Hello", "--contact", "kim@example.com")
    assert (code, data) == (1, {"enrolled": 0, "answers": {"sequence_not_active": 1}})
    text = say("enroll", "Hello", "--contact", "kim@example.com")[1]
    assert f"drumbeat sequence activate {draft}" in text


def test_sender_set(run, owner):
    sender = a_mailbox(owner, smtp="smtp://me:old@127.0.0.1:2525")
    words = ("--smtp", "smtps://me:new@127.0.0.1:465", "--name", "Kim", "--per-day", "70", "--office-hours")
    assert run("sender", "set", "rep@ours.test", *words) == (0, {"id": sender.pk})
    sender.refresh_from_db()
    assert (sender.name, sender.port, sender.security, sender.cap_per_day) == ("Kim", 465, "tls", 70)
    assert (sender.host_trusted, sender.window is None) == (True, False)
    assert run("sender", "set", "rep@ours.test", "--always")[0] == 0
    sender.refresh_from_db()
    assert (sender.name, sender.port, sender.cap_per_day, sender.window) == ("Kim", 465, 70, None)
    assert cli.main(["sender", "set", "rep@ours.test"]) == 2


def test_a_sender_is_warmed_up_and_freed_of_its_cap(run, say, owner):
    words = ("--smtp", "smtp://127.0.0.1:2525", "--warm-up", "10+5/1d..50")
    assert run("sender", "add", "rep@ours.test", *words)[0] == 0
    sender = SenderProfile.objects.get(kind="smtp")
    assert sender.warm_up == {"start": 10, "step": 5, "per_days": 1, "top": 50}
    assert "warming up by 10+5/1d..50" in say("sender", "set", "rep@ours.test", "--name", "Kim")[1]
    assert run("sender", "set", "rep@ours.test", "--per-day", "none", "--warm-up", "none")[0] == 0
    sender.refresh_from_db()
    assert (sender.cap_per_day, sender.warm_up, sender.name) == (None, None, "Kim")


def test_a_sender_leaves_time_between_its_messages(run, say, owner):
    words = ("--smtp", "smtp://127.0.0.1:2525", "--spacing", "90")
    assert run("sender", "add", "rep@ours.test", *words)[0] == 0
    assert SenderProfile.objects.get(kind="smtp").spacing_seconds == 90
    assert "at least 90 s apart" in say("sender", "set", "rep@ours.test", "--name", "Kim")[1]
    assert run("sender", "set", "rep@ours.test", "--spacing", "0")[0] == 0
    assert SenderProfile.objects.get(kind="smtp").spacing_seconds == 0
    assert run("sender", "set", "rep@ours.test", "--spacing", "99999")[0] == 1


def test_replies_and_bounces_come_to_an_address_with_a_plus_once_it_is_said(run, say, owner):
    box = a_mailbox(owner)
    seen = []
    for words in ((), ("--plus-addressing", "yes"), ("--plus-addressing", "no")):
        said = say("sender", "set", "rep@ours.test", "--name", "Kim", *words)[1]
        box.refresh_from_db()
        seen.append((box.plus_addressing, "with a plus" in said))
    assert seen == [(False, False), (True, True), (False, False)]


@pytest.mark.parametrize("words", [("--warm-up", "fast"), ("--per-day", "many")])
def test_a_pace_that_cannot_be_read_is_refused(owner, words, capsys):
    a_mailbox(owner)
    assert cli.main(["sender", "set", "rep@ours.test", *words]) == 2
    assert words[1] in capsys.readouterr().err


def test_the_next_times_of_a_sequence_are_shown(run, say, owner):
    a_mailbox(owner)
    a_lead(owner, time_zone="Europe/Berlin")
    run("sequence", "create", "Hello", "--template", "meeting_request")
    run("sequence", "settings", "Hello", "window", '{"monday": [["09:00", "10:00"]]}')
    code, data = run("sequence", "times", "Hello", "--contact", "kim@example.com", "--count", "3")
    assert (code, data["zone"], data["zone_of"], len(data["times"])) == (0, "Europe/Berlin", "contact", 3)
    assert data["times"][-1]["moved_by"] == ["window"]
    assert "Mon " in say("sequence", "times", "Hello", "--contact", "kim@example.com")[1]


def test_a_sender_that_is_there_already_says_how_to_change_it(say, owner):
    a_mailbox(owner)
    code, text = say("sender", "add", "rep@ours.test", "--smtp", "smtp://127.0.0.1:2525")
    assert (code, "drumbeat sender set rep@ours.test" in text) == (1, True)


def test_suppressions_are_added_imported_listed_and_lifted(run, owner, tmp_path):
    kim = a_lead(owner, "kim@example.com")
    code, made = run("suppression", "add", "Kim@example.com")
    path = tmp_path / "gone.txt"
    path.write_text("bo@x.test\n@y.test\nnobody\n")
    assert run("suppression", "import", str(path))[1]["added"] == 2
    (found,) = run("suppression", "list", "kim@example.com")[1]
    assert (code, found["id"], found["contact"]) == (0, made["id"], kim.email)
    assert len(run("suppression", "list", "--reason", "import")[1]) == 2
    assert run("suppression", "lift", str(made["id"]))[1] == {"id": made["id"]}
    assert run("suppression", "list", "kim@example.com")[1] == []


ACTS = "Red\x1b[31m\x9b31m\x1b]0;title\x07\u202e"


def test_what_would_act_on_a_terminal_is_shown_and_not_carried_out(say, owner, capsys, tmp_path):
    a_mailbox(owner)
    Sequence.objects.filter(id=an_active_sequence(owner).pk).update(name=ACTS, status="paused")
    cli.main(["sequence", "activate", ACTS + "?"])
    cli.main(["inbox", "parse", str(tmp_path / f"{ACTS}.eml")])
    printed = capsys.readouterr()
    shown = [say("sequence", "list")[1], printed.out, printed.err]
    for text in shown:
        assert "Red\N{REPLACEMENT CHARACTER}[31m" in text
        assert not set(text) & set("\x1b\x9b\x07\u202e")
