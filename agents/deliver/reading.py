"""Feeds for those who may read: feed readers know the password of HTTP Basic (RFC 7617) rather than a bearer token."""

import base64
import binascii
import time
from dataclasses import replace

from aiohttp import web

from streams.guard import Guard
from streams.problems import Problem
from streams.web import Handler, asked

_CHALLENGE = {"WWW-Authenticate": 'Basic realm="copytaster", charset="UTF-8"'}


def for_feed_readers(guard: Guard, handler: Handler) -> Handler:
    """The handler, for those alone who may look; the token may come as a password, whatever the user's name."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        who = asked(request)
        try:
            guard.check_reading(replace(who, authorization=_as_bearer(who.authorization)), time.time())
        except Problem as refusal:
            if refusal.status != 401:
                raise
            raise Problem(401, "the feed needs a password: COPYTASTER_READ_TOKEN of the worker", _CHALLENGE) from None
        return await handler(request)

    return guarded


def _as_bearer(authorization: str) -> str:
    scheme, _, said = authorization.partition(" ")
    if scheme.lower() != "basic":
        return authorization
    try:
        pair = base64.b64decode(said, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return f"Bearer {pair.partition(':')[2]}"
