"""An answer that cannot be drafted for what is stored of it is set aside alone, with a reason, and not for ever."""

from datetime import timedelta

import pytest

from drumbeat.models import AnswerDraft, Contact, Message, Writing
from drumbeat.store import answer_drafts
from drumbeat.store.suppressions import SuppressionUnavailable
from tests.support.answered import ANSWER, Talk, answering, others
from tests.support.model import a_model
from tests.support.outreach import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def model():
    with a_model(answering()) as listening:
        yield listening


@pytest.fixture
def pair(model):
    """A talk whose answer will be broken, and the draft of one that is not, which stands behind it."""
    talk = Talk(model)
    talk.hears()
    (sound,) = others(talk, 1)
    return talk, AnswerDraft.objects.exclude(pk=sound.pk).get(), sound


def a_channel_that_there_is_not(broken, _):
    Message.objects.filter(pk=broken.message_id).update(channel="pigeon")


def consent_that_is_none(broken, _):
    Contact.objects.filter(pk=broken.contact_id).update(consent="yes")


def an_exception_while_it_is_read(broken, monkeypatch):
    read = answer_drafts.may_be_answered

    def reading(draft):
        if draft.pk == broken.pk:
            raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")
        return read(draft)

    monkeypatch.setattr(answer_drafts, "may_be_answered", reading)


def suppressions_that_do_not_answer(broken, monkeypatch):
    read = answer_drafts.may_be_answered

    def reading(draft):
        if draft.pk == broken.pk:
            raise SuppressionUnavailable("locked")
        return read(draft)

    monkeypatch.setattr(answer_drafts, "may_be_answered", reading)


BREAKS = [
    a_channel_that_there_is_not,
    consent_that_is_none,
    an_exception_while_it_is_read,
    suppressions_that_do_not_answer,
]


@pytest.mark.parametrize("breaks", BREAKS, ids=lambda one: one.__name__)
def test_an_answer_that_cannot_be_read_holds_up_no_other_and_is_given_up_at_last(
    pair, model, monkeypatch, breaks
):
    talk, broken, sound = pair
    breaks(broken, monkeypatch)
    talk.write()
    sound.refresh_from_db()
    broken.refresh_from_db()
    assert (sound.state, sound.text) == ("waiting", ANSWER)
    assert (broken.state, broken.tries, broken.lease_token) == ("wanted", 1, "")
    assert broken.fault and broken.not_before > NOW and broken.because == "own_fault"
    for minutes in range(10, 90, 10):
        talk.write(NOW + timedelta(minutes=minutes))
    broken.refresh_from_db()
    assert (broken.state, broken.outcome, broken.because) == ("done", "not_written", "own_fault")
    assert len(model.calls) == Writing.objects.count() == 1


def test_a_message_without_words_is_answered_as_any(model):
    talk = Talk(model)
    talk.hears()
    Message.objects.filter(direction="in").update(text="")
    talk.write()
    assert (talk.draft.state, len(model.calls)) == ("waiting", 1)


def test_one_that_is_mended_meanwhile_is_written(pair):
    talk, broken, _ = pair
    a_channel_that_there_is_not(broken, None)
    talk.write()
    Message.objects.filter(pk=broken.message_id).update(channel="email")
    talk.write(NOW + timedelta(minutes=1))
    broken.refresh_from_db()
    assert (broken.state, broken.fault) == ("waiting", "")


def test_a_thread_that_cannot_be_started_gives_its_place_back(pair, model, monkeypatch):
    talk, broken, _ = pair
    begin = talk.answering._aside.begin

    def beginning(row_id, *args):
        if row_id == broken.pk:
            raise RuntimeError("can't start new thread")
        begin(row_id, *args)

    monkeypatch.setattr(type(talk.answering._aside), "begin", lambda self, *args: beginning(*args))
    talk.write()
    broken.refresh_from_db()
    assert (broken.state, broken.tries, broken.lease_token) == ("wanted", 1, "")
    assert len(model.calls) == Writing.objects.count() == 1
