"""The Idempotency-Key of a push (draft-ietf-httpapi-idempotency-key-header-07): the same push again is done once."""

import logging
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress

from agents.ingest.pushes.store import Answers
from streams.errors import StoreUnavailable
from streams.problems import Problem, later

_log = logging.getLogger(__name__)

# A string of RFC 9651, or what most senders write: the bare key.
_QUOTED = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\])*)"')
_BARE = re.compile(r"[!#-+\--~]+")
_LONGEST = 255


def read_key(header: str | None) -> str | None:
    """The key that a header field carries; raises Problem 400 for one that is no key."""
    if header is None:
        return None
    quoted = _QUOTED.fullmatch(header.strip())
    key = re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else header.strip()
    if not (quoted or _BARE.fullmatch(key)) or not 0 < len(key) <= _LONGEST:
        raise Problem(400, f'Idempotency-Key is none; send 1 to {_LONGEST} printable letters, such as "8e03978e-40d5"')
    return key


async def once(answers: Answers, key: str, digest: str, work: Callable[[], Awaitable[bytes]]) -> bytes:
    """Do the work of the request with this key and digest, or give the answer that it had before.

    Only an answer is kept: a refusal would be the same again, or is better tried again. Raises Problem 409 while the
    first request is being worked on, 422 when it was another, and what `work` raises.
    """
    taken = await answers.claim(key, digest)
    if taken and taken.digest != digest:
        raise Problem(422, "this Idempotency-Key came with another request before; take a new key for each")
    if taken and taken.answer is None:
        raise later(409, "the first request with this Idempotency-Key is still being worked on; wait for it", 1)
    if taken and taken.answer is not None:
        return taken.answer
    try:
        answer = await work()
    except BaseException:
        with suppress(StoreUnavailable):
            await answers.release(key)
        raise
    try:
        await answers.keep(key, digest, answer)
    except StoreUnavailable as error:  # Kafka has the articles: that must be told, and again is harmless
        _log.warning("an answer is not kept under its Idempotency-Key: %s", error)
    return answer
