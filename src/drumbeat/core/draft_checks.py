"""What should be looked at before a draft goes out, each with a sentence. Total, and linear in the text.

A check may be wrong: it makes a person look, and never changes a draft.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from drumbeat.core.draft_checks_links import foreign_links
from drumbeat.core.draft_checks_words import BOASTS, MACHINE_TALK, PROMISES
from drumbeat.core.drafts import (
    LIMITS,
    LONGEST_SUBJECT,
    MOST_SEGMENTS,
    Draft,
    has_subject,
    seconds_to_say,
    words_in,
)
from drumbeat.core.flow import Channel, JobType
from drumbeat.core.prompts_data import clean
from drumbeat.core.sms import weigh

LOOKED_AT: Final = 10_000
"""Characters that are checked; what is longer is too long anyway."""
_SHOWN: Final = 60
_MOST: Final = 5
_BEGINNING: Final = 80


class Severity(StrEnum):
    STOP = "stop"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Concern:
    """`stop`: it must not go out so. `look`: a person should read it with this in mind."""

    code: str
    severity: Severity
    text: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a draft is held against. `known`: whatever else it may repeat, such as the profile and the conversation.

    `mark` is what fenced the data when it was asked for; "" where nobody knows any more.
    """

    job_type: JobType = JobType.INITIAL_OUTREACH
    facts: Sequence[str] = ()
    known: Sequence[str] = ()
    links: Sequence[str] = ()
    banned: Sequence[str] = ()
    mark: str = ""


def concerns_about(draft: Draft, grounds: Grounds) -> list[Concern]:
    """Return what should be looked at, what stops a draft first."""
    looked_at = _Looked(draft, grounds, clean(f"{draft.subject}\n{draft.text}")[:LOOKED_AT])
    found = [concern for check in _CHECKS for concern in check(looked_at)]
    return sorted(found, key=lambda one: one.severity is not Severity.STOP)


@dataclass(frozen=True, slots=True)
class _Looked:
    draft: Draft
    grounds: Grounds
    all: str

    @property
    def folded(self) -> str:
        return self.all.casefold().replace("’", "'")


def _stop(code: str, text: str, excerpt: str = "") -> Concern:
    return Concern(code, Severity.STOP, text, excerpt[:_SHOWN])


def _look(code: str, text: str, excerpt: str = "") -> Concern:
    return Concern(code, Severity.LOOK, text, excerpt[:_SHOWN])


_GAPS = re.compile(
    r"\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}|\{[^\W\d][^{}\n]{0,40}\}"
    r"|\[[^\W\d][^\[\]\n]{0,60}\](?!\()|<[^\W\d]\w*(?: [\w' -]{1,30})>|%[A-Z][A-Z_]{2,30}%"
    r"|_{3,}|(?<!\w)(?:X{3,}|x{4,}|TODO|TBD|TBA|[Ll]orem ipsum)(?!\w)"
)


def _gaps(looked: _Looked) -> Iterator[Concern]:
    for gap in _several(found[0] for found in _GAPS.finditer(looked.all)):
        yield _stop("unfilled_tag", f"“{gap[:_SHOWN]}” is a gap that nobody has filled in.", gap)


_TAG = re.compile(
    r"</?(?:a|b|br|body|div|em|font|form|h[1-6]|head|html|i|iframe|img|input|li|link|meta|object|ol|p|script|span"
    r"|strong|style|svg|table|td|tr|u|ul)(?:[\s/][^<>]{0,300})?>|<!--|&(?:nbsp|amp|lt|gt|#\d{1,6});",
    re.IGNORECASE,
)


def _markup(looked: _Looked) -> Iterator[Concern]:
    for tag in _several(found[0] for found in _TAG.finditer(looked.all)):
        yield _stop("markup", f"“{tag[:_SHOWN]}” is HTML, which would be shown as it stands.", tag)


def _links(looked: _Looked) -> Iterator[Concern]:
    for link in _several(foreign_links(looked.all, looked.grounds.links)):
        yield _stop(
            "foreign_link", f"“{link[:_SHOWN]}” is not among the links that this agent may use.", link
        )


def _banned(looked: _Looked) -> Iterator[Concern]:
    for word in _several(looked.grounds.banned):
        if _stands_in(clean(word).casefold(), looked.folded, whole=True):
            yield _stop("banned_word", f"“{word}” is a word that this agent must not use.", word)


def _stands_in(word: str, folded: str, whole: bool = False) -> bool:
    end = r"(?!\w)" if whole else ""
    return bool(word) and re.search(rf"(?<!\w){re.escape(word)}{end}", folded) is not None


def _promises(looked: _Looked) -> Iterator[Concern]:
    for word in _several(one for one in PROMISES if _stands_in(one, looked.folded)):
        yield _look("sensitive_promise", f"“{word}” may promise something: is it meant, and true?", word)


def _boasts(looked: _Looked) -> Iterator[Concern]:
    known = _known(looked).casefold()
    for word in _several(one for one in BOASTS if _stands_in(one, looked.folded) and one not in known):
        yield _look(
            "claim_not_in_facts", f"“{word.strip()}” is claimed, and stands in none of the facts.", word
        )


