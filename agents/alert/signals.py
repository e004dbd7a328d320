"""What the trade says of a piece of copy, in its fields and in its own words. Evidence, never proof."""

from dataclasses import dataclass
from datetime import datetime

from streams.records import TaggedArticle


@dataclass(frozen=True, slots=True)
class Signals:
    """What the copy claims to be. `continues` is a later take of an item."""

    held: bool = False
    killed: bool = False
    corrected: bool = False
    continues: bool = False
    advisory: bool = False


def read(tagged: TaggedArticle, now: datetime) -> Signals:
    """The signals of an article at this time, as the clean room read them.

    Copy that was embargoed when it was to be compared is still held: it takes that way again.
    """
    article, markers = tagged.article, tagged.article.markers
    embargoed = article.embargoed_until is not None and article.embargoed_until > now
    return Signals(
        held=article.status == "withheld" or embargoed or not tagged.comparison.compared,
        killed=article.status == "canceled",
        corrected=markers.correction is not None,
        continues=markers.part is not None and markers.part > 1,
        advisory=markers.advisory,
    )
