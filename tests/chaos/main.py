"""`scripts/chaos`: a replay under faults made on purpose, compared with one that was left alone."""

import asyncio
import json
import logging
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any

import click

from agents.commands.signals import unwinding
from scripts.kafka.cluster import NoKafka
from tests.chaos.articles import Copy, wire
from tests.chaos.comparison import Comparison, compare, reasons
from tests.chaos.gate import Gate
from tests.chaos.plan import Fault, counts, plan
from tests.chaos.river import Ran, run
from tests.chaos.servers import Brokers, Cluster, Tansu
from tests.chaos.traffic import say

_SHOWN = 10  # of each kind of loss


@click.command()
@click.option("--articles", default=5000, show_default=True, type=click.IntRange(20))
@click.option("--worker-kills", default=20, show_default=True, type=click.IntRange(0))
@click.option("--broker-kills", default=5, show_default=True, type=click.IntRange(0))
@click.option("--store-kills", default=3, show_default=True, type=click.IntRange(0))
@click.option("--brokers", default=3, show_default=True, type=click.IntRange(0, 9), help="0: the embedded one")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1), help="at the beginning")
@click.option("--seed", default=1, show_default=True, help="of the articles and of the faults")
@click.option("--logs", type=click.Path(path_type=Path), help="a folder where the workers' logs are kept")
@click.option("--json", "as_json", is_flag=True, help="print one line of JSON; all else goes to standard error")
def chaos(
    articles: int,
    worker_kills: int,
    broker_kills: int,
    store_kills: int,
    brokers: int,
    workers: int,
    seed: int,
    logs: Path | None,
    as_json: bool,
) -> None:
    """Replay articles twice, the second time under faults, and tell what was lost.

    The brokers are Apache Kafka's, which needs Java and Maven. With --brokers 0 the embedded one does without; that one
    keeps all in memory, so none is killed.
    """
    if not brokers and broker_kills:
        say("the embedded broker keeps all in memory: none is killed")
        broker_kills = 0
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # that brokers go is what is tried here
    copies = wire(articles, seed)
    asked = counts(worker_kills=worker_kills, broker_kills=broker_kills, store_kills=store_kills)
    faults = plan(articles, asked, seed)
    with unwinding(), tempfile.TemporaryDirectory(prefix="chaos-") as scratch:
        calm, rough = asyncio.run(_both(copies, faults, brokers, workers, logs or Path(scratch)))
    comparison = compare(copies, calm.run, rough.run)
    _tell(comparison)
    told = _figures(comparison, calm, rough) | {"articles": articles, "seed": seed}
    click.echo(json.dumps(told) if as_json else json.dumps(told, indent=2))
    raise SystemExit(not comparison.sound)


async def _both(
    copies: Sequence[Copy], faults: Sequence[Fault], count: int, workers: int, folder: Path
) -> tuple[Ran, Ran]:
    async with AsyncExitStack() as closing:
        running = closing.enter_context(ExitStack())
        brokers = await _brokers(count, running, closing)
        calm = await _one("calm", copies, (), brokers, workers, folder)
        return calm, await _one("rough", copies, faults, brokers, workers, folder)


async def _one(
    name: str, copies: Sequence[Copy], faults: Sequence[Fault], brokers: Brokers, workers: int, folder: Path
) -> Ran:
    say(f"{name}: {len(copies)} articles, {len(faults)} faults")
    (folder / name).mkdir(parents=True, exist_ok=True)
    ran = await run(copies, faults, brokers, workers, folder / name)
    say(f"{name}: {ran.seconds:.0f} s")
    return ran


async def _brokers(count: int, running: ExitStack, closing: AsyncExitStack) -> Brokers:
    gates = [Gate() for _ in range(count or 1)]
    for gate in gates:
        await gate.open()
        closing.push_async_callback(gate.close)
    if not count:
        return Tansu(running, gates[0])
    try:
        return Cluster(running, gates)
    except NoKafka as error:
        raise click.ClickException(f"{error}\n--brokers 0 does without, and kills no broker") from error


def _figures(comparison: Comparison, calm: Ran, rough: Ran) -> dict[str, Any]:
    return {
        "articles_without_verdict": len(comparison.without_verdict),
        "alerts_missing": len(comparison.missing),
        "alert_ids_with_two_contents": len(comparison.two_contents),
        "verdicts_differing": len(comparison.differing),
        "verdicts_in_two_ways": len(comparison.two_verdicts),
        "facts_set_aside": len(comparison.aside),
        "facts_told_twice": len(comparison.twice),
        "facts_unheard_undisturbed": len(comparison.unheard),
        "why_differing": reasons(comparison),
        "faults": rough.done,
        "workers_ended_by_themselves": rough.ended,
        "of_those_made_to_hang": rough.hung,
        "seconds": {"undisturbed": round(calm.seconds), "disturbed": round(rough.seconds)},
    }


def _tell(comparison: Comparison) -> None:
    for what, found in (
        ("without a verdict", comparison.without_verdict),
        ("missing", comparison.missing),
        ("alert in two contents", comparison.two_contents),
        ("verdicts in two ways on", comparison.two_verdicts),
        ("differs", [f"{name} {why}" for name, why in comparison.differing.items()]),
        ("told twice", comparison.twice),
        ("rang, and was set aside", comparison.aside),
    ):
        _list(what, found)


def _list(what: str, found: Iterable[object]) -> None:
    for number, each in enumerate(found):
        if number == _SHOWN:
            say("  …")
            return
        say(f"{what}: {each}")


if __name__ == "__main__":
    sys.exit(chaos())
