"""Keeps tests off the network: a connection that would leave this machine fails at once."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class LeftTheMachine(AssertionError):
    """A test tried to reach another machine."""


@contextmanager
def only_loopback() -> Iterator[None]:
    """Guard every Python socket of this process, those of asyncio included."""
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}
    for name, connect in real.items():
        setattr(socket.socket, name, _guarded(connect))
    try:
        yield
    finally:
        for name, connect in real.items():
            setattr(socket.socket, name, connect)


def is_local(family: int, address: Any) -> bool:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0]
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name: looking it up would already leave the machine
        return False


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if not is_local(self.family, address):
            raise LeftTheMachine(f"a test may talk to this machine only, not to {address!r}")
        return connect(self, address)

    return guarded
