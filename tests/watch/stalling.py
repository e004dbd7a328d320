"""A worker whose Kafka client fails as Faust's users know it, once the file that STALL names is there.

HOW `fetch`: it fetches nothing more. `commit`: it commits nothing, and says it did. `thread`: its thread hangs.
"""

import asyncio
import os
import threading
from pathlib import Path
from typing import Any

from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread

from agents.commands.main import main

HOW = os.environ["HOW"]
fetch, commit = AIOKafkaConsumerThread._fetch_records, AIOKafkaConsumerThread._commit


def stalled() -> bool:
    return Path(os.environ["STALL"]).exists()


async def failing_fetch(self: Any, *args: Any, **named: Any) -> Any:
    """Messages, until the file is there."""
    if stalled() and HOW == "fetch":
        await asyncio.sleep(3600)
    if stalled() and HOW == "thread":
        threading.Event().wait(3600)
    return await fetch(self, *args, **named)


async def failing_commit(self: Any, offsets: Any) -> Any:
    """Commits, until the file is there."""
    return True if stalled() and HOW == "commit" else await commit(self, offsets)


AIOKafkaConsumerThread._fetch_records, AIOKafkaConsumerThread._commit = failing_fetch, failing_commit  # type: ignore[method-assign]

if __name__ == "__main__":
    main()
