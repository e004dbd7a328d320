"""What the broker allows us, as it tells itself (KIP-430), so that a worker names every right it lacks at once."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager

from aiokafka.client import AIOKafkaClient, CoordinationType
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    GroupCoordinatorNotAvailableError,
    GroupLoadInProgressError,
    KafkaError,
    NotCoordinatorForGroupError,
    for_code,
)

from streams.connection import connection
from streams.errors import BrokerRefused, BrokerUnavailable
from streams.operations import AskGroupRights, AskTopicRights
from streams.refusals import add_rights, who
from streams.rights import Right, rights
from streams.settings import Settings

_PATIENCE = 10.0  # seconds for all answers
_PAUSE = 0.2  # seconds until the broker is asked again for what is on its way
_NOT_THERE = 3  # error code of a topic that we may see, and that isn't there
_UNTOLD = -(2**31)  # authorized operations that the broker does not tell
_BITS = {"Read": 3, "Write": 4, "Create": 5, "Describe": 8}  # AclOperation's codes in the protocol


async def missing(settings: Settings, needed: Sequence[Right]) -> list[Right]:
    """Those of the rights on topics and groups that we lack; raises BrokerUnavailable."""
    names = {kind: sorted({each.name for each in needed if each.kind == kind}) for kind in ("topic", "group")}
    async with _asking(settings) as client:
        found = await _topics(client, names["topic"])
        while any(error == _NOT_THERE for error, _ in found.values()):
            await asyncio.sleep(_PAUSE)  # it was made just now, and not every broker has heard of it
            found = await _topics(client, names["topic"])
        held = {("topic", name): bits for name, (_, bits) in found.items()}
        held |= {("group", name): await _group(client, name) for name in names["group"]}
    return [each for each in needed if not held[each.kind, each.name] & 1 << _BITS[each.operation]]


async def check_rights(settings: Settings, needed: Sequence[Right]) -> None:
    """Raises BrokerRefused that names every right that we lack."""
    lacking: dict[tuple[str, str], list[str]] = {}
    for each in await missing(settings, needed):
        lacking.setdefault((each.kind, each.name), []).append(each.operation)
    if lacking:
        said = "; ".join(f"{'/'.join(several)} on {kind} {name}" for (kind, name), several in lacking.items())
        raise BrokerRefused(f"the broker at {settings.broker} does not let {who(settings)}: {said}; {add_rights()}")


async def check_visible(settings: Settings, names: Collection[str]) -> None:
    """Raises BrokerRefused for topics that aren't there for us: not made yet, or kept from us."""
    async with _asking(settings) as client:
        errors = {name: error for name, (error, _) in (await _topics(client, sorted(names))).items() if error}
    if errors:
        raise BrokerRefused(
            f"the broker at {settings.broker} lets {who(settings)} neither see nor create {', '.join(sorted(errors))}; "
            f"{add_rights()}"
        )


async def check_worker(settings: Settings) -> None:
    """Raises BrokerRefused for what a worker may not do. Creating topics it can do without where they are there.

    Without a name or a certificate nobody has given us rights, and we don't ask.
    """
    if settings.broker_user or settings.broker_certificate:
        needed = rights("worker", settings)
        await check_rights(settings, [each for each in needed if each.operation != "Create"])


@asynccontextmanager
async def _asking(settings: Settings) -> AsyncIterator[AIOKafkaClient]:
    client = AIOKafkaClient(**connection(settings))
    try:
        async with asyncio.timeout(_PATIENCE):
            await client.bootstrap()
            yield client
    except (KafkaError, TimeoutError) as error:
        said = str(error) or type(error).__name__
        raise BrokerUnavailable(f"the broker at {settings.broker} does not say what we may do: {said}") from error
    finally:
        await client.close()


async def _topics(client: AIOKafkaClient, names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Of each topic the error that asking for it gives, and our rights on it as bits."""
    response = await client.send(client.get_random_node(), AskTopicRights(names))
    return {name: (error, _told(error, bits)) for error, name, _, _, bits in response.topics}


async def _group(client: AIOKafkaClient, name: str) -> int:
    """Our rights on a group as bits."""
    while True:
        try:
            node = await client.coordinator_lookup(CoordinationType.GROUP, name)
            await client.ready(node)
            error, *_, bits = (await client.send(node, AskGroupRights(name))).groups[0]
            if error:
                raise for_code(error)
        except GroupAuthorizationFailedError:
            return 0
        except (GroupCoordinatorNotAvailableError, NotCoordinatorForGroupError, GroupLoadInProgressError):
            await asyncio.sleep(_PAUSE)
        else:
            return _told(error, bits)


def _told(error: int, bits: int) -> int:
    """None for what is kept from us or isn't there, and all where the broker does not tell."""
    if error:
        return 0
    return -1 if bits == _UNTOLD else bits
