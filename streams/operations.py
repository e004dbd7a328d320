"""The messages of Kafka's protocol that ask what we may do (KIP-430).

aiokafka speaks no version of Metadata that asks for it, and reads an older answer on a group than it asked for.
"""

from collections.abc import Sequence

from aiokafka.protocol.admin import DescribeGroupsResponse_v3
from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import Array, Boolean, Int16, Int32, Schema, String

_PARTITION = (
    ("error_code", Int16),
    ("partition", Int32),
    ("leader", Int32),
    ("leader_epoch", Int32),
    ("replicas", Array(Int32)),
    ("isr", Array(Int32)),
    ("offline_replicas", Array(Int32)),
)


class _TopicRights_v8(Response):  # type: ignore[misc]  # noqa: N801 - aiokafka's names
    API_KEY, API_VERSION = 3, 8
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "brokers",
            Array(("node_id", Int32), ("host", String("utf-8")), ("port", Int32), ("rack", String("utf-8"))),
        ),
        ("cluster_id", String("utf-8")),
        ("controller_id", Int32),
        (
            "topics",
            Array(
                ("error_code", Int16),
                ("topic", String("utf-8")),
                ("is_internal", Boolean),
                ("partitions", Array(*_PARTITION)),
                ("authorized_operations", Int32),
            ),
        ),
        ("cluster_authorized_operations", Int32),
    )


class _AskTopicRights_v8(RequestStruct):  # type: ignore[misc]  # noqa: N801
    API_KEY, API_VERSION, RESPONSE_TYPE = 3, 8, _TopicRights_v8
    SCHEMA = Schema(
        ("topics", Array(String("utf-8"))),
        ("allow_auto_topic_creation", Boolean),
        ("include_cluster_authorized_operations", Boolean),
        ("include_topic_authorized_operations", Boolean),
    )


class _AskGroupRights_v3(RequestStruct):  # type: ignore[misc]  # noqa: N801
    API_KEY, API_VERSION, RESPONSE_TYPE = 15, 3, DescribeGroupsResponse_v3
    SCHEMA = Schema(("groups", Array(String("utf-8"))), ("include_authorized_operations", Boolean))


class AskTopicRights(Request[_AskTopicRights_v8]):  # type: ignore[misc]
    """What we may do on some topics: error, name, internal, partitions and the operations as bits, of each."""

    API_KEY = 3

    def __init__(self, names: Sequence[str]) -> None:
        self._names = list(names)

    def build(self, request_struct_class: type[_AskTopicRights_v8]) -> _AskTopicRights_v8:
        return request_struct_class(self._names, False, False, True)


class AskGroupRights(Request[_AskGroupRights_v3]):  # type: ignore[misc]
    """What we may do on a group, for its coordinator: the error first, and the operations as bits last."""

    API_KEY = 15

    def __init__(self, name: str) -> None:
        self._name = name

    def build(self, request_struct_class: type[_AskGroupRights_v3]) -> _AskGroupRights_v3:
        return request_struct_class([self._name], True)
