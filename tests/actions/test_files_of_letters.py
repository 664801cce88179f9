"""Who sees the files of letters: whoever uploaded them, and by the message whoever sees the contact.

What a step takes along is the workspace's. A rep who sees only their own contacts finds nothing else.
"""

import importlib

import pytest
from django.apps import apps
from django.db import connection

from drumbeat.actions import attachments, sequences
from drumbeat.actions.conversations import originals, writing
from drumbeat.actions.conversations.writing import Written
from drumbeat.actions.sequences import files, own_templates, previews, versions
from drumbeat.actions.sequences import tests as trials
from drumbeat.core.document import write_document
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import EmailContent
from drumbeat.core.step_fields import FileRef
from drumbeat.models import Attachment, Contact, Member, Message, Role, Sequence, Touch, User
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_draft, a_lead, a_mailbox, an_owner
from tests.support.pictures import a_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


def a_colleague(owner, name, role=Role.REP, *, limited=True):
    user = User.objects.create(email=f"{name}@ours.test", password="!")
    return Member.objects.create(
        workspace=owner.workspace, user=user, name=name, role=role, own_contacts_only=limited, created_at=NOW
    )


@pytest.fixture
def kim(owner):
    return a_colleague(owner, "kim")


@pytest.fixture
def ali(owner):
    return a_colleague(owner, "ali", Role.MANAGER)


def of_contact_of(member, owner):
    contact = a_lead(owner, f"of-{member.name.lower()}@example.com")
    Contact.objects.filter(id=contact.pk).update(owner=member)
    return contact


def write(member, contact, *files):
    letter = Written(
        client_id=f"client-{Touch.objects.count():04}", subject="Offer", text="As promised", files=files
    )
    return writing.send(member, contact.pk, letter, NOW)


def went(touch):
    """Return the message that a letter becomes when it leaves."""
    return Message.objects.create(
        workspace_id=touch.workspace_id,
        contact_id=touch.contact_id,
        touch=touch,
        channel="email",
        direction="out",
        kind="sent",
        occurred_at=NOW,
    )


def taking(*files):
    refs = tuple(FileRef(id=file.pk, name=file.name) for file in files)
    return a_line(an_email("a", content=EmailContent(subject="Hi", text="Hi", attachments=refs)))


def ids(member):
    return set(attachments.listed(member).values_list("id", flat=True))


class TestOthersFiles:
    """What others sent to contacts that one does not see."""

    @pytest.fixture
    def secret(self, owner, kim):
        file = attachments.add(kim, "Their salary.pdf", a_pdf(), NOW)
        self.message = went(write(kim, of_contact_of(kim, owner), file.pk))
        return file

    def test_they_are_not_listed_found_or_read(self, secret, kim, ali):
        assert ids(ali) == set()
        for act in (attachments.find, attachments.read):
            with pytest.raises(DomainError, match="There is no file"):
                act(ali, secret.pk)
        with pytest.raises(DomainError, match="There is no file"):
            attachments.remove(ali, secret.pk, NOW)
        with pytest.raises(DomainError, match="There is no message"):
            originals.file_in(ali, self.message.pk, 0)

    def test_they_go_along_with_no_letter_of_ones_own(self, secret, owner, ali):
        with pytest.raises(DomainError, match="There is no file"):
            write(ali, of_contact_of(ali, owner), secret.pk)
        assert not Touch.objects.filter(contact__owner=ali).exists()

    def test_no_step_brings_them_out(self, secret, ali, owner):
        sequence = a_draft(ali, taking(secret))
        assert "file_unknown" in {p.code for p in sequences.read_draft(ali, sequence.pk).problems}
        with pytest.raises(DomainError) as refused:
            sequences.publish(ali, sequence.pk, NOW)
        assert refused.value.code == "flow_has_errors"
        shown = previews.preview(ali, sequence.pk, previews.Asked(step="a"), NOW)
        assert (shown.files, [fault.code for fault in shown.faults]) == ([], ["file_unknown"])
        with pytest.raises(DomainError, match="There is no file"):
            trials.send(ali, sequence.pk, previews.Asked(step="a"), "me@ours.test", NOW)
        assert ids(ali) == set()

    def test_nor_that_an_admin_saves_what_was_written_there(self, secret, ali, owner):
        sequence = a_draft(ali, taking(secret))
        document = sequence.draft.document
        sequences.save_draft(owner, sequence.pk, document, NOW, revision=sequence.draft.revision)
        sequences.clone(owner, sequence.pk, NOW)
        with pytest.raises(DomainError) as refused:
            sequences.publish(owner, sequence.pk, NOW)
        assert refused.value.code == "flow_has_errors"
        assert ids(ali) == set()

    def test_nor_that_an_admin_begins_with_a_template_of_it(self, secret, ali, owner):
        kept = own_templates.save(ali, a_draft(ali, taking(secret)).pk, NOW, name="Kept")
        begun = own_templates.begin(owner, kept.pk, "Begun", NOW)
        self.none_goes_along(begun, owner, ali)

    def test_nor_that_an_admin_takes_the_step_out_and_undoes_it(self, secret, ali, owner):
        sequence = a_draft(ali, taking(secret))
        document = sequence.draft.document
        without = write_document(a_line(an_email("a")))
        revision, _ = sequences.save_draft(owner, sequence.pk, without, NOW, revision=1)
        _, problems = sequences.save_draft(owner, sequence.pk, document, NOW, revision=revision)
        assert "file_unknown" in {problem.code for problem in problems}
        self.none_goes_along(sequence, owner, ali)

    def test_nor_that_an_admin_brings_in_a_file_or_document_of_it(self, secret, ali, owner):
        text = files.export(ali, a_draft(ali, taking(secret)).pk).text.replace("Hello", "Brought in")
        told = files.apply(owner, text, NOW)
        assert "file_unknown" in {problem.code for problem in told.problems}
        self.none_goes_along(Sequence.objects.get(name="Brought in"), owner, ali)
        self.none_goes_along(a_draft(owner, taking(secret)), owner, ali)

    def test_nor_that_their_owner_begins_with_a_template_of_it(self, secret, ali, kim):
        kept = own_templates.save(ali, a_draft(ali, taking(secret)).pk, NOW, name="Kept")
        kim.role = Role.MANAGER
        kim.save()
        self.none_goes_along(own_templates.begin(kim, kept.pk, "Begun", NOW), kim, ali)

    def test_only_their_owner_puts_them_in_a_step(self, secret, ali, kim):
        kim.role = Role.MANAGER
        kim.save()
        sequence = a_draft(kim, taking(secret))
        assert sequences.publish(kim, sequence.pk, NOW).number == 1
        assert ids(ali) == {secret.pk}

    def none_goes_along(self, sequence, member, other):
        with pytest.raises(DomainError) as refused:
            sequences.publish(member, sequence.pk, NOW)
        assert refused.value.code == "flow_has_errors"
        assert not Attachment.objects.filter(shared=True).exists()
        assert ids(other) == set()

    def test_the_same_bytes_tell_nothing_of_them(self, secret, ali):
        own = attachments.add(ali, "mine.pdf", a_pdf(), NOW)
        assert (own.pk != secret.pk, own.name) == (True, "mine.pdf")
        assert attachments.add(ali, "again.pdf", a_pdf(), NOW) == own
        assert ids(ali) == {own.pk}

    def test_who_sees_all_contacts_sees_them(self, secret, owner):
        assert ids(owner) == {secret.pk}
        assert originals.file_in(owner, self.message.pk, 0) == ("Their salary.pdf", a_pdf())

    def test_who_sees_no_contacts_does_not(self, secret, owner):
        owner.narrowed_to = frozenset({"sequences.view"})
        assert ids(owner) == set()

    def test_they_follow_their_contact(self, secret, ali, kim):
        Contact.objects.update(owner=ali)
        assert originals.file_in(ali, self.message.pk, 0) == ("Their salary.pdf", a_pdf())
        assert [ref["id"] for ref in write(ali, self.message.contact, secret.pk).content["attachments"]] == [
            secret.pk
        ]
        with pytest.raises(DomainError, match="There is no message"):
            originals.file_in(kim, self.message.pk, 0)


