"""A feed of alerts (Atom, RFC 4287); copy is hostile text, so that all of it goes in as text."""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

from streams.records import Alert, Change

_ATOM = "http://www.w3.org/2005/Atom"
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def feed(name: str, alerts: Sequence[Alert], address: str, began: datetime) -> bytes:
    """The document of a subscription's alerts, the latest first; `address` is its own, `began` its date when empty."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]
    _add(root, "id", f"urn:copytaster:subscription:{name}")
    _add(root, "title", f"copytaster: {name}")
    _add(root, "updated", (max((each.alerted for each in alerts), default=began)).isoformat())
    etree.SubElement(root, f"{{{_ATOM}}}link", rel="self", href=address, type="application/atom+xml")
    _add(etree.SubElement(root, f"{{{_ATOM}}}author"), "name", "copytaster")
    for alert in alerts:
        _entry(root, alert)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _entry(root: etree._Element, alert: Alert) -> None:
    entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
    _add(entry, "id", f"urn:copytaster:alert:{alert.id}")
    _add(entry, "title", f"{alert.kind.capitalize()}: {alert.headline}")
    _add(entry, "updated", alert.alerted.isoformat())
    if alert.published:
        _add(entry, "published", alert.published.isoformat())
    if alert.article.source:
        _add(etree.SubElement(entry, f"{{{_ATOM}}}author"), "name", alert.article.source)
    etree.SubElement(entry, f"{{{_ATOM}}}category", term=alert.kind)
    if _is_web(alert.article.url):
        etree.SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=_writable(alert.article.url or ""))
    _add(entry, "content", "\n\n".join([*map(_told, alert.changes), *alert.summary]), type="text")


def _told(change: Change) -> str:
    now = change.now or change.new
    was = change.was or change.old
    return f"{was} → {now}" if was else now


def _is_web(url: str | None) -> bool:
    """Whether a reader may follow it: an article's address is its sender's word, and may be a script."""
    try:
        return urlsplit(url or "").scheme in ("http", "https")
    except ValueError:
        return False


def _add(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes).text = _writable(text)


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
