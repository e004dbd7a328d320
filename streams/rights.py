"""The rights on Kafka that each part needs and no more, as `kafka-acls.sh` sets them."""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from streams.settings import Settings
from streams.topics import Topics, topics
from streams.topics import group as workers

Operation = Literal["Read", "Write", "Create", "Describe"]
Names = Callable[[Topics], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Right:
    """Leave for an operation on a topic or a group; Read and Write let one Describe it, too."""

    kind: Literal["topic", "group"]
    name: str
    operation: Operation


ROLES = {
    "publisher": "puts articles on the first topics: replay, or a program of yours",
    "worker": "runs the river, its web port and console",
    "subscriber": "reads alerts: tail, or a program of yours",
    "operator": "reads everything and puts back what was rejected or lost: redrive, rebuild, tail --verdicts",
}


def rights(role: str, settings: Settings, *, group: str = "", more: Sequence[str] = ()) -> list[Right]:
    """The rights of a role. `more` are topics of subscriptions: a worker writes them, a subscriber reads them instead.

    `group` is a subscriber's own; without one it reads as `tail` does.
    """
    flow = topics(settings)
    every = [topic.name for topic in flow]
    match role:
        case "publisher":
            return _on("topic", [flow.raw.name, flow.urgent.raw.name], "Write")
        case "subscriber":
            own = _on("group", [group], "Read") if group else []
            return _on("topic", list(more) or [flow.alerts.name], "Read") + own
        case "operator":
            return _on("topic", every, "Read", "Write") + _on("group", [workers(settings)], "Describe")
        case "worker":
            may = _on("topic", every, "Read", "Write", "Create") + _on("topic", more, "Write", "Create")
            return may + _on("group", [workers(settings)], "Read")
    raise ValueError(f"{role} is none of {', '.join(ROLES)}")


def _on(kind: Literal["topic", "group"], names: Sequence[str], *operations: Operation) -> list[Right]:
    return [Right(kind, name, operation) for name in names for operation in operations]


def commands(needed: Sequence[Right], principal: str, servers: str) -> list[str]:
    """Lines for a shell that give a principal these rights; admin.properties holds who may give them."""
    grouped: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for kind, name in dict.fromkeys((each.kind, each.name) for each in needed):
        operations = tuple(each.operation for each in needed if (each.kind, each.name) == (kind, name))
        grouped.setdefault((kind, operations), []).append(name)
    return [
        shlex.join(
            ["kafka-acls.sh", "--bootstrap-server", servers, *_ADMIN, "--add", "--allow-principal", principal]
            + [word for each in operations for word in ("--operation", each)]
            + [word for each in names for word in (f"--{kind}", each)]
        )
        for (kind, operations), names in grouped.items()
    ]


_ADMIN = ("--command-config", "admin.properties")
