"""The part of a reply that its writer wrote: without the quoted mail, its header, the signature.

Line by line and in linear time: replies come from strangers, and a pattern over a whole text that
backtracks would let one of them hold the reader up.
"""

from __future__ import annotations

import re

MAX_LINES = 2_000
_MAX_LINE = 500
_BRIEF = 80
_SPREAD = 4  # lines over which clients break "On … wrote:"
_HEADERS_NEAR = 6

_ON = (
    r"on|am|le|el|il|in data|data|op|em|den|dne|dnia|w dniu|dana|la|a|no dia|på|po|vào"
    r"|(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|man|tir|ons"
    r"|tor|tors|fre"
    r"|lør|søn|tis|lör|sön|mån|pon|wt|śr|czw|pt|ma|wo|vr|za|zo|пн|вт|ср|чт|пт|сб|вс|ke|ti|to|pe"
    r"|su)[a-zä]*\.?"
    r"|\d{1,4}"
)
_WROTE = (
    r"wrote|writes|schrieb|geschrieben|écrit|escribió|escribio|ha scritto|scrisse|schreef|geschreven"
    r"|escreveu"
    r"|skrev|kirjoitti|napisał\(?a?\)?|napsal\(?a?\)?|написала?|пишет|írta|yazdı|scris|följande|đã viết|写道"
)
# Tried only on lines that end with a colon: each looks through its line once for every verb.
_QUOTE_HEADERS = (
    re.compile(rf"(?:{_ON})[\s,.].{{5,400}}(?:{_WROTE})[^:]{{0,60}}:", re.IGNORECASE),
    re.compile(rf"[^:]{{1,150}}<[^<>\s]+@[^<>\s]+>[^:]{{0,60}}(?:{_WROTE})[^:]{{0,40}}:", re.IGNORECASE),
    re.compile(r"[^\n<]{0,60}\d{1,2}[.:]\d\d[^\n]{0,80}<[^<>\s]+@[^<>\s]+>\s?:"),
)
_QUOTE_HEADER_BARE = re.compile(
    rf"(?:{_ON})[\s,.][^<>]{{5,120}}\d{{1,2}}[.:]\d\d[^<>]{{0,80}}<[^<>\s]+@[^<>\s]+> ?(?:{_WROTE})",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"[-_*= ]{2,40}(?:original message|original mail|ursprüngliche nachricht|originalnachricht"
    r"|message d'origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht"
    r"|mensagem original|oprindelig (?:besked|meddelelse)|ursprungligt meddelande|opprinnelig melding"
    r"|alkuperäinen viesti|исходное сообщение|reply message|reply above this line)[-_*= :]{0,60}"
    r"|-{2,}[^\n]{3,100}\bwrote ?-{2,}",
    re.IGNORECASE,
)
# Passed on for us to read, so it stays; it is not the writer's own voice, though.
FORWARDED = re.compile(
    r"^[-_*= ]{2,40}(?:forwarded message|begin forwarded message|weitergeleitete nachricht|message transféré"
    r"|mensaje reenviado|mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht|пересылаемое сообщение)"
    r"[-_*= :]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
_RULE = re.compile(r"[_\-=*]{10,}")
_FROM = re.compile(
    r"[*_>\s]{0,4}(?:from|von|de|da|van|från|fra|od|от|发件人|lähettäjä)[*_]{0,2}\s?:[*_\s]", re.IGNORECASE
)
_HEADER = re.compile(
    r"[*_\s]{0,4}(?:sent|date|to|subject|cc|reply-to|message du|gesendet|datum|an|betreff|envoyé(?: le)?|à|objet"
    r"|enviado|fecha"
    r"|para|asunto|inviato|data|a|oggetto|verzonden|aan|onderwerp|assunto|skickat|till|ämne|sendt|til|emne"
    r"|wysłano|do|temat|дата|кому|тема|отправлено)[*_]{0,2}\s?:",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"(?:sent (?:from|via|with) (?:my |the )?[\w .'’-]{2,60}|get outlook for \w+.{0,60}"
    r"|von meinem .{2,60} gesendet|gesendet (?:von|mit|über) .{2,60}|diese nachricht wurde von .{2,80} gesendet"
    r"|envoyé (?:de|depuis|à partir de|avec) .{2,60}|(?:télécharger|obtenir|obtener|baixar|scarica) outlook .{2,40}"
    r"|enviado (?:desde|do|da|a partir d[oe]|con|com) .{2,60}|inviato (?:da|dal|con) .{2,60}"
    r"|(?:verzonden|verstuurd) (?:vanaf|vanuit|met) .{2,60}|skickat från .{2,60}|sendt fra .{2,60})"
    r"[.!]?(?: ?[<(]https?://[^\s<>()]+[>)])?",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"\s*<?[^\s<>\[\]]+@[^\s<>\[\]]+[>\]]?\s*")
_MOST_OF_A_LINE = 65
_BRACKETS = (("(", ")"), ("[", "]"), ("<", ">"))
_SIGNATURE = re.compile(r"--\s?")
_SIGNED = re.compile(r"[-–—] ?[A-ZÀ-Þ][\w.'-]{0,20}(?: [A-ZÀ-Þ][\w.'-]{0,20}){0,2}[.!]?")
_CONTACT = re.compile(
    r"https?://|www\.|@\w|\b(?:tel|fax|phone|mobil\w*|t|f|m)[.:]|\+?\d[\d ()/.-]{6,}\d", re.IGNORECASE
)
_MOST_OF_A_SIGNATURE = 15


def reply_text(text: str) -> str:
    """Return what the writer wrote, at most 2,000 lines of it. Total; empty when all of it is quoted."""
    lines = [line.rstrip()[:_MAX_LINE] for line in text.replace("\r\n", "\n").split("\n")[:MAX_LINES]]
    own: list[str] = []
    at = 0
    while at < len(lines):
        if FORWARDED.match(lines[at]):
            own += lines[at:]
            break
        skip = _quote_begins(lines, at)
        if skip and not _answered_below(lines, at + skip):
            break
        if skip or _is_quoted(lines, at):
            at += skip or 1
            continue
        is_sent_from = bool(_SENT_FROM.fullmatch(lines[at].strip()))
        if _signature_begins(lines, at) or (is_sent_from and any(line.strip() for line in own)):
            break
        if not is_sent_from:
            own.append(lines[at])
        at += 1
    while own and not own[-1].strip(" _-=*"):
        own.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(own)).strip()


