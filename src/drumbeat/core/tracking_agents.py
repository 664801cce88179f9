"""Who fetches, by the name that a program gives itself: a browser or mail program, or a machine and which.

A name is believed when it is a machine's; anybody can call himself a browser.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Agent(StrEnum):
    BROWSER = "browser"
    APPLE_PROXY = "apple_proxy"
    GMAIL_PROXY = "gmail_proxy"
    YAHOO_PROXY = "yahoo_proxy"
    IMAGE_PROXY = "image_proxy"
    BOT = "bot"
    NO_BROWSER = "no_browser"


_PROXIES = (
    (re.compile(r"Mozilla/5\.0\s*"), Agent.APPLE_PROXY),  # all that Apple's privacy proxy says of itself
    (re.compile(r".*(GoogleImageProxy|ggpht\.com).*"), Agent.GMAIL_PROXY),
    (re.compile(r".*YahooMailProxy.*"), Agent.YAHOO_PROXY),
    (re.compile(r".*(image|mail) ?proxy.*|imgproxy.*", re.IGNORECASE), Agent.IMAGE_PROXY),
)
_MACHINES = re.compile(
    r"bot\b|bot[/;)_\- ]|crawl|spider|scan|scrap|fetch|monitor|preview|prefetch|archiv|check|valid|verif|index"
    r"|\bfeed|feeder|\brss|agent|headless|phantom|selenium|playwright|puppeteer|synthetic|capture|lighthouse|slurp"
    r"|python|curl|wget|http|proxy|compatible; (?!msie)|link(?!edin)|search|\bseo|optimi[sz]|google(?!/)|metaiab"
    r"|metadata|facebookexternal|whatsapp/|\btest\b|audit|security|probe|uptime|barracuda|mimecast|proofpoint|@|\.com",
    re.IGNORECASE,
)
_BROWSERS = re.compile(
    r"Mozilla/[45]\.0 \((?=[^)]*(?:Windows|Macintosh|iPhone|iPad|Android|X11|Linux|CrOS))"
    r"(?:[^()]|\([^()]*\))*\)(?:$|.*(?:AppleWebKit/|Gecko))"
    r"|Mozilla/4\.0 \(compatible; MSIE [^)]*(?:Outlook|MSOffice)"
)
_MAIL_PROGRAMS = re.compile(
    r"(?:Mac)?Outlook[-/ ]|Microsoft (?:Office|Outlook)/|Airmail[/ ]|eM ?Client[/ ]|Thunderbird[/ ]|Postbox[/ ]"
)


@lru_cache(maxsize=4096)
def read_agent(agent: str) -> Agent:
    """Return what the name of a program tells of it. Total; "" is no browser."""
    for pattern, proxy in _PROXIES:
        if pattern.fullmatch(agent):
            return proxy
    if _MAIL_PROGRAMS.match(agent):
        return Agent.BROWSER
    if _MACHINES.search(agent):
        return Agent.BOT
    return Agent.BROWSER if _BROWSERS.match(agent) else Agent.NO_BROWSER
