"""What a person, or his mail program in his place, says in an answer: seven languages, one table each."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.answers.dates import returns_on
from drumbeat.core.answers.languages import LANGUAGES
from drumbeat.core.answers.wishes import Sentiment, Wish, own_words, read_wish, wants_no_contact
from drumbeat.core.mail import Mail
from drumbeat.core.replies import MailKind, classify
from tests.core.answers.away import AWAY
from tests.core.answers.people import HUMAN, MEANT
from tests.core.answers.stops import NO_STOP, STOP, WEAK_STOP

SENT = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
WEDNESDAY = SENT.date()


def a_reply(text, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Mail(message_id="r@x.test", from_address="bob@x.test", subject="Re: A question", date=SENT, text=text,
                headers={"to": "ann@sender.test", **named})  # fmt: skip


def test_there_are_seven_languages_and_enough_samples():
    assert {one.name for one in LANGUAGES} >= {
        "English", "German", "French", "Spanish", "Portuguese", "Dutch", "Italian",
    }  # fmt: skip
    assert len(AWAY) + len(STOP) >= 100


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.name)
def test_a_language_is_whole(language):
    assert (len(language.months), len(language.weekdays)) == (12, 7)
    assert all((language.back, language.until, language.away, language.stop, language.stop_whole))
    assert all(getattr(language, sentiment) for sentiment in MEANT)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.name)
def test_patterns_survive_folding(language):
    """Folding makes capitals small, and with them the classes that only capitals name."""
    patterns = [text for name in language.__slots__ for text in _texts(getattr(language, name))]
    assert not [text for text in patterns if re.search(r"\\[A-Z]", text)]


def _texts(value):
    return [value] if isinstance(value, str) else [one for one in value or () if isinstance(one, str)] if (
        isinstance(value, tuple)) else []  # fmt: skip


@pytest.mark.parametrize(("text", "back"), AWAY)
def test_a_note_of_absence_says_when_its_owner_is_back(text, back):
    verdict = classify(a_reply(text, auto_submitted="auto-replied"))
    assert verdict.kind is MailKind.OUT_OF_OFFICE
    assert verdict.sentiment is Sentiment.OUT_OF_OFFICE
    assert verdict.returns_on == (date.fromisoformat(back) if back else None)


@pytest.mark.parametrize("text", [text for text, _ in AWAY])
def test_a_note_of_absence_is_known_by_its_words_where_it_has_no_header(text):
    assert classify(Mail(text=text)).kind is MailKind.OUT_OF_OFFICE


@pytest.mark.parametrize("text", HUMAN)
def test_a_person_who_mentions_holidays_or_stopping_is_a_person(text):
    for mail in (a_reply(text), Mail(text=text)):
        verdict = classify(mail)
        assert verdict.kind is MailKind.REPLY
        assert verdict.sentiment is not Sentiment.UNSUBSCRIBE


@pytest.mark.parametrize("text", STOP)
def test_an_opt_out_is_one(text):
    verdict = classify(a_reply(text))
    assert (verdict.kind, verdict.sentiment) == (MailKind.OPT_OUT, Sentiment.UNSUBSCRIBE)


@pytest.mark.parametrize("text", NO_STOP)
def test_the_words_of_an_opt_out_alone_are_none(text):
    verdict = classify(a_reply(text))
    assert verdict.kind is MailKind.REPLY
    assert verdict.sentiment is not Sentiment.UNSUBSCRIBE


@pytest.mark.parametrize("text", WEAK_STOP)
def test_what_may_be_an_opt_out_is_for_a_person_to_decide(text):
    verdict = classify(a_reply(text))
    assert (verdict.kind, verdict.sentiment, verdict.is_weak) == (MailKind.REPLY, Sentiment.UNSUBSCRIBE, True)


@pytest.mark.parametrize(
    ("sentiment", "text"), [(name, text) for name, texts in MEANT.items() for text in texts]
)
def test_an_answer_means(sentiment, text):
    verdict = classify(a_reply(text))
    assert (verdict.kind, verdict.sentiment) == (MailKind.REPLY, Sentiment(sentiment))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Fine.\n\nOn Mon, 2 Mar 2026 at 10:00, Ann <ann@sender.test> wrote:\n> unsubscribe", id="quoted"
        ),
        pytest.param("Fine.\n\n> Bitte abmelden", id="quoted without a header"),
        pytest.param("Fine.\n-- \nUnsubscribe me", id="in a signature"),
        pytest.param("Fine.\n\nIf you no longer wish to hear from us, unsubscribe here", id="in a footer"),
        pytest.param("Fine.\n\nTo unsubscribe, please click here", id="in a footer with a link"),
        pytest.param("Gut.\n\nUm sich abzumelden, klicken Sie hier: bitte abmelden", id="in a German footer"),
        pytest.param("See below.\n\n---------- Forwarded message ---------\nunsubscribe me", id="passed on"),
        pytest.param("Yes.\n\nBest regards\nStop Unsubscribe Ltd", id="in the name below"),
    ],
)
def test_words_that_are_not_the_writers_own_do_not_count(text):
    verdict = classify(a_reply(text))
    assert verdict.kind is MailKind.REPLY
    assert verdict.sentiment is not Sentiment.UNSUBSCRIBE


def test_a_long_letter_with_an_opt_out_in_it_is_for_a_person_to_decide():
    text = "Please remove me from your list. " + "I have thought about it for a good while now. " * 12
    assert read_wish(text) == Wish(Sentiment.UNSUBSCRIBE, is_weak=True)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        pytest.param("Hi Ann,\nyes.\n\nThanks\nBob", "yes.", id="greeting and closing go"),
        pytest.param("Hi Ann\nyes.", "yes.", id="a greeting without comma"),
        pytest.param("Hi, yes.", "yes.", id="a greeting on the line"),
        pytest.param("Hi Ann how do I unsubscribe", "hi ann how do i unsubscribe", id="more than a greeting"),
        pytest.param(
            "yes\nThanks, please unsubscribe me", "yes thanks, please unsubscribe me", id="no closing"
        ),
        pytest.param("", "", id="nothing"),
    ],
)
def test_own_words(text, own):
    assert own_words(text) == own


def test_an_opt_out_may_mean_every_channel():
    assert wants_no_contact("Do not contact me again")
    assert wants_no_contact("Ne me contactez plus")
    assert not wants_no_contact("Please take me off your list")


@pytest.mark.parametrize(
    ("text", "sent_on", "day"),
    [
        pytest.param("back on 2026-03-16", None, "2026-03-16", id="a whole day needs no date of sending"),
        pytest.param("back on 16 March", None, None, id="a day without year does"),
        pytest.param("back on Monday", None, None, id="a weekday does"),
        pytest.param("back tomorrow", None, None, id="tomorrow does"),
        pytest.param("back the 17th", None, None, id="the 17th does"),
        pytest.param("back on 3/4", None, None, id="3/4 does"),
        pytest.param("back the 17th", WEDNESDAY, "2026-03-17", id="the next 17th"),
        pytest.param("back the 2nd", WEDNESDAY, "2026-04-02", id="the 2nd of the next month"),
        pytest.param("back the 2nd", date(2026, 12, 20), "2027-01-02", id="the 2nd of the next year"),
        pytest.param("back the 31st", date(2026, 4, 30), "2026-05-31", id="the 31st of a month that has one"),
        pytest.param("back on 03/04", WEDNESDAY, None, id="both readings lie ahead"),
        pytest.param("back on 04/03", date(2026, 3, 20), "2026-04-03", id="only one lies ahead"),
        pytest.param("back on 05/05", WEDNESDAY, "2026-05-05", id="both readings are the same"),
        pytest.param("back on 3/16", WEDNESDAY, "2026-03-16", id="no sixteenth month"),
        pytest.param("ich bin ab 03/04 wieder da", WEDNESDAY, "2026-04-03", id="Germans write the day first"),
        pytest.param("de retour le 03/04", WEDNESDAY, "2026-04-03", id="so do the French"),
        pytest.param("terug op 3-4-2026", WEDNESDAY, "2026-04-03", id="with dashes"),
        pytest.param("back on 31 February", WEDNESDAY, None, id="no such day"),
        pytest.param("back on 16 March 2020", WEDNESDAY, None, id="long ago"),
        pytest.param("back on 16.3.26", WEDNESDAY, "2026-03-16", id="a short year between dots"),
        pytest.param("wieder am 16.3.26.", WEDNESDAY, "2026-03-16", id="a short year"),
        pytest.param("back in 10 days", WEDNESDAY, None, id="a span is not a day"),
        pytest.param("back on\nMonday,\n16 March", WEDNESDAY, "2026-03-16", id="wrapped lines"),
        pytest.param("back 1 January", WEDNESDAY, "2027-01-01", id="next year"),
        pytest.param("out through 16 March", WEDNESDAY, "2026-03-17", id="the last day away"),
        pytest.param(
            "bis 16. März, bin am 18. März wieder da", WEDNESDAY, "2026-03-18", id="back goes before until"
        ),
    ],
)
def test_a_day_is_certain_or_none(text, sent_on, day):
    assert returns_on(text, sent_on) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("mail", "kind", "sentiment"),
    [
        pytest.param(
            a_reply("This is an automated response. We got your ticket."), MailKind.AUTO_REPLY, None,
            id="says of itself that it is automatic",
        ),
        pytest.param(
            a_reply("Automated response? This is an automated response."),
            MailKind.AUTO_REPLY,
            None,
            id="asks first",
        ),
        pytest.param(
            a_reply("Is this an automated response?"), MailKind.REPLY, None, id="asks whether ours is automatic"
        ),
        pytest.param(
            a_reply("Bob no longer works here.", auto_submitted="auto-replied"), MailKind.AUTO_REPLY,
            Sentiment.WRONG_PERSON, id="a machine tells that somebody left",
        ),
        pytest.param(
            a_reply("I am out of the office. For urgent matters write to Kim."), MailKind.REPLY,
            Sentiment.OUT_OF_OFFICE, id="a note without a mark may be a person's",
        ),
    ],
)  # fmt: skip
def test_machines_and_people(mail, kind, sentiment):
    verdict = classify(mail)
    assert (verdict.kind, verdict.sentiment) == (kind, sentiment)


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: A question", "[Auto-Reply] A question", "Out of Office: A question",
        "Auto-Reply: A question", "OOO Re: A question",
        "Automatische Antwort: Frage", "Abwesenheitsnotiz: Frage", "Urlaubsmeldung", "Réponse automatique : Question",
        "Absence du bureau : Question", "Message d'absence", "Respuesta automática: Pregunta", "Fuera de la oficina: x",
        "Resposta automática: Pergunta", "Ausência temporária: x", "Automatisch antwoord: Vraag", "Afwezigheidsbericht",
        "Risposta automatica: Domanda", "Fuori ufficio: x",
    ],
)  # fmt: skip
def test_subjects_of_mail_programs(subject):
    mail = a_reply("Back on 16 March.")
    assert classify(replace(mail, subject=subject)).kind in {MailKind.OUT_OF_OFFICE, MailKind.AUTO_REPLY}


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Out of office hours", "AW: Urlaubsplanung", "Urlaubsplanung 2026", "Absence de réponse",
        "RE: Automatic replies",
        "Ferie e permessi: la vostra offerta", "Vakantiehuis", "Sv: Fuera de la oficina", "Question",
    ],
)  # fmt: skip
def test_subjects_of_people(subject):
    assert classify(replace(a_reply("Yes, please."), subject=subject)).kind is MailKind.REPLY


def test_a_receipt_is_no_answer():
    receipt = a_reply(
        "Your message was read.", content_type="multipart/report; report-type=disposition-notification"
    )
    assert classify(receipt).kind is MailKind.OTHER


@given(st.text(max_size=200))
def test_any_text_has_a_wish_or_none(text):
    assert read_wish(text).sentiment in {None, *Sentiment}


@given(
    st.text(alphabet="back until the 0123456789./- march\n", max_size=80),
    st.dates(date(2000, 1, 1), date(2099, 1, 1)),
)
def test_a_day_lies_ahead_and_within_a_year(text, sent_on):
    day = returns_on(text, sent_on)
    assert day is None or 0 <= (day - sent_on).days <= 367
