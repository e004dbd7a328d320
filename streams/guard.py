"""Who may look, and who may put rejected messages back.

A reader has the reading token, a writer the token for pushes; both sign in once, for a browser's event stream carries
no header fields of ours. Without a token only this machine looks and writes, and no page but the console's own.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal
from urllib.parse import urlsplit

from streams.problems import Problem
from streams.secrets import reveal
from streams.settings import Settings
from streams.tokens import host_name, is_loopback, same

COOKIE = "copytaster"
SIGNED_IN = 12 * 3600  # seconds: a working day

Role = Literal["read", "write"]

_MEND = "set COPYTASTER_READ_TOKEN (or COPYTASTER_READ_TOKEN_FILE) on the worker"
_MEND_WRITING = "set COPYTASTER_PUSH_TOKEN (or COPYTASTER_PUSH_TOKEN_FILE) on the worker"
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="copytaster"'}


@dataclass(frozen=True, slots=True)
class Guard:
    """Two tokens, either empty where none is set, and whether the port listens on this machine alone."""

    reading: str
    writing: str
    loopback: bool

    def check_reading(self, asked: "Asked", now: float) -> None:
        """Raises Problem 401 or 403 where who asks may not look."""
        asked.check_origin()
        if self._role(asked, now):
            return
        if self.reading or (self.writing and not self.loopback):
            raise Problem(401, "sign in with the reading token: COPYTASTER_READ_TOKEN of the worker", _CHALLENGE)
        if not self.loopback:
            raise Problem(403, f"looking needs a token where the port listens beyond this machine; {_MEND}")
        if not is_loopback(host_name(asked.host)):  # another's name for this machine (DNS rebinding)
            raise Problem(403, f"without a token the console is at 127.0.0.1 or localhost alone; {_MEND}")

    def check_writing(self, asked: "Asked", now: float) -> None:
        """Raises Problem 401 or 403 where who asks may not put messages back."""
        self.check_reading(asked, now)
        if self.writing:
            if self._role(asked, now) != "write":
                raise Problem(401, "this needs the writing token: COPYTASTER_PUSH_TOKEN of the worker", _CHALLENGE)
        elif not self.loopback:
            raise Problem(403, f"writing needs a token where the port listens beyond this machine; {_MEND_WRITING}")

    def sign_in(self, given: str, now: float) -> str:
        """The value of the cookie for who has one of the tokens, good for 12 hours; raises Problem 401."""
        for role, secret in self._secrets.items():
            if secret and same(given.strip(), secret):
                until = str(int(now) + SIGNED_IN)
                return f"{role}.{until}.{_seal(secret, role, until)}"
        raise Problem(401, "this token is not the worker's; compare it with COPYTASTER_READ_TOKEN", _CHALLENGE)

    @property
    def _secrets(self) -> Mapping[Role, str]:
        return {"write": self.writing, "read": self.reading}

    def _role(self, asked: "Asked", now: float) -> Role | None:
        scheme, _, given = asked.authorization.partition(" ")
        for role, secret in self._secrets.items():
            if secret and scheme.lower() == "bearer" and same(given.strip(), secret):
                return role
            if secret and _sealed(asked.cookie, secret, role, now):
                return role
        return None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says of who asks: header fields, empty where missing, and our cookie. `site` is Sec-Fetch-Site."""

    host: str = ""
    authorization: str = ""
    cookie: str = ""
    origin: str = ""
    site: str = ""

    def check_origin(self) -> None:
        """Raises Problem 403 for a request that a page of another origin makes; a program names none."""
        own = self.site in ("same-origin", "none") if self.site else self._own_origin
        if not own:
            raise Problem(403, "a page of another origin asks; only the console's own may")

    @property
    def _own_origin(self) -> bool:
        if not self.origin:
            return True
        try:
            return urlsplit(self.origin).netloc.lower() == self.host.lower()
        except ValueError:
            return False


def guard(settings: Settings) -> Guard:
    """The guard for these settings; raises SettingsError for a token file that can't be used."""
    reading = reveal(settings, "read_token")
    writing = reveal(settings, "push_token")
    return Guard(reading, writing, is_loopback(settings.web_host))


def _seal(secret: str, role: Role, until: str) -> str:
    """A cookie is sealed with its token, so that every worker that has the token knows it and none keeps sessions."""
    return hmac.new(secret.encode(), f"console {role} {until}".encode(), sha256).hexdigest()


def _sealed(cookie: str, secret: str, role: Role, now: float) -> bool:
    name, _, rest = cookie.partition(".")
    until, _, seal = rest.partition(".")
    known = name == role and same(seal, _seal(secret, role, until))
    return known and until.isdigit() and float(until) > now
