"""The pipeline that a user would write: an aiokafka consumer, spaCy's whole model, datasketch on the same store.

`python -m bench.plain BROKER STORE RAW OUT` runs one process of it; as many as there are cores share a group.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from streams.server import tie
from streams.settings import Settings


@contextmanager
def running(settings: Settings, raw: str, out: str, processes: int) -> Iterator[None]:
    """So many processes of it, from one topic to another."""
    command = [sys.executable, "-m", "bench.plain", settings.broker, settings.store, raw, out]
    children = [subprocess.Popen(command, preexec_fn=tie()) for _ in range(processes)]  # noqa: S603, PLW1509
    try:
        yield
    finally:
        for each in children:
            each.terminate()
        for each in children:
            each.wait()


async def _run(broker: str, store: str, raw: str, out: str) -> None:
    import spacy
    from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

    from bench.dedupe import lsh_on, sketched

    nlp, lsh = spacy.load(Settings().model), lsh_on(store)
    consumer = AIOKafkaConsumer(raw, bootstrap_servers=broker, group_id="plain", auto_offset_reset="earliest")
    producer = AIOKafkaProducer(bootstrap_servers=broker, acks="all")
    await consumer.start()
    await producer.start()
    async for message in consumer:
        article = json.loads(message.value)
        sketch = sketched(article["text"])
        known = lsh.query(sketch)
        lsh.insert(article["id"], sketch, check_duplication=False)
        named = [] if known else [(each.text, each.label_) for each in nlp(article["text"]).ents]
        answer = {"id": article["id"], "repeats": known, "entities": named}
        await producer.send(out, json.dumps(answer).encode(), key=message.key)


if __name__ == "__main__":
    asyncio.run(_run(*sys.argv[1:]))