def test_what_a_step_takes_along_is_everybodys(owner, kim, ali):
    file = attachments.add(ali, "Offer.pdf", a_pdf(), NOW)
    assert ids(kim) == set()
    sequence = a_draft(ali)
    revision, _ = sequences.save_draft(ali, sequence.pk, write_document(taking(file)), NOW, revision=1)
    assert ids(kim) == {file.pk}
    assert attachments.read(kim, file.pk) == a_pdf()
    assert "file_unknown" not in {p.code for p in sequences.read_draft(kim, sequence.pk).problems}
    sequences.publish(ali, sequence.pk, NOW)
    write(kim, of_contact_of(kim, owner), file.pk)
    sequences.save_draft(ali, sequence.pk, write_document(a_line(an_email("a"))), NOW, revision=revision)
    assert versions.restore(owner, sequence.pk, 1, NOW, revision=revision + 1)
    assert ids(kim) == {file.pk}


def test_a_save_that_is_refused_shares_nothing(owner, kim):
    file = attachments.add(owner, "Offer.pdf", a_pdf(), NOW)
    sequence = a_draft(owner)
    with pytest.raises(DomainError) as refused:
        sequences.save_draft(owner, sequence.pk, write_document(taking(file)), NOW, revision=7)
    assert (refused.value.code, ids(kim)) == ("draft_conflict", set())


def test_a_number_that_is_taken_later_names_nothing(owner, kim, ali):
    later = Attachment(id=4_711, name="a.pdf")
    sequence = a_draft(ali, taking(later))
    file = attachments.add(kim, "private.pdf", a_pdf(), NOW)
    Attachment.objects.filter(id=file.pk).update(id=later.pk)
    with pytest.raises(DomainError) as refused:
        sequences.publish(owner, sequence.pk, NOW)
    assert refused.value.code == "flow_has_errors"


def test_the_migration_shares_what_steps_take_along_alone(owner, kim):
    files = {
        name: attachments.add(owner, name, a_pdf(n), NOW) for n, name in enumerate(("letter.pdf", "step.pdf"))
    }
    a_draft(owner, taking(files["step.pdf"]))
    Attachment.objects.update(shared=False)
    migration = importlib.import_module("drumbeat.migrations.0020_files_of_letters")
    migration.share_those_of_steps(apps, connection.schema_editor)
    assert ids(kim) == {files["step.pdf"].pk}
