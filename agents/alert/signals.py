"""What the trade says of a piece of copy, in its fields and in its own words. Evidence, never proof."""

import re
from dataclasses import dataclass
from datetime import datetime

from streams.records import TaggedArticle
from streams.thresholds import HEAD

_KILL = re.compile(r"\b(?:STORY WITHDRAWN|(?:MANDATORY|BULLETIN) KILL|KILL (?:STORY|ARTICLE))\b|^KILL\b\s*(?:[-:–—]|$)")
_CORRECTED = re.compile(r"^(?:CORRECTED|CORRECTION|CORRECTS)\b|\b(?:CORRECTED|CORRECTION)[-:–—]", re.IGNORECASE)
_CORRECTS = re.compile(r"\b(?:corrects|corrected version)\b", re.IGNORECASE)
_ADVISORY = re.compile(
    r"^(?:ADVISORY|MEDIA ADVISORY|DAYBOOK|DAILY DIARY|EDITORS'? NOTE|NOTE TO EDITORS|ATTENTION EDITORS|NEWS DIGEST)\b"
)


@dataclass(frozen=True, slots=True)
class Signals:
    """What the copy claims to be."""

    held: bool = False
    killed: bool = False
    corrected: bool = False
    advisory: bool = False


def read(tagged: TaggedArticle, now: datetime) -> Signals:
    """The signals of an article at this time. Markers count in the headline and at the head of the copy alone.

    Copy that was embargoed when it was to be compared is still held: it takes that way again.
    """
    article = tagged.article
    head = [article.headline, article.text[:HEAD]]
    embargoed = article.embargoed_until is not None and article.embargoed_until > now
    return Signals(
        held=article.status == "withheld" or embargoed or not tagged.comparison.compared,
        killed=article.status == "canceled" or any(_KILL.search(each) for each in head),
        corrected=any(_CORRECTED.search(each) for each in head) or bool(_CORRECTS.search(article.text[:HEAD])),
        advisory=any(_ADVISORY.match(each) for each in head),
    )
