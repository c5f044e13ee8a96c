"""Made-up people and what a surveyor found out about them: the truth behind the rosters."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from lb.sample import tables
from lb.sample.residents import account_of, number_of
from lb.sample.tables import County

LAST_DAY: Final = date(2026, 6, 30)
"""Nothing was surveyed later: the same seed makes the same people on any day."""
FIRST_SURVEYS: Final = (200, 60)
LATER_SURVEYS: Final = (55, 0)
"""Days before the last day: from, to."""
_OLDEST: Final = 60
_BIRTHDAYS: Final = 15_800
_WITHOUT_ACCOUNT: Final = 12
"""One of so many."""
_AREAS: Final = ("020-", "0755", "0571-", "0574", "0851-", "0857")
_SEQUENCES: Final = range(500, 1000, 2)
"""The last digit of the sequence says the sex; each person has a pair of them alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who does not exist. `id` is their row in people.csv."""

    id: str
    name: str
    number: str
    born: date
    male: bool
    phone: str
    county: County
    account: str
    """Empty for who has none yet."""
    bank: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Who is employed has one; `employer` is empty for flexible workers."""

    form: str
    region: str
    employer: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was found out on a day, in codes."""

    person: Person
    region: str
    groups: tuple[str, ...]
    group_since: date
    surveyed_on: date
    channel: str
    capture_method: str
    job: Job | None
    wishes: tuple[str, ...]

    def dated(self, day: date) -> "Survey":
        return replace(self, surveyed_on=day)

    def working(self, job: Job | None) -> "Survey":
        return replace(self, job=job)

    def grouped(self, groups: tuple[str, ...], since: date) -> "Survey":
        return replace(self, groups=groups, group_since=since)

    def of(self, **changes: object) -> "Survey":
        """The same, of a person who differs in something."""
        return replace(self, person=replace(self.person, **changes))  # type: ignore[arg-type]


def people(count: int, counties: tuple[County, ...], chance: Random) -> Iterator[Person]:
    """So many, all with numbers of their own, county after county in turn."""
    banks = tables.texts("banks", "names")
    start = date(LAST_DAY.year - _OLDEST, LAST_DAY.month, 1)
    for n in range(count):
        county = counties[n % len(counties)]
        born = start + timedelta(days=n * 7919 % _BIRTHDAYS)
        male = chance.random() < 0.55
        sequence = _SEQUENCES[n // _BIRTHDAYS % len(_SEQUENCES)] + male
        yield Person(
            id=f"P{n + 1:06d}",
            name=_name(chance),
            number=number_of(_prefecture(county, chance), born, sequence),
            born=born,
            male=male,
            phone=f"1{chance.choice('3578')}{chance.randrange(10**9):09d}",
            county=county,
            account=account_of(n) if n % _WITHOUT_ACCOUNT else "",
            bank=banks[n % len(banks)] if n % _WITHOUT_ACCOUNT else "",
        )


def survey(person: Person, chance: Random, days: tuple[int, int] = FIRST_SURVEYS) -> Survey:
    """What a surveyor found on one of the days."""
    return Survey(
        person=person,
        region=person.county.code,
        groups=tuple(sorted(chance.sample(tables.codes("groups"), chance.choice((0, 1, 1, 1, 2))))),
        group_since=date(chance.randint(2021, 2024), chance.randint(1, 12), chance.randint(1, 28)),
        surveyed_on=LAST_DAY - timedelta(days=chance.randint(days[1], days[0])),
        channel=chance.choice(tables.codes("channel")),
        capture_method=chance.choice(tables.codes("capture_method")),
        job=job(chance) if chance.random() < 0.4 else None,
        wishes=tuple(sorted(chance.sample(tables.codes("wishes"), chance.randint(1, 2)))),
    )


def job(chance: Random, *, flexible: float = 0.2) -> Job:
    """A made-up one."""
    form = "FLEXIBLE" if chance.random() < flexible else chance.choice(("ENTERPRISE", "SOLE_PROPRIETOR"))
    return Job(
        form=form,
        region=chance.choice(tables.codes("work_region")),
        employer="" if form == "FLEXIBLE" else chance.choice(tables.texts("employers", "names")),
        contact=chance.choice(_AREAS) + str(chance.randrange(2 * 10**7, 9 * 10**7)),
    )


def _prefecture(county: County, chance: Random) -> str:
    """Of the number: today's, or the old one; the number keeps what was true at the first registration."""
    return (county.old if county.old and chance.random() < 0.3 else county.code)[:4]


def _name(chance: Random) -> str:
    parts = tables.names()
    match chance.choices(("plain", "compound", "dotted", "minority", "rare"), (88, 2, 5, 3, 2))[0]:
        case "dotted":
            return "·".join(chance.choice(parts["dotted"]))
        case "minority":
            return str(chance.choice(parts["plain_minority"]))
        case "rare":
            return str(chance.choice(parts["rare"]))
        case kind:
            surname: str = chance.choice(parts["surnames" if kind == "plain" else "compound_surnames"])
            return surname + "".join(chance.sample(parts["given"], chance.randint(1, 2)))
