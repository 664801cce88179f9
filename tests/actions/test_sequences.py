"""The life of a sequence: draft, active, paused, archived; edits that meet, versions that stay."""

import pytest

from drumbeat.actions import enrollments, sequences
from drumbeat.core.delay import parse_delay
from drumbeat.core.document import write_document
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import OtherSequenceStep
from drumbeat.core.templates import TEMPLATES
from drumbeat.engine import jobs as engine_jobs
from drumbeat.models import Enrollment, Job, Sequence, SequenceVersion
from drumbeat.store import flows
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_draft, a_lead, a_mailbox, an_active_sequence, an_owner, two_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


def test_a_new_sequence_is_an_empty_draft(owner):
    sequence = sequences.create(owner, " Hello ", NOW)
    assert (sequence.name, sequence.status, sequence.owner) == ("Hello", "draft", owner)
    assert sequences.draft_flow(sequence).steps == {}
    assert (sequence.exit_on_reply, sequence.exit_on_meeting, sequence.exit_on_call) == (
        "finish",
        "pause",
        "off",
    )


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_gives_flow_text_and_exit_settings(owner, name):
    sequence = sequences.create(owner, "From a template", NOW, template=name)
    assert sequences.draft_flow(sequence) == TEMPLATES[name].flow
    assert sequence.description == TEMPLATES[name].description
    assert (sequence.exit_on_reply, sequence.exit_on_meeting) == (
        TEMPLATES[name].exit_on_reply,
        TEMPLATES[name].exit_on_meeting,
    )


@pytest.mark.parametrize("by_name", [True, False])
def test_a_flow_that_enrolls_in_its_own_sequence_is_refused(owner, by_name):
    sequence = a_draft(owner, name="Round and round")
    named = sequence.name if by_name else str(sequence.pk)
    flow = write_document(a_line(OtherSequenceStep(key="again", sequence=named)))
    _, problems = sequences.save_draft(owner, sequence.pk, flow, NOW, revision=1)
    assert problems == sequences.read_draft(owner, sequence.pk).problems
    assert "sequence_itself" in {problem.code for problem in problems}
    with pytest.raises(DomainError) as refused:
        sequences.publish(owner, sequence.pk, NOW)
    assert "never enters again" in refused.value.fields["steps[0].sequence"]
    assert "sequence_itself" not in {problem.code for problem in sequences.check_document(owner, flow)}


def test_of_two_sequences_of_one_name_the_flow_means_the_one_that_runs(owner):
    an_active_sequence(owner, name="Twin")
    flow = a_line(OtherSequenceStep(key="there", sequence="Twin"))
    sequences.publish(owner, a_draft(owner, flow, name="Twin").pk, NOW)


def test_the_templates_of_mails_can_be_activated_at_once(owner):
    for name in ("cold_outreach", "follow_up_series", "re_engagement", "meeting_request"):
        sequence = sequences.create(owner, name, NOW, template=name)
        assert sequences.activate(owner, sequence.pk, NOW).status == "active"


def test_creating_an_active_one_creates_nothing_when_it_is_refused(owner):
    with pytest.raises(DomainError) as refused:
        sequences.create(owner, "Calls", NOW, template="voicemail_email_combo", active=True)
    assert refused.value.code == "flow_has_errors"
    assert not Sequence.objects.exists()
    assert sequences.create(owner, "Mails", NOW, template="cold_outreach", active=True).status == "active"


def test_an_unknown_template_is_refused(owner):
    with pytest.raises(DomainError) as refused:
        sequences.create(owner, "X", NOW, template="dance")
    assert refused.value.code == "template_unknown"


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_it_needs_a_name(owner, name):
    with pytest.raises(DomainError) as refused:
        sequences.create(owner, name, NOW)
    assert refused.value.code == "sequence_name_invalid"


def test_delays_can_be_replaced_for_trying_out(owner):
    sequence = sequences.create(
        owner, "Fast", NOW, document=write_document(two_mails()), delays=parse_delay("0m")
    )
    delays = [str(step.delay) for step in sequences.draft_flow(sequence).steps.values()]
    assert delays == ["0m", "0m"]


def test_a_draft_is_saved_from_the_revision_it_was_loaded_at(owner):
    sequence = a_draft(owner)
    document = write_document(a_line(an_email("changed")))

    revision, _ = sequences.save_draft(owner, sequence.pk, document, NOW, revision=1)

    assert revision == 2
    with pytest.raises(DomainError) as refused:
        sequences.save_draft(owner, sequence.pk, document, NOW, revision=1)
    assert refused.value.code == "draft_conflict"
    assert list(sequences.draft_flow(Sequence.objects.get(id=sequence.pk)).steps) == ["changed"]


def test_a_document_that_cannot_be_read_is_refused_by_path(owner):
    sequence = a_draft(owner)
    with pytest.raises(DomainError) as refused:
        sequences.save_draft(owner, sequence.pk, {"steps": [{"kind": "dance"}]}, NOW, revision=1)
    assert refused.value.code == "document_invalid"
    assert refused.value.fields


def test_activating_publishes_version_one(owner):
    sequence = an_active_sequence(owner)
    assert sequence.status == "active"
    assert sequence.current_version is not None
    assert (sequence.current_version.number, sequence.current_version.published_by) == (1, owner)
    assert flows.flow_of(sequence.current_version.pk) == two_mails()


