"""Certificates made for a test: good ones, and one for each way to be bad."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from trustme import CA, LeafCert

from streams.server import HOST


class Certificates:
    """Files of PEM in a folder. `ca` signed all but `stranger`, a client's; `other_ca` signed that alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        ours, theirs = CA(), CA()
        now = datetime.now(UTC)
        self.ca, self.other_ca = (
            self._file(name, ca.cert_pem.bytes()) for name, ca in (("ca", ours), ("other", theirs))
        )
        self.good = self._both("good", ours.issue_cert(HOST, "localhost"))
        self.elsewhere = self._both("elsewhere", ours.issue_cert("broker.example"))
        self.expired = self._both(
            "expired", ours.issue_cert(HOST, not_before=now - timedelta(9), not_after=now - timedelta(1))
        )
        self.client = self._both("client", ours.issue_cert("worker.example", common_name="worker"))
        self.stranger = self._both("stranger", theirs.issue_cert("worker.example", common_name="worker"))

    def _both(self, name: str, made: LeafCert) -> str:
        """Key and chain in one file. Kafka wants the key in PKCS #8, which trustme doesn't write."""
        key = load_pem_private_key(made.private_key_pem.bytes(), None)
        plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return self._file(name, plain + b"".join(each.bytes() for each in made.cert_chain_pems))

    def _file(self, name: str, content: bytes) -> str:
        place = self._folder / f"{name}.pem"
        place.write_bytes(content)
        place.chmod(0o600)
        return str(place)
