"""The tagger answers alike however it is run, and goes on when its processes are ended."""

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from agents.extract.model import Model
from agents.extract.tagger import Tagger
from streams.errors import CopytasterError
from streams.records import Entity
from streams.settings import Settings

MODEL = Settings().model
ARTICLES = [
    [
        "Prime Minister Naftali Bennett flew to Moscow on Saturday to meet President Vladimir Putin.",
        "Bennett’s office said he had also spoken to Ukrainian President Volodymyr Zelensky.",
        "“Putin listened,” an aide to Bennett told Reuters.",
    ],
    ["The United Nations said on Monday that 40 people had died in Aleppo.", "U.N. officials blamed Syria."],
    [],
    ["Apple Inc. sued Samsung Electronics in San Jose, California, on Tuesday. Apple asked for $2 billion."],
    ["", "\n"],
]


@pytest.fixture
def others() -> Iterator[set[int]]:
    """The children that run already; none more is left when the test ends."""
    before = {child.pid or 0 for child in multiprocessing.active_children()}
    yield before
    assert {child.pid or 0 for child in multiprocessing.active_children()} <= before


def children(others: set[int]) -> list[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid and child.pid not in others]


async def begin(tagger: Tagger, articles: list[list[str]]) -> "asyncio.Task[list[list[Entity]]]":
    """Work that the pool has in hand."""
    work = asyncio.create_task(tagger.tag(articles))
    await asyncio.sleep(0.1)
    assert not work.done()
    return work


@pytest.mark.usefixtures("model")
async def test_the_names_of_an_article_come_back_gathered() -> None:
    async with Tagger(MODEL, processes=0) as tagger:
        mediation, aid, nothing, business, blank = await tagger.tag(ARTICLES)
    found = {entity.name: entity for entity in mediation}
    assert found["Naftali Bennett"].forms == ["Naftali Bennett", "Bennett"]
    assert {"Vladimir Putin", "Volodymyr Zelensky", "Moscow", "Reuters"} <= set(found)
    assert "United Nations" in {entity.name for entity in aid}
    assert "Apple Inc." in {entity.name for entity in business}
    assert nothing == blank == []


async def test_neither_batch_nor_processes_change_the_entities(model: Model, others: set[int]) -> None:
    async with Tagger(MODEL, processes=0) as tagger:
        alone = [(await tagger.tag([article]))[0] for article in ARTICLES]
        assert await tagger.tag(ARTICLES * 3) == alone * 3
    async with Tagger(MODEL, processes=2) as tagger:
        assert await tagger.tag(ARTICLES) == alone
        assert await tagger.tag(ARTICLES[::-1] * 20) == alone[::-1] * 20
        assert len(children(others)) == 2


async def test_nothing_new_is_answered_without_the_model() -> None:
    assert await Tagger("no_such_model", processes=0).tag([[], [""]]) == [[], []]


@pytest.mark.parametrize("processes", [0, 1])
async def test_a_missing_model_is_told_on_entering(processes: int, others: set[int]) -> None:
    with pytest.raises(CopytasterError, match="COPYTASTER_MODEL=no_such_model"):
        async with Tagger("no_such_model", processes=processes):
            pass


@pytest.mark.usefixtures("model")
async def test_a_tagger_serves_only_while_it_is_entered_and_as_often() -> None:
    tagger = Tagger(MODEL, processes=0)
    for _ in range(2):
        with pytest.raises(CopytasterError, match="closed"):
            await tagger.tag(ARTICLES)
        async with tagger:
            assert (await tagger.tag(ARTICLES))[0]


@pytest.mark.usefixtures("model")
async def test_the_event_loop_turns_while_the_model_works() -> None:
    turns = 0
    async with Tagger(MODEL, processes=0) as tagger:
        work = asyncio.create_task(tagger.tag(ARTICLES * 20))
        while not work.done():
            await asyncio.sleep(0.005)  # without a pause the loop and the model would fight for the interpreter
            turns += 1
        await work
    assert turns > 3


@pytest.mark.usefixtures("model")
async def test_what_is_urgent_goes_before_what_waits() -> None:
    async with Tagger(MODEL, processes=0) as tagger, asyncio.TaskGroup() as tasks:
        waiting = [tasks.create_task(tagger.tag([["Zelensky spoke in Kyiv. " * 500]])) for _ in range(10)]
        await asyncio.sleep(0)
        await tagger.tag(ARTICLES, urgent=True)
        assert not waiting[-1].done()


async def test_a_killed_process_costs_no_answer(others: set[int], caplog: pytest.LogCaptureFixture) -> None:
    async with Tagger(MODEL, processes=2) as tagger:
        expected = await tagger.tag(ARTICLES)
        work = await begin(tagger, ARTICLES * 200)
        os.kill(children(others)[0], signal.SIGKILL)
        assert await work == expected * 200
    assert "ended from outside" in caplog.text


async def test_work_that_ends_every_process_is_given_up_with_an_error(others: set[int]) -> None:
    async with Tagger(MODEL, processes=1) as tagger:
        work = await begin(tagger, [["Zelensky spoke in Kyiv. " * 10_000]])
        while not work.done():
            for pid in children(others):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            await asyncio.sleep(0.01)
        with pytest.raises(CopytasterError, match=r"ended 3 times while reading [\d,]+ characters that begin 'Zel"):
            await work
        assert await tagger.tag([["Angela Merkel spoke in Berlin."]]) != [[]]


@pytest.fixture
def heeding_interrupts() -> Iterator[None]:
    """A shell in the background has its children ignore Ctrl-C, and theirs."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeding_interrupts")
async def test_control_c_is_for_the_parent(others: set[int]) -> None:
    async with Tagger(MODEL, processes=1) as tagger:
        pids = children(others)
        os.kill(pids[0], signal.SIGINT)
        await asyncio.sleep(0.2)
        assert (await tagger.tag(ARTICLES))[0]
        assert children(others) == pids


async def test_closing_cancels_the_work_that_waits(others: set[int]) -> None:
    async with Tagger(MODEL, processes=1) as tagger:
        work = await begin(tagger, ARTICLES * 500)
    with pytest.raises(asyncio.CancelledError):
        await work


PARENT = """
import asyncio
from agents.extract.tagger import Tagger

async def main():
    async with Tagger({model!r}, processes=2) as tagger:
        work = asyncio.create_task(tagger.tag([["Zelensky spoke in Kyiv. " * 500]] * {articles}))
        print("ready", flush=True)
        await work
        await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.mark.parametrize("articles", [0, 500], ids=["idle", "at work"])
def test_a_killed_parent_leaves_no_orphan(articles: int) -> None:
    script = PARENT.format(model=MODEL, articles=articles)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == "ready\n"
        parent.kill()
        parent.communicate(timeout=30)  # every child has our pipe: it ends with the last of them
    assert parent.returncode == -signal.SIGKILL


async def test_the_time_in_which_the_model_is_loaded_is_told_and_long_work_gives_signs() -> None:
    told: list[str] = []

    @contextmanager
    def waiting(reason: str) -> Iterator[None]:
        told.append(reason)
        yield
        told.append("loaded")

    async with Tagger(MODEL, processes=0, heard=lambda: told.append("sign"), waiting=waiting) as tagger:
        await tagger.tag(ARTICLES)
    assert told == [f"the model {MODEL} is being loaded", "sign", "loaded", "sign"]
