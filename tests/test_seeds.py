"""The sample copy is read, every file of it, in every format of the trade."""

from pathlib import Path

from agents.ingest.files import parts_of
from agents.ingest.formats import Found, Part, unused

SEEDS = Path(__file__).parents[1] / "seeds"


def names(parts: list[Part]) -> set[str]:
    return {Path(part.place.partition("[")[0]).name for part in parts}


def test_every_sample_holds_an_article_and_nothing_that_can_not_be_read() -> None:
    parts = list(parts_of([str(SEEDS)]))
    assert all(isinstance(part, Found) for part in parts), parts
    assert names(parts) == {path.name for path in SEEDS.rglob("*") if path.is_file() and path.name != "README.md"}


def test_what_is_not_used_of_the_samples_is_named() -> None:
    parts = [part for part in parts_of([str(SEEDS)]) if unused(part)]
    assert names(parts) == {"013_stairs.ninjs.json", "021_dike-toll.newsml.xml", "022_dike-power.newsmlg2.xml"}
