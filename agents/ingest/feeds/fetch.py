"""One GET, kind to the server and safe for us: conditional, of bounded size, time and redirects, to permitted places.

Redirects are followed here, one turn at the host for each. HTTP is opened nowhere else.
"""

import asyncio
import codecs
import re
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from agents.ingest.feeds.inflate import CODINGS, Inflater
from agents.ingest.feeds.pace import retry_after
from streams.addresses import Network, guarded

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_HEADERS = {
    "User-Agent": f"copytaster/{version('copytaster')} (feed reader)",
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8",
    "Accept-Encoding": ", ".join(CODINGS[::2]),
}
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Turn = Callable[[str], AbstractAsyncContextManager[None]]


class FetchFailed(Exception):
    """No body, and why. `status` is HTTP's, 0 where none came; `asked` the seconds the server wants us to wait."""

    def __init__(self, reason: str, status: int = 0, asked: float = 0.0) -> None:
        super().__init__(reason)
        self.status, self.asked = status, asked


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch: bytes of a body, before and after inflating; seconds of a request; redirects."""

    size: int = 8 * 2**20
    seconds: float = 20.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier answer from `url` is known by."""

    url: str
    etag: str
    modified: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `changed` is False for 304; `moved` is the address to ask from now on, where it moved for good."""

    url: str
    changed: bool
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    moved: str = ""


@dataclass(frozen=True, slots=True)
class _Redirected:
    url: str
    permanent: bool


def session(allowed: Sequence[Network] = (), resolver: AbstractResolver | None = None) -> aiohttp.ClientSession:
    """A session that connects to permitted addresses alone, without cookies, or a proxy from the environment."""
    sockets = guarded(allowed, "COPYTASTER_FEEDS_NETWORKS names those that feeds may have")
    connector = aiohttp.TCPConnector(socket_factory=sockets, resolver=resolver, limit_per_host=1)
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers=_HEADERS,
        auto_decompress=False,
        timeout=aiohttp.ClientTimeout(total=None),
    )


@asynccontextmanager
async def at_once(host: str) -> AsyncIterator[None]:
    """No waiting for a turn."""
    yield


async def fetch(
    client: aiohttp.ClientSession,
    url: str,
    *,
    known: Known | None = None,
    turn: Turn = at_once,
    limits: Limits = Limits(),
) -> Fetched:
    """Get `url`. Raises FetchFailed for whatever isn't a body within the limits, or a 304 to `known`."""
    moved, permanent = "", True
    for _ in range(limits.redirects + 1):
        target = _target(url)
        async with turn(target.host or ""):
            answer = await _ask(client, target, known if known and known.url == url else None, limits)
        if isinstance(answer, Fetched):
            return replace(answer, url=url, moved=moved)
        permanent = permanent and answer.permanent
        url = answer.url
        moved = url if permanent else moved
    raise FetchFailed(f"more than {limits.redirects} redirects")


def _target(url: str) -> URL:
    try:
        target = URL(url)
    except ValueError as error:
        raise FetchFailed(f"no URL: {error}") from error
    if target.scheme not in ("http", "https") or not target.host:
        raise FetchFailed(f"only http and https are fetched, not {url[:80]!r}")
    return target


async def _ask(
    client: aiohttp.ClientSession, target: URL, known: Known | None, limits: Limits
) -> Fetched | _Redirected:
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
    said = {name: value for name, value in headers.items() if value}
    try:
        async with (
            asyncio.timeout(limits.seconds),
            client.get(target, headers=said, allow_redirects=False) as response,
        ):
            return await _answer(response, target, bool(said), limits)
    except TimeoutError as error:
        raise FetchFailed(f"no whole answer within {limits.seconds:g} s") from error
    except aiohttp.ClientConnectorError as error:
        raise FetchFailed(f"{error.host}: {error.os_error}") from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise FetchFailed(str(error) or type(error).__name__) from error


async def _answer(
    response: aiohttp.ClientResponse, target: URL, conditional: bool, limits: Limits
) -> Fetched | _Redirected:
    if response.status in _REDIRECTS and (location := response.headers.get("Location")):
        return _Redirected(str(target.join(URL(location))), response.status in _PERMANENT)
    if response.status == 304 and conditional:
        return Fetched("", changed=False, headers=response.headers)
    if response.status != 200:
        asked = retry_after(response.headers, time.time())
        raise FetchFailed(f"{response.status} {response.reason or ''}".strip(), response.status, asked)
    inflater = Inflater(response.headers.get("Content-Encoding", ""), limits.size)
    async for piece in response.content.iter_chunked(64 * 1024):
        inflater.feed(piece)
    return Fetched("", changed=True, body=_utf8(inflater.close(), response), headers=response.headers)


def _utf8(body: bytes, response: aiohttp.ClientResponse) -> bytes:
    """The body as UTF-8 where only its header names another encoding; what a document says of itself goes before."""
    charset = response.charset
    if not charset or body.startswith(_MARKS) or _DECLARED.match(body[:300]):
        return body
    try:
        return body.decode(charset).encode()
    except (LookupError, UnicodeError):
        return body
