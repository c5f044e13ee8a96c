"""Training in the demonstration: institutions are accredited, their classes filed, chosen, filled, held and closed."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any, Final

import httpx
from stdnum.cn import uscc

from lb.demo.counties import PLAN, Trainee
from lb.demo.offices import Office, batched, each_of
from lb.demo.quiet import settled
from lb.deployment import Deployment
from lb.problems import Problem

SEATS: Final = 36
DAYS: Final = 10
MINUTES: Final = 360
FIRST_DAY: Final = date(2026, 9, 1)
CLOSED: Final = date(2026, 9, 15)
_CHOICES: Final = 200
_ROUNDS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """What is taught and assessed."""

    programme: str
    title: str
    occupation: str
    level: str = "5"


TRADES: Final = (
    Trade(programme="rebar-worker-5", title="钢筋工（五级）", occupation="2022/6-29-01-04"),
    Trade(programme="housekeeper-5", title="家政服务员（五级）", occupation="2022/4-10-01-06"),
    Trade(programme="welder-5", title="焊工（五级）", occupation="2022/6-18-02-04"),
    Trade(programme="electrical-fitter-5", title="电气设备安装工（五级）", occupation="2022/6-29-03-02"),
)
LISTED: Final = frozenset({"welder-5"})
"""Programmes of an occupation that needs its certificate (R-PLC-16)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A class that is over, and who was in it."""

    training_class: str
    county: str
    institution: str
    trade: Trade
    trainees: Sequence[Trainee]
    passed: Sequence[Trainee]
    """Those who completed it."""
    first_absence: str
    """A trainee who was not there on the first day, and was all the same, as it turns out later."""


def credit_code(department: str, county: str, number: int) -> str:
    """Of an organisation that does not exist, in a real county (GB 32100)."""
    front = f"{department}{county}MA{number:06d}L"
    return front + uscc.calc_check_digit(front)


class Training:
    """The labour department's side of training, and an institution in every county."""

    def __init__(self, deployment: Deployment, client: httpx.AsyncClient) -> None:
        self._training = deployment.address("training")
        self._deployment, self._client = deployment, client
        self._officer = Office(deployment, client, "training-officer", deployment.region)
        self._operator = Office(deployment, client, "operator", deployment.region)
        self._keys = count()
        self.institutions: dict[str, str] = {}
        """By county."""

    async def train(self, trainees: Sequence[Trainee], advance: Callable[[], None]) -> list[Held]:
        """Everything from the accreditation to the last closing. Later trainees are of the same counties."""
        counties = sorted({each.county for each in trainees})
        if not self.institutions:
            self.institutions = {county: credit_code("52", county, n) for n, county in enumerate(counties)}
            await self._prepare(self.institutions)
        institutions = self.institutions
        await self._officer.until_there(f"{self._training}/v1/workers/{trainees[-1].worker}/training")
        groups = [
            (county, TRADES[n % len(TRADES)], members)
            for county in counties
            for n, members in enumerate(batched([each for each in trainees if each.county == county], SEATS))
        ]
        filed = await each_of(groups, lambda each: self._file(institutions[each[0]], *each[:2]))
        await self._choose(groups, filed)
        await settled(self._deployment, self._operator, "training")
        held = await each_of(
            list(zip(filed, groups, strict=True)),
            lambda each: self._hold(each[0], institutions[each[1][0]], *each[1]),
            advance,
        )
        await settled(self._deployment, self._operator, "training")
        return held

    async def _prepare(self, institutions: dict[str, str]) -> None:
        """Institutions, programmes and the plan."""
        await each_of(institutions.items(), self._accredit)
        await each_of(TRADES, self._list)
        plan = {
            "plan": PLAN,
            "region": self._deployment.region,
            "year": FIRST_DAY.year,
            "content": "建筑、家政等就业技能培训",
            "lines": [{"occupation": each.occupation, "heads": 5000, "funds": 900_000_000} for each in TRADES],
            "institutions": list(institutions.values()),
            "evidence": "黔人社发〔2026〕3号",
        }
        await self._do(self._officer, "plans", plan)

    async def _accredit(self, where: tuple[str, str]) -> None:
        county, code = where
        institution = {
            "institution": code,
            "title": f"{county}职业培训学校",
            "kind": "TECHNICAL_SCHOOL",
            "region": county,
            "evidence": f"{county}-办学-1",
        }
        await self._do(self._officer, "institutions", institution)
        accreditation = {
            "grade": "RECOGNISED",
            "scores": [
                {"criterion": name, "points": 85} for name in ("TEACHERS", "EQUIPMENT", "MANAGEMENT", "RESULTS")
            ],
            "occupations": [each.occupation for each in TRADES],
            "accredited_on": "2026-01-15",
            "evidence": f"{county}-认定-1",
        }
        await self._do(self._officer, f"institutions/{code}/accreditations", accreditation)

    async def _list(self, trade: Trade) -> None:
        programme = {
            "programme": trade.programme,
            "title": trade.title,
            "occupation": trade.occupation,
            "level": trade.level,
            "category": "EMPLOYMENT_SKILLS",
            "standard": {"kind": "NATIONAL", "reference": f"GZB {trade.occupation[5:]}"},
            "minimum_minutes": (DAYS - 2) * MINUTES,
            "minimum_days": DAYS - 2,
            "valid_from": "2026-01-01",
            "evidence": "黔人社发〔2026〕5号",
        }
        await self._do(self._officer, "programmes", programme)

    async def _file(self, institution: str, county: str, trade: Trade) -> str:
        body = {
            "plan": PLAN,
            "programme": trade.programme,
            "venue": "BASE",
            "region": county,
            "capacity": SEATS,
            "starts_on": FIRST_DAY.isoformat(),
            "ends_on": list(_days())[-1].isoformat(),
            "lessons": [
                {"on": day.isoformat(), "starts_at": "08:30", "minutes": MINUTES, "subject": "实操", "teacher": "T-1"}
                for day in _days()
            ],
            "teachers": ["T-1"],
        }
        filed = (await self._do(self._school(county, institution), "classes", body))["training_class"]
        await self._do(self._officer, f"classes/{filed}/approval")
        return str(filed)

    async def _choose(self, groups: Sequence[tuple[str, Trade, list[Trainee]]], filed: Sequence[str]) -> None:
        """Each trainee sees the classes of the county, and chooses one of them."""
        classes = {county: [key for (c, _, _), key in zip(groups, filed, strict=True) if c == county][:20]
                   for county, _, _ in groups}  # fmt: skip
        choices = [
            {
                "worker": trainee.worker,
                "training_class": key,
                "options": sorted({*classes[county], key}),
                "chosen_on": "2026-08-20",
                "evidence": f"{county}-选择-{n}",
            }
            for (county, _, members), key in zip(groups, filed, strict=True)
            for n, trainee in enumerate(members, 1)
        ]
        for batch in batched(choices, _CHOICES):
            await self._officer.batch(f"{self._training}/v1/choice-batches", self._key(), {"choices": batch})

    async def _hold(
        self, training_class: str, institution: str, county: str, trade: Trade, members: list[Trainee]
    ) -> Held:
        """Seats by priority, ten days of lessons, and the closing test."""
        school, where = self._school(county, institution), f"classes/{training_class}"
        await self._fill(f"{self._training}/v1/{where}/enrolment-rounds")
        for n, day in enumerate(_days()):
            present = [{"worker": each.worker} for m, each in enumerate(members) if not _absent(m, n)]
            lesson = {"on": day.isoformat(), "starts_at": "08:30", "minutes": MINUTES, "form": "DAYTIME"}
            await self._do(school, f"{where}/sessions", lesson | {"teacher": "T-1", "present": present})
        tests = [
            {"worker": each.worker, "test": "FAILED" if m % 24 == 23 else "PASSED"} for m, each in enumerate(members)
        ]
        await self._do(school, f"{where}/closing", {"closed_on": CLOSED.isoformat(), "results": tests})
        return Held(
            training_class=training_class,
            county=county,
            institution=institution,
            trade=trade,
            trainees=members,
            passed=[each for m, each in enumerate(members) if m % 24 != 23 and m % 18 != 17],
            first_absence=members[0].worker,
        )

    async def _fill(self, rounds: str) -> None:
        """A round, and others where seats were not given to all: a list of who waits may be older than a round before.
        Problem where that does not help."""
        for _ in range(_ROUNDS):
            answer = await self._officer.post(rounds, self._key())
            found: dict[str, Any] = answer.json()
            refused = [each for each in found.get("results", [found]) if each["status"] not in (200, 201)]
            if not refused or found.get("code") == "nobody_waits":
                return
            await asyncio.sleep(0.1)
        raise Problem(f"{rounds}: {refused[0]}", do="Report this.")

    async def correct_attendance(self, held: Held) -> None:
        """The first trainee was there on the first day after all: a paper list is found."""
        body = {
            "session": 1,
            "attendance": [{"worker": held.first_absence, "minutes": MINUTES}],
            "evidence": f"{held.county}-签到-1",
        }
        await self._do(self._officer, f"classes/{held.training_class}/corrections", body)

    def _school(self, county: str, institution: str) -> Office:
        return Office(self._deployment, self._client, "institution", county, organisation=institution)

    async def _do(self, office: Office, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        return await office.do(f"{self._training}/v1/{path}", self._key(), body)

    def _key(self) -> str:
        return f"training-{next(self._keys)}"


def _days() -> Iterator[date]:
    return (FIRST_DAY + timedelta(days=n) for n in range(DAYS))


def _absent(member: int, day: int) -> bool:
    """The first member misses the first day, every fifth one a day, one of eighteen so many that it is not enough."""
    return (
        (member == 0 and day == 0) or (member % 5 == 4 and day == member % DAYS) or (member % 18 == 17 and day % 2 == 0)
    )
