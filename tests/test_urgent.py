"""Copy that can't wait, behind a backlog of copy that can: it is judged long before the backlog is."""

import random

from agents.commands.worker import Worker
from streams.embedded import start_store
from streams.records import RawArticle, Verdict

from .running import Running, apart

FEATURES = 300
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
FLASH = "The ferry Ondine capsized off the port of Marrow on Tuesday, and 12 people died, the coast guard said."
BULLETIN = "Governor Pia Kron of the central bank of Oland resigned on Tuesday, her office in Velm said."


def feature(number: int) -> RawArticle:
    """Long copy in words of its own, which costs the model most."""
    picks = random.Random(number)
    words = ["".join(picks.choices(SYLLABLES, k=3)) for _ in range(600)]
    text = "\n\n".join(" ".join(words[at : at + 30]).capitalize() + "." for at in range(0, 600, 30))
    return RawArticle(id=f"feature-{number}", source="Weekend", urgency=6, language="en", text=text)


def test_a_flash_and_a_bulletin_overtake_a_backlog_of_features(embedded_broker: str) -> None:
    with start_store() as store:
        settings = apart(embedded_broker, store, "urgent", partitions=1, tagger_processes=1)
        with Worker(settings) as worker:
            river = Running(settings, worker)
            river.send(*map(feature, range(FEATURES)))
            river.wait_for("verdicts", 1)
            before = len(river.read("verdicts", Verdict))
            river.send(
                RawArticle(id="flash", urgency=1, text=FLASH),
                RawArticle(id="bulletin", headline="BULLETIN: Oland's governor resigns", text=BULLETIN),
            )
            river.verdicts(["flash", "bulletin"])
            told = [each.id for each in river.read("verdicts", Verdict)]
            rang = [each.article.id for each in river.alerts()]

    assert max(told.index("flash"), told.index("bulletin")) - before < (FEATURES - before) / 2
    assert {"flash", "bulletin"} <= set(rang)
    assert sorted(told) == sorted(set(told))
