"""A model of the demo's own over real HTTP, in the OpenAI protocol: it writes by rules, and slips now and then.

The same request gives the same answer. It reads what any model would read: the instructions and the fenced data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler
from random import Random
from typing import Any

from drumbeat.demo.texts import texts_of

MODEL = "demo-writer"
PRICE_IN, PRICE_OUT = "0.15", "0.60"
"""Of a million tokens, as one sets it in DRUMBEAT_MODEL_PRICE_IN and _OUT; nobody is billed."""
_SLIPS = 0.3
_LETTERS_PER_TOKEN = 4
_LARGEST = 1_000_000
_FIELD = re.compile(r"^(\w+): (.+)$", re.MULTILINE)
_CONTACT = re.compile(r"^DATA \S+ contact\n(.*?)^END ", re.MULTILINE | re.DOTALL)
_FACT = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)
_AIM = re.compile(r"^- ([^:\n]+): (.+)$", re.MULTILINE)
_TONE = re.compile(r"^Tone: .*?\b(friendly|formal|direct|curious)\b", re.MULTILINE)
_MARK = re.compile(r"^DATA (\S+) ", re.MULTILINE)


class Handler(BaseHTTPRequestHandler):
    """Lists one model, and completes chats with it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.endswith("/models"):
            self._answer(200, {"object": "list", "data": [{"id": MODEL, "object": "model"}]})
        else:
            self._refuse(404, "There is no such path.")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _LARGEST:
            self.close_connection = True
            self._refuse(413, "The request is too large.")
            return
        body = self.rfile.read(int(length))
        try:
            self._answer(200, completed(json.loads(body)))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as fault:
            self._refuse(400, f"This is no chat that can be completed: {fault!r}")

    def _refuse(self, status: int, text: str) -> None:
        self._answer(status, {"error": {"message": text, "type": "invalid_request_error"}})

    def _answer(self, status: int, told: Mapping[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


def completed(request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer to a request for a chat completion. Raises KeyError and its like where it is none."""
    messages = request["messages"]
    schema = request["response_format"]["json_schema"]["schema"]
    said = json.dumps(_said(messages, schema["properties"]), ensure_ascii=False)
    tokens_in = sum(len(one["content"]) for one in messages) // _LETTERS_PER_TOKEN
    tokens_out = len(said) // _LETTERS_PER_TOKEN
    return {
        "id": "chatcmpl-demo",
        "object": "chat.completion",
        "model": MODEL,
        "choices": [{"index": 0, "message": {"role": "assistant", "content": said}, "finish_reason": "stop"}],
        "usage": {
            "prompt_tokens": tokens_in,
            "completion_tokens": tokens_out,
            "total_tokens": tokens_in + tokens_out,
        },
    }


def _said(messages: Sequence[Mapping[str, str]], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer in the form that was asked for: a choice, or a message."""
    system, data = messages[0]["content"], messages[1]["content"]
    mark = _MARK.search(data)
    chance = Random(f"{system}\n{data}".replace(mark[1], "") if mark else f"{system}\n{data}")
    if "choice" in fields:
        choice = chance.choice(fields["choice"]["enum"])
        return {"reason": "That fits what is known best.", "choice": choice, "confidence": 0.8}
    return _Draft(system, data, chance).written("subject" in fields)


class _Draft:
    def __init__(self, system: str, data: str, chance: Random) -> None:
        self.system, self.chance = system, chance
        contact = _CONTACT.search(data)
        self.known = dict(_FIELD.findall(contact[1])) if contact else {}
        self.aims = dict(_AIM.findall(system))
        self.facts = _FACT.findall(system)

    def written(self, with_subject: bool) -> dict[str, Any]:
        number, fact = self.chance.choice(self.facts) if self.facts else ("", "")
        words = self._words(fact)
        body = self._one(self._kind()).format(**words)
        if self.chance.random() < _SLIPS:
            body = f"{body} {self._one('slips')}"
        is_mail = "an email" in self.system
        text = f"{words['opening']}\n\n{body}" if is_mail else body
        answer: dict[str, Any] = {
            "text": _tidy(text),
            "facts": [int(number)] if fact and fact in text else [],
        }
        return answer | ({"subject": self._one("subjects").format(**words)} if with_subject else {})

    def _kind(self) -> str:
        answers = "Answer the contact's last message" in self.system
        if "(SMS)" in self.system or "WhatsApp" in self.system:
            return "text answer" if answers else "text message"
        if "spoken aloud" in self.system:
            return "voicemail"
        if "short" in self.aims.get("A colleague's wish about the earlier draft", "").casefold():
            return "short"
        if answers:
            return "answer"
        return "follow-up" if "Write a follow-up" in self.system else "email"

    def _words(self, fact: str) -> dict[str, str]:
        tone = _TONE.search(self.system)
        name = self.known.get("first_name", "there")
        return {
            "name": name,
            "company": self.known.get("company", "your team"),
            "title": self.known.get("title", "the one who decides"),
            "opening": self._one(f"openings {tone[1] if tone else 'friendly'}").format(name=name),
            "angle": _sentence(self.aims.get("Angle", "")),
            "ask": _sentence(self.aims.get("What the contact shall do", "Shall we talk for ten minutes?")),
            "value": _sentence(self.aims.get("What it is worth to them", "")),
            "fact": fact,
        }

    def _one(self, section: str) -> str:
        return self.chance.choice(texts_of("drafts.txt", "\n---\n")[section])


def _sentence(aim: str) -> str:
    aim = aim.strip()
    return aim if not aim or aim.endswith((".", "?", "!")) else f"{aim}."


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" {2,}", " ", text)).strip()
