"""What the brokers of a cluster are told: small, for one machine, and as safe as so many brokers can be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from streams.server import HOST

LOCAL = "LOCAL"  # the listener without a lock, for the brokers themselves and whoever asks nothing else
_CONTROLLER = "CONTROLLER"


@dataclass(frozen=True, slots=True)
class Node:
    """A broker that is a controller too: its number, its folder, and its port for each listener by name.

    `advertised` are ports that clients are told instead, where something stands between them and the broker.
    """

    number: int
    folder: Path
    ports: Mapping[str, int]
    advertised: Mapping[str, int] = field(default_factory=dict)


def ports_of(listeners: Mapping[str, str]) -> list[str]:
    """The names of the ports that a broker needs, with those of further listeners."""
    return [LOCAL, _CONTROLLER, *listeners]


def properties(node: Node, nodes: list[Node], listeners: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """The broker's `server.properties`.

    `listeners` are further ones, name to security protocol (`{"OUTSIDE": "SASL_SSL"}`); `more` are properties that
    overrule these.
    """
    copies = min(3, len(nodes))
    open_to_clients = {name: port for name, port in node.ports.items() if name != _CONTROLLER}
    protocols = {LOCAL: "PLAINTEXT", _CONTROLLER: "PLAINTEXT", **listeners}
    return {
        "process.roles": "broker,controller",
        "node.id": str(node.number),
        "controller.quorum.voters": ",".join(f"{each.number}@{HOST}:{each.ports[_CONTROLLER]}" for each in nodes),
        "controller.listener.names": _CONTROLLER,
        "inter.broker.listener.name": LOCAL,
        "listeners": _listed(node.ports),
        "advertised.listeners": _listed(open_to_clients | dict(node.advertised)),
        "listener.security.protocol.map": ",".join(f"{name}:{each}" for name, each in protocols.items()),
        "log.dirs": str(node.folder / "data"),
        "default.replication.factor": str(copies),
        "min.insync.replicas": str(max(1, copies - 1)),
        "offsets.topic.replication.factor": str(copies),
        "offsets.topic.num.partitions": "8",
        "transaction.state.log.replication.factor": str(copies),
        "transaction.state.log.min.isr": str(max(1, copies - 1)),
        "transaction.state.log.num.partitions": "8",
        # The river makes its own topics; one made by a misspelt name would hide the mistake.
        "auto.create.topics.enable": "false",
        "group.initial.rebalance.delay.ms": "0",
        # 128 MiB as it is delivered: a third of the heap given here.
        "log.cleaner.dedupe.buffer.size": str(4 * 2**20),
        "num.network.threads": "2",
        "num.io.threads": "4",
        **more,
    }


def _listed(ports: Mapping[str, int]) -> str:
    return ",".join(f"{name}://{HOST}:{port}" for name, port in ports.items())
