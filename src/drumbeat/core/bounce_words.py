"""Delivery reports in free words: how to know one, where the returned mail begins, whom it names.

Tables of what mail servers write, by language. Nothing is judged here: that is `core.bounce_judgement`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from drumbeat.core.mail import Mail

ADDRESS = re.compile(r"[^\s<>()\[\]\\,;:=\"'@]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,250}[A-Za-z0-9])?")
REPORTED = re.compile(r"^>?\s*final-recipient:", re.IGNORECASE | re.MULTILINE)

_DAEMON = re.compile(r"mailer-?daemon", re.IGNORECASE)
_SERVER = re.compile(
    r"mailer-?daemon|mail[ .-]?delivery|post_?master|mdaemon|mail-?system|^ndr@|^bounces?@|^sysadmin@"
    r"|mail_service|^\"?system administrator\"?@",
    re.IGNORECASE,
)
# Not only the seven languages of people: servers answer in the language of their country.
_SUBJECTS = {
    "en": r"undeliver|deliver\w*(?: has)? (?:status|fail|problem|error|report|notification)"
    r"|fail\w* (?:notice|delivery)|return(?:ed|ing) (?:mail|to|e-?mail|message)|not (?:be )?delivered"
    r"|mail (?:failure|error|system error)|processing error|error sending your mail|non-?deliver|user unknown"
    r"|rejected (?:mail|message)|problem delivering|could ?n[o']t (?:be )?(?:sent|deliver)"
    r"|bounced (?:mail|message)"
    r"|are not (?:a )?member|cannot (?:be )?deliver",
    "de": r"unzustellbar|nicht (?:zugestellt|zustellbar)|zustellung\w* (?:fehlgeschlagen|ist fehl|fehler)"
    r"|zustell(?:fehler|benachrichtigung)|fehlgeschlagene zustellung",
    "fr": r"non (?:remis|délivr|recensé|distribu)|échec de (?:la )?(?:remise|distribution|livraison)"
    r"|notification d'état de remise|courrier (?:retourné|non distribu)",
    "es": r"no (?:se )?(?:ha |puede |pudo )?(?:podido )?entreg|devuelto|fallo (?:de|en la) entrega|no entregad"
    r"|estado de (?:la )?entrega",
    "pt": r"não (?:foi )?(?:entregue|possível entregar)|devolvid|falha na entrega|mensagem não entregue",
    "nl": r"onbestelbaar|niet (?:bezorgd|afgeleverd)|bezorging mislukt|niet te bezorgen",
    "it": r"mancat[oa] (?:recapito|consegna)|non recapitabile|non consegnat|impossibile recapitare|errore di consegna",
    "ru": r"не доставлено|недоставлен|не может быть доставлен",
    "ja": r"メールエラー|エラー通知|配信(?:不能|エラー|できません)|送信(?:エラー|できません)|不達",
    "zh": r"退信|退件|无法(?:投递|发送|送达)|無法(?:投遞|傳送|送達)|投递失败",
    "ko": r"반송|전송 ?실패|배달 ?실패",
    "others": r"niedostarczon|nedoruč|iletilemedi|olevererbar|kunde inte leverer|ikke lever|toimittama",
}
_BODIES = {
    "en": r"could ?n[o']t be (?:delivered|sent|reached)|could not be (?:delivered|sent|reached)|undeliver"
    r"|did not reach|delivery (?:has )?fail|failed (?:to deliver|permanently|recipient)"
    r"|permanent (?:fatal )?(?:error|failure)|bounced|unable to deliver|not (?:be )?delivered"
    r"|cannot (?:be )?deliver|could ?n[o']t deliver|error delivering|rejected by|delivery error"
    r"|problem delivering|error message below|automatically rejected|are not a member of this mailing list"
    r"|not accepting mail from",
    "de": r"nicht zugestellt|konnte nicht (?:an|zu)|unzustellbar|zustellung[^.!?]{0,40} fehlgeschlagen",
    "fr": r"n'a pas (?:pu être|été) (?:remis|délivr|envoy|distribu)"
    r"|échec (?:permanent )?de (?:la )?(?:remise|livraison)",
    "es": r"no (?:se )?(?:ha |pudo |puede )?(?:podido )?(?:ser )?entreg",
    "pt": r"não (?:foi|pôde|pode) (?:ser )?(?:entreg|possível entregar)",
    "nl": r"niet (?:worden )?(?:bezorgd|afgeleverd)|bezorging[^.!?]{0,40} mislukt",
    "it": r"non (?:è stato (?:possibile )?|può essere )?(?:recapita|consegna)|impossibile (?:recapitare|consegnare)",
    "ru": r"не (?:было |может быть )?доставлен",
    "ja": r"(?:配信|送信|お届け|配送)(?:す|し|が|は|を)?(?:る)?(?:こと)?(?:が|は)?でき(?:ません|ず|なかった)"
    r"|届けられません",
    "zh": r"无法(?:被)?(?:投递|发送|送达)|無法(?:投遞|傳送|送達)",
}
_SUBJECT = re.compile("|".join(_SUBJECTS.values()), re.IGNORECASE)
_SAYS_FAILED = re.compile("|".join(_BODIES.values()), re.IGNORECASE)
_ANSWERS = re.compile(r"^(?:re|aw|fwd?|wg|sv|antw|tr|rv|enc|i|r|doorst):", re.IGNORECASE)
_FORWARDED = re.compile(r"^(?:fwd?|wg|tr|rv|enc|i|doorst):", re.IGNORECASE)
_DELAY = re.compile(
    r"\bdelay(?:ed)?\b|not yet been delivered|will be retried|still trying|could not send message for past"
    r"|verzögert|retardé|retrasad|atrasad|vertraagd|ritardat",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"^(?:[-=*_ ]{2,}[^\n]{0,60}(?:copy of|original|header|message follows)[^\n]{0,80}"
    r"|[^\n]{0,40}(?:message follows|headers follow|unsent message below)[^\n]{0,40}|original message:"
    r"|(?:return-path|received|message-id|mime-version|dkim-signature|x-mailer|content-type): [^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_LINE = re.compile(r"^[A-Za-z][A-Za-z0-9-]{1,40}:", re.MULTILINE)
_OF_A_MAIL = re.compile(
    r"^(?:return-path|received|message-id|from|to|subject|date|dkim-signature):", re.IGNORECASE | re.MULTILINE
)
_LIST_BEGINS = re.compile(r"following (?:recipient|address|destination|users?)[^\n]{0,60}", re.IGNORECASE)
_RCPT_TO = re.compile(rf"^\s*RCPT TO: ?<?({ADDRESS.pattern})", re.IGNORECASE | re.MULTILINE)
_NOT_A_PERSON = re.compile(
    r"^(?:mailer-daemon|postmaster|abuse|support|help\w*|admin\w*|noc)@", re.IGNORECASE
)


def is_report(mail: Mail, head: str) -> bool:
    """Tell whether a mail server writes about a mail that it could not deliver, or not yet."""
    if mail.is_bare:  # a bare body is what somebody wrote
        return bool(REPORTED.search(head))
    if "x-failed-recipients" in mail.headers or mail.reports or _DAEMON.search(mail.from_address):
        return True
    sender = f"{mail.from_address}\n{mail.from_name}"
    by_server = mail.return_path == "" or not mail.from_address or bool(_SERVER.search(sender))
    subject, words = bool(_SUBJECT.search(mail.subject)), bool(_SAYS_FAILED.search(head[:3_000]))
    if by_server:
        return subject or words or bool(_DELAY.search(mail.subject))
    return subject and words and not mail.in_reply_to and not _ANSWERS.match(mail.subject)


def is_delay(mail: Mail, head: str) -> bool:
    """Tell whether a report says that the server goes on trying."""
    return bool(_DELAY.search(mail.subject)) or (bool(_DELAY.search(head)) and not _SAYS_FAILED.search(head))


def unforwarded(mail: Mail, text: str) -> str:
    """Return the report that somebody passed on in quotes, else the text as it is."""
    if not (_FORWARDED.match(mail.subject) and _SUBJECT.search(mail.subject) and "\n>" in text):
        return text
    bare = "\n".join(line.removeprefix(">").removeprefix(" ") for line in text.split("\n"))
    return bare if REPORTED.search(bare) else text


def failed_addresses(mail: Mail, head: str, original: Mapping[str, str]) -> list[str]:
    """Return whom a report in free words names, each once; the addressees of the returned mail before guesses."""
    named = ADDRESS.findall(mail.headers.get("x-failed-recipients", "")) or _RCPT_TO.findall(head)
    if named:
        return list(dict.fromkeys(named))
    to = (mail.headers.get("to", ""), mail.headers.get("delivered-to", ""), original.get("from", ""))
    own = {found.lower() for value in to for found in ADDRESS.findall(value)} | {mail.from_address.lower()}
    sent_to = [found.lower() for found in ADDRESS.findall(original.get("to", ""))]
    begins = _LIST_BEGINS.search(head)
    for words in ([head[begins.end() :]] if begins else []) + [head]:
        seen = {found.lower(): found for found in ADDRESS.findall(words) if found.lower() not in own}
        meant = [found for low, found in seen.items() if low in sent_to]
        people = meant or [found for found in seen.values() if not _NOT_A_PERSON.match(found)]
        if people:
            return people
    return [found for found in sent_to if found not in own]


def about(address: str, head: str, failed: list[str]) -> str:
    """Return the words that concern an address: from its line to the next failed one, or all there are."""
    others = [other.lower() for other in failed if other.lower() != address.lower()]
    if not others:
        return head
    lines = head.lower().split("\n")
    begin = next((n for n, line in enumerate(lines) if address.lower() in line), None)
    if begin is None:
        return head
    end = begin + 1
    while end < len(lines) and not any(other in lines[end] for other in others):
        end += 1
    return "\n".join(head.split("\n")[begin:end])


def split(text: str) -> tuple[str, str]:
    """Return a report's own words and the returned message that follows them."""
    for found in _COPY.finditer(text):
        rest = text[found.start() :]
        first = _HEADER_LINE.search(rest)
        if (
            first
            and len(_HEADER_LINE.findall(rest[:3_000])) >= 3
            and len(_OF_A_MAIL.findall(rest[:3_000])) >= 2
        ):
            return text[: found.start()], rest[first.start() :]
        if not first and found.group().lstrip().startswith(("-", "=", "*", "_")):
            return text[: found.start()], ""
    return text, ""
