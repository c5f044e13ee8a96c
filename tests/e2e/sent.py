"""What the offices of two counties send, as the demonstration does it, and what reporting has to say of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from lb.demo.expected import Expected
from lb.people import Person, people

from tests.e2e.province import Province, today

COUNTIES: Final = ("520181", "522301")
WORKERS: Final = 60
BATCH: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A worker whose survey the registry took."""

    person: Person
    survey: str
    worker: str


@dataclass(slots=True)
class Sent:
    """By the offices of the two counties. `approved` and `rejected` are surveys' ids."""

    recorded: list[Recorded] = field(default_factory=list)
    approved: set[str] = field(default_factory=set)
    rejected: set[str] = field(default_factory=set)
    answers: list[tuple[httpx.Response, httpx.Response]] = field(default_factory=list)
    """Of every batch: the answer, and the answer to the same batch sent again under the same key."""

    def expected(self, county: str) -> Expected:
        """What must be counted of one county."""
        found = Expected()
        for each in self.recorded:
            if each.person.county == county:
                decision = True if each.survey in self.approved else False if each.survey in self.rejected else None
                found.add(each.worker, each.person.county, each.person.groups, decision)
        return found


def send(province: Province) -> Sent:
    """Every batch twice, as a nervous network does. Of three surveys two are approved; the third is rejected or, every
    other time, waits."""
    sent = Sent()
    made_up = list(people(WORKERS, 41, today=today(), counties=COUNTIES))
    for county in COUNTIES:
        for batch in _batches([person for person in made_up if person.county == county]):
            results = _twice(province, sent, "surveyor", county, "/v1/survey-batches", "surveys", _bodies(batch))
            for person, result in zip(batch, results, strict=True):
                assert result["status"] == 201, result
                survey, worker = result["answer"]["survey"], result["answer"]["worker"]
                sent.recorded.append(Recorded(person=person, survey=survey, worker=worker))
    for county in COUNTIES:
        mine = [each.survey for each in sent.recorded if each.person.county == county]
        for batch in _batches(list(_reviews(mine))):
            results = _twice(province, sent, "reviewer", f"{county[:4]}00", "/v1/review-batches", "reviews", batch)
            assert {result["status"] for result in results} == {201}
        sent.approved.update(mine[0::3], mine[1::3])
        sent.rejected.update(mine[2::6])
    return sent


def _bodies(batch: Sequence[Person]) -> list[dict[str, Any]]:
    return [person.survey() for person in batch]


def _reviews(surveys: Sequence[str]) -> Iterator[dict[str, str]]:
    for n, survey in enumerate(surveys):
        if n % 3 < 2:
            yield {"survey": survey, "decision": "approve"}
        elif n % 6 == 2:
            yield {"survey": survey, "decision": "reject", "reason": "NO_EVIDENCE"}


def _twice(
    province: Province, sent: Sent, office: str, region: str, path: str, name: str, items: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    headers = province.headers(office, region)
    first, again = (province.registry.post(path, json={name: items}, headers=headers) for _ in range(2))
    assert first.status_code == 200, first.text
    sent.answers.append((first, again))
    results: list[dict[str, Any]] = first.json()["results"]
    return results


def _batches(items: Sequence[Any]) -> Iterator[list[Any]]:
    for at in range(0, len(items), BATCH):
        yield list(items[at : at + BATCH])
