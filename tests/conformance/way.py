"""The way of a county's trainees from the class to the money, so far that each route has something to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from lb.people import Person

from tests.conformance import of_inspections, of_reporting
from tests.conformance.of_certification import MARKED, Certification
from tests.conformance.of_claims import CLAIMS, Claims
from tests.conformance.of_jobs import Jobs
from tests.conformance.of_money import DUE, Money
from tests.conformance.of_placement import Placement
from tests.conformance.of_students import Students
from tests.conformance.of_training import PLAN, Training
from tests.conformance.of_transfers import Transfers
from tests.conformance.offices import Service
from tests.conformance.preparing import Offices, survey_of
from tests.conformance.routes import Request
from tests.e2e.province import Province

TURNS: Final = 2
CHOOSING: Final = 6
LIVING: Final = 2
KNOWN: Final = 2
BODYS_ACCOUNT: Final = 810_000_000
SURE: Final[dict[str, Any]] = {"groups": [{"group": "HARD_TO_EMPLOY", "valid_from": "2022-01-01"}]}
"""A group whose training, living and assessment are all subsidised."""
Requests = Mapping[tuple[str, str], Request]
"""By service and path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The workers of one turn."""

    choosing: Sequence[str]
    """Trainees who have not been in a class."""
    trained: Sequence[str]
    """One for each claim; and one more, whose certificate falls."""
    assessed: Sequence[str]
    """Without a class: `MARKED`, and one whose certificate is checked."""
    known: Sequence[str]
    """No more than that."""
    ending: str
    """Of the checked one's number."""

    @property
    def fallen(self) -> str:
        return self.trained[CLAIMS]

    @property
    def checked(self) -> str:
        return self.assessed[MARKED]


class Way:
    """What was made, with the services that it was made at."""

    def __init__(self, province: Province, made_up: Iterator[Person]) -> None:
        self._province = province
        self._reports = of_reporting.Reports(Service(province, "reporting"), TURNS)
        self.training = Training(Service(province, "training"))
        self.certification = Certification(Service(province, "certification"))
        self.claims = Claims(Service(province, "subsidy"))
        self.money = Money(Service(province, "subsidy"))
        self._turns = _people(province, made_up)
        self.placement = Placement(Service(province, "placement"), TURNS)
        going = [(*people.choosing, *people.assessed) for people in self._turns]
        self.transfers = Transfers(Service(province, "placement"), *self.placement.shared(), going)
        workers = [(people.known[0], people.known[1]) for people in self._turns]
        self.jobs = Jobs(Service(province, "placement"), workers)
        self.training_class = self.training.completed(self._of_all("trained"))
        self.students = Students(self.training, [people.trained for people in self._turns])
        province.settle()
        self._certified = self.certification.certified(self._of_all("trained"), self.training_class)
        self._marked = self.certification.certified(self._of_all("assessed"))
        province.settle()
        self._claims = {kind: self.claims.ready(kind) for kind in ("TRAINING", "ASSESSMENT", "LIVING")}
        self._pay()

    def _of_all(self, which: str) -> list[str]:
        return [worker for people in self._turns for worker in getattr(people, which)]

    def _pay(self) -> None:
        """Who lives on it has no account and is left out; what the body gets it owes back when certificates fall."""
        living = [self._claims["LIVING"][each] for people in self._turns for each in people.trained[:LIVING]]
        assessed = self._claims["ASSESSMENT"]
        falling = [assessed[people.fallen] for people in self._turns]
        due = [assessed[each] for people in self._turns for each in people.trained[:DUE]]
        self.claims.decide([*living, *falling, *due])
        self.money.paid_to(self.certification.body, BODYS_ACCOUNT)
        self._province.settle()
        self.money.pay(self.money.orders([*living, *falling]))
        for people in self._turns:
            self.certification.revoke(self._certified[people.fallen])
        self._province.settle()

    def requests(self) -> Sequence[Requests]:
        """By turn: what would be accepted."""
        found = []
        for turn, people in enumerate(self._turns):
            asked = [*self._of_trainees(people, turn), *self._of_money(people, turn), *self._reports.requests(turn)]
            asked += self.students.requests(turn)
            asked += self.placement.requests(turn)
            asked += self.transfers.requests(turn)
            asked += self.jobs.requests(turn, self.training_class, people.trained[0])
            found.append({(each.route.service, each.route.path): each for each in asked})
        return found

    def places(self) -> dict[str, list[Any]]:
        """Parameters of paths -> what a reader finds there."""
        return {
            **self.training.places(),
            **self.students.places(),
            **self.certification.places(self._marked),
            **self.claims.places(),
            **self.money.places(),
            **self._reports.places(),
            **self.placement.places(),
            **self.transfers.places(),
            **self.jobs.places(),
            "training_class": [self.training_class],
            "worker": self._of_all("trained"),
            "claim": [self._claims["ASSESSMENT"][people.fallen] for people in self._turns],
        }

    def _of_trainees(self, people: People, turn: int) -> Iterator[Request]:
        marked = {worker: self._marked[worker] for worker in people.assessed[:MARKED]}
        yield from self.training.requests(iter(people.choosing), turn)
        yield from of_inspections.requests(self.training.service, self.training_class, people.trained[0])
        yield from self.certification.requests(people.known, marked)
        yield self.certification.check(people.checked, people.ending)

    def _of_money(self, people: People, turn: int) -> Iterator[Request]:
        claims = {kind: [of.get(each, "") for each in people.trained] for kind, of in self._claims.items()}
        orders = self.money.orders(claims["ASSESSMENT"][:DUE])
        owed_back = self._claims["ASSESSMENT"][people.fallen]
        yield from self.claims.requests(claims["TRAINING"][:CLAIMS], people.known[0], turn)
        yield from self.money.requests(orders, claims["LIVING"][:LIVING], owed_back, turn)


def _people(province: Province, made_up: Iterator[Person]) -> list[People]:
    """Registered, and designated where they are to learn; all services know it."""
    sizes = (CHOOSING, CLAIMS + 1, MARKED + 1, KNOWN)
    offices, persons = Offices(province), [list(islice(made_up, sum(sizes))) for _ in range(TURNS)]
    made = [offices.record([survey_of(person, **SURE) for person in each]) for each in persons]
    offices.approve([survey for each in made for survey, _ in each])
    province.settle()
    found = [_parted(each[-KNOWN - 1], iter(workers), sizes) for each, workers in zip(persons, made, strict=True)]
    for people in found:
        for worker in (*people.choosing, *people.trained):
            offices.designate(worker, PLAN)
    province.settle()
    return found


def _parted(checked: Person, made: Iterator[tuple[str, str]], sizes: tuple[int, ...]) -> People:
    choosing, trained, assessed, known = ([worker for _, worker in islice(made, size)] for size in sizes)
    return People(choosing=choosing, trained=trained, assessed=assessed, known=known, ending=checked.number[-4:])
