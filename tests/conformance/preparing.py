"""What the routes need to be there: surveys, workers, households, lists, snapshots and conflicts of a county."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from lb.people import Person
from made_rosters import CSV
from sent_snapshots import THREE, table

from tests.conformance.routes import Route
from tests.e2e.province import Province, today

PROVINCE: Final = "520000"
CITY: Final = "520500"
COUNTY: Final = "520526"
EVIDENCE: Final = "黔人社训〔2026〕3号"
PLAN: Final = "520000-2026"
AT_ONCE: Final = 200
_UNEMPLOYED: Final = {"status": "UNEMPLOYED", "wishes": ["JOB", "VOCATIONAL_TRAINING"]}
_MEMBERS: Final = (
    {"relation": "HEAD", "age_group": "FROM_16_TO_59"},
    {"relation": "SPOUSE", "age_group": "FROM_16_TO_59"},
    {"relation": "CHILD", "age_group": "UNDER_16"},
)
RECEIVERS: Final = (
    {"kind": "LABOUR_DEPARTMENT", "organisation": f"office-{CITY}"},
    {"kind": "TRAINING_INSTITUTION", "organisation": "school-1"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What one route finds that is its own. Workers are registered, by an approved survey."""

    stranger: Person
    waiting: str
    approved: str
    worker: str
    person: Person
    other: str
    household: str
    trainee_list: str
    conflict: str
    snapshots: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Of the whole county: what several routes read."""

    run: str
    conflicts: Sequence[str]
    snapshots: Mapping[str, str]


class Offices:
    """What the offices of the county and its city do, in a few words."""

    def __init__(self, province: Province) -> None:
        self._province = province

    def post(self, office: str, path: str, body: Any = None, region: str = CITY) -> Any:
        headers = self._province.headers(office, region)
        answer = self._province.registry.post(path, json=body, headers=headers)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def record(self, bodies: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
        """(survey, worker) of each."""
        made: list[tuple[str, str]] = []
        for page in _pages(bodies):
            results = self.post("surveyor", "/v1/survey-batches", {"surveys": page}, COUNTY)["results"]
            made += [(each["answer"]["survey"], each["answer"]["worker"]) for each in results]
        return made

    def approve(self, surveys: Sequence[str]) -> None:
        for page in _pages(surveys):
            reviews = [{"survey": each, "decision": "approve"} for each in page]
            results = self.post("reviewer", "/v1/review-batches", {"reviews": reviews})["results"]
            assert {each["status"] for each in results} == {201}

    def designate(self, worker: str, plan: str = PLAN) -> None:
        self.post("registrar", f"/v1/workers/{worker}/eligibility", {"able_to_work": True})
        self.post("registrar", f"/v1/workers/{worker}/designation", {"plan": plan, "evidence": EVIDENCE})

    def publish(self, worker: str) -> str:
        body = {"region": COUNTY, "plan": PLAN, "trainees": [worker], "receivers": list(RECEIVERS)}
        return str(self.post("registrar", "/v1/trainee-lists", body)["trainee_list"])

    def household(self) -> str:
        """Of a head, a spouse and a child."""
        made = self.post("clerk", "/v1/households", {"region": COUNTY, "evidence": EVIDENCE})
        for member in _MEMBERS:
            body = {**member, "joined_on": "2015-06-01"}
            self.post("clerk", f"/v1/households/{made['household']}/members", body)
        return str(made["household"])

    def compare(self) -> Found:
        """The three systems, by their sample files as of today."""
        snapshots = {}
        for source in THREE:
            answer = self._province.registry.post(
                f"/v1/sources/{source}/snapshots?as_of={today()}",
                content=table(source),
                headers=self._province.headers("clerk", PROVINCE) | {"Content-Type": CSV},
            )
            assert answer.status_code == 201, answer.text
            snapshots[source] = answer.json()["snapshot"]
        body = {"comparison": "three-systems", "snapshots": snapshots}
        run = self.post("clerk", "/v1/match-runs", body, PROVINCE)["run"]
        self._province.settle()
        page = self._province.registry.get(
            f"/v1/match-conflicts?region={COUNTY}", headers=self._province.headers("registrar", CITY)
        )
        return Found(run=run, conflicts=[each["conflict"] for each in page.json()["conflicts"]], snapshots=snapshots)


def _pages(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for at in range(0, len(items), AT_ONCE):
        yield items[at : at + AT_ONCE]


def platform_message(person: Person) -> dict[str, Any]:
    """A message of the platform with one survey."""
    record = {
        "AAC003": person.name,
        "AAC002": person.number,
        "BAC301": person.county,
        "AAC016": "2",
        "wishes": ["JOB"],
        "AAE036": person.surveyed_on.isoformat(),
    }
    return {"interface": "rural-poor-employment", "version": "1", "records": [record]}


def survey_of(person: Person, **changes: Any) -> dict[str, Any]:
    """Of somebody who wishes to be trained, and works in the county where they have work."""
    body = person.survey()
    work = {**body["employment"], "region": COUNTY} if person.employed else _UNEMPLOYED
    return body | {"employment": {**work, "wishes": _UNEMPLOYED["wishes"]}} | changes


def prepared(province: Province, routes: Sequence[Route], people: Iterator[Person], found: Found) -> dict[str, Ground]:
    """By the route's path: what it finds, as it has to be for the route to do something."""
    offices, count = Offices(province), len(routes)
    workers, others, waiting, strangers = (list(islice(people, count)) for _ in range(4))
    more = {"groups": [{"group": "LAND_LOST", "valid_from": "2023-01-01"}]}
    made = offices.record([survey_of(each) for each in workers])
    beside = offices.record([survey_of(each, **more) for each in others])
    unread = offices.record([survey_of(each) for each in waiting])
    offices.approve([survey for survey, _ in (*made, *beside)])
    province.settle()
    conflicts = iter(found.conflicts)
    return {
        route.path: Ground(
            stranger=strangers[n],
            waiting=unread[n][0],
            approved=made[n][0],
            worker=made[n][1],
            person=workers[n],
            other=beside[n][1],
            household=offices.household() if "{household}" in route.path else "",
            trainee_list=_ready(offices, route.path, made[n][1], beside[n][1]),
            conflict=next(conflicts) if "{conflict}" in route.path else "",
            snapshots=found.snapshots,
        )
        for n, route in enumerate(routes)
    }


def _ready(offices: Offices, path: str, worker: str, other: str) -> str:
    """Does to the worker what has to come before; the trainee list, where it is about one."""
    match path.removeprefix("/v1/").replace("/{worker}", ""):
        case "workers/designation" | "designation-batches":
            offices.post("registrar", f"/v1/workers/{worker}/eligibility", {"able_to_work": True})
        case "workers/designation-end" | "trainee-lists":
            offices.designate(worker)
        case "trainee-lists/{trainee_list}/receipt":
            offices.designate(worker)
            return offices.publish(worker)
        case "workers/death-withdrawal":
            offices.post("registrar", f"/v1/workers/{worker}/death", {"died_on": str(today()), "evidence": EVIDENCE})
        case "workers/restriction-end":
            offices.post("privacy-officer", f"/v1/workers/{worker}/restriction", {"ground": "DISPUTE"})
        case "workers/duplicates/{other}/settlement":
            body = {"other": other, "verdict": "SAME", "reason": "NUMBER_CORRECTED"}
            offices.post("registrar", f"/v1/workers/{worker}/duplicates", body)
    return ""
