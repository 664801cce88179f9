"""A contact that is erased is nowhere any more: every personal column and every place is searched for its word."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from drumbeat.actions import access, contacts, enrollments, events, imports
from drumbeat.actions.contacts import erasing
from drumbeat.actions.contacts import view as contact_view
from drumbeat.actions.imports.columns import Choices
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import WebhookStep
from drumbeat.engine import jobs as engine_jobs
from drumbeat.engine.planner import Planner
from drumbeat.models import (
    AnswerDraft,
    Attempt,
    AuditEntry,
    Call,
    Contact,
    Decision,
    Draft,
    Enrollment,
    Event,
    Hit,
    IdempotencyKey,
    InboundMail,
    Job,
    JournalEntry,
    Message,
    Notification,
    PhoneAccount,
    PhoneCallback,
    ProviderEvent,
    ProviderFetch,
    Role,
    SavedView,
    SenderProfile,
    Suppression,
    Task,
    TextMedia,
    Touch,
    Writing,
)
from drumbeat.store.erasing import nobody
from drumbeat.store.personal import NOT_PERSONAL, PERSONAL, WORDS
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner, csv_text
from tests.support.outreach import a_member

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
WORD = "xyloquent"
ADDRESS = f"{WORD}@{WORD}.test"
TEXTS = {"CharField", "TextField", "JSONField", "BinaryField", "EmailField"}


@pytest.fixture
def owner(tmp_path, settings):
    settings.ENVIRONMENT = SimpleNamespace(data=tmp_path / "data")
    member = an_owner()
    a_mailbox(member)
    return member


@pytest.fixture
def kim(owner):
    """A contact with its word in every column that takes one."""
    values = dict.fromkeys(("first_name", "last_name", "company", "title", "stage", "language"), WORD)
    values["language"] = WORD
    return contacts.add(
        owner,
        {**values, "email": ADDRESS, "phone": "+442079460958", "whatsapp": f"+44 {WORD}"},
        NOW,
        custom={"shoe": WORD},
        list_name="Fair",
        tag_names=["VIP"],
    )


def everything():
    """Return the whole database as text: every column of every table, bytes decoded."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_app_config("drumbeat").get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            for row in cursor.fetchall():
                cells = [
                    bytes(cell).decode("utf-8", "replace")
                    if isinstance(cell, bytes | memoryview)
                    else str(cell)
                    for cell in row
                ]
                found.append(f"{model.__name__}: {' | '.join(cells)}")
    return found


def telling():
    return [line for line in everything() if WORD in line.lower() or "9460958" in line]


def test_every_text_of_every_table_is_declared_personal_or_not():
    plain = {model for models in NOT_PERSONAL.values() for model in models}
    assert not plain & PERSONAL.keys()
    for model in apps.get_app_config("drumbeat").get_models():
        columns = {f.name for f in model._meta.concrete_fields if f.get_internal_type() in TEXTS}
        if model in plain:
            continue
        assert model in PERSONAL, f"declare {model.__name__} in store/personal.py"
        declared = set(PERSONAL[model].columns)
        assert declared | WORDS.get(model, frozenset()) == columns, model.__name__
        assert not declared & WORDS.get(model, frozenset()), model.__name__


def fill(owner, kim):
    """Let the contact leave its word in every place there is."""
    flow = a_line(an_email("hello"), WebhookStep(key="call", url="https://hooks.example.com/x"))
    sequence = an_active_sequence(owner, flow)
    enrollments.enroll(owner, sequence.pk, [kim.pk], NOW)
    Planner().plan_once(NOW)
    run, touch = Enrollment.objects.get(), Touch.objects.get()
    Touch.objects.update(content={"subject": WORD})
    fill_mail(owner.workspace, kim, run, touch)
    fill_history(owner, kim, run, touch)
    fill_elsewhere(owner, kim)


def fill_mail(workspace, kim, run, touch):
    raw = InboundMail.objects.create(
        source="smtp",
        external_id="1",
        envelope_from=ADDRESS,
        envelope_to=["rep@ours.test"],
        raw=f"From: {ADDRESS}\r\n\r\n{WORD}".encode(),
        received_at=NOW,
        processed_at=NOW,
        fault=WORD,
    )
    for direction, mail in (("in", raw), ("out", None)):
        Message.objects.create(
            workspace=workspace,
            contact=kim,
            enrollment=run,
            touch=touch,
            raw=mail,
            channel="email",
            direction=direction,
            from_address=ADDRESS,
            to_address=ADDRESS,
            subject=WORD,
            text=WORD,
            html=WORD,
            message_id=f"<{WORD}@x>",
            in_reply_to=WORD,
            references=WORD,
            occurred_at=NOW,
        )
    fill_mail_of_nobody(workspace)


def fill_mail_of_nobody(workspace):
    strange = InboundMail.objects.create(
        source="smtp",
        external_id="2",
        envelope_from=ADDRESS,
        raw=WORD.encode(),
        received_at=NOW,
        processed_at=NOW,
    )
    Message.objects.create(
        workspace=workspace,
        raw=strange,
        channel="email",
        direction="in",
        from_address=ADDRESS,
        occurred_at=NOW,
    )


