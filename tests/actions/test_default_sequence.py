"""The default sequence: one at most, active when it is chosen, and joined by who is created, never by who was known."""

from types import SimpleNamespace

import pytest

from drumbeat.actions import imports, sequences, suppressions
from drumbeat.actions.contacts import creating
from drumbeat.actions.imports.columns import Choices
from drumbeat.actions.sequences import default, locks
from drumbeat.core.errors import DomainError
from drumbeat.engine import jobs as engine_jobs
from drumbeat.models import AuditEntry, Contact, ContactImport, Enrollment, Member, Sequence
from tests.support.office import (
    NOW,
    a_draft,
    a_lead,
    a_mailbox,
    an_active_sequence,
    an_owner,
    another_owner,
    csv_text,
)

pytestmark = pytest.mark.django_db


class Still:
    def now(self):
        return NOW


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


@pytest.fixture
def chosen(owner):
    return default.choose(owner, an_active_sequence(owner).pk, NOW)


@pytest.fixture
def upload(owner, tmp_path, settings):
    settings.ENVIRONMENT = SimpleNamespace(data=tmp_path / "data")

    def run(*addresses):
        path = tmp_path / "people.csv"
        path.write_text(csv_text(["email"], *([each] for each in addresses)))
        return imports.upload(owner, path, path.name, NOW)

    return run


def marked():
    return list(Sequence.objects.filter(is_default=True).values_list("id", flat=True))


def enrolled():
    return {row.contact.email: row.sequence_id for row in Enrollment.objects.select_related("contact")}


def test_choosing_another_clears_the_former_and_both_are_audited(owner, chosen):
    other = an_active_sequence(owner, name="Other")

    assert default.choose(owner, other.pk, NOW).is_default

    assert marked() == [other.pk]
    entries = AuditEntry.objects.filter(act="sequences.default").order_by("id")
    assert [(entry.object_id, entry.after) for entry in entries] == [
        (chosen.pk, {"is_default": True}),
        (chosen.pk, {"is_default": False}),
        (other.pk, {"is_default": True}),
    ]


def test_choosing_it_again_and_giving_up_another_change_nothing(owner, chosen):
    default.choose(owner, chosen.pk, NOW)
    assert default.give_up(owner, NOW, sequence_id=an_active_sequence(owner, name="Other").pk) is None

    assert marked() == [chosen.pk]
    assert AuditEntry.objects.filter(act="sequences.default").count() == 1


def test_giving_it_up_leaves_none(owner, chosen):
    assert default.give_up(owner, NOW) == chosen
    assert marked() == []
    with pytest.raises(DomainError) as none:
        default.require(owner)
    assert none.value.code == "no_default_sequence"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(a_draft, "sequence_not_active", id="a draft"),
        pytest.param(
            lambda owner: sequences.pause(owner, an_active_sequence(owner).pk, NOW),
            "sequence_not_active",
            id="a paused one",
        ),
        pytest.param(
            lambda owner: sequences.archive(owner, an_active_sequence(owner).pk, NOW),
            "sequence_archived",
            id="an archived one",
        ),
        pytest.param(lambda owner: a_draft(another_owner()), "not_found", id="one of another workspace"),
    ],
)
def test_what_cannot_be_chosen(owner, make, code):
    with pytest.raises(DomainError) as refused:
        default.choose(owner, make(owner).pk, NOW)
    assert refused.value.code == code
    assert marked() == []


def test_pausing_keeps_the_place_and_archiving_ends_it(owner, chosen):
    sequences.pause(owner, chosen.pk, NOW)
    assert marked() == [chosen.pk]
    sequences.archive(owner, chosen.pk, NOW)
    assert marked() == []


