"""Which contacts belong to one company, as far as the domain of a mail address tells."""

from __future__ import annotations

from drumbeat.core.facts import EventKind

TOLD_TO_COLLEAGUES = frozenset({EventKind.REPLIED, EventKind.MEETING_BOOKED})
"""What the others of a company hear of as a `COMPANY_REPLY`, where their sequence heeds it."""

_EVERYBODYS = """
    gmail.com googlemail.com icloud.com me.com mac.com aol.com aim.com msn.com ymail.com rocketmail.com
    proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tutamail.com tuta.io tuta.com
    fastmail.com fastmail.fm hey.com zoho.com zohomail.com zohomail.eu mail.com email.com usa.com inbox.com
    hushmail.com posteo.de posteo.net mailbox.org duck.com
    web.de t-online.de freenet.de arcor.de online.de email.de bluewin.ch hispeed.ch sunrise.ch aon.at chello.at
    orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr
    libero.it virgilio.it tin.it alice.it tiscali.it tim.it inwind.it
    btinternet.com sky.com virginmedia.com ntlworld.com talktalk.net blueyonder.co.uk
    telenet.be skynet.be proximus.be ziggo.nl kpnmail.nl home.nl planet.nl xs4all.nl hetnet.nl
    telia.com bredband.net online.no mail.dk
    seznam.cz centrum.cz email.cz azet.sk wp.pl o2.pl onet.pl interia.pl op.pl abv.bg freemail.hu citromail.hu
    mail.ru inbox.ru list.ru bk.ru internet.ru rambler.ru ya.ru yandex.com yandex.ru yandex.by yandex.kz ukr.net
    comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net optonline.net
    shaw.ca sympatico.ca telus.net bigpond.com bigpond.net.au optusnet.com.au xtra.co.nz
    uol.com.br bol.com.br terra.com.br ig.com.br globo.com
    rediffmail.com qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com
    naver.com daum.net hanmail.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp
"""
FREE_MAIL = frozenset(_EVERYBODYS.split())
"""Domains at which anybody gets an address."""
IN_EVERY_COUNTRY = frozenset({"gmx", "hotmail", "live", "outlook", "yahoo"})
"""The same by their first label, with the endings of countries."""
_SECOND_LABELS = frozenset({"co", "com"})
_LONGEST_ENDING = 3


def company_of(domain: str) -> str:
    """Return the domain as the name of a company, "" where it is none or anybody's."""
    return "" if "." not in domain or is_free_mail(domain) else domain


def is_free_mail(domain: str) -> bool:
    """Say whether anybody gets an address at the domain, given in lower case."""
    if domain in FREE_MAIL:
        return True
    first, *ending = domain.split(".")
    if first not in IN_EVERY_COUNTRY or not ending or len(ending[-1]) > _LONGEST_ENDING:
        return False
    return len(ending) == 1 or (len(ending) == 2 and ending[0] in _SECOND_LABELS)
