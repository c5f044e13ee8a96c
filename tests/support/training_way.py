"""The way of trainees through a class over HTTP, as offices and institutions go it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import httpx
from contracts.registry import DuplicateDecidedV1, TraineeDesignatedV1, WorkerDeceasedV1
from published import Published
from served import Served

BASE: Final = "12520000MA6DT1234P"
OTHER_BASE: Final = "915201030000000001"
OCCUPATION: Final = "2022/6-29-01-04"
PLAN: Final = "520000-2026"
COUNTY: Final = "520123"
STARTS: Final = date(2026, 4, 6)
AT: Final = datetime(2026, 3, 1, tzinfo=UTC)
OFFICE: Final[dict[str, Any]] = {"office": "training-officer", "who": "wu"}
SCORES: Final = [{"criterion": each, "points": 80} for each in ("TEACHERS", "EQUIPMENT", "MANAGEMENT", "RESULTS")]


def worker(n: int) -> str:
    """The id of the nth made-up worker."""
    return f"0190a1b2-0000-7000-8000-{n:012x}"


def designation(n: int, *priority: str, plan: str = PLAN) -> Published:
    """The registry designated the nth worker under the plan."""
    event = TraineeDesignatedV1(
        worker=worker(n), plan=plan, designated_on=date(2026, 3, 1), priority=priority, organisation="hr-520123"
    )
    return Published(event=event, stream=f"worker-{worker(n)}", version=2, at=AT)


def death(n: int) -> Published:
    """The nth worker has died."""
    event = WorkerDeceasedV1(worker=worker(n), died_on=date(2026, 4, 10), organisation="hr-520123")
    return Published(event=event, stream=f"worker-{worker(n)}", version=3, at=AT)


def found_to_be_one(n: int, other: int, *, undone: bool = False) -> Published:
    """The nth worker stands for the other, or no more."""
    event = DuplicateDecidedV1(
        worker=worker(n),
        other=worker(other),
        verdict="DIFFERENT" if undone else "SAME",
        undone=undone,
        reason="NUMBER_CORRECTED",
        organisation="hr-520123",
    )
    return Published(event=event, stream=f"worker-{worker(n)}", version=5 if undone else 4, at=AT)


def lessons(days: int = 4, minutes: int = 360, starts: date = STARTS) -> list[dict[str, Any]]:
    """One a day, by one teacher."""
    return [
        {
            "on": (starts + timedelta(days=n)).isoformat(),
            "starts_at": "08:30",
            "minutes": minutes,
            "subject": "钢筋下料",
            "teacher": "T-1",
        }
        for n in range(days)
    ]


def done(response: httpx.Response, status: int = 201) -> dict[str, Any]:
    """The answer of a request that was carried out."""
    assert response.status_code == status, response.text
    found: dict[str, Any] = response.json()
    return found


@dataclass(slots=True)
class TrainingWay:
    """Asks the service as its users do. Programme: 1,080 minutes on three days at least."""

    training: Served
    base: str = BASE
    institution: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.institution = {"office": "institution", "who": "teacher-1", "organisation": self.base}

    async def prepare(self) -> None:
        """An accredited institution, a programme, a plan."""
        register = {
            "institution": self.base,
            "title": "贵阳某技工学校",
            "kind": "TECHNICAL_SCHOOL",
            "region": "520100",
            "evidence": "筑人社〔2025〕12号",
        }
        done(await self.training.post("/v1/institutions", register, **OFFICE))
        await self.accredit()
        programme = {
            "programme": "rebar-worker-5",
            "title": "钢筋工（五级）",
            "occupation": OCCUPATION,
            "level": "5",
            "category": "EMPLOYMENT_SKILLS",
            "standard": {"kind": "NATIONAL", "reference": "GZB 6-29-01-04"},
            "minimum_minutes": 1080,
            "minimum_days": 3,
            "valid_from": "2026-01-01",
            "evidence": "黔人社发〔2026〕5号",
        }
        done(await self.training.post("/v1/programmes", programme, **OFFICE))
        plan = {
            "plan": PLAN,
            "region": "520000",
            "year": 2026,
            "content": "建筑类就业技能培训",
            "lines": [{"occupation": OCCUPATION, "heads": 2000, "funds": 360_000_000}],
            "institutions": [self.base],
            "evidence": "黔人社发〔2026〕3号",
        }
        done(await self.training.post("/v1/plans", plan, **OFFICE))

    async def accredit(self, day: str = "2026-01-15") -> None:
        body = {
            "grade": "PROVINCIAL",
            "scores": SCORES,
            "occupations": [OCCUPATION],
            "accredited_on": day,
            "evidence": "筑人社〔2026〕1号",
        }
        done(await self.training.post(f"/v1/institutions/{self.base}/accreditations", body, **OFFICE))

    async def revoke(self, **further: Any) -> httpx.Response:
        body = {"ground": "FUNDS", "revoked_on": "2026-09-01", "evidence": "筑人社〔2026〕9号", **further}
        return await self.training.post(f"/v1/institutions/{self.base}/revocation", body, **OFFICE)

    async def file(self, capacity: int = 4, starts: date = STARTS, **further: Any) -> httpx.Response:
        body = {
            "plan": PLAN,
            "programme": "rebar-worker-5",
            "mode": "DIRECTED",
            "venue": "BASE",
            "region": COUNTY,
            "capacity": capacity,
            "starts_on": starts.isoformat(),
            "ends_on": (starts + timedelta(days=9)).isoformat(),
            "lessons": lessons(starts=starts),
            "teachers": ["T-1"],
            **further,
        }
        return await self.training.post("/v1/classes", body, **self.institution)

    async def open(self, capacity: int = 4, starts: date = STARTS, **further: Any) -> str:
        """The id of a class that was filed and approved."""
        found = done(await self.file(capacity, starts, **further))
        key: str = found["training_class"]
        done(await self.training.post(f"/v1/classes/{key}/approval", **OFFICE))
        return key

    def choice(self, n: int, training_class: str, *others: str) -> dict[str, Any]:
        return {
            "worker": worker(n),
            "training_class": training_class,
            "options": [training_class, *others],
            "chosen_on": "2026-03-20",
            "evidence": "选择登记〔2026〕1号",
        }

    async def choose(self, numbers: Sequence[int], training_class: str) -> list[dict[str, Any]]:
        """Verdicts of recorded choices."""
        body = {"choices": [self.choice(n, training_class) for n in numbers]}
        found = done(await self.training.post("/v1/choice-batches", body, **OFFICE), 200)
        results: list[dict[str, Any]] = found["results"]
        return results

    async def enrol(self, n: int, training_class: str, key: str | None = None) -> httpx.Response:
        body = {"worker": worker(n)}
        path = f"/v1/classes/{training_class}/enrolments"
        return await self.training.post(path, body, key=key, **self.institution)

    async def hold(self, training_class: str, day: int, numbers: Sequence[int], minutes: int = 360) -> httpx.Response:
        """The session of a day of the class."""
        body = {
            "on": (STARTS + timedelta(days=day)).isoformat(),
            "starts_at": "08:30",
            "minutes": minutes,
            "form": "DAYTIME",
            "teacher": "T-1",
            "present": [{"worker": worker(n)} for n in numbers],
        }
        return await self.training.post(f"/v1/classes/{training_class}/sessions", body, **self.institution)

    async def close(self, training_class: str, tests: dict[int, str]) -> httpx.Response:
        body = {
            "closed_on": (STARTS + timedelta(days=9)).isoformat(),
            "results": [{"worker": worker(n), "test": test} for n, test in tests.items()],
        }
        return await self.training.post(f"/v1/classes/{training_class}/closing", body, **self.institution)

    async def get(self, path: str, **parameters: Any) -> dict[str, Any]:
        return done(await self.training.get(path, parameters, **OFFICE), 200)
