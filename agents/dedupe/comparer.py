"""Compares articles as they come in with what the archive remembers, and has it remember them."""

from asyncio import sleep
from collections.abc import Sequence
from datetime import datetime

from agents.dedupe.comparison import compare
from agents.dedupe.store import Archive, Entry
from agents.dedupe.words import read
from streams.records import CleanArticle, Comparison, FreshArticle


async def compare_articles(archive: Archive, articles: Sequence[CleanArticle], now: datetime) -> list[FreshArticle]:
    """Each article with its comparison, in the order given; an article never meets itself.

    What must not be seen yet (withheld, embargoed) and what is withdrawn is neither compared nor
    remembered: a later reprint must not reveal the one, nor be silenced by the other.
    """
    open_ = [article for article in articles if is_open(article, now)]
    copies = [read(article.text, article.language) for article in open_]
    entries = [
        Entry(each.id, each.doc, copy, each.aside, each.language) for each, copy in zip(open_, copies, strict=True)
    ]
    claims = await archive.claim(entries) if entries else []
    compared = {}
    for article, copy, claim in zip(open_, copies, claims, strict=True):
        compared[article.doc] = compare(copy, claim.earlier, read(article.aside, article.language))
        await sleep(0)  # the turn of others, such as what is urgent: comparing may take long
    return [
        FreshArticle(article=article, comparison=compared.get(article.doc) or Comparison(compared=False))
        for article in articles
    ]


def is_open(article: CleanArticle, now: datetime) -> bool:
    """Whether the article may be seen at this time."""
    embargoed = article.embargoed_until is not None and article.embargoed_until > now
    return article.status == "usable" and not embargoed
