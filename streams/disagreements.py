"""Settings that don't go together: they would leave a connection less safe than it looks, or can't be meant."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streams.settings import Settings

_PASSWORD = re.compile(r"//[^/@\s]*?:[^/\s]*@|[?&]password=")

_DISAGREEMENTS: tuple[tuple[Callable[["Settings"], object], str], ...] = (
    (
        lambda ours: ours.broker_tls == "no" and (ours.broker_ca or ours.broker_certificate or ours.broker_key),
        "COPYTASTER_BROKER_CA, _CERTIFICATE and _KEY are for TLS; set COPYTASTER_BROKER_TLS=yes",
    ),
    (
        lambda ours: ours.broker_key and not ours.broker_certificate,
        "COPYTASTER_BROKER_KEY goes with a certificate; set COPYTASTER_BROKER_CERTIFICATE",
    ),
    (
        lambda ours: ours.broker_user and not (ours.broker_password or ours.broker_password_file),
        "COPYTASTER_BROKER_USER has no password; set COPYTASTER_BROKER_PASSWORD_FILE or COPYTASTER_BROKER_PASSWORD",
    ),
    (
        lambda ours: not ours.broker_user and (ours.broker_password or ours.broker_password_file),
        "COPYTASTER_BROKER_PASSWORD is nobody's; set COPYTASTER_BROKER_USER",
    ),
    (
        lambda ours: ours.broker_user and ours.broker_mechanism == "PLAIN" and ours.broker_tls == "no",
        "COPYTASTER_BROKER_MECHANISM=PLAIN would send the password readable; set COPYTASTER_BROKER_TLS=yes",
    ),
    (
        lambda ours: (
            not ours.store.startswith("rediss://") and (ours.store_ca or ours.store_certificate or ours.store_key)
        ),
        "COPYTASTER_STORE_CA, _CERTIFICATE and _KEY are for TLS; start COPYTASTER_STORE with rediss://",
    ),
    (
        lambda ours: ours.store_key and not ours.store_certificate,
        "COPYTASTER_STORE_KEY goes with a certificate; set COPYTASTER_STORE_CERTIFICATE",
    ),
    (
        lambda ours: "ssl_" in ours.store,
        "COPYTASTER_STORE takes no ssl_... options: certificates are always checked; set COPYTASTER_STORE_CA",
    ),
    (
        lambda ours: _holds_password(ours.store) and (ours.store_password or ours.store_password_file),
        "COPYTASTER_STORE holds a password already; unset COPYTASTER_STORE_PASSWORD and COPYTASTER_STORE_PASSWORD_FILE",
    ),
)


def disagreement(settings: "Settings") -> str:
    """The first disagreement in words, with its mend; "" where there is none."""
    return next((words for wrong, words in _DISAGREEMENTS if wrong(settings)), "")


def _holds_password(url: str) -> bool:
    return bool(_PASSWORD.search(url))
