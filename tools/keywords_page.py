"""Writes the page of the words that steer text messages, from the lists that decide; `tools.pages` puts it in place."""

from drumbeat.core.keywords.languages import LANGUAGES
from drumbeat.core.keywords.reading import Keyword, answer
from drumbeat.core.keywords.words import TWILIO_HELP, TWILIO_START, TWILIO_STOP

HEAD = """# Words in text messages

The whole message decides: capitals, accents, punctuation and a *please* or *thank you* do not count, so `Stop!!` and
`S.T.O.P.` are STOP. A sentence that may mean it (*please stop texting me*) is for a person to decide. Words of all
languages count at any time, and so do those that end mail.

Twilio acts on some bare words by itself, in English, and answers them: """
TAIL = """

`YES` counts only from somebody who had stopped: else it is an answer to what was written. Each word is answered once,
and not where Twilio has done so; each answer fits one segment.
"""


def markdown() -> str:
    twilios = " ".join(f"`{word}`" for word in (*TWILIO_STOP, *TWILIO_START, *TWILIO_HELP))
    return HEAD + twilios + "." + TAIL + "".join(_section(keyword) for keyword in Keyword)


def _section(keyword: Keyword) -> str:
    rows = (
        f"| {words.code} | {', '.join(getattr(words, keyword.value))} | {answer(keyword, words.code, 'Acme')} |\n"
        for words in LANGUAGES
    )
    return f"\n## {keyword.value.upper()}\n\n| language | words | answer |\n|---|---|---|\n" + "".join(rows)