def test_a_password_guards_becoming_the_default_and_ceasing_to_be_it(owner, chosen):
    locks.set_password(owner, chosen.pk, "correct horse", NOW)
    owner = Member.objects.select_related("workspace").get(pk=owner.pk)
    other = an_active_sequence(owner, name="Other")

    for change in (
        lambda: default.give_up(owner, NOW),
        lambda: default.choose(owner, other.pk, NOW),
    ):
        with pytest.raises(DomainError) as refused:
            change()
        assert refused.value.code == "sequence_locked"
    assert marked() == [chosen.pk]


def test_who_is_created_begins_in_it(owner, chosen):
    creating.create(owner, {"email": "new@example.com"}, NOW)

    assert enrolled() == {"new@example.com": chosen.pk}
    assert Enrollment.objects.get().source == creating.SOURCE


def test_in_a_paused_one_the_new_ones_wait(owner, chosen):
    sequences.pause(owner, chosen.pk, NOW)
    creating.create(owner, {"email": "new@example.com"}, NOW)
    assert enrolled() == {"new@example.com": chosen.pk}


def test_with_review_the_new_ones_wait_for_a_yes(owner, chosen):
    Sequence.objects.filter(pk=chosen.pk).update(review=True)
    creating.create(owner, {"email": "new@example.com"}, NOW)
    assert Enrollment.objects.get().state == "pending_review"


def test_another_sequence_or_none_can_be_named(owner, chosen):
    other = an_active_sequence(owner, name="Other")
    creating.create(owner, {"email": "a@example.com"}, NOW, sequence_id=None)
    creating.create(owner, {"email": "b@example.com"}, NOW, sequence_id=other.pk)
    assert enrolled() == {"b@example.com": other.pk}


def test_who_must_not_be_written_to_is_created_and_not_enrolled(owner, chosen):
    suppressions.add(owner, "gone@example.com", NOW, reason="manual")
    creating.create(owner, {"email": "gone@example.com"}, NOW)
    assert Contact.objects.count() == 1
    assert enrolled() == {}


def test_a_sequence_that_takes_nobody_refuses_the_contact_that_names_it(owner):
    with pytest.raises(DomainError) as refused:
        creating.create(owner, {"email": "a@example.com"}, NOW, sequence_id=a_draft(owner).pk)
    assert refused.value.code == "sequence_not_active"
    assert not Contact.objects.exists()


def test_without_a_default_nobody_is_enrolled(owner):
    creating.create(owner, {"email": "a@example.com"}, NOW)
    assert enrolled() == {}


def test_an_import_enrolls_who_is_new_and_its_preview_says_how_many(owner, chosen, upload):
    a_lead(owner, "known@example.com")
    suppressions.add(owner, "gone@example.com", NOW, reason="manual")
    file = upload("known@example.com", "new@example.com", "gone@example.com", "second@example.com")
    choices = Choices(targets=["email"])

    seen = imports.foresee(owner, file.pk, choices)
    assert (seen.created, seen.sequence, seen.enrolled) == (3, chosen, 2)
    assert enrolled() == {}

    result = engine_jobs.run_to_end(imports.begin(owner, file.pk, choices, NOW), Still()).result
    assert result == {"created": 3, "updated": 1, "skipped": 0, "refused": 0, "enrolled": 2}
    assert enrolled() == {"new@example.com": chosen.pk, "second@example.com": chosen.pk}


def test_an_import_may_want_none(owner, chosen, upload):
    file = upload("new@example.com")
    choices = Choices(targets=["email"], sequence_id=None)

    assert imports.foresee(owner, file.pk, choices).sequence is None
    result = engine_jobs.run_to_end(imports.begin(owner, file.pk, choices, NOW), Still()).result
    assert "enrolled" not in result
    assert enrolled() == {}


def test_an_import_keeps_to_the_sequence_that_it_began_with(owner, chosen, upload):
    file = upload("new@example.com")
    imports.begin(owner, file.pk, Choices(targets=["email"]), NOW)
    default.choose(owner, an_active_sequence(owner, name="Other").pk, NOW)

    engine_jobs.run_to_end(ContactImport.objects.get().job_id or 0, Still())

    assert enrolled() == {"new@example.com": chosen.pk}
