"""How long each list of the Inbox takes among 100,000 conversations: its queries, the first page and one far down.

The table goes to stderr as it is measured.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from statistics import median

from django.db import connection

from bench import world
from drumbeat.actions import conversations
from drumbeat.actions.conversations import strangers
from drumbeat.api.inbox import view
from drumbeat.api.paging import PageIn, page_of
from drumbeat.models import Contact, Conversation, Member, Message, Role
from tests.support import many_contacts

CONVERSATIONS = 100_000
WARM = 3
PAGES_DOWN = 40
_OWN = 50
"""One contact of so many belongs to the rep who sees the own ones alone."""
_MEANT = ("", "", "", "interested", "not_now", "not_interested", "out_of_office", "wrong_person")


def measure(count: int = CONVERSATIONS) -> dict[str, float]:
    """Return the milliseconds of the median and of the slowest list, each the median of three answers."""
    owner = world.a_workspace()
    _fill(owner, count)
    rep = _rep(owner)
    times = {}
    for who, member in (("owner", owner), ("rep", rep)):
        for name, ask in _asked(member).items():
            times[f"{who}: {name}"] = took = median(_took(ask) for _ in range(WARM))
            print(f"{f'{who}: {name}':<44}{took:>9.1f} ms", file=sys.stderr, flush=True)
    ordered = sorted(times.values())
    return {
        "conversations": float(count),
        "median_ms": ordered[len(ordered) // 2],
        "slowest_ms": ordered[-1],
    }


def _took(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _asked(member: Member) -> Mapping[str, Callable[[], object]]:
    lists: dict[str, dict[str, str]] = {
        "all": {"scope": "all"},
        "to answer": {"scope": "needs_answer"},
        "to confirm": {"scope": "questions"},
        "mine": {"scope": "mine"},
        "interested": {"scope": "all", "sentiment": "interested"},
        "to answer and wrong person": {"scope": "needs_answer", "sentiment": "wrong_person"},
        "mine and not now": {"scope": "mine", "sentiment": "not_now"},
        "complaints": {"scope": "all", "kind": "complaint"},
        "a name that many have": {"scope": "all", "q": "company 1"},
        "a name that one has": {"scope": "all", "q": "lead77@example.com"},
        "a name that nobody has": {"scope": "all", "q": "zzzz"},
    }
    asked: dict[str, Callable[[], object]] = {}
    for name, filters in lists.items():
        asked[name] = lambda filters=filters: _page(member, filters)  # type: ignore[misc]
    asked["all, far down"] = lambda: _page(member, {"scope": "all"}, _cursor(member))
    asked["counts"] = lambda: conversations.counts_of(member)
    asked["strangers"] = lambda: page_of(strangers.unmatched(member), ("-id",), PageIn(), view.unmatched)
    newest = Contact.objects.filter(owner_id=member.pk).order_by("-id").first()
    if newest is not None:
        asked["a conversation"] = lambda: view.thread(member, newest, world.START)
    return asked


_far: dict[int, str] = {}


def _cursor(member: Member) -> str:
    """Return the cursor of a page far down; it is gone to once."""
    if member.pk not in _far:
        cursor = ""
        for _ in range(PAGES_DOWN):
            cursor = _page(member, {"scope": "all"}, cursor) or cursor
        _far[member.pk] = cursor
    return _far[member.pk]


def _page(member: Member, filters: Mapping[str, str], cursor: str = "") -> str:
    rows = conversations.list_of(member, **filters)  # type: ignore[arg-type]
    rows = rows.select_related("contact", "last_message").defer("last_message__html")
    return page_of(rows, ("-last_at", "-id"), PageIn(cursor=cursor), view.lines).next_cursor or ""


def _rep(owner: Member) -> Member:
    """Return a rep who sees the own contacts alone, few among all."""
    user = type(owner.user)._default_manager.create(email="rep@ours.test")
    rep = Member.objects.create(
        workspace=owner.workspace,
        user=user,
        name="Rep",
        role=Role.REP,
        own_contacts_only=True,
        created_at=world.START,
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE drumbeat_contact SET owner_id = %s WHERE id %% %s = 0", [rep.pk, _OWN])
        cursor.execute("ANALYZE")
    return rep


def _fill(owner: Member, count: int) -> None:
    many_contacts.fill(owner, count, world.START)
    ids = Contact.objects.filter(workspace=owner.workspace).order_by("id").values_list("id", flat=True)
    batch: list[int] = []
    for id_ in ids.iterator(chunk_size=5_000):
        batch.append(id_)
        if len(batch) == 5_000:
            _write(owner, batch)
            batch = []
    _write(owner, batch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write(owner: Member, contact_ids: list[int]) -> None:
    made = Message.objects.bulk_create(_message(owner, id_) for id_ in contact_ids)
    Conversation.objects.bulk_create(
        Conversation(
            workspace=owner.workspace,
            contact_id=id_,
            last_message_id=message.pk,
            kind="complaint" if id_ % 5_000 == 0 else "reply",
            sentiment=_MEANT[id_ * 7 % len(_MEANT)],
            question="whose_reply" if id_ % 2_000 == 0 else None,
            last_at=world.START + timedelta(seconds=id_ * 7919 % 1_000_003),
            needs_answer=id_ % 20 == 0,
            unread=id_ % 40 == 0,
        )
        for id_, message in zip(contact_ids, made, strict=True)
    )
    Message.objects.bulk_create(_message(owner, None) for id_ in contact_ids if id_ % 20 == 0)


def _message(owner: Member, contact_id: int | None) -> Message:
    return Message(
        workspace=owner.workspace,
        contact_id=contact_id,
        channel="email",
        direction="in",
        kind="reply" if contact_id else "other",
        from_address=f"lead{contact_id}@example.com",
        subject="Re: A question",
        text="Thank you, that sounds good. Call me on Thursday.\n" * 8,
        occurred_at=world.START,
    )
