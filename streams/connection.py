"""How every client reaches the broker: where, over TLS or not, and who we are."""

import logging
from typing import Any

from streams.secrets import reveal
from streams.settings import Settings
from streams.tls import context


class Unsaid(logging.Filter):
    """At `debug` aiokafka logs each request whole, so also the one that holds a password (SASL PLAIN)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record but those of a log-in."""
        return not any(type(each).__name__.startswith("SaslAuthenticate") for each in record.args or ())


logging.getLogger("aiokafka.conn").addFilter(Unsaid())


def connection(settings: Settings) -> dict[str, Any]:
    """The options of aiokafka's clients.

    Raises SettingsError for a secret or a file of TLS that can't be used.
    """
    encrypted = settings.broker_tls == "yes"
    protocol = "SSL" if encrypted else "PLAINTEXT"
    options: dict[str, Any] = {"ssl_context": context(settings, "broker")} if encrypted else {}
    if settings.broker_user:
        protocol = f"SASL_{protocol}"
        options |= {
            "sasl_mechanism": settings.broker_mechanism,
            "sasl_plain_username": settings.broker_user,
            "sasl_plain_password": reveal(settings, "broker_password"),
        }
    return {"bootstrap_servers": settings.broker, "security_protocol": protocol, **options}
