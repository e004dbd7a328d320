"""The sample copy is read, every file of it."""

import re
from pathlib import Path

from agents.ingest.files import parts_of
from agents.ingest.formats import Found, Part

SEEDS = Path(__file__).parents[1] / "seeds"


def name(part: Part) -> str:
    """The file's name, without the number of the article in it."""
    return re.sub(r"\[\d+\]$", "", Path(part.place).name)


def test_every_sample_holds_an_article_and_nothing_that_is_none() -> None:
    parts = list(parts_of([str(SEEDS)]))
    assert all(isinstance(part, Found) for part in parts), parts
    assert list(dict.fromkeys(map(name, parts))) == sorted(
        path.name for path in SEEDS.rglob("*") if path.is_file() and path.name != "README.md"
    )


def test_of_the_samples_only_what_stands_beside_the_copy_is_not_used_and_an_embargo_without_a_time() -> None:
    unused = {name(part): part.unused for part in parts_of([str(SEEDS)]) if isinstance(part, Found) and part.unused}
    assert unused == {
        "013_stairs.ninjs.json": (
            "association 'A crane barge waits in Kessrin': another item, and not this article's copy",
        ),
        "021_dike-toll.newsml.xml": (
            "EquivalentsList '2 parts': one of several equivalents is read",
            "ContentItem 'tarn-hollow-map.png': no text stands in it",
        ),
        "022_dike-power.newsmlg2.xml": (
            "embargoed_until 'without a time': no time that can be read; the article is held",
        ),
    }
