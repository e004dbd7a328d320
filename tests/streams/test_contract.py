"""The contract on paper is the one in force, and what was written under an earlier one is still read."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from streams.codec import decode
from streams.contract import PUBLIC, asyncapi, schema
from streams.settings import Settings

DOCS = Path(__file__).parents[2] / "docs" / "contract"
EARLIER = Path(__file__).parent / "earlier"


def written(name: str) -> object:
    return json.loads((DOCS / name).read_text())


@pytest.mark.parametrize("topic", PUBLIC)
def test_the_schemas_in_the_docs_are_those_of_the_records(topic: str) -> None:
    assert written(f"{topic}.schema.json") == schema(topic), "run scripts/contract"


def test_the_asyncapi_document_in_the_docs_is_the_one_in_force() -> None:
    assert written("asyncapi.json") == asyncapi(Settings()), "run scripts/contract"


@pytest.mark.parametrize("topic", PUBLIC)
def test_each_schema_is_one(topic: str) -> None:
    Draft202012Validator.check_schema(schema(topic))


def test_a_topic_of_the_workers_own_is_not_promised() -> None:
    with pytest.raises(KeyError):
        schema("tagged")


def test_channels_bear_the_prefix_in_force() -> None:
    channels = asyncapi(Settings(topic_prefix="desk"))["channels"]
    assert [channel["address"] for channel in channels.values()] == [
        *(f"desk.{topic}" for topic in PUBLIC),
        "desk.urgent.raw",
    ]


@pytest.mark.parametrize("message", sorted(EARLIER.glob("*.json")), ids=lambda path: path.stem)
def test_a_message_of_an_earlier_release_is_still_read(message: Path) -> None:
    topic = message.stem.partition("-")[0]
    data = message.read_bytes()
    Draft202012Validator(schema(topic)).validate(json.loads(data))
    record = decode(data, PUBLIC[topic])
    for name, value in json.loads(data).items():
        assert hasattr(record, name), f"{name}: {value!r} is lost"