def _machine(looked: _Looked) -> Iterator[Concern]:
    beginning = looked.draft.text[:_BEGINNING].casefold()
    for words in _several(one for one in MACHINE_TALK if _stands_in(one, beginning)):
        yield _stop("machine_talk", f"“{words}” sounds like a machine that talks about its work.", words)


_FENCE = re.compile(r"(?<!\w)(?:data|end) [0-9a-f]{12,64}(?!\w)", re.IGNORECASE)


def _fence(looked: _Looked) -> Iterator[Concern]:
    """Small models copy the lines that stand around the data, or the mark alone."""
    mark = looked.grounds.mark
    found = [one[0] for one in _FENCE.finditer(looked.all)]
    if mark and mark.casefold() in looked.folded:
        found.append(mark)
    if found:
        yield _stop("fence_mark", f"“{found[0]}” stood around the data and belongs to no message.", found[0])


_FIGURE = re.compile(r"(?<![\w.,:])[€$£]?\s?\d(?:[\d.,' ]{0,18}\d)?\s?(?:%|€|\$|£|x\b|×)?")
_MEETING = re.compile(
    r"\s?-?(?:min|minute|minuten|minutos|minuti|minuut|uhr|h\b|am\b|pm\b|:\d\d)", re.IGNORECASE
)


def _figures(looked: _Looked) -> Iterator[Concern]:
    known = {_digits(found[0]) for found in _FIGURE.finditer(_known(looked))}
    unknown = (
        found[0].strip() for found in _FIGURE.finditer(looked.all) if _is_claim(found, looked.all, known)
    )
    for figure in _several(unknown):
        yield _look("claim_not_in_facts", f"“{figure}” stands in none of the facts.", figure)


def _is_claim(found: re.Match[str], text: str, known: Iterable[str]) -> bool:
    """Small numbers count things, and minutes and hours ask for a meeting: neither is a claim about us."""
    digits = _digits(found[0])
    is_small = found[0].strip().isdigit() and int(digits) < 10
    return not is_small and digits not in known and _MEETING.match(text, found.end()) is None


def _digits(figure: str) -> str:
    """Return a figure without its marks: 1,000 and 1.000 are one, 37 % and 37 are two."""
    return "".join(one for one in figure if one.isdigit() or one in "%×x")


def _known(looked: _Looked) -> str:
    return clean("\n".join((*looked.grounds.facts, *looked.grounds.known)))


def _size(looked: _Looked) -> Iterator[Concern]:
    draft, limits = looked.draft, LIMITS[looked.draft.channel]
    if not draft.text.strip():
        yield _stop("empty", "The draft has no text.")
        return
    words, characters = words_in(draft.text), len(draft.text)
    if words < limits.fewest:
        yield _look("too_short", f"{words} words are few: {limits.fewest} to {limits.most} are wanted.")
    if words > limits.most or characters > limits.characters:
        yield _look(
            "too_long", f"{words} words, {characters} characters: {limits.most} words are wanted at most."
        )
    if limits.seconds is not None and (seconds := seconds_to_say(draft.text)) > limits.seconds:
        yield _look(
            "too_long", f"It takes {seconds:.0f} s to say; {limits.seconds:.0f} s are wanted at most."
        )
    if draft.channel is Channel.SMS and (segments := weigh(draft.text).segments) > MOST_SEGMENTS:
        yield _look(
            "too_long", f"It is sent as {segments} text messages; {MOST_SEGMENTS} are wanted at most."
        )


def _subject(looked: _Looked) -> Iterator[Concern]:
    draft = looked.draft
    if not has_subject(draft.channel, looked.grounds.job_type):
        return
    if not draft.subject:
        yield _stop("no_subject", "The mail has no subject.")
    elif len(draft.subject) > LONGEST_SUBJECT:
        yield _look(
            "long_subject", f"The subject has {len(draft.subject)} characters; {LONGEST_SUBJECT} are shown."
        )
    elif draft.subject.casefold().startswith(("re:", "fw:", "fwd:", "aw:", "wg:")):
        yield _stop("false_subject", "The subject says that it is an answer, and it is none.", draft.subject)


_UNSPEAKABLE = re.compile(r"\d[\d.,:]{0,20}|[#*_<>{}\[\]|\\/&%€$£+=~^@•–—]|^\s*-\s", re.MULTILINE)


def _speech(looked: _Looked) -> Iterator[Concern]:
    if looked.draft.channel is Channel.VOICE:
        for sign in _several(
            found[0].strip() for found in _UNSPEAKABLE.finditer(looked.draft.text[:LOOKED_AT])
        ):
            yield _look("not_speakable", f"“{sign}” cannot be said as it is written: write the words.", sign)


def _several(found: Iterable[str]) -> list[str]:
    """Return the first few, each once: a draft that is all wrong needs no hundred sentences."""
    few: dict[str, None] = {}
    for one in found:
        few[one] = None
        if len(few) == _MOST:
            break
    return list(few)


_CHECKS: Sequence[Callable[[_Looked], Iterator[Concern]]] = (
    _size,
    _subject,
    _gaps,
    _markup,
    _links,
    _banned,
    _machine,
    _fence,
    _figures,
    _boasts,
    _promises,
    _speech,
)
