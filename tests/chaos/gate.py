"""A gate between a client and a server on this machine: it passes bytes on, and can be cut and slowed."""

import asyncio
from contextlib import suppress

from streams.server import HOST

_AT_ONCE = 2**16  # bytes
_DELAY = 0.2  # seconds that bytes take through a slow gate


class Gate:
    """Listens on `port` once it is open, and passes each connection on to `target`, a port too."""

    def __init__(self, target: int = 0) -> None:
        self.target, self.port = target, 0
        self._slow_until = 0.0
        self._open: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> int:
        """Begin to listen, on a port that was free."""
        self._server = await asyncio.start_server(self._enter, HOST, 0)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self.port

    async def close(self) -> None:
        """Listen no more, and cut all connections."""
        if self._server:
            self._server.close()
        self.cut()
        for each in self._passing:  # one that has just come isn't open yet, and not cut
            each.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)
        await asyncio.sleep(0)  # what is aborted is closed in the next turn

    def cut(self) -> int:
        """Break off every connection, in the middle of whatever is said; tells how many."""
        cut = len(self._open) // 2
        for writer in self._open:
            writer.transport.abort()
        return cut

    def slow(self, seconds: float) -> None:
        """Hold all bytes up on their way, for so long from now."""
        self._slow_until = asyncio.get_running_loop().time() + seconds

    def _enter(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._pass(reader, writer))
        self._passing.add(task)
        task.add_done_callback(self._passing.discard)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_reader, there_writer = await asyncio.open_connection(HOST, self.target)
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, there_writer}
        self._open |= ends
        try:
            with suppress(OSError):  # one way broken, both are
                await asyncio.gather(self._carry(reader, there_writer), self._carry(there_reader, writer))
        finally:
            self._open -= ends
            for each in ends:
                each.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        while data := await reader.read(_AT_ONCE):
            if loop.time() < self._slow_until:
                await asyncio.sleep(_DELAY)
            writer.write(data)
            await writer.drain()
        writer.write_eof()
