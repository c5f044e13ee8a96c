"""Every event that reporting ever stored is still read. It publishes nothing."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from golden import Golden, name
from reporting.app import SERVICE
from reporting.reports.events import Difference, DifferencesListed, Number, ReportFrozen, ReportRestated, Row

KEY = "monthly-520526-2026-03"
NUMBERS = (Number(name="persons_certified", value=7), Number(name="money_paid", value=123_456))
ROWS = (Row(region="520526", name="威宁彝族回族苗族自治县", numbers=NUMBERS),)
BY: Final[dict[str, Any]] = {"by": "wang", "organisation": "hr-520526"}
SAMPLES = (
    ReportFrozen(
        report=KEY,
        kind="MONTHLY",
        region="520526",
        name="威宁彝族回族苗族自治县",
        period="2026-03",
        as_of=date(2026, 3, 25),
        due_on=date(2026, 3, 26),
        recipients=("职业能力建设处", "科技培训处"),
        known_at=4711,
        incarnation="4f6d1b1e-0d3a-4b0e-9a53-0f8f6a6f1c55",
        numbers=NUMBERS,
        rows=ROWS,
        digest="ab" * 32,
        signature="e30.e30.ab",
        frozen_on=date(2026, 3, 26),
        **BY,
    ),
    ReportRestated(
        report=KEY,
        restatement=1,
        since=4711,
        known_at=5000,
        numbers=NUMBERS,
        rows=ROWS,
        digest="cd" * 32,
        signature="e30.e30.cd",
        differences=1,
        restated_on=date(2026, 5, 4),
        **BY,
    ),
    DifferencesListed(
        report=KEY,
        restatement=1,
        part=1,
        differences=(
            Difference(
                subject="0195a001-0000-7000-8000-000000000001",
                number="persons_certified",
                change=-1,
                causes=("certificate-c1/2/cn.labourbridge.certification.certificate-revoked.v1",),
            ),
        ),
    ),
)


def nothing(event: Any) -> None:
    """Reporting publishes nothing."""


GOLDEN: Final = Golden(Path(__file__).parent, SERVICE, nothing)


@pytest.mark.parametrize("event", SAMPLES, ids=name)
def test_golden_what_reporting_stores_keeps_its_bytes(event: Any) -> None:
    GOLDEN.check_stored(event)


def test_golden_every_version_that_reporting_ever_stored_is_read() -> None:
    GOLDEN.check_every_version()
