"""Who may push: whoever has the bearer token (RFC 6750); without a token only programs on this machine."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from agents.ingest.pushes.problems import Problem
from streams.errors import SettingsError
from streams.settings import Settings

_MEND = "set COPYTASTER_PUSH_TOKEN or COPYTASTER_PUSH_TOKEN_FILE on the worker"


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets pushes in by `token`; where that is empty, those from this machine, if the port listens there alone."""

    token: str
    loopback: bool

    def check(self, authorization: str | None, host: str | None, origin: str | None) -> None:
        """Judge a request by three of its header fields. Raises Problem 401 or 403."""
        if self.token:
            self._check_token(authorization)
        elif not self.loopback:
            raise Problem(403, f"pushing needs a token where the port listens beyond this machine; {_MEND}")
        elif origin is not None or not _is_loopback(_name(host or "")):
            # A page in a browser of this machine reaches the port too, under its own name or another's (DNS rebinding).
            raise Problem(403, f"without a token only programs on this machine may push, and no web page; {_MEND}")

    def _check_token(self, authorization: str | None) -> None:
        scheme, _, given = (authorization or "").partition(" ")
        if scheme.lower() != "bearer":
            raise Problem(
                401,
                "no bearer token; send `Authorization: Bearer TOKEN` with the worker's COPYTASTER_PUSH_TOKEN",
                {"WWW-Authenticate": 'Bearer realm="copytaster"'},
            )
        if not hmac.compare_digest(_digest(given.strip()), _digest(self.token)):
            raise Problem(
                401,
                "the bearer token is not this worker's; compare it with COPYTASTER_PUSH_TOKEN or the token file",
                {"WWW-Authenticate": 'Bearer realm="copytaster", error="invalid_token"'},
            )


def guard(settings: Settings) -> Guard:
    """The guard for these settings; raises SettingsError for a token file that can't be used."""
    return Guard(_token(settings), _is_loopback(settings.web_host))


def _token(settings: Settings) -> str:
    place = settings.push_token_file
    if not place:
        return settings.push_token
    if settings.push_token:
        raise SettingsError("COPYTASTER_PUSH_TOKEN and COPYTASTER_PUSH_TOKEN_FILE exclude each other; unset one")
    try:
        token = Path(place).read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise SettingsError(f"COPYTASTER_PUSH_TOKEN_FILE={place} can't be read: {error}") from error
    if not token:
        raise SettingsError(f"COPYTASTER_PUSH_TOKEN_FILE={place} is empty; write the token into it")
    return token


def _name(host: str) -> str:
    """The host without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _digest(text: str) -> bytes:
    """Of equal length whatever the token's, so that the time to compare tells nothing of it."""
    return sha256(text.encode("utf-8", "surrogateescape")).digest()
