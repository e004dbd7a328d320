"""Settings are read once, checked at once, and shown without their secrets."""

from dataclasses import FrozenInstanceError, fields

import pytest

from streams.errors import SettingsError
from streams.settings import Settings, describe, from_environment, masked, variable


def test_an_empty_environment_gives_the_defaults() -> None:
    assert from_environment({}) == Settings()


def test_a_variable_sets_its_field_in_the_fields_own_type() -> None:
    settings = from_environment(
        {"COPYTASTER_BROKER": "k1:9092,k2:9092", "COPYTASTER_PARTITIONS": "12", "COPYTASTER_WINDOW_HOURS": "1.5"}
    )
    assert (settings.broker, settings.partitions, settings.window_hours) == ("k1:9092,k2:9092", 12, 1.5)


def test_variables_of_others_are_left_alone() -> None:
    assert from_environment({"BROKER": "elsewhere:1", "HOME": "/root"}) == Settings()


def test_the_environment_of_the_process_is_read_when_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYTASTER_BATCH", "7")
    assert from_environment().batch == 7


def test_a_misspelt_variable_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match=r"COPYTASTER_BROKERS.*copytaster settings"):
        from_environment({"COPYTASTER_BROKERS": "k1:9092"})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("COPYTASTER_PARTITIONS", "four", "a whole number"),
        ("COPYTASTER_PARTITIONS", "1.5", "a whole number"),
        ("COPYTASTER_WINDOW_HOURS", "a week", "a number"),
        ("COPYTASTER_BATCH", "0", "more than 0"),
        ("COPYTASTER_WINDOW_HOURS", "-1", "more than 0"),
        ("COPYTASTER_WINDOW_HOURS", "nan", "more than 0"),
        ("COPYTASTER_TAGGER_PROCESSES", "-1", "0 or more"),
        ("COPYTASTER_WEB_PORT", "65536", "a port from 0 to 65535"),
        ("COPYTASTER_BROKER", "localhost", "host:port"),
        ("COPYTASTER_BROKER", "", "host:port"),
        ("COPYTASTER_STORE", "localhost:6379", "redis://"),
        ("COPYTASTER_TOPIC_PREFIX", "", "letters"),
        ("COPYTASTER_TOPIC_PREFIX", "wire raw", "letters"),
        ("COPYTASTER_BROKER", "kafka://host:9092", "host:port"),
        ("COPYTASTER_BROKER", "host:abc", "host:port"),
        ("COPYTASTER_WINDOW_HOURS", "inf", "more than 0"),
        ("COPYTASTER_COMPRESSION", "brotli", "zstd"),
        ("COPYTASTER_LOG_LEVEL", "loud", "debug"),
        ("COPYTASTER_FEEDS_NETWORKS", "10.0.0.0/8,intranet", "networks such as"),
        ("COPYTASTER_FEEDS_NETWORKS", "10.0.0.1/8", "networks such as"),
        ("COPYTASTER_FEEDS_NETWORKS", ",", "networks such as"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_name_value_and_mend(name: str, value: str, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        from_environment({name: value})
    assert name in str(caught.value)
    assert value in str(caught.value)
    assert words in str(caught.value)


def test_feeds_may_be_allowed_one_network_or_more() -> None:
    networks = "10.1.0.0/16, 192.168.7.9,fd00::/8"
    assert from_environment({"COPYTASTER_FEEDS_NETWORKS": networks}).feeds_networks == networks


def test_port_0_and_no_tagger_process_are_fine() -> None:
    settings = from_environment({"COPYTASTER_WEB_PORT": "0", "COPYTASTER_TAGGER_PROCESSES": "0"})
    assert (settings.web_port, settings.tagger_processes) == (0, 0)


def test_settings_do_not_change_once_made() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().batch = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://desk:s3cret@store:6379/0", "redis://desk:***@store:6379/0"),
        ("rediss://:s3cret@store/1", "rediss://:***@store/1"),
        ("redis://s3cret:s3cret@store/1", "redis://s3cret:***@store/1"),
        ("redis://store:6379/0", "redis://store:6379/0"),
        ("localhost:9092", "localhost:9092"),
        (4, "4"),
    ],
)
def test_a_password_is_never_shown(url: object, shown: str) -> None:
    assert masked(url) == shown


def test_the_description_has_every_setting_with_its_unit_and_no_secret() -> None:
    rows = describe(Settings(store="redis://:s3cret@store:6379/0"))
    assert [row[0] for row in rows] == [variable(each) for each in fields(Settings)]
    assert ("COPYTASTER_WINDOW_HOURS", "168.0", "hours") in [row[:3] for row in rows]
    assert all(about for *_, about in rows)
    assert "s3cret" not in str(rows)


@pytest.mark.parametrize(
    "url", ["redis://desk:geh@eim@host:1/0", "redis://:geh@eim@host:1", "redis://host:1/0?password=geh@eim&db=2"]
)
def test_a_password_shows_neither_in_the_listing_nor_in_an_error(url: str) -> None:
    assert "eim" not in str(describe(from_environment({"COPYTASTER_STORE": url})))
    with pytest.raises(SettingsError) as caught:
        from_environment({"COPYTASTER_STORE": url.replace("redis://", "http://")})
    assert "eim" not in str(caught.value)


def test_a_token_shows_neither_in_the_listing_nor_in_an_error_nor_in_a_log() -> None:
    settings = from_environment({"COPYTASTER_PUSH_TOKEN": "open-sesame"})
    assert settings.push_token == "open-sesame"
    assert {row[0]: row[1] for row in describe(settings)}["COPYTASTER_PUSH_TOKEN"] == "***"
    assert {row[0]: row[1] for row in describe(Settings())}["COPYTASTER_PUSH_TOKEN"] == ""
    assert "sesame" not in repr(settings)
    with pytest.raises(SettingsError, match="COPYTASTER_PUSH_TOKEN") as caught:
        from_environment({"COPYTASTER_PUSH_TOKEN": "open sesame"})
    assert "sesame" not in str(caught.value)
