"""What a language file fills in, and the words that carriers and Twilio act on by themselves.

Words are written as people write them; case, accents, punctuation and spaces do not count when they are read.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`answers` are sent once; each fits one segment of GSM-7 with a sender's name of 30 letters.

    `weak`: regular expressions over folded text (`core.answers.language.fold`): they may mean STOP, a person decides.
    """

    code: str
    """ISO 639-1."""
    stop: tuple[str, ...]
    start: tuple[str, ...]
    help: tuple[str, ...]
    polite: tuple[str, ...]
    """What may stand before or after a word without changing it."""
    weak: tuple[str, ...]
    stopped: str
    started: str
    helped: str


TWILIO_STOP = ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT")
TWILIO_START = ("START", "YES", "UNSTOP")
TWILIO_HELP = ("HELP", "INFO")
"""Defaults of Twilio's long codes: it blocks, unblocks and answers by itself, in English and for the bare word."""
