"""The whole river, from raw to verdict, against bare recognition and against the pipeline that a user would write."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.structs import ConsumerRecord
from redis import Redis

from agents.commands.worker import Worker
from bench import plain
from bench.ner import CORES, Ner
from bench.wire import Wire
from streams.broker import consumer, ensure_topics, producer
from streams.codec import encode
from streams.embedded import EMBEDDED, start_broker
from streams.records import RawArticle
from streams.server import free_port
from streams.settings import Settings

_PATIENCE = 600.0  # seconds for a batch; far more than any takes


def figures(store: str, *, quick: bool) -> dict[str, float]:
    """The table's figures on the river, and what stands behind them."""
    count, rounds = (300, 3) if quick else (1_000, 5)
    with ExitStack() as stack:
        broker, ner = stack.enter_context(start_broker()), stack.enter_context(Ner())
        settings = Settings(
            broker=broker, store=store, tagger_processes=CORES, web_port=free_port(), log_level="warning", **EMBEDDED
        )
        asyncio.run(ensure_topics(settings))
        begun = time.perf_counter()
        worker = stack.enter_context(Worker(settings))
        river = River(settings, worker)
        river.seconds(Wire(9).take(1))
        found = {"start_to_first_verdict_s": time.perf_counter() - begun}
        river.seconds(Wire(8).take(4 * CORES))
        found["worker_mib_at_start"] = _mebibytes(worker)
        found |= _against_ner(river, ner, count, rounds)
        found |= _latency(river, ner, found["river_mixed_per_second"], 60 if quick else 180)
        found["worker_mib_at_end"] = _mebibytes(worker)
    found |= {f"capacity_at_{workers}": _capacity(store, workers, count) for workers in range(1, CORES + 1)}
    return found | _against_plain(store, found["river_mixed_per_second"], count // 2)


def _mebibytes(worker: Worker) -> float:
    """What a worker holds in memory, without its tagger's processes; 0 where the system doesn't tell."""
    status = Path(f"/proc/{worker.process.pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _capacity(store: str, workers: int, count: int) -> float:
    """Articles a second of the mixed wire, by so many workers of one tagger's process, on a broker of their own."""
    with Redis.from_url(store) as server, start_broker() as broker, ExitStack() as stack:
        server.flushall()
        settings = Settings(broker=broker, store=store, tagger_processes=1, web_port=0, log_level="warning", **EMBEDDED)
        asyncio.run(ensure_topics(settings))
        running = [stack.enter_context(Worker(settings)) for _ in range(workers)]
        river = River(settings, running[0])
        river.seconds(_mixed(6).take(8 * workers))
        return count / river.seconds(_mixed(300 + workers).take(count))


def _mixed(seed: int) -> Wire:
    return Wire(seed, repeats=0.4, updates=0.2)


class River:
    """A worker that runs, and topics to feed it by."""

    def __init__(self, settings: Settings, worker: Worker | None, out: str = "verdicts") -> None:
        self._settings, self._worker = settings, worker
        self._raw, self._out = f"{settings.topic_prefix}.raw", f"{settings.topic_prefix}.{out}"

    def seconds(self, articles: Sequence[RawArticle]) -> float:
        """How long until each has its verdict, all sent at once."""
        begun = time.perf_counter()
        asyncio.run(self._answered(articles, None))
        return time.perf_counter() - begun

    def latencies(self, articles: Sequence[RawArticle], rate: float) -> list[float]:
        """Seconds from Kafka's having an article to its having the alert, sent at a steady rate."""
        return asyncio.run(self._answered(articles, rate))

    async def _answered(self, articles: Sequence[RawArticle], rate: float | None) -> list[float]:
        alerts = self._raw.replace("raw", "alerts")
        reader = consumer(self._settings, self._out, *([alerts] if rate else []), auto_offset_reset="latest")
        sender = producer(self._settings)
        await reader.start()
        await sender.start()
        try:
            await reader.seek_to_end()
            _, found = await asyncio.gather(self._send(sender, articles, rate), self._read(reader, articles))
        finally:
            await sender.stop()
            await reader.stop()
        sent = {each.id: at for each, at in zip(articles, self._sent, strict=True)}
        return [
            each.timestamp / 1000 - sent[each.key.decode()]
            for each in found
            if each.topic == alerts and each.key.decode() in sent
        ]

    async def _send(self, sender: AIOKafkaProducer, articles: Sequence[RawArticle], rate: float | None) -> None:
        begun, self._sent = time.perf_counter(), list[float]()
        for number, each in enumerate(articles):
            if rate:
                await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
            self._sent.append(time.time())
            await sender.send(self._raw, encode(each), key=each.id.encode())
        await sender.flush()

    async def _read(self, reader: AIOKafkaConsumer, articles: Sequence[RawArticle]) -> list[ConsumerRecord]:
        waiting, found = {each.id.encode() for each in articles}, list[ConsumerRecord]()
        async with asyncio.timeout(_PATIENCE):
            while waiting:
                if self._worker:
                    self._worker.check()
                for messages in (await reader.getmany(timeout_ms=200)).values():
                    found += messages
                    waiting.difference_update(each.key for each in messages if each.topic == self._out)
        return found


def _against_ner(river: River, ner: Ner, count: int, rounds: int) -> dict[str, float]:
    """Articles a second of both, in turns, over the same text."""
    found: dict[str, float] = {}
    for name, wire in (("fresh", Wire), ("mixed", _mixed)):
        rates, limits = [], []
        for turn in range(rounds):
            articles = wire(10 + turn + 100 * len(found)).take(count)
            limits.append(count / ner.seconds([each.text or "" for each in articles]))
            rates.append(count / river.seconds(articles))
        ratios = [rate / limit for rate, limit in zip(rates, limits, strict=True)]
        found |= {
            f"river_{name}_over_ner": median(ratios),
            f"river_{name}_per_second": median(rates),
            f"ner_{name}_per_second": median(limits),
        }
    return found


def _latency(river: River, ner: Ner, capacity: float, seconds: float) -> dict[str, float]:
    """From raw to alert at 20, 50 and 80 % of what the river takes of the mixed wire."""
    found = {"ner_one_article_ms": 1000 * ner.one([each.text or "" for each in Wire(20).take(40)])}
    for share in (20, 50, 80):
        rate = capacity * share / 100
        taken = river.latencies(_mixed(2000 + share).take(int(rate * seconds)), rate)
        found |= {
            f"latency_p50_ms_at_{share}": 1000 * median(taken),
            f"latency_p99_ms_at_{share}": 1000 * quantiles(taken, n=100)[-1],
        }
    return found | {"p99_over_ner": found["latency_p99_ms_at_50"] / found["ner_one_article_ms"]}


def _against_plain(store: str, rate: float, count: int) -> dict[str, float]:
    """The same wire through the plain pipeline, on a broker of its own."""
    with Redis.from_url(store) as server, start_broker() as broker:
        server.flushall()
        settings = Settings(broker=broker, store=store)
        asyncio.run(ensure_topics(settings))
        raw, out = f"{settings.topic_prefix}.raw", f"{settings.topic_prefix}.verdicts"
        with plain.running(settings, raw, out, CORES):
            river = River(settings, None)
            river.seconds(Wire(7).take(4 * CORES))
            theirs = count / river.seconds(_mixed(110).take(count))
    return {"river_over_plain": rate / theirs, "plain_per_second": theirs}
