"""The wrong documents on their way to being published: refused with the place of every error, or let through."""

import pytest

from drumbeat.actions import sequences
from drumbeat.actions.sequences import checking, settings
from drumbeat.core.document import write_document
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import TagStep
from drumbeat.models import ContactField, SequenceVersion, Workspace
from tests.support.bad_flows import BAD_FLOWS, UNREADABLE
from tests.support.flows import a_line
from tests.support.office import NOW, a_mailbox, an_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    Workspace.objects.update(postal_address="1 Example Street")
    ContactField.objects.create(workspace=member.workspace, key="score", label="Score", type="number")
    return member


def refusal(owner, bad):
    """Save it as a draft, and publish that; return what is said against it."""
    try:
        made = sequences.create(owner, bad.name, NOW, document=bad.document)
        sequences.publish(owner, made.pk, NOW)
    except DomainError as refused:
        return refused.code, refused.fields.get(bad.path, "")
    return "", ""


def test_what_cannot_be_read_is_never_saved(owner):
    told = {bad.name: (bad, *refusal(owner, bad)) for bad in BAD_FLOWS if bad.code == UNREADABLE}
    assert {
        name for name, (bad, code, said) in told.items() if code != UNREADABLE or bad.says not in said
    } == set()


def test_errors_block_publishing_and_name_their_place(owner):
    blocking = [bad for bad in BAD_FLOWS if bad.blocks and bad.code != UNREADABLE]
    told = {bad.name: (bad, *refusal(owner, bad)) for bad in blocking}
    wrong = {n for n, (bad, code, said) in told.items() if code != "flow_has_errors" or bad.says not in said}
    assert wrong == set()
    assert not SequenceVersion.objects.exists()


def test_warnings_do_not(owner):
    told = {bad.name: refusal(owner, bad) for bad in BAD_FLOWS if not bad.blocks}
    assert {name for name, (code, _) in told.items() if code} == set()
    assert SequenceVersion.objects.count() == len(told)


@pytest.mark.parametrize(
    ("starts", "warns"),
    [
        pytest.param({"event": "tag_added", "name": "Hot"}, True, id="that tag starts it"),
        pytest.param({"event": "tag_added"}, True, id="any tag starts it"),
        pytest.param({"event": "tag_added", "name": "cold"}, False, id="another tag starts it"),
        pytest.param({"event": "replied"}, False, id="something else starts it"),
        pytest.param(None, False, id="nothing starts it"),
    ],
)
def test_a_sequence_that_sets_the_tag_by_which_it_starts_is_warned_of(owner, starts, warns):
    flow = a_line(
        TagStep(key="set", action="add", tag="hot"), TagStep(key="lift", action="remove", tag="hot")
    )
    made = sequences.create(owner, "Circle", NOW, document=write_document(flow))
    settings.change(owner, made.pk, {"triggers": {"any": [starts]} if starts else None}, NOW)

    codes = {problem.code for problem in checking.problems_of(owner, flow, made.pk)}

    assert ("tag_retriggers" in codes) == warns
