"""Finds out why a server lets us not in: aiokafka and redis tell no more than that there is no connection."""

import asyncio
import ssl
import struct
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from aiokafka.conn import create_conn
from aiokafka.errors import KafkaError
from aiokafka.protocol.metadata import MetadataRequest

from streams.connection import connection
from streams.refusals import NO_USER, no_tls, only_tls, sasl_refusal, tls_refusal
from streams.settings import Settings
from streams.tls import Server, context

_PATIENCE = 5.0  # seconds for one answer
_ALL = 8.0  # seconds for all of them
_PAUSE = 1.0  # seconds
_STORE_PORT = 6379

# ApiVersions, version 0 (Kafka protocol guide): every broker answers it, whoever asks.
_API_VERSIONS = struct.pack(">ihhih", 10, 18, 0, 1, -1)


async def broker_refusal(settings: Settings) -> str:
    """Why the first of the brokers that is there refuses us, as a sentence; "" where none is, or none refuses."""
    options = {**connection(settings), "request_timeout_ms": int(_PATIENCE * 1000)}
    del options["bootstrap_servers"]
    with suppress(TimeoutError):
        async with asyncio.timeout(_ALL):
            return await _first(settings, options)
    return ""


async def _first(settings: Settings, options: dict[str, Any]) -> str:
    for server in settings.broker.split(","):
        host, _, port = server.rpartition(":")
        try:
            words = await _tried(host.strip("[]"), int(port), settings, options)
        except (OSError, TimeoutError):
            continue
        if words:
            return f"the broker at {server} {words}"
    return ""


async def store_refusal(settings: Settings) -> str:
    """Why the store hangs up on us: TLS on one side alone, or our certificate; "" where it is none of these."""
    place = urlsplit(settings.store)
    host, port = place.hostname or "localhost", place.port or _STORE_PORT
    match place.scheme:
        case "redis":
            return only_tls("store") if await speaks_tls(host, port) else ""
        case "rediss":
            if (await answer(host, port, b"PING\r\n")).startswith((b"+", b"-")):
                return no_tls("store")
            return await _word(host, port, settings, "store")
    return ""


async def _tried(host: str, port: int, settings: Settings, options: dict[str, Any]) -> str:
    words = await _asked(host, port, settings, options)
    if words == NO_USER:  # or it was killed just then: ask again
        await asyncio.sleep(_PAUSE)
        words = await _asked(host, port, settings, options)
    return words


async def _asked(host: str, port: int, settings: Settings, options: dict[str, Any]) -> str:
    try:
        opened = await create_conn(host, port, **options)
    except TimeoutError:  # it hangs, and that is no refusal
        return ""
    except (KafkaError, OSError, ValueError) as error:
        return tls_refusal(error, "broker") or sasl_refusal(error, settings) or await _misdialled(host, port, settings)
    try:
        await opened.send(MetadataRequest([]))
    except (KafkaError, TimeoutError) as error:  # it hung up: who is not known may ask for versions alone
        return tls_refusal(error, "broker") or ("" if settings.broker_user else NO_USER)
    finally:
        opened.close()
    return ""


async def _misdialled(host: str, port: int, settings: Settings) -> str:
    """Whether the port speaks TLS where we don't, or the other way round, or does not like our certificate."""
    if settings.broker_tls == "no":
        return only_tls("broker") if await speaks_tls(host, port) else ""
    if len(await answer(host, port, _API_VERSIONS)) > 4:
        return no_tls("broker")
    return await _word(host, port, settings, "broker")


async def _word(host: str, port: int, settings: Settings, server: Server) -> str:
    """What a server says of our certificate; "" where it says nothing.

    TLS 1.3 says it after the handshake, and whoever has sent something by then may get a reset in place of the word.
    """
    try:
        async with asyncio.timeout(_PATIENCE):
            reader, writer = await asyncio.open_connection(host, port, ssl=context(settings, server))
            try:
                async with asyncio.timeout(_PAUSE):
                    await reader.read(1)
            finally:
                await _hang_up(writer)
    except OSError as error:  # also ssl.SSLError, and that it was silent
        return tls_refusal(error, server)
    return ""


async def speaks_tls(host: str, port: int) -> bool:
    """Whether a port begins TLS with us, whoever it is: nothing is sent there."""
    anyone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    try:
        async with asyncio.timeout(_PATIENCE):
            _, writer = await asyncio.open_connection(host, port, ssl=anyone)
        await _hang_up(writer)
    except ssl.SSLError as error:
        return "ALERT" in (error.reason or "")
    except (OSError, TimeoutError):
        return False
    return True


async def answer(host: str, port: int, request: bytes) -> bytes:
    """The beginning of what a port answers to a request without TLS; b"" where it does not."""
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(request)
                return await reader.read(64)
            finally:
                await _hang_up(writer)
    return b""


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    """At once: who speaks another protocol may not part as TLS wants it."""
    writer.transport.abort()
    with suppress(OSError):
        await writer.wait_closed()
