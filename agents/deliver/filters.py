"""Which alerts a subscription asks for: conditions on what an alert says, joined by all, any and not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from streams.records import Alert

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Every condition that is given must hold; one of several values holds when any of them does.

    `entity` and `place` hold where their words stand in a name, `words` where they stand in headline, new passages or
    changes, one after another. `source` is the article's own. `urgency` holds for that number and the more urgent ones
    (1 is the most urgent), never for an alert without. `language` `en` holds for `en-GB` too. `nots` hold where none
    of them does.
    """

    entity: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    story: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    urgency: int | None = None
    language: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    alls: tuple["Filter", ...] = ()
    anys: tuple["Filter", ...] = ()
    nots: tuple["Filter", ...] = ()

    def catches(self, alert: Alert) -> bool:
        """Whether the alert is one that is asked for."""
        return (
            self._tells(alert)
            and self._is_told_by(alert)
            and all(each.catches(alert) for each in self.alls)
            and (not self.anys or any(each.catches(alert) for each in self.anys))
            and not any(each.catches(alert) for each in self.nots)
        )

    def _tells(self, alert: Alert) -> bool:
        return (
            _stand_in(self.entity, (each.name for each in alert.entities))
            and _stand_in(self.place, alert.places)
            and _stand_in(self.words, _said(alert))
            and (not self.story or bool({alert.story, *alert.merged} & set(self.story)))
        )

    def _is_told_by(self, alert: Alert) -> bool:
        return (
            (not self.source or _fold(alert.article.source or "") in map(_fold, self.source))
            and (not self.kind or alert.kind in self.kind)
            and (self.urgency is None or (alert.urgency is not None and alert.urgency <= self.urgency))
            and (not self.language or any(_is_language(alert.language or "", each) for each in self.language))
        )


def _said(alert: Alert) -> list[str]:
    return [alert.headline, *alert.summary, *(change.context for change in alert.changes)]


def _stand_in(wanted: tuple[str, ...], texts: Iterable[str]) -> bool:
    if not wanted:
        return True
    known = [_fold(text) for text in texts]
    return any(f" {_fold(each)} " in f" {text} " for each in wanted for text in known)


def _fold(text: str) -> str:
    """Words alone, parted by one space, in one case."""
    return " ".join(_WORD.findall(text.casefold()))


def _is_language(language: str, wanted: str) -> bool:
    """By RFC 4647, 3.3.1: the same tag, or one that goes on after it."""
    return f"{language.lower()}-".startswith(f"{wanted.lower()}-")
