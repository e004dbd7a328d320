"""Alerts and subscriptions for the tests of this room."""

from datetime import UTC, datetime
from typing import Any

from agents.deliver.filters import Filter
from agents.deliver.subscriptions import Subscription, Webhook
from streams.records import Alert, ArticleRef, NamedEntity

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
SECRET = b"a key of thirty-two bytes, plain"


def alert(name: str = "ferry", **more: Any) -> Alert:
    """An alert of a ferry that sank, with what is given else."""
    said: dict[str, Any] = {
        "kind": "new",
        "story": "s1",
        "headline": "Ferry Ondine sinks off Marrow",
        "summary": ["At least 12 people died when the ferry capsized, the coast guard said."],
        "article": ArticleRef(id=f"article-{name}", url="https://post.example/1", source="Harbour Post"),
        "alerted": NOW,
        "entities": [NamedEntity(name="Ondine", kind="PRODUCT", new=True)],
        "urgency": 2,
        "language": "en-GB",
        "places": ["Marrow", "Cape Dorrow"],
    }
    return Alert(id=name, **(said | more))


def posted(name: str, url: str = "https://desk.example/hook") -> Subscription:
    """A subscription that posts every alert."""
    return Subscription(name=name, webhook=Webhook(url, (SECRET,)))


def subscription(name: str = "desk", **more: Any) -> Subscription:
    """A subscription to every alert."""
    said: dict[str, Any] = {"filter": Filter(), "topic": f"{name}.topic"}
    return Subscription(name=name, **(said | more))
