"""STOP, START, HELP in seven languages: the whole message decides, sentences ask, talk is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.answers.language import fold
from drumbeat.core.keywords.languages import LANGUAGES
from drumbeat.core.keywords.reading import Asked, Keyword, answer, is_ours_to_answer, read_keyword
from drumbeat.core.keywords.words import TWILIO_HELP, TWILIO_START, TWILIO_STOP
from drumbeat.core.sms import Encoding, weigh

CODES = {"de", "en", "es", "fr", "it", "nl", "pt"}
EVERY_WORD = [
    pytest.param(word, Keyword(kind), id=f"{language.code} {word}")
    for language in LANGUAGES
    for kind in ("stop", "start", "help")
    for word in getattr(language, kind)
]


def test_seven_languages_are_understood():
    assert {language.code for language in LANGUAGES} == CODES


@pytest.mark.parametrize(("word", "keyword"), EVERY_WORD)
def test_every_word_of_every_language_means_what_its_list_says(word, keyword):
    assert read_keyword(word).keyword is keyword


@pytest.mark.parametrize("word", TWILIO_STOP)
def test_twilios_words_stop_and_are_answered_by_twilio(word):
    assert read_keyword(word) == Asked(Keyword.STOP, language=read_keyword(word).language, is_twilios=True)
    assert read_keyword(f" {word.lower()}\n").is_twilios
    assert not read_keyword(f"{word}!").is_twilios, "Twilio acts on the bare word alone"
    assert read_keyword(f"{word}!").keyword is Keyword.STOP


def test_twilios_other_words():
    assert all(read_keyword(word, is_stopped=True).keyword is Keyword.START for word in TWILIO_START)
    assert all(read_keyword(word).keyword is Keyword.HELP for word in TWILIO_HELP)


def test_yes_starts_only_who_had_stopped():
    assert read_keyword("Yes!", is_stopped=True) == Asked(Keyword.START)
    assert read_keyword("YES", is_stopped=True).is_twilios
    assert read_keyword("Yes!") == Asked()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("stop.", id="with a full stop"),
        pytest.param("StOp", id="in any case"),
        pytest.param('"STOP"', id="in quotes"),
        pytest.param("S.T.O.P.", id="letter by letter"),
        pytest.param("s t o p", id="with spaces"),
        pytest.param("STOP \U0001f621\U0001f621", id="with faces"),
        pytest.param("Please stop", id="politely"),
        pytest.param("stop, thank you", id="with thanks"),
        pytest.param("Stop bitte", id="in two languages"),
        pytest.param("Opt-out", id="with a hyphen"),
        pytest.param("D\u00e9sinscription svp", id="with accents"),
        pytest.param("De\u0301sabonnement", id="with accents that stand alone"),
        pytest.param("desinscription", id="without accents"),
        pytest.param("unsubscribe me", id="a word of mail"),
    ],
)
def test_case_accents_and_marks_do_not_count(body):
    asked = read_keyword(body)
    assert (asked.keyword, asked.is_weak) == (Keyword.STOP, False)


@pytest.mark.parametrize(
    "body",
    [
        "Please stop texting me",
        "Don't ever text this number again",
        "No more texts today please, call me",
        "take me off your list",
        "Bitte nicht mehr anschreiben",
        "H\u00f6ren Sie endlich auf, mir zu schreiben",
        "Ich will keine SMS von euch",
        "Arr\u00eatez de m'envoyer des messages",
        "Je ne veux plus de SMS de votre part",
        "Deje de enviarme mensajes",
        "No quiero recibir nada",
        "Pare de me mandar mensagens",
        "N\u00e3o quero mais receber isso",
        "Stop met die berichtjes",
        "Ik wil geen berichten meer van jullie",
        "Smettetela di scrivermi, smetti di mandare messaggi",
        "Non voglio pi\u00f9 messaggi",
    ],
)
def test_a_sentence_that_may_mean_it_asks_a_person(body):
    assert read_keyword(body) == Asked(Keyword.STOP, is_weak=True)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "!!!",
        "Hello",
        "no",
        "ja",
        "I will stop by tomorrow at 5",
        "Don't stop",
        "can you help me with the offer?",
        "what info do you need?",
        "I want to start in May",
        "We quit our old vendor last week",
        "cancel the meeting, let's talk on Friday",
        "Wann fangen wir an?",
        "Oui, volontiers",
        "S\u00ed, ll\u00e1mame ma\u00f1ana",
        "thanks",
        "Fine",
        "fine, thanks",
        "ok",
    ],
)
def test_talk_is_left_alone(body):
    assert read_keyword(body) == Asked()


@pytest.mark.parametrize(
    ("body", "language"),
    [("Hilfe", "de"), ("aiuto!", "it"), ("hulp", "nl"), ("ayuda", "es"), ("stop", ""), ("cancelar", "")],
)
def test_a_word_of_one_language_says_which(body, language):
    assert read_keyword(body).language == language


@given(st.text(max_size=200), st.booleans())
def test_reading_is_total_and_never_weak_for_anything_but_stop(body, is_stopped):
    asked = read_keyword(body, is_stopped=is_stopped)
    assert asked.keyword is Keyword.STOP or not asked.is_weak


@given(
    st.sampled_from([one.values[0] for one in EVERY_WORD]),
    st.text('!?.,;:\u2026 \n\u00a1\u00bf*"()', max_size=6),
    st.text('!?.,;:\u2026 \n*"()', max_size=6),
    st.sampled_from([str.upper, str.lower, str.title, str]),
)
def test_what_stands_around_a_word_changes_nothing(word, before, after, written):
    assert read_keyword(before + written(word) + after).keyword is read_keyword(word).keyword


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
@pytest.mark.parametrize("keyword", Keyword)
def test_an_answer_names_the_sender_and_fits_one_cheap_segment(language, keyword):
    said = answer(keyword, language.code, "N" * 30)
    weight = weigh(said)
    assert said.startswith("N" * 30)
    assert (weight.encoding, weight.segments) == (Encoding.GSM7, 1), weight
    assert "STOP" in said or "START" in said


@pytest.mark.parametrize(
    ("body", "was_acted_on", "twilio_handles", "ours"),
    [
        pytest.param("STOP", False, True, False, id="Twilio has answered its own word"),
        pytest.param("STOP", False, False, True, id="nobody has"),
        pytest.param("Stop!", False, True, True, id="not the bare word: Twilio did nothing"),
        pytest.param("Abmelden", False, True, True, id="another language"),
        pytest.param("Abmelden", True, True, False, id="taught to Twilio"),
        pytest.param("please stop texting me", False, False, False, id="a person decides first"),
        pytest.param("Hello", False, False, False, id="no word"),
    ],
)
def test_one_answer_and_never_two(body, was_acted_on, twilio_handles, ours):
    asked = read_keyword(body)
    assert is_ours_to_answer(asked, was_acted_on=was_acted_on, twilio_handles=twilio_handles) is ours


def test_an_answer_in_a_language_that_we_lack_is_english():
    assert answer(Keyword.STOP, "fi", "Acme") == answer(Keyword.STOP, "en", "Acme")


def test_a_long_name_is_cut():
    assert answer(Keyword.START, "en", "An enormous company of many words").startswith(
        "An enormous company of many w"
    )


def test_no_word_means_two_things_in_one_language():
    for language in LANGUAGES:
        words = [fold(word) for kind in ("stop", "start", "help") for word in getattr(language, kind)]
        assert len(words) == len(set(words)), language.code
