"""The room's one door: a raw article in, a clean one out."""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b

import msgspec

from agents.clean.body import Copy, read_copy
from agents.clean.credits import bare_byline
from agents.clean.embargo import read_embargo
from agents.clean.language import identify
from agents.clean.letters import mend, one_line, untag
from agents.clean.markers import Marks, read_field, split_slug, strip_headline
from agents.clean.notes import parts, read_field_notes, read_notes
from agents.clean.notices import held_words
from agents.clean.pages import Page, is_html, read_page
from streams.errors import RejectedCopy
from streams.records import CleanArticle, DateSource, Markers, RawArticle, Status

_OLDEST = datetime(1900, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)  # clocks and zones go wrong by hours, not by days


def clean(raw: RawArticle, received: datetime) -> CleanArticle:
    """The article stripped to its copy; `received` (with a zone) is when it came, where it doesn't say so itself.

    Of `html` and `text` the first is read, and the second where the first holds no copy. A field of the raw article
    wins over what its text says. Only a withdrawal may come without copy. Raises RejectedCopy where there is none.
    """
    marks = Marks()
    headline, dateline = strip_headline(one_line(raw.headline or ""), marks), one_line(raw.dateline or "")
    page, copy = _read(raw, headline)
    slug = _read_marks(raw, copy, marks)
    told = headline or strip_headline(page.headline or copy.headline, marks)
    paragraphs = [told] if copy.headline and copy.paragraphs == [copy.headline] else _paragraphs(copy, marks)
    status: Status = "canceled" if marks.killed else raw.status
    if not paragraphs and status != "canceled":
        raise RejectedCopy(_reason(raw))
    arrived = raw.received if raw.received and _is_plausible(raw.received, received) else received
    published, published_from = _published(raw, page, copy, arrived)
    captions = list(dict.fromkeys([*map(one_line, page.captions), *copy.captions]))
    notice, until = _notice(raw, headline, copy, published if published_from == "field" else arrived)
    withheld = notice and not (until or raw.embargoed_until or status == "canceled")
    lines = [headline, page.headline, copy.headline, copy.standfirst, dateline, copy.dateline]
    article = CleanArticle(
        id=raw.id,
        doc="",
        paragraphs=paragraphs,
        captions=captions,
        aside="\n\n".join(dict.fromkeys(filter(None, [*lines, *copy.credits, *captions]))),
        headline=told,
        standfirst=copy.standfirst,
        byline=bare_byline(one_line(raw.byline or "")) or page.byline or copy.byline,
        dateline=dateline or copy.dateline,
        source=raw.source,
        url=raw.url,
        version=raw.version,
        published=published,
        published_from=published_from,
        received=arrived,
        slug=slug or None,
        evolved_from=[each for each in raw.evolved_from if each != raw.id],
        urgency=raw.urgency or marks.urgency,
        embargoed_until=raw.embargoed_until or until,
        status="withheld" if withheld else status,
        notice=notice,
        markers=_markers(marks),
        language=(raw.language or "").strip().replace("_", "-").lower() or identify("\n".join(paragraphs)),
    )
    return msgspec.structs.replace(article, doc=name(article))


def _read_marks(raw: RawArticle, copy: Copy, marks: Marks) -> str:
    """Note the markers in the fields and in the lines around the copy; gives the slug without them."""
    slug = split_slug(one_line(raw.slug or ""), marks)
    read_field(one_line(raw.take or ""), marks)
    read_field_notes(parts(one_line(raw.note or "")), marks)
    read_notes(copy.notes, marks)
    return slug


def _paragraphs(copy: Copy, marks: Marks) -> list[str]:
    """The copy's paragraphs, over them what a field says is corrected; of copy that is nothing but notes the notes."""
    if not copy.paragraphs:
        marks.advisory = marks.advisory or (bool(copy.notes) and not marks.killed)
        return copy.notes
    known = not marks.correction or any(marks.correction in each for each in copy.paragraphs)
    return copy.paragraphs if known else [str(marks.correction), *copy.paragraphs]


def _markers(marks: Marks) -> Markers:
    return Markers(**{field: getattr(marks, field) for field in Markers.__struct_fields__})


def _notice(raw: RawArticle, headline: str, copy: Copy, sent: datetime) -> tuple[str | None, datetime | None]:
    """The notice that holds the copy back, over it or in its fields, and the time that it names, if it does.

    Of a headline no more than the notice itself: what it goes on to say must not be seen.
    """
    for line in (copy.notice, *parts(one_line(raw.note or "")), one_line(raw.take or ""), headline):
        if line and (words := held_words(line)) is not None:
            said = line.removesuffix(words).rstrip(" :–—-") if line == headline else line
            return said, read_embargo(words, sent)
    return None, None


def name(article: CleanArticle) -> str:
    """16 hex digits for this content of this version: the same gives the same, other copy another (BLAKE2b)."""
    said: list[object] = [article.id, article.version, article.status, article.headline, article.paragraphs]
    if article.markers != Markers():
        said.append(article.markers)  # the same copy under UPDATE 2- is another version of it, with its own verdict
    return blake2b(msgspec.json.encode(said), digest_size=8).hexdigest()


def _read(raw: RawArticle, headline: str) -> tuple[Page, Copy]:
    """The first of `html` and `text` that holds copy, as page and copy."""
    for source, marked_up in ((raw.html, True), (raw.text, False)):
        if source:
            page = read_page(source) if marked_up or is_html(source) else Page(text=untag(source))
            copy = read_copy(mend(page.text), headline or page.headline)
            if copy.paragraphs or (copy.notes and not (marked_up and raw.text)):
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
