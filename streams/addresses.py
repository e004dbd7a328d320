"""Which addresses strangers may have us connect to: the public ones, and the private networks that a setting allows.

The check stands where a socket is made for the very address that is connected to. So it holds after a redirect and
after a second look-up of the name, and for every way to write an address.
"""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

Network = IPv4Network | IPv6Network
AddressInfo = tuple[Any, Any, int, str, tuple[Any, ...]]

_TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits


class RefusedAddress(PermissionError):
    """The address lies in no network that may be connected to."""


def networks(text: str) -> tuple[Network, ...]:
    """Networks as a setting names them, parted by commas. Raises ValueError for what is none."""
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())


def permitted(address: str, allowed: Sequence[Network] = ()) -> bool:
    """Whether an IP address may be connected to. One inside another (mapped, 6to4, NAT64) is judged by the inner."""
    ip = _inner(ip_address(address.partition("%")[0]))
    if any(ip in network for network in allowed):
        return True
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _inner(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(ip, IPv4Address):
        return ip
    translated = IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _TRANSLATED else None
    return ip.ipv4_mapped or ip.sixtofour or translated or ip


def guarded(allowed: Sequence[Network], mend: str) -> Callable[[AddressInfo], socket.socket]:
    """Makes sockets for permitted addresses alone; RefusedAddress for others, with the mend."""

    def make(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        if not permitted(str(address[0]), allowed):
            raise RefusedAddress(f"{address[0]} is a private address; {mend}")
        return socket.socket(family, kind, protocol)

    return make
