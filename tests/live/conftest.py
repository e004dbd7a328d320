"""A cluster of Apache Kafka that loses a broker and goes on."""

from collections.abc import Iterator

import pytest

from scripts.kafka.cluster import Kafka


@pytest.fixture(scope="module")
def cluster(kafka: Kafka) -> Iterator[Kafka]:
    """Three brokers, for tests that kill one; asking for `kafka` skips where there is none to be had."""
    with Kafka(3, more={"min.insync.replicas": "1"}) as cluster:  # as Kafka comes; the river asks for more itself
        yield cluster
        for broker in cluster.brokers:
            assert broker.runs, broker.last_words()
