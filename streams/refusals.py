"""Why a server refuses us, in words that name the setting to mend. The words begin where "the broker at HOST" ends."""

import ssl
from collections.abc import Iterator

from aiokafka.errors import (
    AuthenticationFailedError,
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    IllegalSaslStateError,
    KafkaError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    UnsupportedSaslMechanismError,
)

from streams.settings import PREFIX, Settings
from streams.tls import Server

_FORBIDDEN = {
    TopicAuthorizationFailedError: "topic",
    GroupAuthorizationFailedError: "group",
    ClusterAuthorizationFailedError: "cluster",
}


def tls_refusal(error: BaseException, server: Server) -> str:
    """What TLS failed at; "" where it did not."""
    name = PREFIX + server.upper()
    for each in _causes(error):
        if isinstance(each, ssl.SSLCertVerificationError):
            return _distrusted(each, name)
        if isinstance(each, ssl.SSLError) and "ALERT" in (each.reason or ""):
            return _alerted(each.reason or "", name)
        if isinstance(each, ssl.SSLError) and each.reason in ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"):
            return no_tls(server)
    return ""


def _distrusted(error: ssl.SSLCertVerificationError, name: str) -> str:
    match error.verify_code:  # X509_V_ERR_... of OpenSSL's x509_vfy.h
        case 10:
            return f"shows a certificate that has expired; renew it there, and see that {name} names the right server"
        case 9:
            return f"shows a certificate that is not valid yet; see to the clocks, and to what {name} names"
        case 62 | 64:
            return (
                f"shows a certificate for another name ({error.verify_message}); set {name} to a name that it carries"
            )
    said = error.verify_message
    return f"shows a certificate that nobody trusted signed ({said}); set {name}_CA to the file of who signed it"


def _alerted(reason: str, name: str) -> str:
    """An alert is the other side's word on our certificate (RFC 8446, 6.2); Java calls a missing one bad."""
    if reason in ("TLSV13_ALERT_CERTIFICATE_REQUIRED", "SSLV3_ALERT_BAD_CERTIFICATE", "SSLV3_ALERT_HANDSHAKE_FAILURE"):
        return f"wants a certificate of ours; set {name}_CERTIFICATE and {name}_KEY"
    if "CERTIFICATE" in reason or "UNKNOWN_CA" in reason:
        return f"refuses our certificate ({_spoken(reason)}); set {name}_CERTIFICATE to one that it trusts"
    return f"refuses our TLS ({_spoken(reason)}); see to what {name} names"


def _spoken(reason: str) -> str:
    return reason.partition("ALERT_")[2].replace("_", " ").lower()


def no_tls(server: Server) -> str:
    """A port that speaks none."""
    mend = "set COPYTASTER_BROKER_TLS=no" if server == "broker" else "start COPYTASTER_STORE with redis://"
    return f"speaks no TLS at that port; {mend}, or name the port that does"


def only_tls(server: Server) -> str:
    """A port that speaks nothing else."""
    mend = "set COPYTASTER_BROKER_TLS=yes" if server == "broker" else "start COPYTASTER_STORE with rediss://"
    return f"speaks TLS at that port; {mend}"


def sasl_refusal(error: BaseException, settings: Settings) -> str:
    """Why the broker does not take our word for who we are; "" for another error."""
    for each in _causes(error):
        match each:
            case SaslAuthenticationFailed() | AuthenticationFailedError():
                return (
                    f"does not know the user {settings.broker_user!r} by this password; "
                    "set COPYTASTER_BROKER_USER and COPYTASTER_BROKER_PASSWORD or _FILE"
                )
            case UnsupportedSaslMechanismError():
                return f"takes no {settings.broker_mechanism}; set COPYTASTER_BROKER_MECHANISM to what it takes"
            case IllegalSaslStateError() if settings.broker_user:
                return "asks for no user at that port; unset COPYTASTER_BROKER_USER, or name the port that does"
    return ""


NO_USER = "asks who we are; set COPYTASTER_BROKER_USER and COPYTASTER_BROKER_PASSWORD_FILE"


def forbidden(error: BaseException, settings: Settings) -> str:
    """What the broker's access list does not allow us; "" for another error."""
    for each in _causes(error):
        if isinstance(each, KafkaError) and (kind := _FORBIDDEN.get(type(each))):
            said = f" ({_named(each.args[0])})" if each.args else ""
            return f"does not let {who(settings)} do this on a {kind}{said}; {add_rights()}"
    return ""


def _named(names: object) -> str:
    return ", ".join(sorted(map(str, names))) if isinstance(names, set | frozenset) else str(names)


def who(settings: Settings) -> str:
    """Us, as the broker's access list may know us."""
    return f"the user {settings.broker_user!r}" if settings.broker_user else "us"


def add_rights() -> str:
    """The mend of a missing right."""
    return "`copytaster acls` prints the rights that each part needs, or set COPYTASTER_BROKER_USER to who has them"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
