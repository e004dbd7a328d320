"""Apache Kafka refuses each kind of bad credential, and we say which setting to mend."""

import asyncio
from dataclasses import fields, replace
from typing import Any

import pytest
from click.testing import CliRunner

from agents.commands.replay import replay
from agents.commands.tail import tail
from agents.commands.worker import Worker
from streams.broker import consumer, ensure_topics, permitted
from streams.errors import BrokerRefused, CopytasterError
from streams.permits import check_worker
from streams.rights import Right, rights
from streams.settings import Settings, variable
from tests.live.secure.fortress import ELSEWHERE, EXPIRED, MUTUAL, READABLE, SAFE, Fortress

NOBODY = {"broker_user": "", "broker_password": ""}
PLAIN = {"broker_tls": "no", "broker_ca": ""}


Broken = tuple[str, dict[str, Any], str]

# Where we knock, what is wrong with our settings, and the words that name the mend.
BROKEN: dict[str, Broken] = {
    "a CA that signed nothing here": (SAFE, {"broker_ca": "other_ca"}, "nobody trusted signed .* COPYTASTER_BROKER_CA"),
    "no CA but the system's": (SAFE, {"broker_ca": ""}, "nobody trusted signed .* COPYTASTER_BROKER_CA"),
    "a certificate for another host": (ELSEWHERE, NOBODY, "for another name .* set COPYTASTER_BROKER to"),
    "a certificate that has expired": (EXPIRED, NOBODY, "has expired; renew it there"),
    "plain text to a port of TLS": (EXPIRED, NOBODY | PLAIN, "set COPYTASTER_BROKER_TLS=yes"),
    "a user in plain text to a port of TLS": (SAFE, PLAIN, "set COPYTASTER_BROKER_TLS=yes"),
    "TLS to a plain port": ("LOCAL", {}, "set COPYTASTER_BROKER_TLS=no"),
    "TLS to a plain port with users": (READABLE, {}, "set COPYTASTER_BROKER_TLS=no"),
    "a user nobody knows": (SAFE, {"broker_user": "wrker"}, "'wrker' .* COPYTASTER_BROKER_USER"),
    "a wrong password": (SAFE, {"broker_password": "guessed"}, "COPYTASTER_BROKER_PASSWORD"),
    "no user at all": (SAFE, NOBODY, "asks who we are; set COPYTASTER_BROKER_USER"),
    "another mechanism": (SAFE, {"broker_mechanism": "SCRAM-SHA-256"}, "COPYTASTER_BROKER_MECHANISM"),
    "a user where none is asked for": (MUTUAL, {"broker_certificate": "client"}, "unset COPYTASTER_BROKER_USER"),
    "no certificate where one is wanted": (MUTUAL, NOBODY, "COPYTASTER_BROKER_CERTIFICATE and COPYTASTER_BROKER_KEY"),
    "a certificate that a stranger signed": (
        MUTUAL,
        NOBODY | {"broker_certificate": "stranger"},
        "refuses our certificate .* COPYTASTER_BROKER_CERTIFICATE",
    ),
}


def _settings(castle: Fortress, listener: str, wrong: dict[str, Any]) -> Settings:
    given = {
        name: getattr(castle.files, value) if hasattr(castle.files, value) else value for name, value in wrong.items()
    }
    return castle.settings("worker", listener, **given)


