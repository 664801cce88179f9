"""An answer by text: of a person, of a phone, of a program that says so, or a note of who is away; seven languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.answers.wishes import Sentiment
from drumbeat.core.incoming import Word
from drumbeat.core.received_texts import TextVerdict, read_text
from tests.core.answers.away import AWAY
from tests.core.answers.people import HUMAN, MEANT
from tests.core.answers.stops import STOP, WEAK_STOP

WEDNESDAY = date(2026, 3, 4)
AWAY_SENTIMENT = Sentiment.OUT_OF_OFFICE
PHONES = [
    "I’m driving with Driving Focus turned on. I’ll see your message when I get where I’m going.",
    "(I’m not receiving notifications. If this is urgent, reply “urgent” to send a notification through.)",
    "I'm driving right now",
    "Thank you for your message. We're unavailable right now, but will respond as soon as possible.",
    "Thank you for contacting Cobalt & Sons! Please let us know how we can help you.",
    "Ich habe „Beim Fahren nicht stören“ aktiviert. Ich sehe deine Nachricht, sobald ich ankomme.",
    "(Ich erhalte keine Mitteilungen. Wenn es dringend ist, antworte mit „dringend“.)",
    "Ich fahre gerade.",
    "Danke für Ihre Nachricht. Wir sind gerade nicht erreichbar, melden uns aber so bald wie möglich.",
    "Vielen Dank für Ihre Nachricht! Bitte sagen Sie uns, wie wir Ihnen helfen können.",
    "Je conduis avec « Ne pas déranger en voiture ». Je lirai votre message à mon arrivée.",
    "Je ne reçois pas les notifications. Si c’est urgent, répondez « urgent ».",
    "Nous ne sommes pas disponibles pour le moment, mais nous répondrons dès que possible.",
    "Merci de nous avoir contactés ! Dites-nous comment nous pouvons vous aider.",
    "Tengo activado No molestar al conducir. Veré tu mensaje cuando llegue.",
    "No estoy recibiendo notificaciones. Si es urgente, responde «urgente».",
    "Ahora no estamos disponibles, pero responderemos lo antes posible.",
    "Gracias por comunicarte con Cobalto. ¡Dinos cómo podemos ayudarte!",
    "Estou conduzindo com o Não Perturbe ao Dirigir ligado.",
    "Não estou recebendo notificações. Se for urgente, responda “urgente”.",
    "No momento não estamos disponíveis, mas responderemos assim que possível.",
    "Obrigado por entrar em contato. Diga como podemos ajudar.",
    "Sto guidando con Non disturbare alla guida attivo.",
    "Non sto ricevendo notifiche. Se è urgente, rispondi “urgente”.",
    "In questo momento non siamo disponibili, risponderemo appena possibile.",
    "Grazie per averci contattato! Ci dica come possiamo aiutarla.",
    "Ik heb Niet storen tijdens autorijden aan staan.",
    "Ik ontvang geen meldingen. Als het dringend is, antwoord dan met ‘dringend’.",
    "We zijn nu niet beschikbaar, maar antwoorden zo snel mogelijk.",
    "Bedankt voor je bericht! Laat ons weten hoe we kunnen helpen.",
]
BESIDE_A_PHONES_WORDS = [
    ("No thanks. I'm not receiving notifications from spammers like you", Sentiment.NOT_INTERESTED),
    ("I'm not receiving notifications. Lose my number", None),
    ("I'm driving right now, call me at five", Sentiment.INTERESTED),
    ("I'm unavailable right now, but will respond as soon as possible", AWAY_SENTIMENT),
    ("Thanks for your message. I'll be in touch.", None),
    ("Bin gerade nicht erreichbar, melde mich so schnell wie möglich!", Sentiment.NOT_NOW),
    (
        "Ich bin gerade nicht verfügbar, rufe Sie aber so bald wie möglich zurück. Interesse habe ich!",
        Sentiment.NOT_NOW,
    ),
    ("Je conduis. Rappelez-moi à 17 heures", Sentiment.NOT_NOW),
    ("No recibo notificaciones de esta aplicación, llámame mejor", Sentiment.INTERESTED),
    ("Não recebo notificações, mas leio tudo à noite", None),
    ("Sto guidando, ti scrivo stasera", None),
    ("Ik ben aan het rijden, bel straks", None),
]
"""What only begins or ends like a phone's text, and how it is meant."""
BESIDE_A_PROGRAMS_WORDS = [
    ("This message was automatically translated. I am not interested.", Sentiment.NOT_INTERESTED),
    ("This message was automatically translated. Yes, I am interested!", Sentiment.INTERESTED),
    ("This message was automatically translated. Who are you?", None),
    ("This message was sent automatically. I am not interested.", Sentiment.NOT_INTERESTED),
    ("Dit bericht is automatisch vertaald. Wie bent u?", None),
    ("Diese Nachricht wurde automatisch erstellt. Kein Interesse.", Sentiment.NOT_INTERESTED),
]
PROGRAMS = [
    "This is an automated reply: we have received your message.",
    "Automatische Antwort: Ihre Nachricht ist angekommen.",
    "Ceci est une réponse automatique.",
    "Este es un mensaje automático.",
    "Esta é uma mensagem automática.",
    "Questo è un messaggio automatico.",
    "Dit bericht is automatisch verzonden.",
]
NOTES = [
    ("Automatic reply: I am out of the office until Monday, 16 March.", date(2026, 3, 16)),
    ("I'm away until 16 March. For anything urgent please call the office.", date(2026, 3, 16)),
    ("Automatische Antwort: Ich bin bis zum 15. März 2026 nicht im Büro.", date(2026, 3, 15)),
    ("Réponse automatique : je suis absente jusqu'au 16 mars inclus.", date(2026, 3, 17)),
    ("Respuesta automática: estoy de vacaciones. En mi ausencia escriba a la oficina.", None),
    ("Resposta automática: estou de férias. Na minha ausência, fale com a equipa.", None),
    ("Risposta automatica: sono in ferie. In mia assenza chiami l'ufficio.", None),
    ("Automatisch antwoord: ik ben er niet. Bij mijn afwezigheid kunt u het kantoor bellen.", None),
]
BY_THUMB = [
    "I'm on vacation",
    "I am out of the office until Monday",
    "Ich bin im Urlaub",
    "Je suis en congés",
    "Estoy de vacaciones",
    "Sono in ferie",
]


