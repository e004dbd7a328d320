"""The page behind an entry, for feeds that carry a summary alone."""

import asyncio
import logging

import aiohttp
import msgspec

from agents.ingest.encoding import read_text
from agents.ingest.feeds.fetch import FetchFailed, Limits, Turn, fetch
from streams.errors import RejectedCopy
from streams.records import RawArticle

_log = logging.getLogger(__name__)


async def whole(client: aiohttp.ClientSession, article: RawArticle, *, turn: Turn, limits: Limits) -> RawArticle:
    """The article with its page as `html`, its summary beside it; or as it was, where there is no page to be had."""
    try:
        page = await fetch(client, article.url or "", turn=turn, limits=limits)
        if "html" not in page.headers.get("Content-Type", "").lower():
            raise FetchFailed("it is no page")
        text = await asyncio.to_thread(read_text, page.body)
    except (FetchFailed, RejectedCopy) as error:
        _log.info("the page %s stays away, its summary goes: %s", article.url, error)
        return article
    return msgspec.structs.replace(article, html=text, text=article.text or article.html)
