"""A store behind TLS and a password. That of the wheel is built without TLS, so it is Debian's Redis."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from streams.server import HOST, Server, free_port, serving
from tests.live.secure.certificates import Certificates
from tests.live.secure.fortress import PASSWORD

# What docs/security.md gives a worker.
RIGHTS = "~* resetchannels -@all +@read +@write +@scripting +@connection +@transaction +info +dbsize"


def program() -> str | None:
    """Where a Redis with TLS is, if the machine has one."""
    return shutil.which("redis-server")


@contextmanager
def vault(folder: Path, files: Certificates, shown: str, *, mutual: bool = False) -> Iterator[int]:
    """The port of TLS of a store that shows a certificate, and with `mutual` wants one.

    Its users are `worker`, with the rights of one, and `guest`, who may look, both with PASSWORD.
    """
    port = free_port()
    told = {
        "tls-port": str(port),
        "tls-cert-file": shown,
        "tls-key-file": shown,
        "tls-ca-cert-file": files.ca,
        "tls-auth-clients": "yes" if mutual else "no",
        "requirepass": PASSWORD,
        "save": '""',
        "dir": str(folder),
        "bind": HOST,
    }
    settings = folder / f"redis-{port}.conf"
    users = f"user worker on >{PASSWORD} {RIGHTS}\nuser guest on >{PASSWORD} ~* -@all +@read\n"
    settings.write_text("".join(f"{name} {value}\n" for name, value in told.items()) + users)

    def command(plain: int) -> list[str]:
        return [program() or "redis-server", str(settings), "--port", str(plain)]

    # Asked where it speaks no TLS whether it is up; the tests know the other port alone.
    with serving(Server("store", command, b"PING\r\n", lambda _, said: said.startswith(b"-NOAUTH"), "")):
        yield port
