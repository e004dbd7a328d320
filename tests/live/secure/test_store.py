"""A store with TLS and a password refuses each kind of bad credential, and we say which setting to mend."""

from pathlib import Path
from typing import Any

import pytest

from agents.commands.worker import Worker
from streams.access import store_refusal
from streams.errors import CopytasterError, StoreRefused
from streams.pulse import Pulse, check_store
from streams.settings import Settings
from streams.store import answering, connect
from tests.live.secure.certificates import Certificates
from tests.live.secure.fortress import PASSWORD
from tests.live.secure.vault import vault

pytestmark = pytest.mark.usefixtures("redis_folder")


def _settings(port: int, files: Certificates, **fields: Any) -> Settings:
    ours = {"store": f"rediss://worker@127.0.0.1:{port}/0", "store_ca": files.ca, "store_password": PASSWORD}
    return Settings(**(ours | fields), web_port=0)


async def test_who_has_ca_and_password_is_let_in(safe: int, files: Certificates) -> None:
    await check_store(_settings(safe, files))
    client = connect(_settings(safe, files))
    assert await client.set("told", "1")
    await client.aclose()


async def test_without_a_user_in_the_url_the_password_is_everybodys(safe: int, files: Certificates) -> None:
    await check_store(_settings(safe, files, store=f"rediss://127.0.0.1:{safe}/0"))


def _broken(port: int, files: Certificates) -> dict[str, tuple[Settings, str]]:
    let_in = "does not let us in .* COPYTASTER_STORE_PASSWORD"
    return {
        "wrong password": (_settings(port, files, store_password="guessed"), let_in),
        "missing password": (_settings(port, files, store=f"rediss://127.0.0.1:{port}/0", store_password=""), let_in),
        "wrong user": (_settings(port, files, store=f"rediss://wrker@127.0.0.1:{port}/0"), let_in),
        "wrong CA": (_settings(port, files, store_ca=files.other_ca), "nobody trusted .* COPYTASTER_STORE_CA"),
        "system's CA": (_settings(port, files, store_ca=""), "nobody trusted .* COPYTASTER_STORE_CA"),
        "plain text": (
            _settings(port, files, store=f"redis://worker@127.0.0.1:{port}/0", store_ca=""),
            "speaks TLS .* start COPYTASTER_STORE with rediss://",
        ),
        "too few rights": (
            _settings(port, files, store=f"rediss://guest@127.0.0.1:{port}/0"),
            "does not let us do this .* docs/security.md",
        ),
    }


@pytest.mark.parametrize(
    "kind",
    ["wrong password", "missing password", "wrong user", "wrong CA", "system's CA", "plain text", "too few rights"],
)
async def test_a_bad_credential_is_refused_and_the_setting_to_mend_named(
    safe: int, files: Certificates, kind: str
) -> None:
    settings, words = _broken(safe, files)[kind]
    with pytest.raises(StoreRefused, match=words) as caught:
        await check_store(settings)
    assert PASSWORD not in str(caught.value)
    assert "guessed" not in str(caught.value)


async def test_a_store_named_by_a_name_that_it_does_not_carry_is_refused(
    redis_folder: Path, files: Certificates
) -> None:
    with (
        vault(redis_folder, files, files.elsewhere) as port,
        pytest.raises(StoreRefused, match=r"for another name .* set COPYTASTER_STORE to"),
    ):
        await check_store(_settings(port, files))


async def test_an_expired_certificate_is_refused(redis_folder: Path, files: Certificates) -> None:
    with vault(redis_folder, files, files.expired) as port, pytest.raises(StoreRefused, match="has expired"):
        await check_store(_settings(port, files))


async def test_where_a_certificate_is_wanted_of_us_one_has_to_be_shown(redis_folder: Path, files: Certificates) -> None:
    with vault(redis_folder, files, files.good, mutual=True) as port:
        await check_store(_settings(port, files, store_certificate=files.client))
        with pytest.raises(StoreRefused, match="COPYTASTER_STORE_CERTIFICATE"):
            await check_store(_settings(port, files))
        with pytest.raises(StoreRefused, match="refuses our certificate"):
            await check_store(_settings(port, files, store_certificate=files.stranger))


async def test_a_store_that_hangs_up_before_it_has_spoken_is_asked_for_its_word(
    redis_folder: Path, files: Certificates
) -> None:
    with vault(redis_folder, files, files.good, mutual=True) as port:
        assert await store_refusal(_settings(port, files, store_certificate=files.client)) == ""
        assert "COPYTASTER_STORE_CERTIFICATE" in await store_refusal(_settings(port, files))


async def test_tls_to_a_plain_store_is_named(embedded_store: str, files: Certificates) -> None:
    settings = Settings(store=embedded_store.replace("redis://", "rediss://"), store_ca=files.ca)
    with pytest.raises(StoreRefused, match=r"speaks no TLS .* start COPYTASTER_STORE with redis://"):
        await check_store(settings)


async def _told(client: Any, *words: str) -> None:
    await client.execute_command(*words)


async def test_a_password_that_changes_under_a_worker_is_noticed(safe: int, files: Certificates) -> None:
    pulse, other = Pulse(_settings(safe, files)), connect(_settings(safe, files, store=f"rediss://127.0.0.1:{safe}/0"))
    await pulse.take()
    await _told(other, "ACL", "SETUSER", "worker", "off")
    await _told(other, "CLIENT", "KILL", "USER", "worker")
    try:
        with pytest.raises(StoreRefused, match="COPYTASTER_STORE_PASSWORD"):
            await pulse.take()
    finally:
        await _told(other, "ACL", "SETUSER", "worker", "on")
        await pulse.close()
        await other.aclose()


async def test_a_write_without_the_right_is_no_outage(safe: int, files: Certificates) -> None:
    settings = _settings(safe, files, store=f"rediss://guest@127.0.0.1:{safe}/0")
    client = connect(settings)
    with pytest.raises(StoreRefused, match="does not let us do this"), answering(settings):
        await client.set("told", "1")
    await client.aclose()


def test_a_worker_that_the_store_refuses_ends_with_the_setting_to_mend(
    embedded_broker: str, safe: int, files: Certificates
) -> None:
    settings = _settings(
        safe, files, store_password="guessed", broker=embedded_broker, topic_prefix="locked-out", log_level="warning"
    )
    with Worker(settings) as worker:
        assert worker.process.wait(120)
        with pytest.raises(CopytasterError, match="COPYTASTER_STORE_PASSWORD"):
            worker.check()
        assert "guessed" not in worker.last_words(10_000)
