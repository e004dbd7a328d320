"""The keys that sign webhooks: kept in the environment or in files, never in the file of subscriptions."""

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path

from streams.settings import PREFIX

_PREFIX = "whsec_"
_SIZES = range(24, 65)  # bytes, by Standard Webhooks


class SecretFault(Exception):
    """What is wrong with a secret, and the mend; it never holds the secret."""


def secret(place: str, environment: Mapping[str, str] | None) -> bytes:
    """The key at `env:NAME` or `file:PATH`; b"" without an environment to look in. Raises SecretFault."""
    how, _, where = place.partition(":")
    if how not in ("env", "file") or not where:
        raise SecretFault('is read from elsewhere; write "env:NAME" or "file:PATH", and put the secret there')
    if how == "env" and where.startswith(PREFIX):
        raise SecretFault(f"{where} would be taken for a setting; name the variable without {PREFIX}")
    if environment is None:
        return b""
    return _key(_from_environment(where, environment) if how == "env" else _from_file(where), where)


def _from_environment(name: str, environment: Mapping[str, str]) -> str:
    if not environment.get(name):
        raise SecretFault(f"{name} is not set in the environment; set it to whsec_ and 24 to 64 bytes in base64")
    return environment[name]


def _from_file(place: str) -> str:
    try:
        return Path(place).read_text(encoding="ascii")
    except UnicodeDecodeError:
        raise SecretFault(f"{place} holds no base64; write whsec_ and 24 to 64 bytes in base64 into it") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise SecretFault(f"{place} can't be read: {reason}; check its path and rights") from error


def _key(text: str, where: str) -> bytes:
    encoded = text.strip().removeprefix(_PREFIX)
    try:
        key = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except binascii.Error:
        raise SecretFault(f"{where} holds no base64; make one: openssl rand -base64 32") from None
    if len(key) not in _SIZES:
        raise SecretFault(f"{where} holds {len(key)} bytes, and 24 to 64 are taken; make one: openssl rand -base64 32")
    return key
