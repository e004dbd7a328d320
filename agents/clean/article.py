"""The room's one door: a raw article in, a clean one out."""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b

import msgspec

from agents.clean.body import Copy, read_copy
from agents.clean.credits import bare_byline
from agents.clean.embargo import read_embargo
from agents.clean.language import identify
from agents.clean.letters import mend, one_line, untag
from agents.clean.notices import held_words
from agents.clean.pages import Page, is_html, read_page
from streams.errors import RejectedCopy
from streams.records import CleanArticle, DateSource, RawArticle

_OLDEST = datetime(1900, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)  # clocks and zones go wrong by hours, not by days


def clean(raw: RawArticle, received: datetime) -> CleanArticle:
    """The article stripped to its copy; `received` (with a zone) is when it came, where it doesn't say so itself.

    Of `html` and `text` the first is read, and the second where the first holds no copy. A field of the raw article
    wins over what its text says. Only a withdrawal may come without copy. Raises RejectedCopy where there is none.
    """
    headline, dateline = one_line(raw.headline or ""), one_line(raw.dateline or "")
    page, copy = _read(raw, headline)
    if not copy.paragraphs and raw.status != "canceled":
        raise RejectedCopy(_reason(raw))
    arrived = raw.received if raw.received and _is_plausible(raw.received, received) else received
    published, published_from = _published(raw, page, copy, arrived)
    captions = list(dict.fromkeys([*map(one_line, page.captions), *copy.captions]))
    notice, until = _notice(headline, copy, published if published_from == "field" else arrived)
    lines = [headline, page.headline, copy.headline, copy.standfirst, dateline, copy.dateline]
    article = CleanArticle(
        id=raw.id,
        doc="",
        paragraphs=copy.paragraphs,
        captions=captions,
        aside="\n\n".join(dict.fromkeys(filter(None, [*lines, *copy.credits, *captions]))),
        headline=headline or page.headline or copy.headline,
        standfirst=copy.standfirst,
        byline=bare_byline(one_line(raw.byline or "")) or page.byline or copy.byline,
        dateline=dateline or copy.dateline,
        source=raw.source,
        url=raw.url,
        version=raw.version,
        published=published,
        published_from=published_from,
        received=arrived,
        slug=one_line(raw.slug or "") or None,
        urgency=raw.urgency,
        embargoed_until=raw.embargoed_until or until,
        status="withheld" if notice and not (until or raw.embargoed_until or raw.status == "canceled") else raw.status,
        notice=notice,
        language=(raw.language or "").strip().replace("_", "-").lower() or identify("\n".join(copy.paragraphs)),
    )
    return msgspec.structs.replace(article, doc=name(article))


def _notice(headline: str, copy: Copy, sent: datetime) -> tuple[str | None, datetime | None]:
    """The line that holds the copy back, over the copy or in its headline, and the time that it names, if it does."""
    for line in (copy.notice, headline):
        if line and (words := held_words(line)) is not None:
            return line, read_embargo(words, sent)
    return None, None


def name(article: CleanArticle) -> str:
    """16 hex digits for this content of this version: the same gives the same, other copy another (BLAKE2b)."""
    said = [article.id, article.version, article.status, article.headline, article.paragraphs]
    return blake2b(msgspec.json.encode(said), digest_size=8).hexdigest()


def _read(raw: RawArticle, headline: str) -> tuple[Page, Copy]:
    """The first of `html` and `text` that holds copy, as page and copy."""
    for source, marked_up in ((raw.html, True), (raw.text, False)):
        if source:
            page = read_page(source) if marked_up or is_html(source) else Page(text=untag(source))
            copy = read_copy(mend(page.text), headline or page.headline)
            if copy.paragraphs:
                return page, copy
    return Page(), Copy()


def _reason(raw: RawArticle) -> str:
    if raw.html is None and raw.text is None:
        return "neither `text` nor `html` is given; send the article's copy in one of them"
    field = "html" if raw.html else "text"
    size = len(raw.html or raw.text or "")
    return f"no copy in `{field}`: its {size} characters hold no paragraph, only what stands around an article"


def _published(raw: RawArticle, page: Page, copy: Copy, arrived: datetime) -> tuple[datetime, DateSource]:
    """The first date that can be true, the surest source first; the time of arrival where there is none."""
    known: list[tuple[datetime | None, DateSource]]
    known = [(raw.published, "field"), (page.published, "markup"), (copy.published, "text")]
    for moment, source in known:
        if moment and _is_plausible(moment, arrived):
            return moment, source
    return arrived, "received"


def _is_plausible(moment: datetime, arrived: datetime) -> bool:
    return moment >= _OLDEST and moment - arrived <= _AHEAD
