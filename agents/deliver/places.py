"""Where alerts go, as a file of subscriptions writes it: topics, webhooks, feeds."""

import re
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from agents.deliver.secrets import SecretFault, secret
from agents.deliver.tables import Table

PLACES = ("topic", "webhook", "secret", "feed")
_TOPIC = re.compile(r"[A-Za-z0-9._-]{1,249}")
_LONGEST = 500  # alerts in a feed
_USUAL = 50  # where the file doesn't say


def topic(table: Table, taken: Collection[str]) -> str:
    """A topic's name, none of those `taken`; empty where there is none."""
    name = table.text("topic", _TOPIC, "letters, digits, points, dashes and underscores")
    if name in taken or name in (".", ".."):
        table.fault(f"`topic` {name!r} is taken; name another, such as 'desk.harbour'", "topic")
    return name


def feed(table: Table) -> int:
    """How many alerts a feed holds; 0 for no feed."""
    given = table.values.get("feed", False)
    if isinstance(given, bool):
        return _USUAL if given else 0
    return table.number("feed", 1, _LONGEST, f"true, or how many alerts it holds, from 1 to {_LONGEST}") or 0


def webhook(table: Table, environment: Mapping[str, str] | None) -> tuple[str, tuple[bytes, ...]]:
    """A URL and the keys to sign with, empty where there is none; without an environment keys aren't looked for."""
    url = table.text("webhook")
    if url and (wrong := _wrong(url)):
        table.fault(f"`webhook` {wrong}", "webhook")
    if "webhook" in table.values and "secret" not in table.values:
        table.fault('a webhook is signed; add secret = "env:NAME" or "file:PATH"', "webhook")
    if "secret" in table.values and "webhook" not in table.values:
        table.fault("`secret` signs a webhook, and there is none; take it away or add `webhook`", "secret")
        return "", ()
    return url, tuple(key for place in table.texts("secret") if (key := _key(table, place, environment)))


def _key(table: Table, place: str, environment: Mapping[str, str] | None) -> bytes:
    try:
        return secret(place, environment)
    except SecretFault as error:
        table.fault(f"`secret` {error}", "secret")
        return b""


def _wrong(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        return f"is no URL: {error}; copy it anew"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return f"{url[:80]!r} is no address; begin it with https://"
    if parts.username or parts.password:
        return "has a password in it, for all who read this file; take it out, the signature says who sends"
    if re.search(r"[\s\x00-\x1f]", url):
        return "has a space in it; write it as %20"
    return ""
