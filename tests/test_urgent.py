"""Copy that can't wait, behind a backlog of copy that can: it is judged long before the backlog is."""

from agents.commands.worker import Worker
from streams.embedded import start_store
from streams.records import RawArticle, Verdict

from .running import Running, apart

FEATURES = 400
FLASH = "The ferry Ondine capsized off the port of Marrow on Tuesday, and 12 people died, the coast guard said."
BULLETIN = "Governor Pia Kron of the central bank of Oland resigned on Tuesday, her office in Velm said."


def feature(number: int) -> RawArticle:
    """Long copy on a matter of its own."""
    text = "\n\n".join(
        f"Gardener Ada{number} Brandt of district {number} grew {number + part} kinds of apple in orchard {part} of Lund{number}, "
        f"and the museum of Port{number} asked Otto{part} Lind to paint each of them before the frost of {part + 3} October."
        for part in range(6)
    )
    return RawArticle(id=f"feature-{number}", source="Weekend", urgency=6, text=text)


def test_a_flash_and_a_bulletin_overtake_a_backlog_of_features(embedded_broker: str) -> None:
    with start_store() as store:
        settings = apart(embedded_broker, store, "urgent", partitions=1, tagger_processes=1)
        with Worker(settings) as worker:
            river = Running(settings, worker)
            river.send(*map(feature, range(FEATURES)))
            river.wait_for("verdicts", 1)
            river.send(
                RawArticle(id="flash", urgency=1, text=FLASH),
                RawArticle(id="bulletin", headline="BULLETIN: Oland's governor resigns", text=BULLETIN),
            )
            river.verdicts(["flash", "bulletin", *(f"feature-{number}" for number in range(FEATURES))])
            told = [each.id for each in river.read("verdicts", Verdict)]
            rang = [each.article.id for each in river.alerts()]

    assert max(told.index("flash"), told.index("bulletin")) < FEATURES / 2
    assert {"flash", "bulletin"} <= set(rang)
    assert sorted(told) == sorted(set(told))
