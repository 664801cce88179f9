"""Scanners of mail gateways replayed on composed mails: nobody is unsubscribed, hardly one passes for a person."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from selectolax.lexbor import LexborHTMLParser

from bench import world
from drumbeat.core.document import read_document
from drumbeat.core.tracking_verdicts import JUDGED_AFTER
from drumbeat.inbound import tracking
from drumbeat.inbound.tracking_spool import Spool
from drumbeat.models import Event, Sequence, Suppression, Touch
from drumbeat.store import flows
from tests.core.test_tracking_agents import PEOPLE
from tests.engine.test_tracking import Moment, fetch
from tests.support.clockwork import Clockwork

pytestmark = pytest.mark.django_db(transaction=True)
MAILS, TIMES = 1_000, 3
SENT_AT = world.START
ROBOTS = ("Barracuda Sentinel (EE)", "Mozilla/5.0 (compatible; SafeScan/1.0)")
SCANNERS = {
    # name: (share, agents, methods, sees hidden links, loads pictures, seconds after delivery, seconds between fetches)
    "library at the gate": (15, ("python-requests/2.32", "Go-http-client/2.0", ""), ("get",), True, False, (0, 8), 0.2),
    "gateway with a browser's name": (20, PEOPLE[:3], ("head", "get"), True, True, (0, 9), 0.3),
    "sandbox minutes later": (20, PEOPLE[:5], ("get",), True, True, (60, 900), 0.4),
    "browser that renders the mail": (20, PEOPLE[:5], ("get",), False, True, (20, 900), 0.5),
    "filter that only follows links": (10, PEOPLE[:3], ("get",), False, False, (30, 600), 0.8),
    "privacy proxy": (10, ("Mozilla/5.0",), ("get",), False, True, (1, 3_600), 1.0),
    "named robot": (5, ROBOTS, ("get",), True, True, (0, 60), 0.1),
}  # fmt: skip
"""What mail gateways do, by what administrators and senders report of them; every link and picture three times."""


@pytest.fixture
def spool(tmp_path, monkeypatch):
    own = Spool(tmp_path)
    monkeypatch.setattr("drumbeat.api.tracking.spool", lambda: own)
    monkeypatch.setattr("drumbeat.api.tracking.SystemClock", Moment)
    return own


def steps_of_mails() -> Iterator[dict[str, Any]]:
    """Mails with one to six links, that many times the way out."""
    for links in range(1, 7):
        anchors = " ".join(f'<a href="https://a.test/{n}?x=1&amp;y={n}">see {n}</a>' for n in range(links))
        html = f"<html><body><p>Hello {{{{ contact.first_name }}}}, {anchors}</p></body></html>"
        content = {"subject": "A question", "text": "Hello", "html": html}
        yield {"key": f"mail_{links}", "kind": "email", "content": content, "next": None}


@pytest.fixture
def mails():
    """Composed and handed over, as the engine does it."""
    owner = world.a_workspace()
    sender = world.a_sender(owner.workspace)
    sent = []
    for number, step in enumerate(steps_of_mails()):
        sequence = Sequence.objects.create(
            workspace=owner.workspace, name=f"Links {number}", owner=owner, status="active", sender=sender,
            track_opens=True, track_clicks=True, created_at=SENT_AT, updated_at=SENT_AT,
        )  # fmt: skip
        with transaction.atomic():
            version = flows.save_version(
                sequence, read_document({"format": 1, "steps": [step]}), owner, SENT_AT
            )
        people = world.contacts(owner.workspace, -(-MAILS // 6), number * 1_000)
        world.enroll(version, people, step=step["key"])
    sent += [claimed.outbound for claimed in Clockwork().run(SENT_AT)]
    return sent[:MAILS]


def fetched_by(mail, hidden, pictures):
    """Return the addresses in a mail that a scanner finds: all links, the way out among them."""
    body = LexborHTMLParser(mail.html)
    links = body.css("a[href]" if hidden else "a[href]:not([aria-hidden])")
    addresses = [node.attributes["href"] or "" for node in links]
    found = [address for address in addresses if address.startswith("http://127.0.0.1")]
    return found + ([node.attributes["src"] for node in body.css("img")] if pictures else [])


def test_scanners_unsubscribe_nobody_and_hardly_pass_for_people(mails, spool, capsys):
    chance = random.Random(8)
    names = chance.choices(list(SCANNERS), [share for share, *_ in SCANNERS.values()], k=len(mails))
    fetches: Counter[str] = Counter()
    for mail, name in zip(mails, names, strict=True):
        _, agents, methods, hidden, pictures, (first, last), pause = SCANNERS[name]
        agent, at = chance.choice(agents), SENT_AT + timedelta(seconds=chance.uniform(first, last))
        found = fetched_by(mail, hidden, pictures)
        for turn in range(TIMES):
            for address in found:
                answer = fetch(address, at, agent, methods[turn % len(methods)])
                assert answer.status_code in (200, 302, 404)
                at += timedelta(seconds=chance.uniform(0.02, pause / len(found)))
                fetches[name] += 1
    spool.drain(tracking.store)
    while tracking.judge_once(SENT_AT + timedelta(hours=2) + JUDGED_AFTER):
        pass

    judged: Counter[tuple[str, str]] = Counter()
    scanner_of = {mail.message_id.partition("@")[0]: name for mail, name in zip(mails, names, strict=True)}
    marks = dict(Touch.objects.values_list("id", "mark"))
    for touch_id, payload in Event.objects.filter(source="tracking").values_list("touch_id", "payload"):
        judged[scanner_of[marks[touch_id]], payload["visitor"]] += 1
    human = sum(count for (_, visitor), count in judged.items() if visitor == "human")
    with capsys.disabled():
        print(f"\n{'scanner':32} {'fetches':>8} {'machine':>8} {'human':>6}")
        for name in SCANNERS:
            print(f"{name:32} {fetches[name]:8} {judged[name, 'machine']:8} {judged[name, 'human']:6}")
        print(f"{'together':32} {fetches.total():8} {judged.total() - human:8} {human:6}")
    assert len(mails) == MAILS
    assert not Suppression.objects.exists()
    assert human <= 0.02 * judged.total()
