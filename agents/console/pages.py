"""The page and what belongs to it, served from memory. It holds no copy: that comes as JSON, and is set as text."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from aiohttp import hdrs, web

_FOLDER = Path(__file__).parent / "static"
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


@dataclass(frozen=True, slots=True)
class File:
    """One file of the console, with the tag by which a browser asks whether it has changed."""

    body: bytes
    kind: str
    tag: str

    def answer(self, request: web.Request) -> web.Response:
        """The file, or 304 for a browser that has it."""
        headers = {
            hdrs.CACHE_CONTROL: "no-cache",
            hdrs.ETAG: self.tag,
            "Content-Security-Policy": _POLICY,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        if request.headers.get(hdrs.IF_NONE_MATCH) == self.tag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=self.body, headers=headers | {hdrs.CONTENT_TYPE: self.kind})


def files() -> dict[str, File]:
    """The console's files by name."""
    return {path.name: _file(path) for path in sorted(_FOLDER.iterdir()) if path.suffix in _KINDS}


def _file(path: Path) -> File:
    body = path.read_bytes()
    return File(body, _KINDS[path.suffix], f'"{sha256(body).hexdigest()[:16]}"')
