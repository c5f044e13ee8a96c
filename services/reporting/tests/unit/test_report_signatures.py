"""Signatures of reports: made with the newest key, verified with any that is listed, or the published ones alone."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from eventcore.settings import DEV_ISSUER, Refused
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import KeySet
from pydantic import SecretStr
from reporting.reports.commands import Counted
from reporting.reports.events import Number
from reporting.reports.report import digest
from reporting.reports.signing import ALGORITHM, NotGenuine, Signer
from reporting.settings import ReportingSettings

REPORT, AS_OF = "monthly-520526-2026-03", date(2026, 3, 25)
COUNTED = Counted(
    known_at=40, incarnation="log-1", parked=0, numbers=(Number(name="persons_certified", value=7),), rows=()
)
OLD, NEW = b"\x01" * 32, b"\x02" * 32
signer = Signer.of([OLD, NEW])
signature = signer.sign(REPORT, AS_OF, COUNTED)


def test_a_signature_names_the_report_both_times_and_the_digest_of_its_numbers() -> None:
    signed, key = signer.verified(signature)
    assert (signed.report, signed.as_of, signed.known_at, signed.incarnation) == (REPORT, AS_OF, 40, "log-1")
    assert signed.digest == digest(REPORT, AS_OF, COUNTED)
    assert key == Signer.of([NEW]).keys.keys[0].kid


def test_other_numbers_have_another_signature() -> None:
    other = replace(COUNTED, numbers=(Number(name="persons_certified", value=8),))
    assert signer.sign(REPORT, AS_OF, other) != signature == signer.sign(REPORT, AS_OF, COUNTED)


def test_what_an_older_key_signed_stays_genuine_until_its_line_goes() -> None:
    before = Signer.of([OLD]).sign(REPORT, AS_OF, COUNTED)
    assert signer.verified(before)[0].report == REPORT
    with pytest.raises(NotGenuine):
        Signer.of([NEW]).verified(before)


def test_whoever_has_the_published_keys_verifies_alone() -> None:
    published: Any = signer.published()
    assert all("d" not in key for key in published["keys"])
    found = jws.deserialize_compact(signature, KeySet.import_key_set(published), algorithms=[ALGORITHM])
    assert REPORT.encode() in found.payload


@given(st.integers(0, len(signature) - 2), st.sampled_from("Aa0_."))
def test_a_changed_signature_is_not_genuine(place: int, character: str) -> None:
    changed = signature[:place] + character + signature[place + 1 :]
    if changed != signature:
        with pytest.raises(NotGenuine):
            signer.verified(changed)


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJFZDI1NTE5In0.e30.AA"])
def test_what_is_no_signature_is_not_genuine(text: str) -> None:
    with pytest.raises(NotGenuine):
        signer.verified(text)


@pytest.mark.parametrize("text", ["", "xyz", "ab" * 31])
def test_a_service_without_proper_keys_does_not_start(tmp_path: Path, text: str) -> None:
    (tmp_path / "report_keys").write_text(text)
    settings = ReportingSettings(
        env="test", region="520000", database_url=SecretStr(""), token_issuer=DEV_ISSUER, secrets_dir=tmp_path
    )
    with pytest.raises(Refused, match="report_keys"):
        settings.report_keys()
