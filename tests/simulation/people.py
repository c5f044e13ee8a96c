"""Who acts in the simulation: offices and employers of two provinces, who do by chance whatever they may do.

Each act is a command that the services' routes would send; what the rules refuse is part of life.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from eventcore import Acting
from eventcore.clock import LEGAL
from eventcore.decider import Decider
from placement.jobs.employments.commands import ConfirmMonth, EndEmployment, Hiring, Placed, StartEmployment
from placement.jobs.employments.employment import EMPLOYMENT
from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.commands import ProposeAgreement, SignAgreement
from placement.offers.agreements.events import Terms as AgreementTerms
from placement.offers.agreements.state import HOME, HOST, side_key
from placement.offers.employers.commands import RegisterEmployer
from placement.offers.employers.employer import EMPLOYER
from placement.offers.vacancies.commands import PublishVacancy
from placement.offers.vacancies.events import Terms as VacancyTerms
from placement.offers.vacancies.vacancy import VACANCY
from placement.transfers.home import state as sent
from placement.transfers.home.commands import Dispatch, Propose, Withdraw
from placement.transfers.home.transfer import TRANSFER
from placement.transfers.host import state as received
from placement.transfers.host.commands import Accept, RecordAbsence, RecordArrival, RecordReturn, Reject
from placement.transfers.host.reception import RECEPTION
from registry.workers.commands import RecordDeath, RegisterWorker, WithdrawDeath
from registry.workers.state import Registered
from registry.workers.worker import WORKER

from tests.simulation.node import Node, all_streams
from tests.simulation.world import World

OWN: Final = "520000"
OTHER: Final = "440000"
THIRD: Final = "330000"
COUNTIES: Final = {OWN: ("520111", "520526"), OTHER: ("440306", "441900"), THIRD: ("330106", "330206")}
FIRMS: Final = {
    OTHER: ("91440300MA5DA1234X", "91441900MA5DB5678Y"),
    THIRD: ("91330106MA5DA1234X", "91330206MA5DB5678Y"),
}
COOK: Final = "2022/4-03-02-01"
AGREED: Final = "agreement-1"
SEATS: Final = 3


@dataclass(slots=True, eq=False, repr=False)
class People:
    """Their part of the world, and a number for every act."""

    world: World
    workers: tuple[str, ...]
    vacancies: tuple[str, ...]
    acts: int = 0
    jobs: list[tuple[str, str, str]] = field(default_factory=list)
    deaths: list[tuple[str, str]] = field(default_factory=list)

    def settle_in(self) -> None:
        """Workers are registered, the provinces agree, employers offer work."""
        for n, worker in enumerate(self.workers):
            self.do(OWN, "registry", WORKER, worker, self._registration(n, worker))
        terms = self._agreement()
        proposal = ProposeAgreement(agreement=AGREED, side=HOME, terms=terms, by=self.by(OWN))
        self.do(OWN, "placement", AGREEMENT, side_key(AGREED, HOME), proposal)
        self.rest(1)
        self.do(OTHER, "placement", AGREEMENT, side_key(AGREED, HOST), SignAgreement(by=self.by(OTHER)))
        for province, firms in FIRMS.items():
            for firm, county in zip(firms, COUNTIES[province], strict=True):
                known = RegisterEmployer(employer=firm, title=firm, region=county, by=self.by(province))
                self.do(province, "placement", EMPLOYER, firm, known)
        for n, vacancy in enumerate(self.vacancies):
            self.do(OTHER, "placement", VACANCY, vacancy, self._offer(n, vacancy))
        self.rest(1)

    def rest(self, hours: float) -> None:
        """Time passes, and everything that is due is done."""
        self.world.rest(self.world.now + timedelta(hours=hours))

    def act(self) -> None:
        """Somebody does something."""
        self.world.chance.one(ACTS)(self)

    def by(self, region: str) -> Acting:
        return Acting(official=f"officer-{region}", organisation=f"hr-{region}", today=self.today)

    @property
    def today(self) -> date:
        return self.world.now.astimezone(LEGAL).date()

    def nominate(self) -> None:
        self.acts += 1
        now, chance = self.world.now, self.world.chance
        transfer = f"t{self.acts}"
        answer = now + timedelta(hours=chance.number(1, 240))
        command = Propose(
            transfer=transfer,
            worker=chance.one(self.workers),
            vacancy=chance.one(self.vacancies),
            agreement=AGREED,
            consented_on=self.today,
            consent=f"consent-{transfer}",
            answer_until=answer,
            dispatch_until=answer + timedelta(hours=chance.number(1, 240)),
            now=now,
            by=self.by(OWN),
        )
        self.do(OWN, "placement", TRANSFER, transfer, command)

    def answer(self) -> None:
        """The host accepts four of five."""
        for key, found in self._some(OTHER, "reception", received.Received):
            accept = Accept(vacancy=found.way.vacancy, by=self.by(OTHER))
            reject = Reject(reason="OTHER", by=self.by(OTHER))
            command = reject if self.world.chance.happens(0.2) else accept
            self.do(OTHER, "placement", RECEPTION, key, command)

    def withdraw(self) -> None:
        """Seldom."""
        if self.world.chance.happens(0.7):
            return
        for key, _ in self._some(OWN, "transfer", sent.Open):
            self.do(OWN, "placement", TRANSFER, key, Withdraw(reason="OTHER", by=self.by(OWN)))

    def dispatch(self) -> None:
        for key, _ in self._some(OWN, "transfer", (sent.Confirmed, sent.Nominated)):
            until = self.world.now + timedelta(hours=self.world.chance.number(1, 72))
            command = Dispatch(left_on=self.today, arrive_until=until, now=self.world.now, by=self.by(OWN))
            self.do(OWN, "placement", TRANSFER, key, command)

    def arrive(self) -> None:
        for key, _ in self._some(OTHER, "reception", received.Waiting):
            self.do(OTHER, "placement", RECEPTION, key, RecordArrival(arrived_on=self.today, by=self.by(OTHER)))

    def miss(self) -> None:
        for key, _ in self._some(OTHER, "reception", received.Expected):
            self.do(
                OTHER, "placement", RECEPTION, key, RecordAbsence(transfer=key, now=self.world.now, by=self.by(OTHER))
            )

    def go_back(self) -> None:
        for key, _ in self._some(OTHER, "reception", received.Arrived):
            command = RecordReturn(transfer=key, reason="OTHER", returned_on=self.today, by=self.by(OTHER))
            self.do(OTHER, "placement", RECEPTION, key, command)

    def employ(self) -> None:
        for key, found in self._some(OTHER, "reception", (received.Arrived, received.Expected)):
            placed = Placed(transfer=key, vacancy=found.way.vacancy)
            firm = self.vacancies.index(found.way.vacancy) % 2
            self._hire(OTHER, found.way.worker, firm, placed)

    def find_alone(self) -> None:
        """A worker finds a job in another province."""
        chance = self.world.chance
        if chance.happens(0.4):
            self._hire(chance.one((OTHER, THIRD)), chance.one(self.workers), 1, None)

    def confirm_month(self) -> None:
        if self.jobs:
            province, job, _ = self.world.chance.one(self.jobs)
            month = f"{self.today:%Y-%m}"
            command = ConfirmMonth(month=month, days=20, wage=450_000, insured=True, by=self.by(province))
            self.do(province, "placement", EMPLOYMENT, job, command)

    def leave(self) -> None:
        if self.jobs and self.world.chance.happens(0.5):
            province, job, worker = self.world.chance.one(self.jobs)
            command = EndEmployment(worker=worker, ended_on=self.today, reason="RESIGNED", by=self.by(province))
            self.do(province, "placement", EMPLOYMENT, job, command)

    def die(self) -> None:
        """A death is recorded, at home or, more often here, where a guest works."""
        guests = [(region, each) for region in (OTHER, THIRD) for each in self._looked_after(region)]
        if self.world.chance.happens(0.5):
            province, worker = self.world.chance.one(guests or [(OWN, each) for each in self.workers])
            by = self.by(province)
            command = RecordDeath(
                died_on=self.today, evidence="1", official=by.official, organisation=by.organisation, today=self.today
            )
            self.deaths.append((province, worker))
            self.do(province, "registry", WORKER, worker, command)

    def live(self) -> None:
        """It was recorded wrongly, as most of them here: whoever recorded it, or home, takes it back."""
        if self.deaths:
            province, worker = self.world.chance.one(self.deaths)
            region = self.world.chance.one((OWN, province))
            command = WithdrawDeath(evidence="2", official="another", organisation=self.by(region).organisation)
            self.do(region, "registry", WORKER, worker, command)

    def lose_key(self) -> None:
        """Seldom a province's signing key is revoked."""
        if self.world.chance.happens(0.5):
            self.world.revoke(self.world.chance.one((OWN, OTHER, THIRD)))

    def wait(self) -> None:
        self.world.now += timedelta(hours=self.world.chance.seconds(4))

    def _hire(self, province: str, worker: str, firm: int, placed: Placed | None) -> None:
        self.acts += 1
        key = f"e{self.acts}"
        hiring = Hiring(
            employment=key,
            worker=worker,
            home=COUNTIES[OWN][0],
            employer=FIRMS[province][firm],
            region=COUNTIES[province][firm],
            occupation=COOK,
            form="CONTRACT",
            placed=placed,
        )
        self.jobs.append((province, key, worker))
        command = StartEmployment(hiring=hiring, started_on=self.today, by=self.by(province))
        self.do(province, "placement", EMPLOYMENT, key, command)

    def _looked_after(self, region: str) -> Iterator[str]:
        """Guests of a province while it is responsible."""
        for worker, state in all_streams(self.world.node(region, "registry"), "worker"):
            if isinstance(state, Registered) and state.acting.is_guest and state.acting.steward is None:
                yield worker

    def _some(self, region: str, category: str, kind: Any) -> Sequence[tuple[str, Any]]:
        """One of the streams that are in this state, where there is any."""
        found = [
            each for each in all_streams(self.world.node(region, "placement"), category) if isinstance(each[1], kind)
        ]
        return [self.world.chance.one(found)] if found else []

    def do(self, region: str, service: str, decider: Decider[Any, Any, Any], key: str, command: Any) -> None:
        """Sends a command, and now and then a second time."""
        self.acts += 1
        node: Node = self.world.node(region, service)
        id, now = f"act/{self.acts}", self.world.now
        node.send(decider, key, command, id, now)
        if self.world.chance.happens(0.05):
            node.send(decider, key, command, id, now)  # who got no answer asks again

    def _registration(self, n: int, worker: str) -> RegisterWorker:
        return RegisterWorker(
            worker=worker,
            survey=f"survey-{n}",
            household_region=COUNTIES[OWN][n % 2],
            groups=(),
            organisation="hr-520000",
        )

    def _agreement(self) -> AgreementTerms:
        return AgreementTerms(
            kind="PROVINCE_PAIR",
            home=OWN,
            host=OTHER,
            partner=None,
            occupations=(),
            quota=1000,
            valid_from=self.today,
            valid_to=self.today + timedelta(days=900),
        )

    def _offer(self, n: int, vacancy: str) -> PublishVacancy:
        firm = n % 2
        terms = VacancyTerms(
            kind="REGULAR",
            occupation=COOK,
            level="0",
            certificate_needed=False,
            region=COUNTIES[OTHER][firm],
            heads=SEATS,
            wage_from=400_000,
            wage_to=500_000,
            open_until=self.today + timedelta(days=700),
        )
        return PublishVacancy(
            vacancy=vacancy, employer=FIRMS[OTHER][firm], terms=terms, agreement=AGREED, by=self.by(OTHER)
        )


ACTS: Final[tuple[Callable[[People], None], ...]] = (
    People.nominate, People.nominate, People.nominate, People.answer, People.answer, People.answer, People.withdraw,
    People.dispatch, People.dispatch, People.arrive, People.arrive, People.miss, People.go_back, People.employ,
    People.employ, People.find_alone, People.confirm_month, People.leave, People.leave, People.die, People.live,
    People.live, People.live, People.wait, People.wait, People.lose_key,
)  # fmt: skip
"""What is done, as often as it stands here."""


def people(world: World, workers: int = 8, vacancies: int = 4) -> People:
    """So many workers of the one province, and vacancies in the other."""
    return People(world, tuple(f"w{n}" for n in range(workers)), tuple(f"v{n}" for n in range(vacancies)))
