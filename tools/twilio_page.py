"""Writes the page about Twilio's error codes from the table that decides; `tools.pages` puts it in its place."""

from drumbeat.core.smtp_codes import Scope
from drumbeat.core.twilio_codes import CODES, Code

HEAD = """# What Twilio's answers do

The same table reads what the API refuses and what a status callback reports afterwards. Each code leads to Twilio's own
page about it.

- *about the person*: this message fails or is tried again; others go on.
- *about you*: the message waits, the sender is held, nobody is suppressed.
- *dead*: the number is suppressed for the channel that said so: a landline takes no texts and can still be called.
- *opted out*: written down as an opt-out of that number, as if the person had told drumbeat.

A code that is not listed never suppresses anybody: 10xxx, 20xxx and 217xx are about you, all others about that message.

| code | says | about | again by itself | failure reason |
|---|---|---|---|---|
"""
DICTIONARY = "https://www.twilio.com/docs/api/errors"


def markdown() -> str:
    return HEAD + "".join(
        f"| [{code}]({DICTIONARY}/{code}) | {said.says} | {_row(said)} |\n" for code, said in CODES.items()
    )


def _row(said: Code) -> str:
    meaning = said.meaning
    about = "you" if meaning.scope is Scope.SENDER else "the person"
    about += ", dead" if meaning.dead_address else ", opted out" if said.opted_out else ""
    again = "when the hold ends" if meaning.scope is Scope.SENDER else "no" if meaning.permanent else "yes"
    return f"{about} | {again} | `{meaning.reason}`"
