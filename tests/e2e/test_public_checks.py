"""Anybody may ask whether a certificate holds; who knows its holder learns what it says, nobody learns who that is."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import httpx
import pytest
from lb.demo.assessments import ISSUED_ON, Certified

from tests.e2e.province import REGION, Province
from tests.e2e.yuan import Yuan

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]

MOST: Final = 10
"""Misses in a minute."""


def number_of(province: Province, certified: Certified) -> str:
    headers = province.headers("assessment-officer", REGION)
    path = f"/v1/workers/{certified.trainee.worker}/certificates"
    (found,) = province.clients["certification"].get(path, headers=headers).json()["certificates"]
    return str(found["number"])


def asker(province: Province, office: str) -> dict[str, str]:
    """A caller of its own: misses are counted by client."""
    return province.headers(office, "520627")


def check(province: Province, number: str, last_four: str, office: str) -> httpx.Response:
    body = {"number": number, "last_four": last_four}
    return province.clients["certification"].post("/v1/certificate-checks", json=body, headers=asker(province, office))


def holds(province: Province, number: str, **on: str) -> Mapping[str, Any]:
    answer = province.clients["certification"].get(
        f"/v1/certificates/{number}", params=on, headers=asker(province, "clerk")
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def wrong(right: str) -> str:
    """Another end of a number."""
    return f"{(int(right[:3]) + 1) % 1000:03}{right[3]}"


def test_whether_it_holds_is_said_of_today_and_of_every_day(province: Province, yuan: Yuan) -> None:
    number, fallen = number_of(province, yuan.certified[0]), number_of(province, yuan.fallen)
    assert (holds(province, number)["holds"], holds(province, number)["status"]) == (True, "HOLDS")
    before = date.fromisoformat(ISSUED_ON) - timedelta(days=1)
    assert holds(province, number, on=str(before))["status"] == "NOT_YET_ISSUED"
    assert holds(province, fallen)["status"] == "REVOKED"
    assert holds(province, fallen, on=ISSUED_ON)["status"] == "HOLDS"


def test_who_knows_the_holder_learns_what_it_says_and_nothing_of_the_holder(province: Province, yuan: Yuan) -> None:
    certified = yuan.certified[0]
    number, whose = number_of(province, certified), certified.trainee
    answer = check(province, number, whose.number[-4:], "clerk")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["holds"], answer.json()["level"]) == (True, "5")
    assert not any(text in answer.text for text in (whose.number, whose.number[-4:] + '"', whose.worker))


def test_a_wrong_end_and_a_number_that_nobody_has_are_the_same_answer(province: Province, yuan: Yuan) -> None:
    number, right = number_of(province, yuan.certified[0]), yuan.certified[0].trainee.number[-4:]
    other = check(province, number, wrong(right), "registrar")
    nobody = check(province, f"{number[:-4]}0000", right, "registrar")
    assert {(each.status_code, each.json()["code"]) for each in (other, nobody)} == {(404, "certificate_not_confirmed")}
    assert other.json().keys() == nobody.json().keys()


def test_after_ten_misses_a_caller_waits_and_others_do_not(province: Province, yuan: Yuan) -> None:
    number, right = number_of(province, yuan.certified[0]), yuan.certified[0].trainee.number[-4:]
    unknown = [f"{number[:-4]}{n:04}" for n in range(MOST)]
    misses = [check(province, each, right, "reviewer") for each in unknown]
    assert {each.status_code for each in misses} == {404}
    refused = check(province, number, right, "reviewer")
    assert (refused.status_code, refused.json()["code"]) == (429, "asked_too_often")
    assert int(refused.headers["Retry-After"]) > 0
    assert check(province, number, right, "surveyor").status_code == 200
