"""The way to the Redis that workers share; what is kept there is the business of each room's store module."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from redis.asyncio import Redis, SSLConnection
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import (
    AuthenticationError,
    AuthorizationError,
    BusyLoadingError,
    ConnectionError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
    TimeoutError,
)

from streams.errors import StoreForgot, StoreRefused, StoreUnavailable
from streams.progress import sign
from streams.refusals import tls_refusal
from streams.secrets import reveal
from streams.settings import Settings, masked
from streams.tls import context

_PATIENCE = 10.0  # seconds for one answer: far longer than any script here takes
_UNKNOWN = (AuthenticationError, AuthorizationError)
_AWAY = (ConnectionError, TimeoutError, BusyLoadingError, ReadOnlyError)
_PROTECTED = "DENIED"  # how one without a password refuses who connects from elsewhere: protected mode
_NO_DISK = "MISCONF"  # how a store begins its refusal to write what it can't save

MARK = "ct1:river"  # the key whose value says whose memory the store holds (see `streams.mark`)
REBUILDING = "rebuilding "  # what the value begins with while it holds only a part
_FORGOT = "FORGOT "
# In one step with what the script does, so that nothing is asked of a store that was emptied, and nothing put there.
_GUARD = f"""local borne = redis.call('GET', '{MARK}')
if borne ~= '%s' then return redis.error_reply('{_FORGOT}[' .. (borne or '') .. ']') end
"""


class _Marked(Redis):
    """A client whose scripts do nothing where the store doesn't bear the mark: StoreForgot within `answering`."""

    mark = ""

    def register_script(self, script: Any) -> Any:
        return super().register_script(_GUARD % self.mark + script)


def connect(settings: Settings, mark: str = "") -> Redis:
    """A client of the store, opened at first use; with a `mark` for scripts that need it. Values come back as bytes.

    Raises SettingsError for a secret or a file of TLS that can't be used.
    """
    encrypted = settings.store.startswith("rediss://")
    more: dict[str, Any] = {"context": context(settings, "store")} if encrypted else {}
    if password := reveal(settings, "store_password"):
        more["password"] = password
    kind = _Marked if mark else Redis
    client = kind.from_url(
        settings.store,
        socket_timeout=_PATIENCE,
        socket_connect_timeout=_PATIENCE,
        retry=Retry(ExponentialBackoff(cap=1.0, base=0.05), 3),
        **more,
    )
    if encrypted:
        client.connection_pool.connection_class = _Encrypted
    if isinstance(client, _Marked):
        client.mark = mark
    return client


def memory(settings: Settings) -> Redis:
    """A client for what the river remembers: its scripts do nothing where the store is not, or no longer, its own."""
    return connect(settings, settings.topic_prefix)


class _Encrypted(SSLConnection):
    """TLS in our context: redis makes one that trusts whom this system trusts, too, where a CA is named."""

    def __init__(self, *, context: ssl.SSLContext, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ssl_context.context = context


@contextmanager
def answering(settings_or_url: Settings | str) -> Iterator[None]:
    """Turn a store that doesn't answer, or can't keep what it is given, into StoreUnavailable: workers wait it out.

    One that refuses us raises StoreRefused, which waiting doesn't mend. A store that answers slowly is no stall either:
    each answer is a sign that the work at hand goes on.
    """
    url = masked(settings_or_url if isinstance(settings_or_url, str) else settings_or_url.store)
    try:
        yield
        sign()
    except (*_UNKNOWN, NoPermissionError) as error:
        raise StoreRefused(f"the store at {url} {_refused(error)}") from error
    except _AWAY as error:
        if words := tls_refusal(error, "store"):
            raise StoreRefused(f"the store at {url} {words}") from error
        raise StoreUnavailable(
            f"the store at {url} does not answer ({error}); start it, or set COPYTASTER_STORE to where it is"
        ) from error
    except OutOfMemoryError as error:
        raise StoreUnavailable(
            f"the store at {url} is full ({error}); raise its maxmemory, or shorten COPYTASTER_WINDOW_HOURS"
        ) from error
    except ResponseError as error:
        if str(error).startswith(_PROTECTED):
            raise StoreUnavailable(
                f"the store at {url} has no password and answers its own machine alone; set its requirepass, and the "
                "same in COPYTASTER_STORE"
            ) from error
        if _FORGOT in str(error):
            raise StoreForgot(_forgot(url, str(error).partition("[")[2].partition("]")[0])) from error
        if not str(error).startswith(_NO_DISK):
            raise
        raise StoreUnavailable(f"the store at {url} can't save what it is given ({error}); see to its disk") from error


def _forgot(url: str, borne: str) -> str:
    if borne.startswith(REBUILDING):
        return f"the store at {url} is being rebuilt; if that broke off, run `copytaster rebuild` again"
    if borne:
        return f"the store at {url} is river {borne}'s; set COPYTASTER_STORE to its own, such as another database"
    return f"the store at {url} has lost what the river remembers; run `copytaster rebuild`"


def _refused(error: RedisError) -> str:
    if isinstance(error, NoPermissionError):
        return f"does not let us do this ({error}); give its user the rights that docs/security.md lists"
    return (
        f"does not let us in ({error}); set COPYTASTER_STORE_PASSWORD_FILE or COPYTASTER_STORE_PASSWORD, "
        "and the user in COPYTASTER_STORE"
    )
