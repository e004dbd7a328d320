"""An alert that a webhook did not take, as it goes to `wire.rejected`; put back, it is tried anew there alone."""

from datetime import UTC, datetime
from hashlib import blake2b

from streams.codec import encode
from streams.records import Alert, Rejected

_UNKNOWN = -1  # where on its topic the alert stood: nobody looks for it by that


def rejection(name: str, alert: Alert, reason: str, topic: str, now: float) -> Rejected:
    """The rejection of an alert by the subscription `name`; `topic` is where alerts go when they are put back."""
    return Rejected(
        id=blake2b(f"{name}\0{alert.id}\0{now}".encode(), digest_size=8).hexdigest(),
        reason=f"subscription {name}: {reason}",
        topic=topic,
        partition=_UNKNOWN,
        offset=_UNKNOWN,
        rejected=datetime.fromtimestamp(now, UTC),
        value=encode(alert),
        key=alert.article.id.encode("utf-8", "replace"),
        article=alert.article.id,
    )
