"""Does to a river what the plan says."""

import asyncio
from collections.abc import Sequence

from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from streams.broker import consumer, producer, start
from streams.errors import BrokerUnavailable
from streams.settings import Settings
from streams.topics import topics
from tests.chaos.crew import Crew
from tests.chaos.gate import Gate
from tests.chaos.plan import Fault
from tests.chaos.servers import Brokers, Store
from tests.chaos.traffic import Judged, say

_TRIES, _AGAIN = 120, 1.0  # and seconds between two
_REDELIVERED = 40  # messages of each topic


class Faults:
    """The hands that do it. `done` counts what was done, by its kind."""

    def __init__(self, settings: Settings, crew: Crew, brokers: Brokers, store: Store, gates: Sequence[Gate]) -> None:
        self._settings, self._crew, self._brokers, self._store, self._gates = settings, crew, brokers, store, gates
        self._one_at_a_time = asyncio.Lock()  # a store that is away can't be killed
        self.done: dict[str, int] = {}

    async def follow(self, plan: Sequence[Fault], judged: Judged) -> None:
        """Do each fault once as many articles are judged as it says; returns when the last is over."""
        async with asyncio.TaskGroup() as going:
            for fault in plan:
                await judged.reach(fault.at)
                going.create_task(self._do(fault))

    async def _do(self, fault: Fault) -> None:
        """Do it; where all that it could be done to are down already, wait for one that isn't."""
        for _ in range(_TRIES):
            if said := await self._act(fault):
                break
            await asyncio.sleep(_AGAIN)
        else:
            say(f"  at {fault.at}: {fault.act}: there is none")
            return
        self.done[fault.act] = self.done.get(fault.act, 0) + 1
        say(f"  at {fault.at}: {said}")

    async def _act(self, fault: Fault) -> str:
        if fault.act in ("cut connections", "slow connections"):
            return self._disturb(fault)
        crew, pick, seconds = self._crew, fault.pick, fault.seconds
        match fault.act:
            case "kill worker":
                return crew.kill(pick, seconds)
            case "stop worker":
                return await crew.stop(pick, seconds)
            case "hang worker":
                return crew.hang(pick)
            case "worker joins":
                return crew.join()
            case "worker leaves":
                return crew.leave(pick)
            case "kill broker":
                return await self._brokers.kill(pick, seconds)
            case "redeliver":
                return await self._redeliver(pick)
        async with self._one_at_a_time:
            return await self._store.kill(seconds)

    def _disturb(self, fault: Fault) -> str:
        if fault.act == "cut connections":
            return f"{sum(each.cut() for each in self._gates)} connections cut"
        self._gates[fault.pick % len(self._gates)].slow(fault.seconds)
        return f"a server is slow for {fault.seconds:.1f} s"

    async def _redeliver(self, pick: int) -> str:
        """Put the latest messages of a partition of each topic there once more, as a producer that retries does."""
        flow, count = topics(self._settings), 0
        for topic in (flow.raw, flow.clean, flow.fresh, flow.tagged):
            try:
                count += await self._again(TopicPartition(topic.name, pick % self._settings.partitions))
            except (KafkaError, BrokerUnavailable) as error:
                return f"redelivered {count} messages, then: {error}"
        return f"redelivered {count} messages"

    async def _again(self, place: TopicPartition) -> int:
        reader, writer = consumer(self._settings), producer(self._settings)
        await start(reader, self._settings)
        try:
            await start(writer, self._settings)
            reader.assign([place])
            end = (await reader.end_offsets([place]))[place]
            reader.seek(place, max(0, end - _REDELIVERED))
            found = (await reader.getmany(timeout_ms=2000)).get(place, [])
            for each in found:
                await writer.send_and_wait(place.topic, each.value, key=each.key, headers=list(each.headers))
            return len(found)
        finally:
            await reader.stop()
            await writer.stop()
