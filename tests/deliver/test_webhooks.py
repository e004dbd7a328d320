"""A webhook is signed as Standard Webhooks says: its own package verifies it."""

import base64
import json
import time
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from agents.deliver.webhooks import headers, payload

from .samples import SECRET, alert

ENCODED = "whsec_" + base64.b64encode(SECRET).decode()
NEXT = b"the key that comes after that one"


def test_the_signature_is_verified_by_the_standards_own_package() -> None:
    body = payload(alert("ferry", headline="Fähre sinkt – 12 Tote"))
    said = Webhook(ENCODED).verify(body, dict(headers("ferry", body, [SECRET], int(time.time()))))
    assert (said["type"], said["data"]["id"]) == ("copytaster.alert.new", "ferry")
    assert said["data"]["headline"] == "Fähre sinkt – 12 Tote"
    assert datetime.fromisoformat(said["timestamp"]) == datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


def test_another_body_id_or_time_is_not_what_was_signed() -> None:
    body = payload(alert())
    fields = dict(headers("ferry", body, [SECRET], int(time.time())))
    for changed in ({"webhook-id": "other"}, {"webhook-timestamp": str(int(time.time()) - 5)}):
        with pytest.raises(WebhookVerificationError):
            Webhook(ENCODED).verify(body, fields | changed)
    with pytest.raises(WebhookVerificationError):
        Webhook(ENCODED).verify(body.replace(b"Ondine", b"Undine"), fields)


def test_while_a_secret_is_rotated_the_old_and_the_new_key_verify() -> None:
    body = payload(alert())
    fields = dict(headers("ferry", body, [NEXT, SECRET], int(time.time())))
    for key in (NEXT, SECRET):
        assert Webhook(key).verify(body, fields)


def test_the_same_alert_gives_the_same_body() -> None:
    assert payload(alert()) == payload(alert())
    assert json.loads(payload(alert()))["data"]["story"] == "s1"
