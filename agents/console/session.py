"""Signing in and out of the console, in a browser: one token for one cookie that no script can read."""

import time
from dataclasses import dataclass
from typing import Any

import msgspec
from aiohttp import hdrs, web

from streams.guard import COOKIE, SIGNED_IN, Guard
from streams.problems import Problem
from streams.web import asked

_MOST = 4096  # bytes of a sign-in


class Token(msgspec.Struct, forbid_unknown_fields=True):
    """What a browser signs in with."""

    token: str


@dataclass(frozen=True, slots=True)
class Session:
    """The handlers of `/api/session`."""

    guard: Guard

    async def get(self, request: web.Request) -> web.Response:
        """Whether who asks may look and write, why not, and whether a token would help."""
        said: dict[str, Any] = {"reads": True, "writes": True, "detail": "", "signed_in": COOKIE in request.cookies}
        said["asks"] = bool(self.guard.writing)
        for name, check in (("writes", self.guard.check_writing), ("reads", self.guard.check_reading)):
            try:
                check(asked(request), time.time())
            except Problem as problem:
                said |= {name: False, "detail": problem.detail, "asks": said["asks"] or problem.status == 401}
        return web.Response(body=msgspec.json.encode(said), content_type="application/json")

    async def post(self, request: web.Request) -> web.Response:
        """204 with a cookie for the token in `{"token": ...}`; Problem 4xx else."""
        asked(request).check_origin()
        length = request.content_length
        if request.content_type != "application/json" or length is None or length > _MOST:
            raise Problem(415, 'send `{"token": "..."}` as application/json')
        try:
            given = msgspec.json.decode(await request.read(), type=Token).token
        except msgspec.DecodeError as error:
            raise Problem(400, f'send `{{"token": "..."}}`: {error}') from error
        return _with_cookie(request, self.guard.sign_in(given, time.time()), SIGNED_IN)

    async def delete(self, request: web.Request) -> web.Response:
        """204, and the cookie is gone."""
        asked(request).check_origin()
        return _with_cookie(request, "", 0)


def _with_cookie(request: web.Request, value: str, seconds: int) -> web.Response:
    answer = web.Response(status=204)
    https = request.secure or request.headers.get(hdrs.X_FORWARDED_PROTO) == "https"
    answer.set_cookie(COOKIE, value, max_age=seconds, path="/", httponly=True, samesite="Strict", secure=https)
    return answer
