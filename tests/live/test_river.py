"""The river on Apache Kafka itself: alerts come out, the same as on the embedded broker, and faults lose nothing."""

import struct
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from agents.commands.worker import Worker
from agents.ingest.files import parts_of
from agents.ingest.formats import Found
from scripts.kafka.cluster import Kafka
from streams.broker import ensure_topics
from streams.embedded import start_broker, start_store
from streams.records import Alert, RawArticle, Verdict
from streams.settings import Settings
from streams.topics import topics
from tests.running import Running, apart
from tests.test_crash import contents, stream

SEEDS = Path(__file__).parents[2] / "seeds"
FERRY = """At least 12 people died when the ferry Ondine capsized off the port of Marrow on Tuesday, the coast guard said.

Fishing boats pulled 97 survivors from the water before nightfall, and divers will resume the search on Wednesday."""
LOG = "Prosecutor Maren Quist opened an investigation of the harbour office and seized its logbooks in the evening."


def producers(kafka: Kafka, topic: str, partitions: int) -> set[int]:
    """The ids of those who wrote to a topic, -1 for one without: as the first batch of each partition has it."""
    found: set[int] = set()
    for broker in kafka.brokers:
        for partition in range(partitions):
            log = broker.node.folder / "data" / f"{topic}-{partition}" / f"{0:020}.log"
            if head := log.read_bytes()[:51]:
                found.update(struct.unpack(">q", head[43:51]))  # RecordBatch, magic 2 (Kafka's "Message Format")
    return found


def test_a_raw_article_comes_out_as_an_alert_of_a_producer_that_kafka_knows(kafka: Kafka) -> None:
    with start_store() as store:
        settings = apart(kafka.bootstrap(), store, "live", tagger_processes=0)
        with Worker(settings) as worker:
            river = Running(settings, worker)
            river.send(RawArticle(id="ferry", source="Harbour Post", headline="Ferry sinks off Marrow", text=FERRY))
            river.wait_until_rung("ferry")
            river.send(RawArticle(id="reprint", source="Blog", text=FERRY))
            assert river.verdict("reprint").verdict == "repeat"
            river.send(RawArticle(id="later", source="Harbour Post", text=f"{FERRY}\n\n{LOG}"))
            assert river.verdict("later").verdict == "update"
            assert [alert.summary for alert in river.alerts() if alert.article.id == "later"] == [[LOG]]
    for topic in ("clean", "alerts", "verdicts"):
        known = producers(kafka, f"{settings.topic_prefix}.{topic}", settings.partitions)
        assert known, topic
        assert -1 not in known, topic


def test_the_samples_get_the_same_verdicts_as_on_the_embedded_broker(kafka: Kafka) -> None:
    samples = [part for part in parts_of([str(SEEDS)]) if isinstance(part, Found)]

    def judged(broker: str) -> dict[str, tuple[object, ...]]:
        with start_store() as store:
            # One partition and one lane, so that the order in which copy comes in is the same twice.
            settings = apart(broker, store, "samples", partitions=1, urgent=0, tagger_processes=0)
            with Worker(settings) as worker:
                river = Running(settings, worker)
                river.send_bytes(*((each.key, each.value) for each in samples))
                found = river.verdicts(each.key for each in samples)
        return {name: (each.verdict, each.matches, each.novel, each.changes) for name, each in found.items()}

    with start_broker() as tansu:
        assert judged(kafka.bootstrap()) == judged(tansu)


async def test_of_three_copies_two_are_there_before_a_message_counts_as_sent(cluster: Kafka) -> None:
    settings = Settings(broker=cluster.bootstrap(), replication=3)
    await ensure_topics(settings)
    wanted = ConfigResource(ConfigResourceType.TOPIC, topics(settings).raw.name, {"min.insync.replicas": None})
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.broker)
    await admin.start()
    ((resource,),) = [answer.resources for answer in await admin.describe_configs([wanted])]
    await admin.close()
    assert [(name, value) for name, value, *_ in resource[4]] == [("min.insync.replicas", "2")]


def test_a_broker_and_a_worker_killed_in_the_middle_lose_nothing_and_tell_nothing_in_two_ways(cluster: Kafka) -> None:
    articles = stream()[:120]
    with start_store() as store:
        settings = apart(cluster.bootstrap(), store, "faults", replication=3)
        with Worker(settings) as worker:
            river = Running(settings, worker)
            river.send(*articles[:60])
            river.wait_for("verdicts", 20)
            cluster.brokers[0].kill()
            river.wait_for("verdicts", 40)
            river.send(*articles[60:])
            river.wait_for("verdicts", 70)
            worker.kill()
        cluster.brokers[0].start()
        cluster.wait()
        with Worker(settings) as worker:
            river = Running(settings, worker)
            verdicts = river.verdicts(each.id for each in articles)
            told, alerts = contents(river.read("verdicts", Verdict)), river.read("alerts", Alert)

    assert {name: len(each) for name, each in told.items() if len(each) > 1} == {}
    assert {name: len(each) for name, each in contents(alerts).items() if len(each) > 1} == {}
    assert {each.id for each in verdicts.values() if each.alert} == {alert.article.id for alert in alerts}