def _signature_begins(lines: list[str], at: int) -> bool:
    """Tell whether a line ends the text: two dashes, a dash and a name, or a rule above where to reach somebody."""
    line = lines[at].strip()
    if _SIGNATURE.fullmatch(lines[at]):
        return True
    rest = [one.strip() for one in lines[at + 1 :] if one.strip()]
    if _SIGNED.fullmatch(line) and at and not lines[at - 1].strip():
        return not any(not _SENT_FROM.fullmatch(one) for one in rest[:2])
    if not _RULE.fullmatch(line) or not 0 < len(rest) <= _MOST_OF_A_SIGNATURE:
        return False
    return all(len(one) <= _BRIEF for one in rest) and any(map(_CONTACT.search, rest))


def _is_quoted(lines: list[str], at: int) -> bool:
    """Tell whether a line is quoted: marked, or torn off a marked one by the program that wrapped it."""
    line = lines[at]
    if line.lstrip().startswith(">"):
        return True
    if at == 0 or not line.strip() or not lines[at - 1].lstrip().startswith(">"):
        return False
    if line.endswith(" >"):
        return True
    followed = at + 1 < len(lines) and lines[at + 1].lstrip().startswith(">")
    return followed and _is_torn(lines[at - 1], line.lstrip())


def _is_torn(before: str, line: str) -> bool:
    if any(before.count(opened) > before.replace(">", "", 1).count(closed) for opened, closed in _BRACKETS):
        return True
    return len(before) >= _MOST_OF_A_LINE - 5 and not before.endswith("?") and line[0].islower()


def _quote_begins(lines: list[str], at: int) -> int:
    """Return how many lines introduce a quoted mail here, or 0."""
    line = lines[at].strip()
    if not line:
        return 0
    if _SEPARATOR.fullmatch(line):
        return 1
    if _is_header_block(lines, at + 1 if _RULE.fullmatch(line) else at):
        return 1
    spread = _wrote_lines(lines, at)
    # A name that ends the writer's own text is not yet the header that follows it.
    return 0 if spread > 1 and _wrote_lines(lines, at + 1) else spread


def _wrote_lines(lines: list[str], at: int) -> int:
    marked = lines[at].lstrip().startswith(">")
    for spread in range(1, _SPREAD + 1):
        last = lines[at + spread - 1].strip() if at + spread <= len(lines) else ""
        if not last or (last.startswith(">") is not marked and not last.startswith(">:")):
            return 0
        joined = " ".join(part.strip() for part in lines[at : at + spread])
        if joined.endswith(":") and any(header.fullmatch(joined) for header in _QUOTE_HEADERS):
            return spread
        if _QUOTE_HEADER_BARE.fullmatch(joined):
            return spread
    return 0


def _is_header_block(lines: list[str], at: int) -> bool:
    near = [
        line for line in lines[at : at + _HEADERS_NEAR] if line.strip() and not _CONTINUED.fullmatch(line)
    ]
    heads = [bool(_FROM.match(line) or _HEADER.match(line)) for line in near[:2]]
    return heads == [True, True] and (
        bool(_FROM.match(near[0])) or any(map(_FROM.match, near)) or bool(_HEADER.match(near[1]))
    )


def _answered_below(lines: list[str], at: int) -> bool:
    """Tell whether the quote that begins here is marked by `>` and has own words between or after."""
    rest = [line for line in lines[at:] if line.strip()]
    if not rest or not rest[0].lstrip().startswith(">"):
        return False
    return any(not line.lstrip().startswith(">") for line in rest)
