"""How far a mail is trusted decides what it may do."""

import pytest

from drumbeat.core.answers.wishes import wants_no_contact
from drumbeat.core.bounce_reasons import BounceReason
from drumbeat.core.bounces import FailedRecipient
from drumbeat.core.incoming import Question, Word, is_dead, question_about, word_for
from drumbeat.core.replies import MailKind, Verdict

KIM = "kim.lee@example.com"


def failed(address=KIM, reason=BounceReason.USER_UNKNOWN):
    return FailedRecipient(address, reason)


@pytest.mark.parametrize(
    ("kind", "proven", "from_contact", "word"),
    [
        pytest.param(MailKind.REPLY, True, True, Word.REPLY, id="a reply with our mark"),
        pytest.param(
            MailKind.REPLY, False, True, Word.WEAK_REPLY, id="a reply by its From alone is confirmed"
        ),
        pytest.param(MailKind.REPLY, False, False, Word.OTHER, id="mail of a stranger is shown"),
        pytest.param(MailKind.OPT_OUT, True, True, Word.OPT_OUT, id="an opt-out with our mark"),
        pytest.param(
            MailKind.OPT_OUT, False, True, Word.WEAK_REPLY, id="an opt-out by its From is confirmed"
        ),
        pytest.param(MailKind.OPT_OUT, False, False, Word.OTHER, id="an opt-out of a stranger is shown"),
        pytest.param(MailKind.AUTO_REPLY, True, True, Word.AUTO_REPLY, id="an auto-reply"),
        pytest.param(MailKind.OUT_OF_OFFICE, False, True, Word.OUT_OF_OFFICE, id="an absence"),
        pytest.param(MailKind.COMPLAINT, True, True, Word.COMPLAINT, id="a complaint"),
        pytest.param(MailKind.OTHER, True, True, Word.OTHER, id="anything else"),
    ],
)
def test_what_a_mail_counts_as(kind, proven, from_contact, word):
    assert word_for(Verdict(kind), proven=proven, from_contact=from_contact, recipient=KIM) is word


def test_every_kind_of_mail_has_a_word():
    for kind in MailKind:
        for proven in (True, False):
            assert word_for(Verdict(kind), proven=proven, from_contact=proven) in Word


@pytest.mark.parametrize(
    ("told", "dead"),
    [
        pytest.param([failed()], True, id="nobody is there"),
        pytest.param([failed("KIMLEE+x@example.com")], True, id="the same address, spelled otherwise"),
        pytest.param([failed(reason=BounceReason.MAILBOX_FULL)], False, id="a full mailbox"),
        pytest.param([failed(reason=BounceReason.POLICY)], False, id="a refusal of our sender"),
        pytest.param([failed(reason=BounceReason.DELAYED)], False, id="a delay"),
        pytest.param([], False, id="nobody is named"),
        pytest.param([failed("far@else.test")], True, id="the end of a forwarding is dead"),
        pytest.param(
            [failed("far@else.test", BounceReason.TEMPORARY)], False, id="the end of a forwarding is full"
        ),
        pytest.param(
            [failed("far@else.test"), failed(reason=BounceReason.TEMPORARY)],
            False,
            id="what it says of our recipient counts",
        ),
        pytest.param([failed("far@else.test"), failed()], True, id="also beside others"),
        pytest.param([failed("broken@@x")], True, id="an unreadable address is some other address"),
        pytest.param(
            [failed(), failed(reason=BounceReason.DELAYED)], True, id="a delay that was reported before"
        ),
    ],
)
def test_only_a_dead_address_is_a_hard_bounce(told, dead):
    assert is_dead(KIM, told) is dead
    expected = Word.BOUNCE if dead else Word.SOFT_BOUNCE
    verdict = Verdict(MailKind.BOUNCE, recipients=tuple(told))
    assert word_for(verdict, proven=True, from_contact=False, recipient=KIM) is expected


@pytest.mark.parametrize(
    ("words", "everywhere"),
    [
        pytest.param("Please do not contact me again.", True, id="do not contact me"),
        pytest.param("Don’t ever call us", True, id="with a typographic apostrophe"),
        pytest.param("Leave me alone.", True, id="leave me alone"),
        pytest.param("Bitte kontaktieren Sie mich in Zukunft nicht mehr.", True, id="auf Deutsch"),
        pytest.param("unsubscribe", False, id="unsubscribe is about mail"),
        pytest.param("Bitte abmelden", False, id="abmelden ebenso"),
        pytest.param("Please contact me next week", False, id="the opposite"),
    ],
)
def test_do_not_contact_me_means_every_channel(words, everywhere):
    assert wants_no_contact(words) is everywhere


@pytest.mark.parametrize(
    ("word", "unsubscribes", "is_weak", "question"),
    [
        pytest.param(
            Word.WEAK_REPLY, False, False, Question.WHOSE_REPLY, id="only its address says whose it is"
        ),
        pytest.param(Word.WEAK_REPLY, True, True, Question.WHOSE_REPLY, id="whose it is comes first"),
        pytest.param(Word.REPLY, True, True, Question.OPT_OUT, id="its words may be an opt-out"),
        pytest.param(Word.REPLY, True, False, None, id="an opt-out that is certain"),
        pytest.param(Word.REPLY, False, True, None, id="something else that is not certain"),
        pytest.param(Word.OUT_OF_OFFICE, False, False, None, id="a machine"),
    ],
)
def test_what_a_person_is_asked(word, unsubscribes, is_weak, question):
    assert question_about(word, unsubscribes=unsubscribes, is_weak=is_weak) is question
