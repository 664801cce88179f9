"""A mail, and the ways in which the tests of this folder send it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from drumbeat.channels.base import Prepared, Receipt, Refusal, Scope, Unclear
from drumbeat.channels.email.mime import EmailOutbound
from drumbeat.channels.email.smtp import EmailChannel, Patience, SmtpServer
from tests.support.smtp import Running

MAIL = EmailOutbound(
    touch_key="step:1:hello:1",
    sender_address="ann@sender.test",
    envelope_from="bounce+x1@sender.test",
    recipient_address="bob@example.com",
    subject="A question",
    text="Hello Bob,\n\nshall we talk?\n",
    message_id="0123@sender.test",
    date=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
)
HASTY = Patience(connect=5, greeting=5, command=5, data=5, block=5, dot=5, quit=1)


def to(local_part: str, **fields: Any) -> EmailOutbound:
    return replace(MAIL, recipient_address=f"{local_part}@example.com", **fields)


async def send(channel: EmailChannel, outbound: EmailOutbound) -> Receipt | Exception:
    try:
        prepared: Prepared = await channel.prepare(outbound)
        return await prepared.transmit()
    except (Refusal, Unclear) as outcome:
        return outcome


def through(server: SmtpServer, work: Callable[[EmailChannel], Awaitable[Any]], **options: Any) -> Any:
    async def run() -> Any:
        async with EmailChannel(server, **options) as channel:
            return await work(channel)

    return asyncio.run(run(), debug=True)


def outcome(running: Running, outbound: EmailOutbound, **options: Any) -> Any:
    server = SmtpServer("127.0.0.1", running.port)
    return through(server, lambda channel: send(channel, outbound), **options)


def told(refusal: Any) -> tuple[type, Scope, str, str]:
    return (type(refusal), refusal.scope, refusal.reason, refusal.code)
