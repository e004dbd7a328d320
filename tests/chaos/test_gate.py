"""A gate passes bytes both ways, and a cut breaks what is open and nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from streams.server import HOST
from tests.chaos.gate import Gate

BROKEN = (ConnectionError, EOFError)


@pytest.fixture
async def gate() -> AsyncIterator[Gate]:
    """A gate in front of a server that says again what it hears."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(100):
            writer.write(data)
        await leave(writer)

    server = await asyncio.start_server(echo, HOST, 0)
    gate = Gate(server.sockets[0].getsockname()[1])
    await gate.open()
    yield gate
    await gate.close()
    server.close()


async def leave(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def ask(gate: Gate) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection(HOST, gate.port)
    writer.write(b"ferry")
    assert await reader.readexactly(5) == b"ferry"
    return reader, writer


async def test_a_cut_breaks_what_is_open_and_the_next_connection_is_served(gate: Gate) -> None:
    reader, writer = await ask(gate)
    assert gate.cut() == 1
    with pytest.raises(BROKEN):
        await reader.readexactly(1)
    await leave(writer)
    _, writer = await ask(gate)
    await leave(writer)


async def test_what_goes_through_a_slow_gate_comes_later_and_whole(gate: Gate) -> None:
    gate.slow(30.0)
    before = asyncio.get_running_loop().time()
    _, writer = await ask(gate)
    assert asyncio.get_running_loop().time() - before >= 0.3
    await leave(writer)


async def test_a_server_that_is_away_looks_away_through_its_gate(gate: Gate) -> None:
    gate.target = 1
    reader, writer = await asyncio.open_connection(HOST, gate.port)
    with pytest.raises(BROKEN):
        await reader.readexactly(1)
    await leave(writer)
