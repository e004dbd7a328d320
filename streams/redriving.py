"""Puts a rejected message back where it came from, and marks it on `wire.rejected` itself.

The mark is a message without a value whose key is the rejection's id: Kafka's own sign for "done with". So it lives as
long as the rejection, and whoever redrives sees it.
"""

import asyncio

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError

from streams.broker import consumer, producer, refusal, start
from streams.codec import decode
from streams.errors import BrokerUnavailable, RejectedCopy
from streams.events import Headers, envelope
from streams.problems import Problem
from streams.records import Alert, Rejected
from streams.settings import Settings
from streams.topics import topics

_PATIENCE = 20.0  # seconds


async def put_back(sender: AIOKafkaProducer, rejection: Rejected, settings: Settings) -> None:
    """Send, wait, then mark: a crash between the two sends an article again, and the river answers it as before."""
    headers = [("redriven", rejection.id.encode()), *_envelope(rejection, settings).items()]
    await sender.send_and_wait(rejection.topic, rejection.value, key=rejection.key, headers=headers)
    await sender.send_and_wait(topics(settings).rejected.name, None, key=rejection.id.encode())


def _envelope(rejection: Rejected, settings: Settings) -> Headers:
    """An alert that a webhook didn't take is a CloudEvent when it comes again, as it was before."""
    if rejection.topic != topics(settings).alerts.name:
        return {}
    try:
        return envelope(decode(rejection.value, Alert), rejection.topic)
    except RejectedCopy:
        return {}


async def put_back_from(settings: Settings, partition: int, offset: int) -> None:
    """The same for the rejection at a place of `wire.rejected`.

    Raises BrokerUnavailable, and Problem 409 where it isn't kept any more or came from another river.
    """
    try:
        async with asyncio.timeout(_PATIENCE):
            rejection = await _read(settings, partition, offset)
            if rejection.topic not in {topic.name for topic in topics(settings)}:
                raise Problem(409, f"it came from {rejection.topic}, no topic of this river; nothing was sent")
            sender = producer(settings, _PATIENCE)
            try:
                await start(sender, settings)
                await put_back(sender, rejection, settings)
            finally:
                await sender.stop()
    except (KafkaError, TimeoutError) as error:
        if refused := refusal(error, settings):
            raise refused from error
        raise BrokerUnavailable(f"the broker at {settings.broker} did not take a message back: {error}") from error


async def _read(settings: Settings, partition: int, offset: int) -> Rejected:
    reader, place = consumer(settings), TopicPartition(topics(settings).rejected.name, partition)
    await start(reader, settings)
    try:
        reader.assign([place])
        if offset < (await reader.beginning_offsets([place]))[place]:
            raise Problem(409, "the rejected message is not kept any more; nothing was sent")
        reader.seek(place, offset)
        message = await reader.getone()
    finally:
        await reader.stop()
    if message.offset != offset or not message.value:
        raise Problem(409, "the rejected message is not kept any more; nothing was sent")
    return decode(message.value, Rejected)
