"""The sample copy is read, every file of it."""

from pathlib import Path

from agents.ingest.files import parts_of
from agents.ingest.formats import Found, Part

SEEDS = Path(__file__).parents[1] / "seeds"


def name(part: Part) -> str:
    return Path(part.place).name


def test_every_sample_is_one_article() -> None:
    parts = list(parts_of([str(SEEDS)]))
    assert all(isinstance(part, Found) for part in parts), parts
    assert [name(part) for part in parts] == sorted(
        path.name for path in SEEDS.rglob("*") if path.is_file() and path.name != "README.md"
    )


def test_of_the_samples_only_a_picture_is_not_used() -> None:
    unused = {name(part): part.unused for part in parts_of([str(SEEDS)]) if isinstance(part, Found) and part.unused}
    assert unused == {
        "013_stairs.ninjs.json": (
            "association 'A crane barge waits in Kessrin': another item, and not this article's copy",
        )
    }
