"""Which addresses a host that a user typed may lead to: the public internet, and what the operator named.

Names are resolved elsewhere, once; the address that was checked is the one that is connected to.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import TypeAlias

from drumbeat.core.errors import DomainError

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_LOW_32 = 0xFFFFFFFF


def read_network(text: str) -> Network:
    """Read an address or a network such as 10.1.0.0/16; DomainError `setting_invalid`."""
    try:
        return ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        raise DomainError(
            "setting_invalid", f"{text!r} is neither an address nor a network such as 10.1.0.0/16."
        ) from None


def may_lead_to(address: str, allowed: Iterable[Network] = ()) -> bool:
    """Say whether a typed host may be connected to at `address`: a public one, or one in `allowed`.

    An IPv6 address that carries an IPv4 one (mapped, compatible, NAT64, 6to4, Teredo) is judged by that one too.
    What is no address is refused.
    """
    try:
        own = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    networks = tuple(allowed)
    return all(_is_fit(each, networks) for each in (own, *_carried(own)))


def _is_fit(address: Address, networks: tuple[Network, ...]) -> bool:
    if any(address in network for network in networks):
        return True
    return address.is_global and not address.is_multicast


def _carried(address: Address) -> list[Address]:
    """Return the IPv4 addresses within an IPv6 one."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or address in _COMPATIBLE:
        found.append(ipaddress.IPv4Address(int(address) & _LOW_32))
    return [each for each in found if each is not None]
