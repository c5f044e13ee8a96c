"""The rules of a vacancy: published by a registered employer, changed, shared under an agreement, closed by a person or
by its last day (R-PLC-13, R-XRG-12)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, assert_never

from contracts.region import lies_in, province_of
from eventcore import Acting, Decider, Effect, Read, Seen, Wake
from eventcore.clock import LEGAL
from eventcore.decider import Undecided

from placement.offers.agreements import refusals as agreement_refusals
from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.state import HOST, addressees, in_force, side_key
from placement.offers.employers.employer import EMPLOYER, Registered
from placement.offers.employers.employer import known as registered
from placement.offers.vacancies import refusals
from placement.offers.vacancies.commands import (
    ChangeVacancy,
    CloseVacancy,
    FreeSeat,
    HoldSeat,
    LapseVacancy,
    PublishVacancy,
    ShareVacancy,
    TakeSeat,
    VacancyCommand,
)
from placement.offers.vacancies.events import (
    Terms,
    VacancyChanged,
    VacancyClosed,
    VacancyEvent,
    VacancyFilled,
    VacancyPublished,
    VacancyShared,
)
from placement.offers.vacancies.seats import seat
from placement.offers.vacancies.state import Open, Unknown, Vacancy, evolve, known, still_open

TERM: Final = "TERM"
TIMER: Final = "open-until"


def decide(command: VacancyCommand, found: Vacancy, seen: Seen) -> Sequence[VacancyEvent]:
    match command:
        case PublishVacancy():
            return publish(command, found, seen)
        case ChangeVacancy():
            return change(command, still_open(found), seen)
        case ShareVacancy():
            return share(command, still_open(found), seen)
        case CloseVacancy(reason=reason, by=by):
            return close(found, reason, by)
        case LapseVacancy():
            return close(found, TERM, None)
        case HoldSeat() | TakeSeat() | FreeSeat():
            return seat(command, known(found))
        case _:
            assert_never(command)


def publish(command: PublishVacancy, found: Vacancy, seen: Seen) -> Sequence[VacancyEvent]:
    if not isinstance(found, Unknown):
        return []
    employer = registered(seen.state(EMPLOYER, command.employer))
    _require_sense(command.terms, employer, command.by.today)
    to = _shared_to(command.agreement, command.employer, command.terms, seen, command.by.today)
    return [
        VacancyPublished(
            vacancy=command.vacancy,
            employer=command.employer,
            terms=command.terms,
            agreement=command.agreement,
            to=to,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def change(command: ChangeVacancy, found: Open, seen: Seen) -> Sequence[VacancyEvent]:
    """What is held or taken keeps its seat. Other work or another place has to be of the agreement too; the rest may
    change after its end: who was told of the vacancy goes on hearing of it."""
    if command.agreement != found.agreement:
        raise Undecided  # shared meanwhile: this process looked at another agreement
    if command.terms == found.terms:
        return []
    _require_sense(command.terms, registered(seen.state(EMPLOYER, found.employer)), command.by.today)
    if command.terms.heads < found.seats.in_use:
        raise refusals.SeatsInUse
    if (command.terms.region, command.terms.occupation) != (found.terms.region, found.terms.occupation):
        _shared_to(found.agreement, found.employer, command.terms, seen, command.by.today)
    changed = VacancyChanged(
        vacancy=found.vacancy,
        employer=found.employer,
        terms=command.terms,
        agreement=found.agreement,
        to=found.to,
        official=command.by.official,
        organisation=command.by.organisation,
    )
    full = command.terms.heads == found.seats.in_use
    return [changed, VacancyFilled(vacancy=found.vacancy, to=found.to)] if full else [changed]


def share(command: ShareVacancy, found: Open, seen: Seen) -> Sequence[VacancyEvent]:
    """Under one agreement, for good: who was told of it has to hear of its end."""
    if found.agreement == command.agreement:
        return []
    if found.agreement is not None:
        raise refusals.SharedAlready
    to = _shared_to(command.agreement, found.employer, found.terms, seen, command.by.today)
    shared = VacancyShared(
        vacancy=found.vacancy,
        employer=found.employer,
        terms=found.terms,
        agreement=command.agreement,
        to=to,
        official=command.by.official,
        organisation=command.by.organisation,
    )
    return [shared, VacancyFilled(vacancy=found.vacancy, to=to)] if found.full else [shared]


def close(found: Vacancy, reason: str, by: Acting | None) -> Sequence[VacancyEvent]:
    """Seats stay as they are: home has not answered yet, or the worker is at work."""
    vacancy = known(found)
    if not isinstance(vacancy, Open):
        return []
    return [
        VacancyClosed(
            vacancy=vacancy.vacancy,
            reason=reason,
            to=vacancy.to,
            official=by.official if by else "",
            organisation=by.organisation if by else "",
        )
    ]


def _require_sense(terms: Terms, employer: Registered, today: date) -> None:
    if terms.wage_to < terms.wage_from or terms.open_until < today:
        raise refusals.VacancyTermsWrong
    if province_of(terms.region) != province_of(employer.region):
        raise refusals.EmployerElsewhere


def _shared_to(agreement: str | None, employer: str, terms: Terms, seen: Seen, today: date) -> tuple[str, ...]:
    """Provinces that see it. Refuses where the agreement does not hold for this work."""
    if agreement is None:
        return ()
    found = in_force(seen.state(AGREEMENT, side_key(agreement, HOST)), terms.occupation, today)
    if found.terms.partner not in (None, employer) or not lies_in(terms.region, found.terms.host, today):
        raise agreement_refusals.NotUnderTheAgreement
    return addressees(found.terms, HOST)


def reads(command: VacancyCommand) -> Iterable[Read]:
    match command:
        case (
            PublishVacancy(employer=employer, agreement=agreement)
            | ChangeVacancy(employer=employer, agreement=agreement)
        ):
            yield Read(EMPLOYER, employer)
            yield from _of(agreement)
        case ShareVacancy(agreement=agreement):
            yield from _of(agreement)
        case CloseVacancy() | LapseVacancy() | HoldSeat() | TakeSeat() | FreeSeat():
            return
        case _:
            assert_never(command)


def _of(agreement: str | None) -> Iterable[Read]:
    if agreement is not None:
        yield Read(AGREEMENT, side_key(agreement, HOST))


def effects(before: Vacancy, event: VacancyEvent) -> Iterable[Effect]:
    """Rings when the last day is over."""
    match event:
        case VacancyPublished(terms=terms) | VacancyChanged(terms=terms):
            yield Wake(TIMER, datetime.combine(terms.open_until + timedelta(days=1), time.min, LEGAL))
        case VacancyClosed():
            yield Wake(TIMER, None)
        case _:
            return


VACANCY: Final[Decider[VacancyCommand, VacancyEvent, Vacancy]] = Decider(
    category="vacancy",
    initial=Unknown(),
    decide=decide,
    evolve=evolve,
    events=VacancyEvent,
    reads=reads,
    effects=effects,
)
