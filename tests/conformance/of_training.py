"""Training: what each of its routes would accept, about institutions, classes and trainees of its own."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import count, islice
from typing import Any, Final

from contracts.training_codes import ACCREDITATION_CRITERIA
from lb.demo.classes import credit_code

from tests.conformance.offices import STARTS, Service, Who
from tests.conformance.preparing import CITY, COUNTY, EVIDENCE, PROVINCE
from tests.conformance.routes import Request
from tests.e2e.province import today

OFFICER: Final = Who(office="training-officer")
OF_PROVINCE: Final = Who(office="training-officer", region=PROVINCE)
OCCUPATION: Final = "2022/6-29-01-04"
PLAN: Final = f"{CITY}-{STARTS.year}"
PROGRAMME: Final = "conformance-rebar-worker-5"
SEATS: Final = 20
MINUTES: Final = 360
LAST_DAY: Final = STARTS + timedelta(days=3)
_NUMBERS: Final = count(700)


def new_institution() -> str:
    return credit_code("52", COUNTY, next(_NUMBERS))


def registration(code: str) -> dict[str, Any]:
    return {
        "institution": code,
        "title": "毕节某技工学校",
        "kind": "TECHNICAL_SCHOOL",
        "region": CITY,
        "evidence": EVIDENCE,
    }


def accreditation() -> dict[str, Any]:
    return {
        "grade": "PROVINCIAL",
        "scores": [{"criterion": each.code, "points": 85} for each in ACCREDITATION_CRITERIA.codes],
        "occupations": [OCCUPATION],
        "accredited_on": str(STARTS),
        "evidence": EVIDENCE,
    }


def content(valid_from: str) -> dict[str, Any]:
    return {
        "title": "钢筋工（五级）",
        "occupation": OCCUPATION,
        "level": "5",
        "category": "EMPLOYMENT_SKILLS",
        "standard": {"kind": "NATIONAL", "reference": "GZB 6-29-01-04"},
        "minimum_minutes": 2 * MINUTES,
        "minimum_days": 2,
        "valid_from": valid_from,
        "evidence": EVIDENCE,
    }


def plan(name: str, *institutions: str) -> dict[str, Any]:
    return {
        "plan": name,
        "region": CITY,
        "year": STARTS.year,
        "content": "建筑类就业技能培训",
        "lines": [{"occupation": OCCUPATION, "heads": 500, "funds": 90_000_000}],
        "institutions": list(institutions),
        "evidence": EVIDENCE,
    }


class Training:
    """The city's training: one accredited institution with a plan and a programme, where classes are held."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.base = self.accredited()
        self._do("/v1/programmes", {"programme": PROGRAMME, **content(str(STARTS))}, **OF_PROVINCE)
        self._do("/v1/plans", plan(PLAN, self.base), **OFFICER)
        self.school = Who(office="institution", region=COUNTY, organisation=self.base)

    def _do(self, path: str, body: Any = None, **who: Any) -> Any:
        return self.service.do(path, body, **who)

    def registered(self) -> str:
        """An institution, not accredited yet."""
        code = new_institution()
        self._do("/v1/institutions", registration(code), **OFFICER)
        return code

    def accredited(self) -> str:
        code = self.registered()
        self._do(f"/v1/institutions/{code}/accreditations", accreditation(), **OFFICER)
        return code

    def programme(self, name: str) -> str:
        self._do("/v1/programmes", {"programme": name, **content(str(STARTS))}, **OF_PROVINCE)
        return name

    def filed(self) -> str:
        return str(self._do("/v1/classes", self.filing(), **self.school)["training_class"])

    def filing(self) -> dict[str, Any]:
        days = (STARTS, STARTS + timedelta(days=1))
        lesson = {"starts_at": "08:30", "minutes": MINUTES, "subject": "实操", "teacher": "T-1"}
        return {
            "plan": PLAN,
            "programme": PROGRAMME,
            "venue": "BASE",
            "region": COUNTY,
            "capacity": SEATS,
            "starts_on": str(STARTS),
            "ends_on": str(LAST_DAY),
            "lessons": [{"on": str(day), **lesson} for day in days],
            "teachers": ["T-1"],
        }

    def open(self) -> str:
        key = self.filed()
        self._do(f"/v1/classes/{key}/approval", **OFFICER)
        return key

    def choice(self, worker: str, key: str) -> dict[str, Any]:
        return {
            "worker": worker,
            "training_class": key,
            "options": [key],
            "chosen_on": str(STARTS),
            "evidence": EVIDENCE,
        }

    def chosen(self, workers: Iterable[str]) -> str:
        """A class that these chose."""
        key = self.open()
        self._do("/v1/choice-batches", {"choices": [self.choice(each, key) for each in workers]}, **OFFICER)
        return key

    def seated(self, workers: Sequence[str]) -> str:
        """A class where these have seats."""
        key = self.chosen(workers)
        for each in workers:
            self._do(f"/v1/classes/{key}/enrolments", {"worker": each}, **OFFICER)
        return key

    def attended(self, workers: Sequence[str]) -> str:
        """A class with one session, where these have seats and were not."""
        key = self.seated(workers)
        self._do(f"/v1/classes/{key}/sessions", self.session(0), **self.school)
        return key

    def session(self, day: int, present: Iterable[str] = ()) -> dict[str, Any]:
        return {
            "on": str(STARTS + timedelta(days=day)),
            "starts_at": "08:30",
            "minutes": MINUTES,
            "form": "DAYTIME",
            "teacher": "T-1",
            "present": [{"worker": each} for each in present],
        }

    def closed(self) -> str:
        """A class where nobody was."""
        key = self.open()
        self._do(f"/v1/classes/{key}/closing", self.closing(), **self.school)
        return key

    def closing(self, workers: Iterable[str] = ()) -> dict[str, Any]:
        return {"closed_on": str(LAST_DAY), "results": [{"worker": each, "test": "PASSED"} for each in workers]}

    def completed(self, workers: Sequence[str]) -> str:
        """A class that all of these have completed."""
        key = self.seated(workers)
        for day in range(2):
            self._do(f"/v1/classes/{key}/sessions", self.session(day, workers), **self.school)
        self._do(f"/v1/classes/{key}/closing", self.closing(workers), **self.school)
        return key

    def places(self) -> dict[str, list[Any]]:
        documents = ["registration", "roster", "assessment", "placement"]
        return {"institution": [self.base], "programme": [PROGRAMME], "plan": [PLAN], "document": documents}

    def requests(self, trainees: Iterator[str], turn: int) -> Iterator[Request]:
        """Trainees are designated under the plan."""
        yield from self._of_institutions()
        yield from self._of_catalogue(turn)
        yield from self._of_classes(trainees)
        yield from self._of_enrolments(trainees)

    def _of_institutions(self) -> Iterator[Request]:
        ask, codes = self.service.asker(), {"nobody": (422, "request_invalid")}
        path, year = "/v1/institutions/{institution}", today().year
        revoked = {"ground": "FUNDS", "revoked_on": str(today()), "evidence": EVIDENCE}
        away = {"region": COUNTY, "valid_from": str(today()), "evidence": EVIDENCE}
        reviewed = {"year": year, "result": "PASSED", "evidence": EVIDENCE}
        yield ask("/v1/institutions", registration(new_institution()))
        yield ask(f"{path}/accreditations", accreditation(), self.registered(), **codes)
        yield ask(f"{path}/reviews", reviewed, self.accredited(), **codes)
        yield ask(f"{path}/revocation", revoked, self.accredited(), **codes)
        yield ask(f"{path}/mobile-deliveries", away, self.accredited(), **codes)

    def _of_catalogue(self, turn: int) -> Iterator[Request]:
        ask, words = self.service.asker(), {"strange": (404, "not_found"), "region": PROVINCE}
        later = str(today() + timedelta(days=30))
        changed, withdrawn = (self.programme(f"conformance-{what}-{turn}") for what in ("changed", "withdrawn"))
        yield ask("/v1/programmes", {"programme": f"conformance-listed-{turn}", **content(later)}, region=PROVINCE)
        yield ask("/v1/programmes/{programme}/versions", content(later), changed, **words)
        gone = {"withdrawn_on": later, "evidence": EVIDENCE}
        yield ask("/v1/programmes/{programme}/withdrawal", gone, withdrawn, **words)
        target = {"region": COUNTY, "stated": 200, "evidence": EVIDENCE}
        yield ask("/v1/plans", plan(f"{PLAN}-{turn}", self.base))
        yield ask("/v1/plans/{plan}/targets", target, PLAN, strange=(404, "not_found"))

    def _of_classes(self, trainees: Iterator[str]) -> Iterator[Request]:
        ask, path = self.service.asker(), "/v1/classes/{training_class}"
        worker = next(trainees)
        right = {"session": 1, "attendance": [{"worker": worker, "minutes": MINUTES}], "evidence": EVIDENCE}
        yield ask("/v1/classes", self.filing(), region=COUNTY, organisation=self.base)
        yield ask(f"{path}/approval", None, self.filed())
        yield ask(f"{path}/rejection", {"reason": "NO_NEED"}, self.filed())
        yield ask(f"{path}/sessions", self.session(0), self.open())
        yield ask(f"{path}/corrections", right, self.attended([worker]))
        yield ask(f"{path}/closing", self.closing(), self.open())
        yield ask(f"{path}/archive", None, self.closed())

    def _of_enrolments(self, trainees: Iterator[str]) -> Iterator[Request]:
        ask, path = self.service.asker(), "/v1/classes/{training_class}"
        one, other, seated, waiting, leaving = islice(trainees, 5)
        left = {"worker": leaving, "withdrawn_on": str(STARTS), "reason": "ILLNESS"}
        yield ask("/v1/choices", self.choice(one, self.open()))
        yield ask("/v1/choice-batches", {"choices": [self.choice(other, self.open())]})
        yield ask(f"{path}/enrolments", {"worker": seated}, self.chosen([seated]))
        yield ask(f"{path}/enrolment-rounds", None, self.chosen([waiting]))
        yield ask(f"{path}/withdrawals", left, self.seated([leaving]))
