"""Settings that leave a connection less safe than it looks are refused before anything is connected."""

from typing import Any

import pytest

from streams.errors import SettingsError
from streams.settings import Settings

SAFE: dict[str, Any] = {"broker_tls": "yes", "broker_user": "desk", "broker_password": "s3cret"}


@pytest.mark.parametrize(
    ("fields", "mend"),
    [
        ({"broker_ca": "ca.pem"}, "set COPYTASTER_BROKER_TLS=yes"),
        ({"broker_tls": "yes", "broker_key": "key.pem"}, "set COPYTASTER_BROKER_CERTIFICATE"),
        ({"broker_user": "desk"}, "set COPYTASTER_BROKER_PASSWORD_FILE"),
        ({"broker_password": "s3cret"}, "set COPYTASTER_BROKER_USER"),
        (SAFE | {"broker_tls": "no", "broker_mechanism": "PLAIN"}, "set COPYTASTER_BROKER_TLS=yes"),
        ({"store_ca": "ca.pem"}, "start COPYTASTER_STORE with rediss://"),
        ({"store": "rediss://store/0", "store_key": "key.pem"}, "set COPYTASTER_STORE_CERTIFICATE"),
        ({"store": "rediss://store/0?ssl_cert_reqs=none"}, "certificates are always checked"),
        ({"store": "redis://:s3cret@store/0", "store_password_file": "file"}, "unset COPYTASTER_STORE_PASSWORD"),
        ({"store": "redis://store/0?password=s3cret", "store_password": "other"}, "unset COPYTASTER_STORE_PASSWORD"),
    ],
)
def test_what_does_not_go_together_is_refused_with_its_mend(fields: dict[str, Any], mend: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(**fields)
    assert mend in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_what_goes_together_is_taken() -> None:
    assert Settings(**SAFE, broker_ca="ca.pem", broker_mechanism="PLAIN").broker_tls == "yes"
    assert Settings(store="rediss://desk@store/0", store_password="s3cret", store_ca="ca.pem").store_ca == "ca.pem"
    assert Settings(broker_user="desk", broker_password_file="file").broker_mechanism == "SCRAM-SHA-512"
