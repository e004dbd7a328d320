"""Bearer tokens (RFC 6750): where they are kept, how they are compared, and who is on this machine without any."""

import hmac
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from streams.errors import SettingsError
from streams.settings import PREFIX


def token(name: str, value: str, place: str) -> str:
    """The token that the setting `name` gives, as such or in a file; raises SettingsError for a file without one."""
    variable = PREFIX + name
    if not place:
        return value
    if value:
        raise SettingsError(f"{variable} and {variable}_FILE exclude each other; unset one")
    try:
        read = Path(place).read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise SettingsError(f"{variable}_FILE={place} can't be read: {error}") from error
    if not read:
        raise SettingsError(f"{variable}_FILE={place} is empty; write the token into it")
    return read


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
