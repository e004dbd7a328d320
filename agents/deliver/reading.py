"""Who may read the feeds: whoever has the reading token or the pushing one; without a token only this machine.

The token is a bearer token (RFC 6750) or the password of HTTP Basic (RFC 7617), which feed readers know.
"""

import base64
import binascii
from dataclasses import dataclass

from streams.problems import Problem
from streams.settings import Settings
from streams.tokens import host_name, is_loopback, same, token

_CHALLENGE = {"WWW-Authenticate": 'Basic realm="copytaster", charset="UTF-8"'}
_MEND = "set COPYTASTER_READ_TOKEN (or COPYTASTER_READ_TOKEN_FILE) on the worker"


@dataclass(frozen=True, slots=True)
class Guard:
    """The tokens that let in, and whether the port listens on this machine alone."""

    tokens: tuple[str, ...]
    loopback: bool

    def check(self, authorization: str, host: str) -> None:
        """Judge a request by two of its header fields, empty where missing. Raises Problem 401 or 403."""
        given = _given(authorization)
        if any(same(given, each) for each in self.tokens):
            return
        if self.tokens:
            raise Problem(401, "the feed needs a password: COPYTASTER_READ_TOKEN of the worker", _CHALLENGE)
        if not self.loopback:
            raise Problem(403, f"reading needs a token where the port listens beyond this machine; {_MEND}")
        if not is_loopback(host_name(host)):  # another's name for this machine (DNS rebinding)
            raise Problem(403, f"without a token the feeds are at 127.0.0.1 or localhost alone; {_MEND}")


def guard(settings: Settings) -> Guard:
    """The guard for these settings; raises SettingsError for a token file that can't be used.

    As in the console a worker that listens here alone needs no token for reading, unless one for reading is set.
    """
    loopback = is_loopback(settings.web_host)
    reading = token("READ_TOKEN", settings.read_token, settings.read_token_file)
    writing = token("PUSH_TOKEN", settings.push_token, settings.push_token_file)
    needed = bool(reading or (writing and not loopback))
    return Guard(tuple(filter(None, (reading, writing))) if needed else (), loopback)


def _given(authorization: str) -> str:
    scheme, _, said = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return said.strip()
    try:
        pair = base64.b64decode(said, validate=True).decode() if scheme.lower() == "basic" else ""
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return pair.partition(":")[2]
