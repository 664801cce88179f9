"""A file that nothing takes along is removed a month after it was uploaded; one that anything names stays."""

from datetime import timedelta

import pytest

from drumbeat.actions import attachments
from drumbeat.actions.conversations import writing
from drumbeat.actions.conversations.writing import Written
from drumbeat.actions.sequences import own_templates
from drumbeat.core.document import write_document
from drumbeat.core.errors import DomainError
from drumbeat.models import Attachment, Content, SequenceDraft
from drumbeat.store import attachments as store
from tests.support.office import (
    NOW,
    a_lead,
    a_mailbox,
    an_active_sequence,
    an_owner,
    another_owner,
    two_mails,
)
from tests.support.pictures import a_pdf

pytestmark = pytest.mark.django_db
MONTH_LATER = NOW + store.KEPT_UNUSED + timedelta(seconds=1)


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


@pytest.fixture
def file(owner):
    return attachments.add(owner, "offer.pdf", a_pdf(), NOW)


def ref(file):
    return {"id": file.pk, "name": file.name}


def goes_with_a_letter(owner, file):
    letter = Written(client_id="a-client-id", subject="Hello", text="Hello", files=[file.pk])
    writing.send(owner, a_lead(owner).pk, letter, NOW)


def goes_with_a_letter_that_left(owner, file):
    goes_with_a_letter(owner, file)
    file_touch = owner.workspace.touch_set.get()
    file_touch.settled_at = NOW
    file_touch.save()


def stands_in_a_working_copy(owner, file):
    document = write_document(two_mails())
    document["steps"][0]["content"]["attachments"] = [ref(file)]
    sequence = an_active_sequence(owner)
    SequenceDraft.objects.update_or_create(
        sequence=sequence, defaults={"document": document, "updated_at": NOW}
    )


def stands_in_a_version(owner, file):
    an_active_sequence(owner)
    row = Content.objects.first()
    assert row is not None
    row.body = {**row.body, "content": {**row.body["content"], "attachments": [ref(file)]}}
    row.save()


def stands_in_a_template(owner, file):
    stands_in_a_working_copy(owner, file)
    sequence = SequenceDraft.objects.get().sequence
    own_templates.save(owner, sequence.pk, NOW, name="Kept")
    SequenceDraft.objects.all().delete()


@pytest.mark.parametrize(
    "used",
    [
        goes_with_a_letter,
        goes_with_a_letter_that_left,
        stands_in_a_working_copy,
        stands_in_a_version,
        stands_in_a_template,
    ],
)
def test_a_file_that_something_names_stays(owner, file, used):
    used(owner, file)
    assert store.forget_unused(MONTH_LATER) == 0
    assert Attachment.objects.get() == file


def test_one_that_nothing_names_goes_after_a_month(owner, file):
    assert store.forget_unused(MONTH_LATER - timedelta(seconds=1)) == 0
    assert store.forget_unused(MONTH_LATER) == 1
    assert not Attachment.objects.exists()


def test_uploaded_again_it_is_as_if_new(owner, file):
    attachments.add(owner, "again.pdf", a_pdf(), NOW + timedelta(days=29))
    assert store.forget_unused(MONTH_LATER) == 0


def test_the_letters_of_another_workspace_keep_nothing(owner, file):
    other = another_owner()
    Attachment.objects.filter(id=file.pk).update(workspace=other.workspace)
    assert store.forget_unused(MONTH_LATER) == 1


def test_whoever_sends_it_meanwhile_is_told_that_it_is_gone(owner, file):
    store.forget_unused(MONTH_LATER)
    with pytest.raises(DomainError, match="no file"):
        goes_with_a_letter(owner, file)
