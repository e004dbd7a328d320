"""Bearer tokens (RFC 6750): how they are compared, and who is on this machine without any."""

import hmac
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit


def same(given: str, expected: str) -> bool:
    """Whether two secrets are one, in a time that tells nothing of either."""
    return hmac.compare_digest(_digest(given), _digest(expected))


def is_loopback(host: str) -> bool:
    """Whether a name or address is this machine's own alone."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def host_name(host: str) -> str:
    """The host of a Host header field, without its port; empty where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _digest(text: str) -> bytes:
    """Of equal length whatever the token's, so that the time to compare tells nothing of it."""
    return sha256(text.encode("utf-8", "surrogateescape")).digest()
