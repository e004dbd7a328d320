"""The way onto a topic keeps order, and says what went wrong."""

import socket
from dataclasses import replace

import pytest

from agents.commands import wire
from agents.commands.wire import Wire
from streams.embedded import start_broker
from streams.errors import BrokerUnavailable, CopytasterError
from streams.settings import Settings
from tests.commands.conftest import Stored


def test_messages_keep_their_order_and_are_counted(settings: Settings, kept: Stored) -> None:
    one = replace(settings, partitions=1)
    with Wire(one) as sender:
        for number in range(500):
            sender.send(f"{settings.topic_prefix}.raw", b"x" * 200, b"%d" % number)
    messages = sorted(kept("raw"), key=lambda each: each.offset)
    assert [each.key for each in messages] == [b"%d" % number for number in range(500)]
    assert sender.delivered == 500


def test_a_message_that_the_client_refuses_is_told_of(settings: Settings) -> None:
    small = replace(settings, max_message_bytes=1000)
    with pytest.raises(CopytasterError, match="did not take a message"), Wire(small) as sender:
        sender.send(f"{settings.topic_prefix}.raw", bytes(2**21), b"key")


def test_an_error_inside_leaves_what_was_sent_before(settings: Settings, kept: Stored) -> None:
    def interrupted() -> None:
        with Wire(settings) as sender:
            sender.send(f"{settings.topic_prefix}.raw", b"x", b"key")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [each.value for each in kept("raw")] == [b"x"]


def test_a_server_that_never_answers_is_given_up(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_PATIENCE", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        with (
            pytest.raises(BrokerUnavailable, match=f"{address}.*COPYTASTER_BROKER"),
            Wire(replace(settings, broker=address)),
        ):
            pytest.fail("it opened")


def test_an_interrupted_run_does_not_wait_for_a_broker_that_has_gone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "_PARTING", 0.2)

    def interrupted() -> None:
        broker = start_broker()
        with Wire(replace(settings, broker=broker.__enter__())) as sender:
            sender.send(f"{settings.topic_prefix}.raw", b"x", b"key")
            broker.__exit__(None, None, None)
            sender.send(f"{settings.topic_prefix}.raw", b"y", b"key")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
