"""Refusals as HTTP knows them: problem details (RFC 9457) that say what is wrong and how to mend it."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec

from streams.errors import CopytasterError

MEDIA_TYPE = "application/problem+json"


class Problem(CopytasterError):
    """A request refused: `status`, what is wrong and the mend, header fields, and members beside RFC 9457's own."""

    def __init__(
        self, status: int, detail: str, headers: Mapping[str, str] | None = None, **members: Sequence[Any]
    ) -> None:
        detail = detail.encode("utf-8", "replace").decode()  # bytes of a header field that are no UTF-8 are quoted too
        super().__init__(detail)
        self.status, self.detail, self.headers, self.members = status, detail, dict(headers or {}), members

    @property
    def body(self) -> bytes:
        """The JSON document. Its type is `about:blank`: the status says of what kind the problem is."""
        title = HTTPStatus(self.status).phrase
        said = {"type": "about:blank", "title": title, "status": self.status, "detail": self.detail}
        return msgspec.json.encode(said | self.members)


def later(status: int, detail: str, seconds: int) -> Problem:
    """A request that may succeed after so many seconds, as its Retry-After says."""
    return Problem(status, detail, {"Retry-After": str(seconds)})