@pytest.mark.parametrize("text", PHONES)
def test_what_a_phone_or_an_app_answers_is_no_answer_of_a_person(text):
    assert read_text(text, WEDNESDAY) == TextVerdict(Word.AUTO_REPLY)


@pytest.mark.parametrize("text", PROGRAMS)
def test_what_says_that_it_is_automatic_is(text):
    assert read_text(text, WEDNESDAY) == TextVerdict(Word.AUTO_REPLY)


@pytest.mark.parametrize(("text", "meant"), BESIDE_A_PHONES_WORDS)
def test_one_word_more_than_a_phone_writes_is_a_persons(text, meant):
    said = read_text(text, WEDNESDAY)
    assert (said.word, said.sentiment) == (Word.REPLY, meant)


@pytest.mark.parametrize(("text", "meant"), BESIDE_A_PROGRAMS_WORDS)
def test_what_only_a_person_wants_is_a_persons_whatever_else_the_text_says(text, meant):
    assert read_text(text, WEDNESDAY) == TextVerdict(Word.REPLY, meant)


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize("more", ["Who is this?", "Wer ist da?"])
def test_a_phones_text_with_a_persons_words_before_or_after_is_a_persons(phone, more):
    assert read_text(f"{phone} {more}", WEDNESDAY).word is Word.REPLY
    assert read_text(f"{more} {phone}", WEDNESDAY).word is Word.REPLY


def test_an_automatic_text_of_somebody_who_has_left_says_so():
    said = read_text("This is an automated message. I no longer work for Cobalt.", WEDNESDAY)
    assert said == TextVerdict(Word.AUTO_REPLY, Sentiment.WRONG_PERSON)


@pytest.mark.parametrize(("text", "back"), NOTES)
def test_a_note_of_absence_says_when_its_owner_is_back(text, back):
    assert read_text(text, WEDNESDAY) == TextVerdict(Word.OUT_OF_OFFICE, AWAY_SENTIMENT, returns_on=back)


@pytest.mark.parametrize(("text", "back"), AWAY)
def test_a_note_that_could_be_typed_is_never_taken_for_nothing(text, back):
    """By mail a header tells; by text it is a note or an answer that a person looks at, as it reads."""
    said = read_text(text, WEDNESDAY)
    if said.word is Word.OUT_OF_OFFICE:
        assert said.returns_on == (date.fromisoformat(back) if back else None)
    else:
        assert said.word is Word.REPLY
        assert (said.sentiment, said.is_weak) in {(AWAY_SENTIMENT, True), (Sentiment.NOT_NOW, False)}


@pytest.mark.parametrize("text", BY_THUMB)
def test_what_is_typed_by_thumb_is_an_answer_that_a_person_looks_at(text):
    assert read_text(text, WEDNESDAY) == TextVerdict(Word.REPLY, AWAY_SENTIMENT, is_weak=True)


@pytest.mark.parametrize(
    "text",
    [
        *HUMAN,
        "Are you driving right now?",
        "Is this an automated reply?",
        "This is an automated reply, right?",
        "Ok",
        "",
    ],
)
def test_what_people_write_is_a_reply(text):
    assert read_text(text, WEDNESDAY).word is Word.REPLY


@pytest.mark.parametrize(("sentiment", "text"), [(one, text) for one in MEANT for text in MEANT[one]])
def test_what_people_mean_is_read_as_in_a_mail(sentiment, text):
    assert read_text(text, WEDNESDAY) == TextVerdict(Word.REPLY, Sentiment(sentiment))


@pytest.mark.parametrize("text", [*STOP, *WEAK_STOP])
def test_who_may_want_no_more_is_always_read_by_a_person(text):
    said = read_text(f"{text}", WEDNESDAY)
    assert (said.word, said.sentiment) == (Word.REPLY, Sentiment.UNSUBSCRIBE)


@given(st.text(max_size=300))
def test_whatever_comes_is_read(text):
    assert read_text(text, WEDNESDAY).word in {Word.REPLY, Word.AUTO_REPLY, Word.OUT_OF_OFFICE}
