"""The sample copy that the demo shows, with an embargo that ends while one looks on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec

from agents.ingest.formats import Found, Input
from streams.errors import CopytasterError

SEEDS = Path(__file__).parents[2] / "seeds"


def sample() -> str:
    """The folder with the sample copy; raises CopytasterError where there is none."""
    if not SEEDS.is_dir():
        raise CopytasterError(f"no sample copy at {SEEDS}, where a checkout has it; name files: copytaster demo PATH")
    return str(SEEDS)


def is_embargoed(each: Input) -> bool:
    """Whether this is an article with an embargo, past or not."""
    return isinstance(each, Found) and each.article.embargoed_until is not None


def embargoed_until(until: datetime, inputs: Iterable[Input]) -> list[Input]:
    """The same articles under another embargo."""
    return [
        replace(each, article=msgspec.structs.replace(each.article, embargoed_until=until))
        for each in inputs
        if isinstance(each, Found)
    ]
