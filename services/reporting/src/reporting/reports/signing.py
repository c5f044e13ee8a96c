"""Signatures of reports: a compact JWS (RFC 7515, Ed25519) over what a report is and the digest of its numbers, so that
whoever holds one can tell that it is this province's, with the published keys alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from reporting.reports.commands import Counted
from reporting.reports.report import digest

ALGORITHM: Final = "Ed25519"


class NotGenuine(Exception):
    """The text is no signature of this province's reports."""


class Signed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is signed. The digest is over all numbers."""

    report: str
    as_of: date
    known_at: int
    incarnation: str
    digest: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs with the newest key; what older keys signed stays genuine."""

    keys: KeySet

    @classmethod
    def of(cls, seeds: Sequence[bytes]) -> "Signer":
        """Of private keys of 32 bytes, the newest last; there is at least one."""
        return cls(KeySet([_key(seed) for seed in seeds]))

    def sign(self, report: str, as_of: date, counted: Counted) -> str:
        """The same for the same numbers and key."""
        key = self.keys.keys[-1]
        signed = Signed(
            report=report,
            as_of=as_of,
            known_at=counted.known_at,
            incarnation=counted.incarnation,
            digest=digest(report, as_of, counted),
        )
        header = {"alg": ALGORITHM, "kid": key.kid, "typ": "report+jws"}
        return jws.serialize_compact(header, msgspec.json.encode(signed), key, algorithms=[ALGORITHM])

    def verified(self, signature: str) -> tuple[Signed, str]:
        """What it says, and the id of its key. NotGenuine."""
        try:
            found = jws.deserialize_compact(signature, self.keys, algorithms=[ALGORITHM])
            return msgspec.json.decode(found.payload, type=Signed), str(found.headers()["kid"])
        except (JoseError, ValueError, KeyError):
            raise NotGenuine from None

    def published(self) -> Mapping[str, Any]:
        """The public halves, as a JSON Web Key Set."""
        return dict(self.keys.as_dict(private=False))


def _key(seed: bytes) -> OKPKey:
    key = OKPKey.import_key(Ed25519PrivateKey.from_private_bytes(seed), {"use": "sig", "alg": ALGORITHM})
    key.ensure_kid()
    return key
