"""When an article was published, for sorting; the command line may ask the clean room, the ingest room may not."""

from datetime import UTC, datetime, time

from streams.errors import RejectedCopy
from streams.records import RawArticle


def published(article: RawArticle) -> datetime | None:
    """The time its field gives, else what the clean room finds in its markup or text, else when it was received.

    A date found without a time counts as the end of its day, after the copy that gives one.
    """
    if article.published:
        return article.published
    from agents.clean.article import clean

    try:
        found = clean(article, datetime.now(UTC))
    except RejectedCopy:
        return article.received
    if not found.published or found.published_from not in ("markup", "text"):
        return article.received
    day_alone = found.published.timetz().replace(tzinfo=None) == time()
    return found.published.replace(hour=23, minute=59, second=59) if day_alone else found.published
