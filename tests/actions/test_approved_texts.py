"""A yes to a draft: for the text that a person read, and for nothing that took its place meanwhile."""

from functools import partial

import pytest

from drumbeat.actions.approvals import deciding, editing
from drumbeat.core.drafts import text_hash
from drumbeat.core.errors import DomainError, NotedError
from drumbeat.environment import read_environment
from drumbeat.models import Contact
from tests.support.drafting import TEXT, Desk, settings_of, written
from tests.support.model import a_model
from tests.support.office import NOW

pytestmark = pytest.mark.django_db(transaction=True)

OTHER_TEXT = TEXT.replace("Shall we look", "Could we look")


@pytest.fixture
def model(monkeypatch):
    with a_model(written()) as listening:
        env = read_environment(settings_of(listening))
        monkeypatch.setattr("drumbeat.actions.sequences.checking.environment", lambda: env)
        yield listening


@pytest.fixture
def desk(model):
    desk = Desk(settings_of(model))
    desk.round(NOW)
    return desk


def approve(desk, now=NOW, **more):
    (answer,) = deciding.approve(desk.owner, [desk.draft.pk], now, **more)
    return answer


def test_a_yes_holds_for_the_text_that_was_read_and_for_no_other(desk, model):
    read = {desk.draft.pk: text_hash(desk.draft.subject, desk.draft.text)}
    editing.edit(desk.owner, desk.draft.pk, OTHER_TEXT + " [gap here]", NOW)
    for anyway in (False, True):
        answer = approve(desk, anyway=anyway, read=read)
        assert (answer.code, answer.status, answer.undo_until) == ("changed", "in_approval", None)
    editing.restore(desk.owner, desk.draft.pk, NOW)
    assert approve(desk, read=read).code == "done"


def test_a_yes_to_what_was_written_anew_meanwhile_counts_for_nothing(desk, model):
    read = {desk.draft.pk: text_hash(desk.draft.subject, desk.draft.text)}
    model.says(written(OTHER_TEXT))
    editing.regenerate(desk.owner, desk.draft.pk, "", NOW)
    desk.round(NOW)
    assert approve(desk, read=read).code == "changed"
    assert desk.touch.status == "in_approval"


def test_words_of_a_person_do_not_replace_what_they_never_saw(desk):
    read = text_hash(desk.draft.subject, desk.draft.text)
    editing.edit(desk.owner, desk.draft.pk, OTHER_TEXT, NOW, None, read)
    changed_by_others = partial(deciding.approve_as, desk.owner, desk.draft.pk, TEXT + " Mine.", NOW)
    for change in (
        partial(changed_by_others, read=read),
        partial(editing.edit, desk.owner, desk.draft.pk, TEXT + " Mine.", NOW, None, read),
    ):
        with pytest.raises(DomainError) as refused:
            change()
        assert refused.value.code == "draft_changed"
        assert (desk.draft.text, desk.touch.status) == (OTHER_TEXT, "in_approval")
    assert changed_by_others(read=text_hash(desk.draft.subject, OTHER_TEXT)).code == "done"


def test_what_is_outdated_is_written_anew_as_the_refusal_says(desk, model):
    model.says(written(OTHER_TEXT))
    Contact.objects.update(company="Bolt")
    with pytest.raises(NotedError) as refused:
        deciding.approve_as(desk.owner, desk.draft.pk, TEXT, NOW)
    assert refused.value.code == "draft_outdated"
    assert desk.touch.status == "drafting"
    desk.round(NOW)
    assert (desk.draft.text, desk.touch.status) == (OTHER_TEXT, "in_approval")
