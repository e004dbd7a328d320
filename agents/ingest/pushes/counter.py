"""The counter where pushes are handed in: header fields first, then the body within its bounds, then Kafka's word."""

import asyncio
import zlib
from dataclasses import dataclass

from aiohttp import hdrs, web

from agents.ingest.pushes.fields import given
from agents.ingest.pushes.idempotency import once, read_key
from agents.ingest.pushes.load import Load, Share
from agents.ingest.pushes.packing import Unpacker
from agents.ingest.pushes.push import Publish, Push, reader, take
from agents.ingest.pushes.store import Answers
from agents.ingest.pushes.tokens import Guard, guard
from streams.problems import Problem
from streams.settings import Settings

_BODY_SECONDS = 60.0  # for a body to arrive


@dataclass(frozen=True, slots=True)
class Counter:
    """Where pushes are handed in: bodies of up to `most_bytes`, articles of up to `largest` bytes of JSON each."""

    guard: Guard
    load: Load
    answers: Answers
    publish: Publish
    most_bytes: int
    largest: int

    async def post(self, request: web.Request) -> web.Response:
        """202 with the place of each article in Kafka; Problem for all else."""
        headers = request.headers
        self.guard.check(headers.get(hdrs.AUTHORIZATION), headers.get(hdrs.HOST), headers.get(hdrs.ORIGIN))
        kind = request.content_type if hdrs.CONTENT_TYPE in headers else ""
        reader(kind)  # refused before the body is read
        key, fields = read_key(headers.get("Idempotency-Key")), given(request.query.items())
        with self.load.share() as share:
            body = await self._body(request, share)
            push = Push(body, kind, request.charset or "", fields)
            if key is None:
                answer = await self._take(push, share)
            else:
                answer = await once(self.answers, key, push.digest, lambda: self._take(push, share))
        return web.Response(status=202, body=answer, content_type="application/json")

    async def _take(self, push: Push, share: Share) -> bytes:
        return await take(push, self.largest, share, self.publish)

    async def _body(self, request: web.Request, share: Share) -> bytes:
        """The body, unpacked; more than `most_bytes` of it are never held."""
        unpacker = self._unpacker(request)
        share.add(bytes=request.content_length or 0)
        if request.headers.get(hdrs.EXPECT, "").lower() == "100-continue":
            await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            request.writer.output_size = 0  # as aiohttp does: the answer has not begun
        body = bytearray()
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                async for piece in request.content.iter_any():
                    body += unpacker.feed(piece, self.most_bytes - len(body)) if unpacker else piece
                    if len(body) > self.most_bytes:
                        raise self._too_large()
                    share.add(bytes=max(0, len(body) - share.bytes))
        except TimeoutError as error:
            raise Problem(408, f"the body did not arrive within {_BODY_SECONDS:.0f} seconds; send it again") from error
        except (zlib.error, web.RequestPayloadError) as error:
            raise Problem(400, f"the body can't be unpacked: {error}; check its encoding") from error
        if unpacker and not unpacker.whole:
            raise Problem(400, "the packed body breaks off; send it whole")
        return bytes(body)

    def _unpacker(self, request: web.Request) -> Unpacker | None:
        """What unpacks the body, if anything must. Raises Problem where the header fields alone make it impossible."""
        packed = request.headers.get(hdrs.CONTENT_ENCODING, "identity").strip().lower()
        if packed not in ("identity", "gzip", "x-gzip"):
            raise Problem(415, f"Content-Encoding {packed} is not read; send gzip", {"Accept-Encoding": "gzip"})
        if request.content_length is not None and request.content_length > self.most_bytes:
            raise self._too_large()
        return None if packed == "identity" else Unpacker()

    def _too_large(self) -> Problem:
        most = f"{self.most_bytes:,} bytes (COPYTASTER_PUSH_MAX_BYTES)"
        return Problem(413, f"the body, packed or unpacked, is more than {most}; send fewer articles at once")


def counter(settings: Settings, answers: Answers, publish: Publish) -> Counter:
    """The counter for these settings; raises SettingsError for a token file that can't be used."""
    load = Load(settings.push_pending_bytes, settings.push_pending_articles)
    largest = min(settings.max_article_bytes, settings.max_message_bytes)
    return Counter(guard(settings), load, answers, publish, settings.push_max_bytes, largest)
