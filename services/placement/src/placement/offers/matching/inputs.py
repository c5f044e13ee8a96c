"""What a run looks at: workers who wish a job and for whom this province acts, and vacancies with free seats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eventcore.decider import Rejected
from eventcore.readers import queries
from eventcore.store import Store
from sqlmodel import col

from placement.jobs.qualifications.qualification import QUALIFICATION, Qualifications
from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.state import HOME, InForce, side_key
from placement.offers.employers.views.employers import bases_of
from placement.offers.known.views.offers import OfferRow, OfferTable, Wanted, offers
from placement.offers.matching.matching import MOST
from placement.offers.matching.scoring import Candidate, Opening, Skill
from placement.offers.matching.views.candidates import who_wish_a_job
from placement.offers.matching.views.matches import spoken_for
from placement.offers.vacancies.state import Open
from placement.offers.vacancies.vacancy import VACANCY
from placement.transfers.permission.permission import OPEN_TRANSFER, PERMISSION, Acting
from placement.transfers.persons.person import PERSON, Person, require_known


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The store, and the day of the run."""

    store: Store
    day: date

    async def candidates(self, region: str) -> tuple[Candidate, ...]:
        """Who may be nominated at all: known here, acted for here, on no way yet."""
        rows = await queries.Query(who_wish_a_job(region, spoken_for(), MOST)).fetch(self.store.pool)
        workers = [row["worker"] for row in rows]
        persons = await self.store.states(PERSON, workers)
        permissions = await self.store.states(PERMISSION, workers)
        skilled = await self.store.states(QUALIFICATION, workers)
        guards = [(OPEN_TRANSFER, worker) for worker in workers]
        on_their_way = (await self.store.loader.load((), guards)).holders if workers else {}
        return tuple(
            self._candidate(worker, persons[worker][0], skilled[worker][0])
            for worker in workers
            if isinstance(permissions[worker][0], Acting)
            and (OPEN_TRANSFER, worker) not in on_their_way
            and self._is_free(persons[worker][0])
        )

    def _is_free(self, person: Person) -> bool:
        try:
            return bool(require_known(person, self.day))
        except Rejected:
            return False

    def _candidate(self, worker: str, person: Person, skilled: Qualifications) -> Candidate:
        skills = (Skill(occupation=each.occupation, level=each.level) for each in skilled.holding_on(self.day))
        return Candidate(
            worker=worker,
            region=require_known(person, self.day),
            groups=tuple(sorted(person.groups_on(self.day))),
            skills=tuple(skills),
        )

    async def openings(self, wanted: Wanted) -> tuple[Opening, ...]:
        """Own vacancies with the seats that are free; of others only the host knows, so all their seats. What is shared
        under an agreement that does not hold for it today is left out."""
        first = offers(wanted).order_by(col(OfferTable.region), col(OfferTable.vacancy)).limit(MOST)
        rows = [OfferRow(**row) for row in await queries.Query(first).fetch(self.store.pool)]
        bases, homes = await self._bases(rows), await self._homes(rows)
        own = await self.store.states(VACANCY, [row.vacancy for row in rows])
        free = {key: found.free for key, (found, _) in own.items() if isinstance(found, Open)}
        openings = (
            self._opening(row, free.get(row.vacancy, row.heads), row.employer in bases, homes.get(row.vacancy))
            for row in rows
            if row.agreement is None or row.vacancy in homes
        )
        return tuple(each for each in openings if each.seats > 0)

    async def _homes(self, rows: Sequence[OfferRow]) -> Mapping[str, str]:
        """Vacancy -> home of the agreement in force under which it is shared."""
        keys = {row.vacancy: side_key(row.agreement, HOME) for row in rows if row.agreement is not None}
        found = await self.store.states(AGREEMENT, dict.fromkeys(keys.values()))
        agreements = ((row, found[keys[row.vacancy]][0]) for row in rows if row.vacancy in keys)
        return {
            row.vacancy: agreement.terms.home
            for row, agreement in agreements
            if isinstance(agreement, InForce) and agreement.unfit(row.occupation, self.day) is None
        }

    async def _bases(self, rows: Sequence[OfferRow]) -> frozenset[str]:
        found = await queries.Query(bases_of({row.employer for row in rows})).fetch(self.store.pool)
        return frozenset(row["employer"] for row in found)

    def _opening(self, row: OfferRow, seats: int, base: bool, home: str | None) -> Opening:
        return Opening(
            vacancy=row.vacancy,
            kind=row.kind,
            occupation=row.occupation,
            level=row.level,
            certificate_needed=row.certificate_needed,
            region=row.region,
            seats=seats,
            base=base,
            agreement=row.agreement,
            home=home,
        )
