"""The certificate authority of the exchange on one machine: it says which broker this is, and who is which province."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from lb.local.ports import HOST
from lb.local.private import write_private

OPERATOR: Final = "exchange"
"""The broker, and who administers it."""
CERTIFICATE: Final = "exchange.crt"
KEY: Final = "exchange.key"
"""Of a province: files among the secrets of its services."""
_VALID: Final = timedelta(days=3650)
_AUTHORITY: Final = "LabourBridge exchange on this machine"


def provide(folder: Path) -> None:
    """`ca.pem`, its private `ca.key`, and the broker's `server.pem` (key and certificate), where they are missing."""
    if all((folder / name).exists() for name in ("ca.pem", "ca.key", "server.pem")):
        return
    folder.mkdir(parents=True, exist_ok=True)
    authority, issuer = ec.generate_private_key(ec.SECP256R1()), _name(_AUTHORITY)
    ca = _certificate(issuer, issuer, authority.public_key())
    ca = ca.add_extension(x509.BasicConstraints(True, 0), critical=True)
    write_private(folder / "ca.key", _pem(authority))
    (folder / "ca.pem").write_bytes(ca.sign(authority, hashes.SHA256()).public_bytes(Encoding.PEM))
    names = [x509.IPAddress(ipaddress.ip_address(HOST)), x509.DNSName("localhost"), x509.DNSName(OPERATOR)]
    key, certificate = _signed(folder, OPERATOR, *names)
    write_private(folder / "server.pem", key + certificate)


def identify(folder: Path, region: str, *secrets: Path) -> None:
    """A new certificate for a province, with its key, into these folders."""
    provide(folder)
    key, certificate = _signed(folder, region)
    for each in secrets:
        write_private(each / KEY, key)
        (each / CERTIFICATE).write_text(certificate)


def trusting(ca: Path, certificate: Path | None = None, key: Path | None = None) -> ssl.SSLContext:
    """A client's side: whom it trusts, and who it is where it says so."""
    context = ssl.create_default_context(cafile=ca)
    if certificate:
        context.load_cert_chain(certificate, key)
    return context


def operating(folder: Path) -> ssl.SSLContext:
    """The administrator's side."""
    return trusting(folder / "ca.pem", folder / "server.pem")


def _signed(folder: Path, name: str, *names: x509.GeneralName) -> tuple[str, str]:
    """A new key and its certificate, as PEM. `names`: where a server answers."""
    authority = cast("ec.EllipticCurvePrivateKey", load_pem_private_key((folder / "ca.key").read_bytes(), None))
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(_name(name), _name(_AUTHORITY), key.public_key())
    if names:
        certificate = certificate.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return _pem(key), certificate.sign(authority, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def _certificate(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return x509.CertificateBuilder(
        issuer, subject, key, x509.random_serial_number(), now - timedelta(days=1), now + _VALID
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])
