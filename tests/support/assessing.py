"""An assessment body at work, over HTTP: for tests of certification and of what follows from certificates."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

import httpx
from contracts.public_event import PublicEvent
from contracts.registry import GroupMembership, WorkerRegisteredV1
from contracts.training import ClassFiledV1, TrainingCompletedV1
from eventcore.ids import same_id
from published import Published
from served import Served

BODY: Final = "52520000MA6DT4321L"
TRAINER: Final = "12520000MA6DT1234P"
REBAR: Final = "2022/6-29-01-04"
HELD: Final = date(2026, 5, 18)
AT: Final = datetime(2026, 5, 9, 1, tzinfo=UTC)


def worker(n: int) -> str:
    return same_id("worker", str(n))


TRAINED: Final = same_id("class", "1")


def done(response: httpx.Response, status: int = 201) -> Any:
    """The answer's JSON, of a request that must have gone well."""
    assert response.status_code == status, response.text
    return response.json()


@dataclass(slots=True)
class Assessing:
    """What offices and a body do, with what the tests look at."""

    service: Served
    versions: dict[str, int] = field(default_factory=dict)

    async def told(self, *facts: tuple[PublicEvent, str]) -> None:
        """Other services' facts, each with its stream, taken in."""
        await self.service.tell(*(self._published(event, stream) for event, stream in facts))

    def _published(self, event: PublicEvent, stream: str) -> Published:
        version = self.versions[stream] = self.versions.get(stream, 0) + 1
        return Published(event=event, stream=stream, version=version, at=AT)

    async def officer(self, path: str, body: object = None, **caller: str) -> httpx.Response:
        return await self.service.post(path, body, **{"office": "assessment-officer", "who": "zhao"} | caller)

    async def body(self, path: str, body: object = None, **caller: str) -> httpx.Response:
        return await self.service.post(path, body, **{"office": "assessment-body", "organisation": BODY} | caller)

    async def body_stands(self, body: str = BODY, **more: Any) -> None:
        """A body with scope, two assessors and a supervisor."""
        registered = {
            "body": body,
            "title": "贵阳某技能评价中心",
            "region": "520100",
            "kind": "SOCIAL",
            "filing_code": "0012",
            "site": "000001",
            "appraisal_code": "1001",
        }
        done(await self.officer("/v1/assessment-bodies", registered | more))
        path = f"/v1/assessment-bodies/{body}"
        done(await self.officer(f"{path}/scope", {"lines": scope(), "evidence": "黔人社评〔2026〕1号"}))
        done(await self.officer(f"{path}/staff", {"members": staff(), "evidence": "黔人社评〔2026〕2号"}))

    async def workers_known(self, count: int, group: str | None = None, region: str = "520123") -> list[str]:
        """The registry has told of these."""
        known = [worker(n) for n in range(count)]
        groups = (GroupMembership(group=group, valid_from=date(2021, 1, 1)),) if group else ()
        facts: dict[str, Any] = {"survey": "survey-1", "household_region": region, "groups": groups}
        await self.told(*((WorkerRegisteredV1(worker=each, **facts), f"worker-{each}") for each in known))
        return known

    async def class_completed(self, workers: list[str], institution: str = TRAINER) -> str:
        """Training has told that these have completed the class."""
        await self.told((filed(institution), f"class-{TRAINED}"))
        await self.told(*((completed(each, institution), f"enrolment-{each}") for each in workers))
        return TRAINED

    async def scheduled(self, **more: Any) -> str:
        """A session for level 5, at the body's site."""
        key: str = done(await self.body("/v1/assessments", session() | more))["assessment"]
        return key

    async def scored(self, assessment: str, workers: list[str], **scores: Any) -> None:
        """These are candidates, and all have the same scores."""
        path = f"/v1/assessments/{assessment}"
        verdicts = done(await self.body(f"{path}/candidates", {"workers": workers}), 200)["results"]
        assert {each["status"] for each in verdicts} == {201}, verdicts
        given = {"theory": 80, "practice": 75} | scores
        verdicts = done(await self.body(f"{path}/scores", {"scores": [{"worker": w} | given for w in workers]}), 200)
        assert {each["status"] for each in verdicts["results"]} == {201}, verdicts

    async def confirmed(self, assessment: str) -> None:
        """Another person of the body confirms, and the certificates are issued."""
        path = f"/v1/assessments/{assessment}/confirmation"
        done(await self.body(path, {"issued_on": "2026-05-20"}, who="qian"))
        await self.service.catch_up()

    async def certificates(self, **parameters: Any) -> list[dict[str, Any]]:
        """All of the province that fit."""
        answer = await self.service.get(
            "/v1/certificates", {"region": "520000"} | parameters, office="assessment-officer"
        )
        found: list[dict[str, Any]] = done(answer, 200)["certificates"]
        return found


def scope() -> list[dict[str, Any]]:
    facts = {"occupation": REBAR, "valid_from": "2026-01-01", "valid_to": "2028-12-31", "standard_fee": 18000}
    levels = [{"route": "LEVEL_RECOGNITION", "level": level} for level in "345"]
    rest = [
        {"route": "QUALIFICATION_APPRAISAL", "level": "5"},
        {"route": "ABILITY_TEST", "level": "0"},
        {"route": "COMPLETION_TEST", "level": "0"},
    ]
    return [facts | each for each in (*levels, *rest)]


def staff() -> list[dict[str, Any]]:
    valid = {"valid_from": "2026-01-01", "valid_to": "2028-12-31"}
    people = (("kao-1", "ASSESSOR"), ("kao-2", "ASSESSOR"), ("du-1", "SUPERVISOR"))
    return [{"person": person, "role": role} | valid for person, role in people]


def session() -> dict[str, Any]:
    return {
        "route": "LEVEL_RECOGNITION",
        "occupation": REBAR,
        "level": "5",
        "held_on": HELD.isoformat(),
        "region": "520123",
        "assessors": ["kao-1", "kao-2"],
        "supervisor": "du-1",
    }


def filed(institution: str = TRAINER, training_class: str = TRAINED) -> ClassFiledV1:
    """A class with one teacher, by the staff number."""
    return ClassFiledV1(
        training_class=training_class,
        institution=institution,
        region="520123",
        occupation=REBAR,
        level="5",
        starts_on=date(2026, 4, 6),
        ends_on=date(2026, 5, 8),
        teachers=("T-1023",),
    )


def completed(each: str, institution: str = TRAINER, training_class: str = TRAINED) -> TrainingCompletedV1:
    return TrainingCompletedV1(
        worker=each,
        training_class=training_class,
        institution=institution,
        region="520123",
        programme="rebar-worker-5",
        programme_version=2,
        occupation=REBAR,
        level="5",
        category="EMPLOYMENT_SKILLS",
        starts_on=date(2026, 4, 6),
        ends_on=date(2026, 5, 8),
        completed_on=date(2026, 5, 9),
        minutes=7560,
        attended_days=21,
    )