@pytest.mark.parametrize(("listener", "wrong", "words"), BROKEN.values(), ids=BROKEN)
async def test_a_bad_credential_is_refused_and_the_setting_to_mend_named(
    castle: Fortress, listener: str, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(BrokerRefused, match=words):
        await ensure_topics(_settings(castle, listener, wrong))


@pytest.mark.parametrize("kind", ["a CA that signed nothing here", "a wrong password"])
def test_a_worker_that_is_refused_ends_with_the_setting_to_mend(castle: Fortress, kind: str) -> None:
    listener, wrong, words = BROKEN[kind]
    with Worker(replace(_settings(castle, listener, wrong), log_level="warning")) as worker:
        assert worker.process.wait(120)
        with pytest.raises(CopytasterError, match=words):
            worker.check()
        assert "Traceback" not in worker.last_words(10_000)


COMMANDS = {"tail": (tail, ["--from-start", "--count", "1"]), "replay": (replay, ["-"])}


def _run(command: str, settings: Settings) -> None:
    """Run a command in this process; an error that is ours is raised as it is."""
    ours = {variable(each): str(getattr(settings, each.name)) for each in fields(settings)}
    program, words = COMMANDS[command]
    copy = b'{"id": "gate-1", "text": "The harbour gate is shut until noon."}\n'
    CliRunner().invoke(program, words, input=copy, env=ours, catch_exceptions=False)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", ["a CA that signed nothing here", "a wrong password", "TLS to a plain port"])
def test_a_command_that_is_refused_ends_with_the_setting_to_mend(castle: Fortress, command: str, kind: str) -> None:
    listener, wrong, words = BROKEN[kind]
    with pytest.raises(BrokerRefused, match=words):
        _run(command, _settings(castle, listener, wrong))


async def test_a_worker_names_every_right_that_it_lacks(castle: Fortress) -> None:
    settings = castle.settings("brief", topic_prefix="brief")
    needed = rights("worker", settings)
    lacking = [Right("topic", "brief.alerts", "Write"), Right("topic", "brief.raw", "Read"), needed[-1]]
    await castle.allow("brief", [each for each in needed if each not in lacking])
    await ensure_topics(settings)
    with pytest.raises(BrokerRefused) as caught:
        await check_worker(settings)
    for words in (
        "'brief'",
        "Write on topic brief.alerts",
        "Read on topic brief.raw",
        "Read on group copytaster-brief",
    ):
        assert words in str(caught.value)
    await castle.allow("brief", lacking)
    await check_worker(settings)


async def test_who_may_not_create_topics_uses_those_that_are_there(castle: Fortress) -> None:
    settings = castle.settings("stranger", topic_prefix="made")
    with pytest.raises(BrokerRefused, match=r"neither see nor create .*made\.raw.*copytaster acls"):
        await ensure_topics(settings)
    await ensure_topics(Settings(broker=castle.kafka.bootstrap(), topic_prefix="made"))
    with pytest.raises(BrokerRefused, match=r"neither see nor create made\.alerts;"):
        await ensure_topics(settings, needed=["made.alerts"])
    await castle.allow("stranger", rights("subscriber", settings))
    await ensure_topics(settings, needed=["made.alerts"])


def test_a_command_without_the_right_ends_and_names_topic_and_right(castle: Fortress) -> None:
    """Who may do the one may see the topic, but not do the other on it."""
    prefix = "barred"
    asyncio.run(ensure_topics(Settings(broker=castle.kafka.bootstrap(), topic_prefix=prefix)))
    settings = castle.settings("stranger", topic_prefix=prefix)
    asyncio.run(
        castle.allow("stranger", [Right("topic", "barred.alerts", "Write"), Right("topic", "barred.raw", "Read")])
    )
    for command in COMMANDS:
        with pytest.raises(BrokerRefused, match=r"does not let the user 'stranger' .*; `copytaster acls`"):
            _run(command, settings)


async def test_reading_in_a_group_takes_the_right_to_that_group(castle: Fortress) -> None:
    await ensure_topics(Settings(broker=castle.kafka.bootstrap(), topic_prefix="grouped"))
    settings = castle.settings("stranger", topic_prefix="grouped")
    await castle.allow("stranger", rights("subscriber", settings))
    reader = consumer(settings, "grouped.alerts", group_id="desk")
    with pytest.raises(BrokerRefused, match="on a group"), permitted(settings):
        await reader.start()
    await reader.stop()
