"""What is promised to those who write to the river or read it: JSON Schema and AsyncAPI, made from the records."""

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from inspect import cleandoc
from typing import Any

import msgspec

from streams.records import Alert, RawArticle, Record, Rejected, Verdict
from streams.settings import Settings
from streams.topics import topics

Json = dict[str, Any]

PUBLIC: dict[str, type[Record]] = {"raw": RawArticle, "verdicts": Verdict, "alerts": Alert, "rejected": Rejected}
_TAKEN = ("raw", "urgent")  # what the river takes in; the other is for what can't wait
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAMES = {"raw": "article", "verdicts": "verdict", "alerts": "alert", "rejected": "rejection"}
_HEADERS = {
    "type": "object",
    "description": "CloudEvents 1.0, binary mode.",
    "properties": {
        "content-type": {"const": "application/json"},
        "ce_specversion": {"const": "1.0"},
        "ce_id": {"type": "string", "description": "the alert's id"},
        "ce_source": {"type": "string", "format": "uri-reference"},
        "ce_type": {"type": "string", "pattern": r"^copytaster\.alert\.[a-z]+$"},
        "ce_subject": {"type": "string", "description": "the story"},
        "ce_time": {"type": "string", "format": "date-time"},
    },
    "required": ["content-type", "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject", "ce_time"],
}


def schema(topic: str) -> Json:
    """The JSON Schema (2020-12) of what a topic carries, by its short name; KeyError for one that isn't public."""
    (body,), parts = _components([PUBLIC[topic]], "#/$defs/{name}")
    own = parts.pop(body["$ref"].rpartition("/")[2])
    return {"$schema": _DIALECT, **own, **({"$defs": parts} if parts else {})}


def _components(kinds: Iterable[type[Record]], place: str) -> tuple[Sequence[Json], Json]:
    """References to the records' schemas, and the schemas by name with their docstrings on one margin."""
    bodies, parts = msgspec.json.schema_components(kinds, ref_template=place)
    for part in parts.values():
        part["description"] = cleandoc(part["description"])
    return bodies, parts


def asyncapi(settings: Settings) -> Json:
    """The AsyncAPI 3 document of the public topics under the prefix in force."""
    named = topics(settings)
    bodies, parts = _components(PUBLIC.values(), "#/components/schemas/{name}")
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "copytaster",
            "version": version("copytaster"),
            "description": "Wire copy in, one verdict for every article and an alert for each new development out.",
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "channels": {short: _channel(getattr(named, short).name, short, settings) for short in PUBLIC}
        | {"urgent": _channel(named.urgent.raw.name, "raw", settings)},
        "operations": {
            f"{'take' if short in _TAKEN else 'give'}_{short}": {
                "action": "receive" if short in _TAKEN else "send",
                "channel": {"$ref": f"#/channels/{short}"},
            }
            for short in (*PUBLIC, "urgent")
        },
        "components": {
            "messages": {_NAMES[short]: _message(short, body) for short, body in zip(PUBLIC, bodies, strict=True)},
            "schemas": parts,
        },
    }


def _channel(address: str, short: str, settings: Settings) -> Json:
    name = _NAMES[short]
    return {
        "address": address,
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
        "bindings": {"kafka": {"partitions": settings.partitions, "replicas": settings.replication}},
    }


def _message(short: str, body: Json) -> Json:
    key = "as it was sent" if short == "rejected" else "the article's id"
    return {
        "name": _NAMES[short],
        "contentType": "application/json",
        "payload": body,
        "bindings": {"kafka": {"key": {"type": "string", "description": key}}},
        **({"headers": _HEADERS} if short == "alerts" else {}),
    }
