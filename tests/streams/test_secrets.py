"""Secrets come from the environment or a file, and go nowhere else."""

import logging
from pathlib import Path

import pytest
from aiokafka.protocol.admin import SaslAuthenticateRequest

from streams.connection import connection
from streams.errors import SettingsError
from streams.secrets import reveal
from streams.settings import Settings, describe
from streams.store import connect
from streams.tls import context

SECRETS = ("broker_password", "store_password", "push_token", "read_token")


def _settings(**fields: str) -> Settings:
    return Settings(**({"broker_user": "desk", "broker_password": "unused"} | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SECRETS)
def test_every_secret_may_lie_in_a_file(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("Überfahrt 7\n", encoding="utf-8")
    assert reveal(_settings(**{name: "", f"{name}_file": str(file)}), name) == "Überfahrt 7"


@pytest.mark.parametrize("name", SECRETS)
def test_no_secret_is_in_the_listing_or_a_traceback(name: str) -> None:
    settings = _settings(**{name: "s3cret"})
    assert "s3cret" not in f"{settings!r}{describe(settings)}"
    assert "s3cret" not in repr(_settings(store="redis://:s3cret@store/0"))


def test_a_file_without_a_secret_is_named_and_not_quoted(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"s3cret\xff")
    with pytest.raises(SettingsError, match=r"COPYTASTER_STORE_PASSWORD_FILE=.* no text") as caught:
        connect(Settings(store_password_file=str(file)))
    assert "s3cret" not in f"{caught.value}{caught.value.__cause__}"
    assert caught.value.__suppress_context__
    file.write_text("\n")
    with pytest.raises(SettingsError, match="is empty"):
        connection(_settings(broker_password="", broker_password_file=str(file)))


def test_a_file_of_tls_that_can_not_be_used_is_named_by_its_setting(tmp_path: Path) -> None:
    file = tmp_path / "file.pem"
    with pytest.raises(SettingsError, match=r"COPYTASTER_BROKER_CA=.*file\.pem can't be used: No such file"):
        connection(Settings(broker_tls="yes", broker_ca=str(file)))
    file.write_text("no certificate\n")
    with pytest.raises(SettingsError, match=r"COPYTASTER_STORE_CA=.* takes an unencrypted PEM file"):
        connect(Settings(store="rediss://store/0", store_ca=str(file)))
    with pytest.raises(SettingsError, match="COPYTASTER_STORE_KEY="):
        context(Settings(store="rediss://store/0", store_certificate=str(file), store_key=str(file)), "store")


def test_a_password_that_is_sent_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    """aiokafka logs its requests at `debug`; SASL PLAIN has the password in one."""
    caplog.set_level(logging.DEBUG, "aiokafka.conn")
    log = logging.getLogger("aiokafka.conn")
    log.debug("Request %d: %s", 1, SaslAuthenticateRequest(b"\0desk\0s3cret").prepare({36: (0, 1)}))
    log.debug("Request %d: %s", 2, "of another kind")
    assert [each.getMessage() for each in caplog.records] == ["Request 2: of another kind"]
