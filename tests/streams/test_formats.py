"""Messages of a later format are left alone, and one that needs a later format can't go out as one of today's."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from streams.formats import FORMAT, HEADER, newer, stamp
from streams.records import Alert, RawArticle, Rejected, TaggedArticle, Verdict

Shapes = dict[str, dict[str, Any]]

WRITTEN = Path(__file__).parent / "formats" / f"{FORMAT}.json"


def shapes() -> Shapes:
    """What is on the topics: each record's fields with their types, which of them are required, and whether it takes others."""
    _, parts = msgspec.json.schema_components([RawArticle, TaggedArticle, Verdict, Alert, Rejected])
    return {
        name: {
            "fields": {key: bare(each) for key, each in part["properties"].items()},
            "required": sorted(part["required"]),
            "open": part.get("additionalProperties", True),
        }
        for name, part in parts.items()
    }


def bare(schema: Any) -> Any:
    """A schema without what only people read."""
    if isinstance(schema, dict):
        return {key: bare(each) for key, each in schema.items() if key not in ("title", "description", "default")}
    return [bare(each) for each in schema] if isinstance(schema, list) else schema


def unreadable(then: Shapes, now: Shapes) -> list[str]:
    """What a worker that knows `then` would get wrong of what one that knows `now` writes, and the other way round."""
    wrong = []
    for name, part in then.items():
        fields, present = part["fields"], now.get(name, {"fields": {}, "required": []})
        wrong += [f"{name}.{each}" for each in fields if present["fields"].get(each) != fields[each]]
        wrong += [f"{name}.{each}" for each in set(present["required"]) - set(part["required"])]
        if not part["open"]:
            wrong += [f"{name}.{each}" for each in present["fields"].keys() - fields.keys()]
    return wrong


def test_what_is_written_in_this_format_every_release_of_this_format_can_read() -> None:
    wrong = unreadable(json.loads(WRITTEN.read_text()), shapes())
    assert wrong == [], (
        "raise FORMAT in streams/formats.py, write shapes() beside the earlier ones, see docs/upgrading.md"
    )


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("CleanArticle", {"required": ["mood"]}),
        ("RawArticle", {"fields": {"mood": {"type": "string"}}}),
        ("Change", {"fields": {"kind": {"enum": ["figure", "mood"]}}}),
    ],
)
def test_a_change_that_older_workers_would_get_wrong_is_noticed(name: str, change: dict[str, Any]) -> None:
    then, now = shapes(), shapes()
    now[name]["fields"] |= change.get("fields", {})
    now[name]["required"] += change.get("required", [])
    assert unreadable(then, now)


def test_a_field_that_older_workers_overlook_needs_no_new_format() -> None:
    then, now = shapes(), shapes()
    now["CleanArticle"]["fields"]["mood"] = {"type": "string"}
    assert unreadable(then, now) == []


@pytest.mark.parametrize(
    ("headers", "left"),
    [
        ({}, False),
        (stamp(), False),
        ({HEADER: b"%d" % (FORMAT + 1)}, True),
        ({HEADER: b"9" * 5000}, True),
        ({HEADER: b"new"}, False),
        ({HEADER: b""}, False),
    ],
)
def test_only_a_message_of_a_later_format_is_left_to_others(headers: dict[str, bytes], left: bool) -> None:
    assert newer(headers) is left