def fill_call(owner, kim, touch):
    Call.objects.create(
        workspace=owner.workspace,
        touch=touch,
        contact=kim,
        number=1,
        script=f"Hi Kim, I wrote to {ADDRESS}",
        on_human="read",
        on_machine="leave",
        retries=2,
        apart_seconds=14_400,
        placed_at=NOW,
        settled_at=NOW,
    )


def fill_history(owner, kim, run, touch):
    workspace = owner.workspace
    events.log_event(owner, kim, "call_logged", NOW, source="crm", external_id=WORD, note=WORD)
    Event.objects.create(
        workspace=workspace, kind="bounced", source="mail", payload={"recipients": [{"address": ADDRESS}]},
        occurred_at=NOW, received_at=NOW,
    )  # fmt: skip
    contact_view.add_note(owner, kim.pk, WORD, NOW)
    Attempt.objects.create(touch=touch, number=1, ended_at=NOW, outcome="failed", text=f"550 {ADDRESS}")
    fill_call(owner, kim, touch)
    Hit.objects.create(
        key="k", touch=touch, kind="click", link=1, links=1, target=f"https://{WORD}.test/", how="get",
        agent=WORD, at=NOW,
    )  # fmt: skip
    Task.objects.create(
        workspace=workspace, touch=touch, contact=kim, title=WORD, text=WORD, note=WORD, due_at=NOW, created_at=NOW
    )  # fmt: skip
    JournalEntry.objects.filter(enrollment=run).update(facts={"word": WORD})
    Decision.objects.create(
        workspace=workspace, enrollment=run, step="a", visit=1, asked_at=NOW, not_before=NOW,
        answer="yes", reason=WORD, fault=WORD,
    )  # fmt: skip
    draft = Draft.objects.create(
        workspace=workspace, touch=touch, subject=WORD, text=WORD, original_subject=WORD, original_text=WORD,
        concerns=[{"text": WORD}], note=WORD, fault=WORD, asked_at=NOW, not_before=NOW,
    )  # fmt: skip
    said = {"prompt": ADDRESS, "said": WORD, "fault": WORD}
    Writing.objects.create(workspace=workspace, draft=draft, at=NOW, cost=1, **said)
    AnswerDraft.objects.create(
        workspace=workspace, contact=kim, message=Message.objects.filter(contact=kim).latest("id"), text=WORD,
        concerns=[{"text": WORD}], note=WORD, prompt=ADDRESS, said=WORD, fault=WORD, asked_at=NOW, not_before=NOW,
    )  # fmt: skip
    Enrollment.objects.update(fault=WORD)


def fill_elsewhere(owner, kim):
    workspace = owner.workspace
    for contact in (kim, None):
        text = f"{WORD} {ADDRESS}"
        Notification.objects.create(
            workspace=workspace, member=owner, kind="replied", text=text, contact=contact, created_at=NOW
        )
    AuditEntry.objects.create(
        workspace=workspace,
        act="suppression.add",
        name=ADDRESS,
        before={"a": ADDRESS},
        after={"a": [ADDRESS]},
        at=NOW,
    )
    AuditEntry.objects.create(
        workspace=workspace, act="contact.x", object_kind="contact", object_id=kim.pk, name=WORD, after={"a": WORD},
        at=NOW,
    )  # fmt: skip
    fill_work(owner, kim)


def fill_work(owner, kim):
    workspace = owner.workspace
    Job.objects.create(
        workspace=workspace, kind="simulation", arguments={"to": ADDRESS}, result={"who": [ADDRESS, WORD]},
        fault=ADDRESS, not_before=NOW, created_at=NOW, finished_at=NOW,
    )  # fmt: skip
    body = json.dumps({"to": ADDRESS})
    IdempotencyKey.objects.create(
        workspace=workspace, member=owner, key="k", fingerprint="f", body=body, created_at=NOW
    )
    SavedView.objects.create(
        workspace=workspace, member=owner, room="contacts", name="v", query=f"q={ADDRESS}", created_at=NOW
    )
    SenderProfile.objects.filter(kind="smtp").update(down_text=f"550 no such user {ADDRESS}")
    fill_told(workspace)
    Suppression.objects.create(
        workspace=workspace,
        hash="h",
        reason="stop",
        contact=kim,
        created_at=NOW,
        lifted_at=NOW,
        lifted_reason=WORD,
    )


def fill_told(workspace):
    told = {"sender": SenderProfile.objects.filter(kind="smtp")[0], "received_at": NOW, "look_at": NOW}
    ProviderEvent.objects.create(
        workspace=workspace, source="esp:postmark", external_id="1", told={"recipient": ADDRESS}, **told
    )
    ProviderFetch.objects.create(external_id="1", lying={"envelope_from": ADDRESS}, fault=ADDRESS, **told)
    account = PhoneAccount.objects.create(
        workspace=workspace, name="Twilio", sid="AC", secrets_encrypted=b"", hook_token="t", created_at=NOW
    )
    form = [["From", "+442079460958"], ["Body", WORD]]
    PhoneCallback.objects.create(account=account, digest="d", form=form, received_at=NOW, fault=WORD)
    texted = Message.objects.filter(contact__isnull=False, direction="in").latest("id")
    told = {"url": WORD, "data": WORD.encode(), "fault": WORD}
    TextMedia.objects.create(message=texted, account=account, place=0, **told)


