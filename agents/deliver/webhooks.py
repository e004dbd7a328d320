"""One alert as a webhook: its body, and the header fields that sign it (Standard Webhooks 1.0.0)."""

import base64
import hmac
from collections.abc import Mapping, Sequence
from hashlib import sha256

import msgspec

from streams.codec import encode
from streams.records import Alert


def payload(alert: Alert) -> bytes:
    """The body: `type`, `timestamp` and the alert as `data`; the same alert gives the same bytes."""
    said = {
        "type": f"copytaster.alert.{alert.kind}",
        "timestamp": alert.alerted.isoformat(),
        "data": msgspec.Raw(encode(alert)),
    }
    return msgspec.json.encode(said)


def headers(name: str, body: bytes, secrets: Sequence[bytes], now: int) -> Mapping[str, str]:
    """The header fields of one attempt, signed with each key; `name` is the alert's id, `now` seconds since 1970."""
    signed = f"{name}.{now}.".encode() + body
    signatures = (base64.b64encode(hmac.digest(key, signed, sha256)).decode() for key in secrets)
    return {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(now),
        "webhook-signature": " ".join(f"v1,{each}" for each in signatures),
    }
