"""People who cannot be mistaken for anything else: their names, numbers and telephones occur nowhere by chance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from lb.sample.residents import account_of
from stdnum.cn import ric

COUNTIES: Final = ("520181", "522301")
_RARE: Final = "鼀鼁鼂鼃鼄鼅鼆鼇鼈鼉鼊鼌鼍鼏鼑鼒鼔鼕鼖鼘鼚鼛鼜鼝鼞鼟鼡鼣鼤鼥鼦鼧鼨鼩鼪鼫鼭鼮鼰鼱"
_BIRTHDAYS: Final = 20
_ACCOUNTS: Final = 520_300_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Somebody who does not exist, and every personal datum that the registry asks for."""

    name: str
    number: str
    phone: str
    employer: str
    contact: str
    account: str
    """Where the person is paid, if it comes to that."""
    county: str
    employed: bool

    def survey(self, **other: Any) -> dict[str, Any]:
        """The body of POST /v1/surveys, with other values where some are given."""
        employment: dict[str, Any] = {"status": "UNEMPLOYED", "wishes": ["JOB"]}
        if self.employed:
            employment = {
                "status": "EMPLOYED", "form": "ENTERPRISE", "region": "440112", "employer": self.employer,
                "contact": self.contact,
            }  # fmt: skip
        return {
            "name": self.name,
            "number": self.number,
            "phone": self.phone,
            "household_region": self.county,
            "groups": [{"group": "MONITORED", "valid_from": "2022-01-01"}],
            "surveyed_on": "2026-03-02",
            "channel": "TOWNSHIP_GOVERNMENT",
            "capture_method": "FIELD_SURVEY",
            "employment": employment,
        } | other

    @property
    def secrets(self) -> dict[str, str]:
        """What must not be found, by kind."""
        found = {"name": self.name, "number": self.number, "phone": self.phone, "account": self.account}
        return found | ({"employer": self.employer, "contact": self.contact} if self.employed else {})


def subjects(count: int) -> Iterator[Subject]:
    """All different. Few birthdays, so that few eight-digit pieces of numbers can turn up among others by chance."""
    size = len(_RARE)
    for n in range(count):
        county = COUNTIES[n % len(COUNTIES)]
        born = date(1987, 6, 5) + timedelta(days=n % _BIRTHDAYS)
        front = f"{COUNTIES[0][:4]}99{born:%Y%m%d}{371 + n // _BIRTHDAYS * 13:03d}"
        rare = _RARE[n % size] + _RARE[(n // size + 7) % size] + _RARE[(3 * n + 11) % size]
        yield Subject(
            name=rare,
            number=front + str(ric.calc_check_digit(front + "0")),
            phone=f"1997{(n + 31) * 7_654_321 % 10**7:07d}",
            employer=f"{rare[::-1]}饕餮{rare[0]}厂",
            account=account_of(_ACCOUNTS + n * 7_919),
            contact=f"1667{(n + 57) * 8_675_309 % 10**7:07d}",
            county=county,
            employed=n % 3 == 0,
        )
