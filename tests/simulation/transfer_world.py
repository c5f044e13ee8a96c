"""Placement of two provinces, or of one with two counties, whose officers do whatever comes to their minds while
messages are late, doubled and overtaken. Rules, policies and timers are the service's own."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from contracts.addressed import addressees
from contracts.persons import DECEASED
from contracts.region import province_of
from eventcore import Acting as By
from eventcore.call import Outcome
from eventcore.desk import State
from eventcore.facts import Fact, Meta
from placement.app import SERVICE
from placement.jobs.employments.events import EmploymentStarted, Terms
from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.events import Terms as AgreementTerms
from placement.offers.agreements.state import HOME, InForce, side_key
from placement.offers.known.events import OfferNoted
from placement.offers.known.offer import OFFER, OnOffer
from placement.offers.vacancies.events import Terms as VacancyTerms
from placement.offers.vacancies.state import Open
from placement.offers.vacancies.vacancy import VACANCY
from placement.transfers.home import commands as home
from placement.transfers.home import state as at_home
from placement.transfers.home.transfer import TRANSFER
from placement.transfers.host import commands as host
from placement.transfers.host import state as at_host
from placement.transfers.host.reception import RECEPTION
from placement.transfers.host.state import JOB_OF_TRANSFER
from placement.transfers.permission.permission import PERMISSION, EndActing, Holder
from placement.transfers.permission.permission import Acting as Permitted
from placement.transfers.persons.events import PersonEnded
from placement.transfers.persons.person import PERSON, Note, Person

from tests.simulation.node import Node, node

BEGIN: Final = datetime(2026, 5, 4, 2, tzinfo=UTC)
WORKERS: Final = ("wang", "li", "zhao", "chen", "liu", "yang")
COUNTIES: Final = {"over the border": ("520526", "440306"), "within one province": ("520526", "520102")}
WELDER: Final = "2022/6-18-02-04"
EMPLOYER: Final = "91440300MA5FABCD1X"
FOREVER: Final = date(2027, 1, 1)
SEEDS: Final = 12
HOURS: Final = timedelta(hours=12)
SIDES: Final = ("transfer-", "reception-")


@dataclass(slots=True)
class Both:
    """Home and host, in one service or in two, and what is on the way between them."""

    chance: random.Random
    counties: tuple[str, str]
    nodes: dict[str, Node]
    pace: float
    """How soon messages are carried, beside what else happens."""
    now: datetime = BEGIN
    bus: list[tuple[str, Fact[Any]]] = field(default_factory=list)
    commands: int = 0

    @property
    def home(self) -> Node:
        return self.nodes[province_of(self.counties[0])]

    @property
    def host(self) -> Node:
        return self.nodes[province_of(self.counties[1])]

    def by(self, side: str) -> By:
        return By(official="zhao", organisation=f"hr-{side}", today=self.now.date())

    def send(self, to: Node, decider: Any, key: str, command: Any) -> Outcome:
        self.commands += 1
        return to.send(decider, key, command, f"caller/{self.commands}", self.now)

    def transfers(self) -> Iterator[str]:
        yield from (stream.removeprefix("transfer-") for stream in self.home.log.states if stream.startswith(SIDES[0]))

    def step(self) -> None:
        """Something happens somewhere."""
        self.now += timedelta(minutes=self.chance.randint(0, 20))
        act: Callable[[], None] = self.chance.choices([self._work, self._carry, self._officer], [10, self.pace, 6])[0]
        act()

    def settle(self) -> None:
        """Everything that is on the way arrives, every timer rings, nobody asks for anything more."""
        for _ in range(400):
            self.now += HOURS
            while self._busy():
                self._work(everything=True)
                self._carry(everything=True)
            if not any(stream.startswith(SIDES) for each in self.nodes.values() for stream, _ in each.log.timers):
                return
        raise AssertionError("timers ring for ever")

    def _busy(self) -> bool:
        behind = any(each.ready for each in self.nodes.values())
        due = any(at <= self.now for each in self.nodes.values() for at in each.log.timers.values())
        unsent = any(each.unsent for each in self.nodes.values())
        return behind or due or unsent or bool(self.bus)

    def _work(self, *, everything: bool = False) -> None:
        for each in self.nodes.values():
            readers = list(each.readers)
            self.chance.shuffle(readers)
            for reader in readers if everything else readers[: len(readers) // 2]:
                each.read(reader, 1_000 if everything else 4, self.now)
            if everything or self.chance.random() < 0.3:
                each.ring(self.now)

    def _carry(self, *, everything: bool = False) -> None:
        """What is published goes on the bus; of that, any message arrives, and may arrive again."""
        for each in self.nodes.values():
            self.bus += [(to, fact) for fact in each.relay(1_000) for to in addressees(fact.event)]
        self.chance.shuffle(self.bus)
        for to, fact in self.bus[: len(self.bus) if everything else 1]:
            self.nodes[to].log.take_in(fact, self.now)
            if everything or self.chance.random() < 0.7:
                self.bus.remove((to, fact))

    def _officer(self) -> None:
        known = list(self.transfers())
        going_on = [each for each in known if not isinstance(self.home.log.state(TRANSFER, each), at_home.Ended)]
        if not known or self.chance.random() < 0.15:
            return self._nominate(self.chance.choice(WORKERS), f"t{len(known) + 1}")
        transfer = self.chance.choice(going_on if going_on and self.chance.random() < 0.9 else known)
        acts = [self._at_home, self._at_host, self._job, self._registry]
        self.chance.choices(acts, [10, 16, 3, 2])[0](transfer)
        return None

    def _nominate(self, worker: str, transfer: str) -> None:
        answer_until = self.now + timedelta(hours=self.chance.randint(1, 60))
        command = home.Propose(
            transfer=transfer,
            worker=worker,
            vacancy="v",
            agreement="a",
            consented_on=BEGIN.date(),
            consent="1",
            answer_until=answer_until,
            dispatch_until=answer_until + timedelta(hours=self.chance.randint(1, 60)),
            now=self.now,
            by=self.by("520526"),
        )
        self.send(self.home, TRANSFER, transfer, command)

    def _at_home(self, transfer: str) -> None:
        by, day = self.by("520526"), self.now.date()
        leave = home.Dispatch(
            left_on=day, arrive_until=self.now + timedelta(hours=self.chance.randint(1, 4)), now=self.now, by=by
        )
        command = self.chance.choices([leave, home.Withdraw(reason="OWN_WISH", by=by)], [8, 1])[0]
        self.send(self.home, TRANSFER, transfer, command)

    def _at_host(self, transfer: str) -> None:
        by, day = self.by("440306"), self.now.date()
        commands: dict[host.ReceptionCommand, int] = {
            host.Accept(vacancy="v", by=by): 8,
            host.Reject(reason="NOT_SUITABLE", by=by): 2,
            host.RecordArrival(arrived_on=day, by=by): 3,
            host.RecordAbsence(transfer=transfer, now=self.now, by=by): 6,
            host.RecordReturn(transfer=transfer, reason="NOT_HIRED", returned_on=day, by=by): 6,
        }
        command = self.chance.choices(list(commands), list(commands.values()))[0]
        self.send(self.host, RECEPTION, transfer, command)

    def _job(self, transfer: str) -> None:
        """As `hiring` lets a job of a transfer begin: once, of who is on the way or there."""
        found, log = self.host.log.state(RECEPTION, transfer), self.host.log
        if not isinstance(found, at_host.Expected | at_host.Arrived) or (JOB_OF_TRANSFER, transfer) in log.guards:
            return
        log.guards[JOB_OF_TRANSFER, transfer] = f"job-{transfer}"
        terms = Terms(
            employment=f"job-{transfer}",
            worker=found.way.worker,
            home=found.way.home,
            employer=EMPLOYER,
            region=found.way.host,
            occupation=WELDER,
            form="CONTRACT",
            self_found=False,
            transfer=transfer,
        )
        event = EmploymentStarted(
            terms=terms, started_on=self.now.date(), certificates=(), official="chen", organisation=EMPLOYER
        )
        stream = f"employment-job-{transfer}"
        fact: Fact[Any] = Fact(
            event=event,
            id=f"{stream}/1",
            stream=stream,
            version=1,
            position=len(log.facts) + 1,
            occurred_at=self.now,
            recorded_at=self.now,
            meta=Meta(),
        )
        log.facts.append(fact)
        log.tell(fact)

    def _registry(self, transfer: str) -> None:
        """Seldom the worker dies, or another province becomes the steward."""
        found = self.home.log.state(TRANSFER, transfer)
        worker, has_left = found.plan.way.worker, isinstance(found, at_home.Dispatched | at_home.Arrived)
        if self.chance.random() < (0.6 if has_left else 0.05):
            self.send(self.home, PERSON, worker, Note(event=PersonEnded(worker=worker, ground=DECEASED)))
        elif self.chance.random() < 0.3:
            self.send(self.home, PERMISSION, worker, EndActing(worker=worker, epoch=1))


def both(counties: tuple[str, str], seed: int) -> Both:
    """One vacancy with two seats, an agreement of three places, six workers at home."""
    nodes = {region: node(SERVICE, region) for region in dict.fromkeys(province_of(each) for each in counties)}
    found = Both(random.Random(seed), counties, nodes, pace=3 if seed % 2 else 0.7)
    offer = OfferNoted(
        vacancy="v",
        province=found.host.region,
        employer=EMPLOYER,
        kind="ORDINARY",
        occupation=WELDER,
        level="0",
        certificate_needed=False,
        region=counties[1],
        heads=2,
        wage_from=1,
        wage_to=1,
        open_until=FOREVER,
        agreement="a",
    )
    names = (each for each in VacancyTerms.__dataclass_fields__)
    terms = VacancyTerms(**{name: getattr(offer, name) for name in names})
    agreed = AgreementTerms(
        kind="PROVINCE_PAIR",
        home=counties[0],
        host=counties[1],
        partner=None,
        occupations=(),
        quota=3,
        valid_from=date(2026, 1, 1),
        valid_to=FOREVER,
    )
    _know(found.host, VACANCY, "v", Open(vacancy="v", employer=EMPLOYER, terms=terms, agreement=None, to=()))
    _know(found.home, OFFER, "v", OnOffer(terms=offer))
    _know(found.home, AGREEMENT, side_key("a", HOME), InForce(agreement="a", side=HOME, terms=agreed))
    for worker in WORKERS:
        _know(found.home, PERSON, worker, Person(region=counties[0]))
        _know(found.home, PERMISSION, worker, Permitted(epoch=1, holder=Holder()))
    return found


def _know(at: Node, decider: Any, key: str, state: Any) -> None:
    at.log.states[decider.stream(key)] = State(1, state)