def upload(owner, tmp_path, *rows):
    path = tmp_path / "people.csv"
    path.write_text(csv_text(["email", "time_zone"], *rows))
    return imports.upload(owner, path, path.name, NOW)


def test_its_word_is_nowhere_any_more(owner, kim, tmp_path):
    fill(owner, kim)
    refused = upload(owner, tmp_path, [ADDRESS, "Nowhere/At all"])
    engine_jobs.run_to_end(
        imports.begin(owner, refused.pk, Choices(targets=["email", "time_zone"]), NOW), Still()
    )
    kept = upload(owner, tmp_path, ["bo@example.com", ""], [ADDRESS.upper(), ""], ["cy@example.com", ""])
    places = {line.partition(":")[0] for line in telling()}
    assert places == {model.__name__ for model in PERSONAL}

    erasing.erase(owner, kim.pk, ADDRESS, LATER)

    assert telling() == []
    assert not Contact.objects.filter(pk=kim.pk).exists()
    assert [row.cells[0] for row in imports.rows_of(kept, 10)] == ["bo@example.com", "cy@example.com"]


class Still:
    def now(self):
        return NOW


def test_numbers_stay_and_everything_stops(owner, kim):
    fill(owner, kim)
    erasing.erase(owner, kim.pk, ADDRESS, LATER)

    run = Enrollment.objects.get()
    assert (run.state, run.reason, run.contact) == ("finished", "contact_deleted", nobody(owner.workspace_id))
    assert list(Touch.objects.values_list("status", flat=True)) == ["cancelled"]
    assert Message.objects.filter(enrollment=run).count() == 2
    assert access.visible_to(owner, Contact).count() == 0
    entry = AuditEntry.objects.get(act="contact.erase")
    assert (entry.object_id, entry.after) == (kim.pk, {"suppressed": True})


@pytest.mark.parametrize("suppress", [True, False])
def test_its_address_is_never_contacted_again_unless_that_is_not_wanted(owner, kim, suppress):
    erasing.erase(owner, kim.pk, ADDRESS, LATER, suppress=suppress)

    again = a_lead(owner, ADDRESS)
    answer = enrollments.enroll(owner, an_active_sequence(owner).pk, [again.pk], LATER)
    assert list(answer.answers.values()) == ["suppressed" if suppress else "enrolled"]


def test_who_was_erased_is_enrolled_nowhere(owner, kim):
    enrollments.enroll(owner, an_active_sequence(owner).pk, [kim.pk], NOW)
    erasing.erase(owner, kim.pk, ADDRESS, LATER)
    stand_in = nobody(owner.workspace_id)
    answer = enrollments.enroll(owner, an_active_sequence(owner, name="Other").pk, [stand_in.pk], LATER)
    assert list(answer.answers.values()) == ["not_found"]


def test_a_message_on_the_wire_is_waited_for(owner, kim):
    enrollments.enroll(owner, an_active_sequence(owner).pk, [kim.pk], NOW)
    Planner().plan_once(NOW)
    Touch.objects.update(status="sending", handed_at=NOW)
    with pytest.raises(DomainError) as refused:
        erasing.erase(owner, kim.pk, ADDRESS, LATER)
    assert refused.value.code == "message_on_the_wire"
    assert Enrollment.objects.get().state != "finished"


def test_it_takes_an_admin_who_types_the_address(owner, kim):
    manager = a_member(owner.workspace, "manager", Role.MANAGER)
    for member, typed, code in (
        (owner, "", "confirmation_wrong"),
        (owner, "kim@other.test", "confirmation_wrong"),
        (manager, ADDRESS, "not_permitted"),
    ):
        with pytest.raises(DomainError) as refused:
            erasing.erase(member, kim.pk, typed, LATER)
        assert refused.value.code == code
    assert Contact.objects.filter(pk=kim.pk).exists()


def test_everything_about_a_contact_is_handed_out(owner, kim):
    fill(owner, kim)
    found = json.loads(json.dumps(erasing.data(owner, kim.pk)))

    assert found["contact"][0]["email"] == ADDRESS
    assert (found["tags"], found["lists"]) == (["VIP"], ["Fair"])
    assert {name for name, rows in found.items() if rows} >= {
        *("contactfieldvalue", "contactnote", "event", "message", "touch", "attempt", "task", "notification"),
        *("enrollment", "journalentry", "decision", "suppression", "inboundmail", "facts"),
    }
    assert WORD in found["inboundmail"][0]["raw"]


def test_another_contact_keeps_what_is_its_own(owner, kim):
    other = a_lead(owner, "bo@example.com", first_name="Bo")
    contact_view.add_note(owner, other.pk, "Met at the fair", NOW)
    fill(owner, kim)
    before = erasing.data(owner, other.pk)
    erasing.erase(owner, kim.pk, ADDRESS, LATER)
    assert erasing.data(owner, other.pk) == before