def test_activating_an_active_one_changes_nothing(owner):
    sequence = an_active_sequence(owner)
    again = sequences.activate(owner, sequence.pk, NOW)
    assert again.current_version == sequence.current_version
    assert SequenceVersion.objects.count() == 1


def test_a_flow_with_errors_is_not_published(owner):
    sequence = sequences.create(owner, "Empty mail", NOW, document=write_document(a_line(an_email(text=""))))
    with pytest.raises(DomainError) as refused:
        sequences.activate(owner, sequence.pk, NOW)
    assert refused.value.code == "flow_has_errors"
    assert refused.value.fields
    assert Sequence.objects.get(id=sequence.pk).status == "draft"
    assert not SequenceVersion.objects.exists()


def test_running_enrollments_keep_the_version_they_started_on(owner):
    sequence = an_active_sequence(owner)
    enrollments.enroll(owner, sequence.pk, [a_lead(owner, "kim@example.com").pk], NOW)
    document = write_document(a_line(an_email("changed")))
    sequences.save_draft(owner, sequence.pk, document, NOW, revision=1)

    second = sequences.publish(owner, sequence.pk, NOW)
    enrollments.enroll(owner, sequence.pk, [a_lead(owner, "lee@example.com").pk], NOW)

    assert second.number == 2
    by_contact = dict(Enrollment.objects.values_list("contact__email", "version__number"))
    assert by_contact == {"kim@example.com": 1, "lee@example.com": 2}
    assert flows.flow_of(SequenceVersion.objects.get(number=1).pk) == two_mails()


def test_publishing_what_was_not_looked_at_is_refused(owner):
    sequence = a_draft(owner)
    sequences.save_draft(owner, sequence.pk, sequence.draft.document, NOW, revision=1)
    with pytest.raises(DomainError) as refused:
        sequences.publish(owner, sequence.pk, NOW, revision=1)
    assert refused.value.code == "draft_conflict"


@pytest.mark.parametrize(
    ("first", "verb", "status"),
    [
        pytest.param([], sequences.activate, "active", id="a draft is activated"),
        pytest.param([sequences.activate], sequences.pause, "paused", id="an active one is paused"),
        pytest.param([sequences.activate, sequences.pause], sequences.pause, "paused", id="twice is once"),
        pytest.param([sequences.activate, sequences.pause], sequences.resume, "active", id="and goes on"),
        pytest.param(
            [sequences.activate, sequences.pause], sequences.activate, "active", id="under both names"
        ),
        pytest.param([sequences.activate], sequences.resume, "active", id="what runs is left running"),
        pytest.param([], sequences.archive, "archived", id="a draft is archived"),
        pytest.param([sequences.activate], sequences.archive, "archived", id="an active one is archived"),
        pytest.param([], sequences.pause, "sequence_not_active", id="a draft cannot be paused"),
        pytest.param([], sequences.resume, "sequence_not_active", id="nor resumed"),
        pytest.param([sequences.archive], sequences.activate, "sequence_archived", id="archived is for good"),
        pytest.param([sequences.archive], sequences.resume, "sequence_archived", id="it is not resumed"),
        pytest.param([sequences.archive], sequences.publish, "sequence_archived", id="nor published"),
        pytest.param([sequences.archive], sequences.archive, "sequence_archived", id="nor archived again"),
        pytest.param([sequences.activate], sequences.delete, "sequence_in_use", id="what ran is not deleted"),
    ],
)
def test_status(owner, first, verb, status):
    sequence = a_draft(owner)
    for step in first:
        step(owner, sequence.pk, NOW)
    try:
        verb(owner, sequence.pk, NOW)
    except DomainError as refused:
        assert refused.code == status
    else:
        assert Sequence.objects.get(id=sequence.pk).status == status


def test_archiving_finishes_its_enrollments(owner):
    sequence = an_active_sequence(owner)
    enrollments.enroll(owner, sequence.pk, [a_lead(owner).pk], NOW)
    sequences.archive(owner, sequence.pk, NOW)

    while engine_jobs.run_once(NOW):
        pass

    row = Enrollment.objects.get()
    assert (row.state, row.reason) == ("finished", "sequence_archived")
    assert Job.objects.get(kind="finish_archived").state == "done"


def test_a_draft_that_never_ran_is_deleted(owner):
    sequence = a_draft(owner)
    sequences.delete(owner, sequence.pk, NOW)
    assert not Sequence.objects.exists()


def test_a_clone_has_the_flow_and_the_settings_and_is_a_draft(owner):
    source = an_active_sequence(owner, exit_on_reply="pause", jitter_seconds=60, review=True)
    copy = sequences.clone(owner, source.pk, NOW)
    assert (copy.name, copy.status, copy.current_version) == ("Hello (copy)", "draft", None)
    assert (copy.exit_on_reply, copy.jitter_seconds, copy.review) == ("pause", 60, True)
    assert sequences.draft_flow(copy) == two_mails()


def test_a_sequence_is_found_by_id_or_by_a_name_that_only_it_has(owner):
    sequence = a_draft(owner, name="Fair")
    assert sequences.find(owner, "Fair") == sequences.find(owner, str(sequence.pk)) == sequence
    a_draft(owner, name="Fair")
    with pytest.raises(DomainError) as refused:
        sequences.find(owner, "Fair")
    assert refused.value.code == "sequence_ambiguous"
