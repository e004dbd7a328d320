"""Pairs the articles that were sent with their answers, so that they are told in the order in which they were sent."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator

from streams.records import Alert, Verdict


class Answers:
    """Waits for one verdict for each id given, and for the alert where the verdict says there is one."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._waiting = deque(ids)
        self._verdicts: defaultdict[str, deque[Verdict]] = defaultdict(deque)
        self._alerts: defaultdict[tuple[str, str], deque[Alert]] = defaultdict(deque)

    def __len__(self) -> int:
        """How many articles wait for their answer."""
        return len(self._waiting)

    def expect(self, identity: str) -> None:
        """One more article that was sent, or one that will be answered again: its embargo ends."""
        self._waiting.append(identity)

    def take(self, record: Verdict | Alert) -> None:
        """An answer has come, in any order."""
        if isinstance(record, Verdict):
            self._verdicts[record.id].append(record)
        else:
            self._alerts[record.article.id, record.kind].append(record)

    def answered(self) -> Iterator[tuple[Verdict, Alert | None]]:
        """The next articles in the order given whose answers are complete."""
        while self._waiting:
            verdicts = self._verdicts[self._waiting[0]]
            if not verdicts:
                return
            alerts = self._alerts[verdicts[0].id, verdicts[0].verdict]
            if verdicts[0].alert and not alerts:
                return
            self._waiting.popleft()
            verdict = verdicts.popleft()
            yield verdict, alerts.popleft() if verdict.alert else None
