"""CloudEvents 1.0 on Kafka in binary mode: an alert's envelope in its message's headers, its JSON as the value."""

from streams.records import Alert, Record

Headers = dict[str, bytes]


def envelope(record: Record, topic: str) -> Headers:
    """The headers of a record on a topic, by CloudEvents' Kafka protocol binding 1.0.2; none but for alerts.

    `id` is the alert's, `subject` its story and `time` when it rang, so that an alert sent twice is the same event.
    """
    if not isinstance(record, Alert):
        return {}
    said = {
        "content-type": "application/json",
        "ce_specversion": "1.0",
        "ce_id": record.id,
        "ce_source": f"/copytaster/{topic}",
        "ce_type": f"copytaster.alert.{record.kind}",
        "ce_subject": record.story,
        "ce_time": record.alerted.isoformat(),
    }
    return {name: value.encode() for name, value in said.items()}
