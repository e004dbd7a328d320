"""Apache Kafka that lets nobody in unasked: listeners good and bad, users, and an access list that begins empty."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

from aiokafka.client import AIOKafkaClient
from aiokafka.protocol.admin import CreateAclsRequest, DeleteAclsRequest, DescribeAclsRequest

from scripts.kafka.cluster import Kafka
from streams.rights import Operation, Right
from streams.settings import Settings
from tests.live.secure.certificates import Certificates

PASSWORD = "drowsy-Harbour7"
SAFE, EXPIRED, ELSEWHERE, MUTUAL, READABLE = "SAFE", "EXPIRED", "ELSEWHERE", "MUTUAL", "READABLE"

_LISTENERS = {SAFE: "SASL_SSL", EXPIRED: "SSL", ELSEWHERE: "SSL", MUTUAL: "SSL", READABLE: "SASL_PLAINTEXT"}
_PATIENCE = 60.0  # seconds
_LOG_IN = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
# As the protocol counts them (org.apache.kafka.common.acl and .resource).
_ANY_HOST, _LITERAL, _ALLOW, _ANY = "*", 3, 3, 1
_KINDS: dict[Literal["topic", "group"], int] = {"topic": 2, "group": 3}
_OPERATIONS: dict[Operation, int] = {"Read": 3, "Write": 4, "Create": 5, "Describe": 8}


def properties(files: Certificates) -> dict[str, str]:
    """What its brokers are told: a certificate for each listener, and that what isn't allowed is forbidden."""
    shown = {SAFE: files.good, MUTUAL: files.good, EXPIRED: files.expired, ELSEWHERE: files.elsewhere}
    told = {
        "sasl.enabled.mechanisms": "SCRAM-SHA-512",
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "allow.everyone.if.no.acl.found": "false",
        "super.users": "User:ANONYMOUS",  # the listener without a lock, which is the test's own
        f"listener.name.{MUTUAL.lower()}.ssl.client.auth": "required",
    }
    for name in (SAFE, READABLE):
        told[f"listener.name.{name.lower()}.scram-sha-512.sasl.jaas.config"] = _LOG_IN
    for name, file in shown.items():
        place = f"listener.name.{name.lower()}.ssl"
        told |= {f"{place}.keystore.type": "PEM", f"{place}.keystore.location": file}
        told |= {f"{place}.truststore.type": "PEM", f"{place}.truststore.location": files.ca}
    return told


@dataclass
class Fortress:
    """The cluster that runs, and the settings and rights of its users."""

    kafka: Kafka
    files: Certificates

    def settings(self, user: str, listener: str = SAFE, **fields: Any) -> Settings:
        """Settings of a user that the broker lets in, but for what `fields` say otherwise."""
        ours: dict[str, Any] = {
            "broker": self.kafka.bootstrap(listener),
            "broker_tls": "yes",
            "broker_ca": self.files.ca,
            "broker_user": user,
            "broker_password": PASSWORD,
            "rebalance_seconds": 6.0,
            "web_port": 0,
        }
        return Settings(**(ours | fields))

    async def allow(self, user: str, needed: Sequence[Right]) -> None:
        """Give a user rights."""
        async with self._ruler() as client:
            for each in needed:
                what = (_KINDS[each.kind], each.name, _LITERAL, f"User:{user}", _ANY_HOST)
                await client.send(_broker(client), CreateAclsRequest(*what, _OPERATIONS[each.operation], _ALLOW))
            await self._until(client, user, lambda held: set(needed) <= held)

    async def forbid(self, user: str, each: Right) -> None:
        """Take a right away."""
        async with self._ruler() as client:
            what = (_KINDS[each.kind], each.name, _LITERAL, f"User:{user}", _ANY_HOST)
            await client.send(_broker(client), DeleteAclsRequest(*what, _OPERATIONS[each.operation], _ALLOW))
            await self._until(client, user, lambda held: each not in held)

    async def _until(self, client: AIOKafkaClient, user: str, enough: Callable[[set[Right]], bool]) -> None:
        """The broker hears of rights from the controller, a moment after that has them."""
        async with asyncio.timeout(_PATIENCE):
            while not enough(await _held(client, user)):  # noqa: ASYNC110 - the broker tells nobody
                await asyncio.sleep(0.05)

    @asynccontextmanager
    async def _ruler(self) -> AsyncIterator[AIOKafkaClient]:
        client = AIOKafkaClient(bootstrap_servers=self.kafka.bootstrap())
        try:
            await client.bootstrap()
            yield client
        finally:
            await client.close()


def _broker(client: AIOKafkaClient) -> int:
    return int(client.get_random_node())


async def _held(client: AIOKafkaClient, user: str) -> set[Right]:
    """The rights of a user, as the broker knows them by now."""
    asked = DescribeAclsRequest(_ANY, None, _ANY, f"User:{user}", None, _ANY, _ANY)
    answer = await client.send(_broker(client), asked)
    kinds = {number: name for name, number in _KINDS.items()}
    operations = {number: name for name, number in _OPERATIONS.items()}
    return {
        Right(kinds[kind], name, operations[operation])
        for kind, name, _, acls in answer.resources
        for _, _, operation, _ in acls
    }


def fortress(files: Certificates, users: Sequence[str]) -> Kafka:
    """The cluster, for a `with`; its users have PASSWORD, and no right."""
    known: Mapping[str, str] = dict.fromkeys(users, PASSWORD)
    return Kafka(listeners=_LISTENERS, more=properties(files), scram=known)
