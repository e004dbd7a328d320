"""Who may push: whoever has the bearer token (RFC 6750); without a token only programs on this machine."""

from dataclasses import dataclass

from streams.problems import Problem
from streams.secrets import reveal
from streams.settings import Settings
from streams.tokens import host_name, is_loopback, same

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
        elif origin is not None or not is_loopback(host_name(host or "")):
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
        if not same(given.strip(), self.token):
            raise Problem(
                401,
                "the bearer token is not this worker's; compare it with COPYTASTER_PUSH_TOKEN or the token file",
                {"WWW-Authenticate": 'Bearer realm="copytaster", error="invalid_token"'},
            )


def guard(settings: Settings) -> Guard:
    """The guard for these settings; raises SettingsError for a token file that can't be used."""
    return Guard(reveal(settings, "push_token"), is_loopback(settings.web_host))
