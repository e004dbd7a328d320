"""TLS to the broker and the store: whom we trust, and the certificate that we show where one is asked for."""

import ssl
from typing import Literal

from streams.errors import SettingsError
from streams.settings import PREFIX, Settings

Server = Literal["broker", "store"]


def context(settings: Settings, server: Server) -> ssl.SSLContext:
    """A context that takes TLS 1.2 or newer and always checks the server's certificate and name.

    Raises SettingsError for a file that can't be used.
    """
    ca, certificate, key = (str(getattr(settings, f"{server}_{part}")) for part in ("ca", "certificate", "key"))
    try:
        made = ssl.create_default_context(cafile=ca or None)
    except OSError as error:  # also ssl.SSLError, for what is no certificate
        raise SettingsError(_unusable(server, "ca", ca, error)) from error
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    if certificate:
        try:
            # Without a password of any kind OpenSSL would ask for one on the terminal.
            made.load_cert_chain(certificate, key or None, password="")
        except OSError as error:
            raise SettingsError(
                _unusable(server, "key" if key else "certificate", key or certificate, error)
            ) from error
    return made


def _unusable(server: Server, part: str, place: str, error: OSError) -> str:
    reason = (error.reason if isinstance(error, ssl.SSLError) else error.strerror) or str(error)
    return f"{PREFIX}{server.upper()}_{part.upper()}={place} can't be used: {reason}; it takes an unencrypted PEM file"
