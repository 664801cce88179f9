"""A mail server that takes everything and looks at nothing, so that a measurement is of the sender.

Like nearly every server it offers PIPELINING (RFC 2920).

`python -m bench.sink` prints its port and serves on loopback until its standard input closes.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

END = b"\r\n.\r\n"
ANSWERS = {
    b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250 SIZE 10000000\r\n",
    b"DATA": b"354 go ahead\r\n",
    b"QUIT": b"221 bye\r\n",
}


class Sink(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._in_body = False
        self._tail = b""
        self._transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        if self._in_body:
            self._tail = (self._tail + data)[-len(END) :]
            if self._tail == END:
                self._in_body = False
                self._transport.write(b"250 2.0.0 Ok: queued as X\r\n")
            return
        verbs = [line[:4].upper() for line in data.splitlines()]
        self._in_body, self._tail = verbs[-1] == b"DATA", b""
        self._transport.write(b"".join([ANSWERS.get(verb, b"250 2.1.0 Ok\r\n") for verb in verbs]))


async def serve() -> None:
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


@contextmanager
def spawned() -> Iterator[int]:
    """Run a sink in a process of its own and yield its port."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.sink"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.stdin.close()


if __name__ == "__main__":
    asyncio.run(serve())
