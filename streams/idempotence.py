"""A producer that the broker knows again, so that a batch sent once more, its confirmation lost, lies there once.

Kafka counts each producer's batches (KIP-98). Tansu doesn't, and nothing rests on it: what is told twice is told to the
byte. But on Kafka no reader need see it twice.
"""

import asyncio
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from aiokafka.producer.transaction_manager import TransactionManager
from aiokafka.structs import RecordMetadata


class IdempotentProducer(AIOKafkaProducer):  # type: ignore[misc]
    """aiokafka's, mended: it goes on after a batch that had to be given up.

    aiokafka counts such a batch, the broker doesn't, and refuses all that follows it as out of order. Java's client
    takes a new epoch then (KIP-360), this one a new id.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, enable_idempotence=True)

    async def send(self, *args: Any, **options: Any) -> "asyncio.Future[RecordMetadata]":
        """As aiokafka's."""
        sent: asyncio.Future[RecordMetadata] = await super().send(*args, **options)
        sent.add_done_callback(self._look)
        return sent

    def _look(self, sent: "asyncio.Future[RecordMetadata]") -> None:
        if not sent.cancelled() and isinstance(sent.exception(), KafkaError):
            counted: Any = self._txn_manager
            # Begun anew in place, for sender and buffer hold it too; batches on their way keep the old id.
            TransactionManager.__init__(counted, None, counted.transaction_timeout_ms)
