"""The Kafka that provinces share, on one machine: like their own, with TLS by a certificate authority of its own."""

import ipaddress
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from lb.local.child import Launch
from lb.local.kafka import KafkaServer, answers
from lb.local.ports import HOST

_VALID: Final = timedelta(days=3650)
_AUTHORITY: Final = "LabourBridge exchange on this machine"


class ExchangeServer(KafkaServer):
    """A broker that speaks nothing but TLS to its clients."""

    protocol = "SSL"

    @property
    def ca(self) -> Path:
        """Who vouches for it; made by `prepare`."""
        return self.folder / "ca.pem"

    def prepare(self) -> Launch:
        """Certificates beside what every broker needs."""
        provide_certificates(self.folder)
        return super().prepare()

    async def answers(self) -> bool:
        return await answers(self.bootstrap, ca=self.ca)

    def _security(self) -> str:
        return (
            f"ssl.keystore.type=PEM\nssl.keystore.location={self.folder / 'server.pem'}\n"
            f"ssl.truststore.type=PEM\nssl.truststore.location={self.ca}"
        )


def provide_certificates(folder: Path) -> None:
    """`ca.pem` and the broker's `server.pem` (key and certificate), as far as they are missing. The authority's key is
    thrown away: it signs this one certificate and never another."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "ca.pem").exists() and (folder / "server.pem").exists():
        return
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = _name(_AUTHORITY)
    ca = _certificate(issuer, issuer, authority).add_extension(x509.BasicConstraints(True, 0), critical=True)
    names = [x509.IPAddress(ipaddress.ip_address(HOST)), x509.DNSName("localhost"), x509.DNSName("exchange")]
    server = _certificate(_name("exchange"), issuer, key).add_extension(x509.SubjectAlternativeName(names), False)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    signed = server.sign(authority, hashes.SHA256()).public_bytes(Encoding.PEM)
    with open(os.open(folder / "server.pem", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(private + signed)
    (folder / "ca.pem").write_bytes(ca.sign(authority, hashes.SHA256()).public_bytes(Encoding.PEM))


def _certificate(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return x509.CertificateBuilder(
        issuer, subject, key.public_key(), x509.random_serial_number(), now - timedelta(days=1), now + _VALID
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])
