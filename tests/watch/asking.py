"""Workers that are soon out of patience, and questions to them."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from aiohttp import ClientSession

from agents.commands.worker import Worker
from streams.server import free_port
from streams.settings import Settings
from tests.running import PATIENCE, apart

TEXT = """The ferry Ondine capsized off the port of Marrow on Tuesday, and 12 people died, the coast guard said.

Fishing boats pulled 97 survivors from the water before nightfall, and divers will resume the search on Wednesday."""


def quick(broker: str, store: str, exit_seconds: float = 0.0) -> Settings:
    """Settings of a worker that is soon out of patience, but for the time that the model takes to load."""
    own = {"tagger_processes": 0, "stall_seconds": 6.0, "stall_exit_seconds": exit_seconds, "web_port": free_port()}
    return apart(broker, store, "watch", **own)


def ask(settings: Settings, path: str, enough: Callable[[int, Any], bool], worker: Worker) -> Any:
    """What the worker answers, once it is enough."""
    return asyncio.run(_ask(settings, path, enough, worker))


async def _ask(settings: Settings, path: str, enough: Callable[[int, Any], bool], worker: Worker) -> Any:
    deadline = time.monotonic() + PATIENCE
    said: Any = None
    async with ClientSession(f"http://{settings.web_host}:{settings.web_port}") as client:
        while time.monotonic() < deadline:
            worker.check()
            try:
                async with client.get(path) as answer:
                    said = await answer.json()
                    if enough(answer.status, said):
                        return said
            except OSError as error:
                said = error
            await asyncio.sleep(0.2)
    raise AssertionError(f"{path} says {said}:\n{worker.last_words()}")


def ready(status: int, said: Any) -> bool:
    return status == 200 and said == {"status": "ready"}
