"""Header fields as text for the wire: checked, encoded (RFC 2047), folded (RFC 5322).

No value can end its own line: `refuse_control` is passed by everything that is written.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache

import idna

from drumbeat.core.errors import DomainError

LINE = 76  # RFC 2047 section 2: a line with an encoded word
_WORD = 75  # RFC 2047 section 2: one encoded word
_HARD_LIMIT = 900  # below the 998 of RFC 5322, with room for the field's name
_FRAME = len("=?utf-8?q??=")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]*")
_UNUSUAL_SPACE = re.compile(r"^\s|\s$|\s\s|[^\S ]")
_LOCAL = re.compile(r"[^\x00-\x20\x7f-\xa0\"(),:;<>@\[\\\]\u2028\u2029]+")
_LABELS = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_Q = [chr(byte) if chr(byte).isalnum() and byte < 128 else f"={byte:02X}" for byte in range(256)]
_Q[0x20] = "_"


def refuse_control(field: str, value: str) -> str:
    """Return `value`; raise `header_invalid` for control characters, Unicode line ends, half surrogates."""
    if _CONTROL.search(value):
        raise _invalid(field, "contains a line break or another control character: remove it")
    return value


@lru_cache(maxsize=4096)  # a sender's for each of its mails, a recipient's for envelope and header
def address(field: str, value: str) -> str:
    """Return one plain address with its domain in ASCII (IDNA 2008); raise `header_invalid`.

    Quoted local parts, comments, groups and lists are refused: what is returned is one recipient.
    """
    local, _, domain = refuse_control(field, value).rpartition("@")
    if not _LOCAL.fullmatch(local) or ".." in local or local[0] == "." or local[-1] == ".":
        raise _invalid(field, "is not a single plain mail address")
    return f"{local}@{_ascii_domain(field, domain)}"


def _ascii_domain(field: str, domain: str) -> str:
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode()
        except idna.IDNAError as fault:
            raise _invalid(field, "has a domain that cannot exist") from fault
    if not _LABELS.fullmatch(domain) or ".." in domain:
        raise _invalid(field, "has a domain that cannot exist")
    return domain


def text(field: str, value: str) -> str:
    """Return an unstructured field (a subject) as lines; raise `header_invalid`."""
    refuse_control(field, value)
    start = f"{field}:"
    if not _is_plain(value):
        return start + _encoded(value, len(start))
    return _folded(start, value.split(" "))


@lru_cache(maxsize=1024)  # a sender's for each of its mails
def mailbox(field: str, name: str, addr: str) -> str:
    """Return a field with one mailbox; `addr` has passed `address`.

    A display name is data of a contact: control characters in it become spaces, they do not fail the mail.
    """
    name = " ".join(_CONTROL.sub(" ", name).split())
    start = f"{field}:"
    if not name:
        return f"{start} {addr}"
    phrase = _phrase(name, len(start))
    last_line = f"{start}{phrase}".rpartition("\n")[2]
    gap = " " if len(last_line) + len(addr) + 3 <= LINE else "\r\n "
    return f"{start}{phrase}{gap}<{addr}>"


def ids(field: str, values: tuple[str, ...]) -> str:
    """Return a field of message ids in angle brackets, one line each."""
    return f"{field}: " + "\r\n ".join(f"<{value}>" for value in values)


def _phrase(name: str, used: int) -> str:
    if not _is_plain(name) or used + len(name) + 3 > LINE:
        return _encoded(name, used)
    if _ATOMS.fullmatch(name):
        return f" {name}"
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f' "{escaped}"'


def _is_plain(value: str) -> bool:
    """Tell whether the value survives as it stands: no encoding looked like, no space lost when unfolded."""
    return value.isascii() and "=?" not in value and not _UNUSUAL_SPACE.search(value) and _folds(value)


def _folds(value: str) -> bool:
    return all(len(word) < _HARD_LIMIT for word in value.split(" "))


def _folded(start: str, words: list[str]) -> str:
    lines, line = [], start
    for word in words:
        if len(line) + 1 + len(word) > LINE and line != start:
            lines.append(line)
            line = ""
        line = f"{line} {word}"
    return "\r\n".join([*lines, line])


def _encoded(value: str, used: int) -> str:
    """Write encoded words, each whole in itself: no character is split over two."""
    mostly_ascii = sum(char > "\x7f" for char in value) * 4 <= len(value)
    write, cost = (_q_word, _q_cost) if mostly_ascii else (_b_word, _b_cost)
    words: list[str] = []
    chunk, room = "", LINE - used - 1 - _FRAME
    for char in value:
        if chunk and cost(chunk + char) > room:
            words.append(write(chunk))
            chunk, room = "", _WORD - _FRAME
        chunk += char
    words.append(write(chunk))
    return " " + "\r\n ".join(words)


def _q_cost(chunk: str) -> int:
    return sum(len(_Q[byte]) for byte in chunk.encode())


def _q_word(chunk: str) -> str:
    return f"=?utf-8?q?{''.join(_Q[byte] for byte in chunk.encode())}?="


def _b_cost(chunk: str) -> int:
    return (len(chunk.encode()) + 2) // 3 * 4


def _b_word(chunk: str) -> str:
    return f"=?utf-8?b?{b64encode(chunk.encode()).decode()}?="


def _invalid(field: str, what: str) -> DomainError:
    return DomainError("header_invalid", f"{field} {what}.", {field: what})
