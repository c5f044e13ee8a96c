"""From the class to the money, and back where a fact falls: every fen is where it should be, here and at the bank."""

from collections import Counter
from typing import Any, Final

import pytest

from tests.e2e.province import REGION, Province
from tests.e2e.yuan import COUNTY, HEADS, KINDS, Yuan

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]

TRAINING: Final = 150_000
ASSESSMENT: Final = 9_000
A_DAY: Final = 4_000
DAYS: Final = HEADS * 10 - 1
"""One of them missed the first day."""
AT_FIRST: Final = HEADS * (TRAINING + ASSESSMENT) + DAYS * A_DAY
BACK: Final = TRAINING + ASSESSMENT
"""What rests on the certificate that falls."""


def sums(yuan: Yuan, kind: str) -> list[int]:
    return sorted(each["amount"] for each in yuan.decided if each["kind"] == kind)


def stages(yuan: Yuan) -> dict[str, int]:
    found: Counter[str] = Counter()
    for each in yuan.ledger["balances"]:
        found[each["stage"]] += each["amount"]
    return {stage: amount for stage, amount in found.items() if amount}


def files(province: Province, status: str) -> list[dict[str, Any]]:
    headers = province.headers("fund-officer", REGION)
    answer = province.clients["subsidy"].get(f"/v1/bank-files?status={status}&limit=200", headers=headers)
    found: list[dict[str, Any]] = answer.json()["files"]
    return found


def test_each_claim_is_decided_by_the_published_amounts(yuan: Yuan) -> None:
    assert Counter(each["state"] for each in yuan.decided if each["kind"] in KINDS) == {"APPROVED": 3 * HEADS}
    assert sums(yuan, "TRAINING") == [TRAINING] * HEADS
    assert sums(yuan, "ASSESSMENT") == [ASSESSMENT] * HEADS
    assert sums(yuan, "LIVING") == [9 * A_DAY, *[10 * A_DAY] * (HEADS - 1)]


def test_what_the_bank_executed_is_what_we_paid_and_no_fen_more(yuan: Yuan) -> None:
    assert yuan.ours == yuan.banks
    assert sum(yuan.ours.values()) == AT_FIRST + A_DAY
    assert len(yuan.ours) == 3 * HEADS + 1


def test_every_fen_is_explained_by_the_bank_s_statements(yuan: Yuan) -> None:
    for day in (yuan.paid, yuan.settled):
        assert (day["findings"], day["awaited"]) == ([], 0)
    assert yuan.ledger["sum"] == 0


def test_what_fell_is_decided_again_and_comes_back_and_what_turned_up_is_paid(yuan: Yuan) -> None:
    assert yuan.correction.differences == []
    again = {(each["kind"], each["state"], each["amount"]) for each in yuan.correction.adjusted}
    assert again == {("TRAINING", "REFUSED", 0), ("ASSESSMENT", "REFUSED", 0), ("LIVING", "APPROVED", 10 * A_DAY)}
    by_worker = {each["worker"] for each in yuan.correction.adjusted}
    assert by_worker == {yuan.fallen.trainee.worker, yuan.held.first_absence}


def test_reporting_says_the_same_of_the_county(province: Province, yuan: Yuan) -> None:
    reader = province.headers("reviewer", COUNTY)
    total = province.reporting.get("/v1/money", params={"region": COUNTY}, headers=reader).json()["total"]
    assert total == {
        "committed": AT_FIRST + A_DAY - BACK,
        "ordered": AT_FIRST + A_DAY,
        "paid": AT_FIRST + A_DAY,
        "failed": 0,
        "returned": BACK,
        "under_way": 0,
        "net": AT_FIRST + A_DAY - BACK,
    }


def test_a_spoilt_file_of_the_bank_was_put_aside_whole_with_its_reason_and_the_right_one_taken(
    province: Province, yuan: Yuan
) -> None:
    sent, taken, quarantined = (files(province, status) for status in ("sent", "taken", "quarantined"))
    reasons = {reason for each in (*taken, *quarantined) for reason in each["refused"]}
    assert reasons
    assert reasons <= {"truncated", "count", "sum", "line_doubled", "already_taken"}
    assert all(each["refused"] for each in quarantined)
    assert {each["file"] for each in sent if each["kind"] == "PAY"} <= {each["answers"] for each in taken}
