"""Who may be hired: known, under a transfer that fits, and in listed occupations with a certificate of the day."""

from collections.abc import Iterable
from datetime import date
from typing import Final, assert_never

from contracts.region import province_of
from eventcore import Read, Seen

from placement.jobs.employments import refusals
from placement.jobs.employments.commands import Hiring, Placed, SignContract, StartEmployment
from placement.jobs.employments.events import ContractSigned, EmploymentStarted, Terms
from placement.jobs.employments.state import Employment, Hired, Over, Unknown, Working
from placement.jobs.qualifications.qualification import QUALIFICATION
from placement.jobs.rules import admission
from placement.offers.vacancies.state import Unknown as NotPublished
from placement.offers.vacancies.vacancy import VACANCY
from placement.transfers.host.reception import RECEPTION
from placement.transfers.host.state import JOB_OF_TRANSFER, Arrived, Ended, Expected
from placement.transfers.host.state import Unknown as NotNominated
from placement.transfers.persons.person import PERSON, require_known

AT_EMPLOYER: Final = "job-at-employer"
"""Guard: worker/employer -> the one job that the worker has there."""


def sign(command: SignContract, employment: Employment, seen: Seen) -> list[ContractSigned]:
    """Also again, with another term."""
    terms = _terms(command.hiring, employment, seen, command.by.today)
    if command.signed_on > command.by.today or (command.ends_on is not None and command.ends_on < command.signed_on):
        raise refusals.DayOutOfOrder
    contract = ContractSigned(
        terms=terms,
        signed_on=command.signed_on,
        ends_on=command.ends_on,
        official=command.by.official,
        organisation=command.by.organisation,
    )
    match employment:
        case Unknown():
            return [contract]
        case Hired(contract=known) | Working(contract=known):
            return [contract] if known is None or _term(known) != _term(contract) else []
        case Over():
            raise refusals.EmploymentEndedAlready
        case _:
            assert_never(employment)


def _term(contract: ContractSigned) -> tuple[date, date | None]:
    return contract.signed_on, contract.ends_on


def start(command: StartEmployment, employment: Employment, seen: Seen) -> list[EmploymentStarted]:
    match employment:
        case Working(started_on=known):
            if known != command.started_on:
                raise refusals.EmploymentStartedAlready
            return []
        case Over():
            raise refusals.EmploymentEndedAlready
        case Unknown() | Hired():
            return [_started(command, _terms(command.hiring, employment, seen, command.by.today), seen)]
        case _:
            assert_never(employment)


def _started(command: StartEmployment, terms: Terms, seen: Seen) -> EmploymentStarted:
    if command.started_on > command.by.today:
        raise refusals.DayOutOfOrder
    if seen.holder(AT_EMPLOYER, at_employer(terms.worker, terms.employer)) is not None:
        raise refusals.SameJobTwice
    if terms.transfer is not None:
        _require_free(terms.transfer, seen)
    return EmploymentStarted(
        terms=terms,
        started_on=command.started_on,
        certificates=_admitting(terms, command.started_on, seen),
        official=command.by.official,
        organisation=command.by.organisation,
    )


def _require_free(transfer: str, seen: Seen) -> None:
    """Who is on the way or there starts; the arrival is noted with the job."""
    if seen.holder(JOB_OF_TRANSFER, transfer) is not None:
        raise refusals.TransferHasJob
    if not isinstance(seen.state(RECEPTION, transfer), Expected | Arrived):
        raise refusals.TransferDoesNotFit


def _admitting(terms: Terms, day: date, seen: Seen) -> tuple[str, ...]:
    """The certificates that the work needs on the day of the hiring, whenever that is recorded (R-PLC-16)."""
    if admission.listed(terms.occupation, terms.region, day) is None:
        return ()
    held = seen.state(QUALIFICATION, terms.worker).holding_on(day)
    admitting = admission.speaking_for(terms.occupation, held, day)
    if not admitting:
        raise refusals.CertificateMissing
    return tuple(each.certificate for each in admitting)


def _terms(hiring: Hiring, employment: Employment, seen: Seen, today: date) -> Terms:
    """What was agreed. Under an id that is known already exactly that, with the home that it was then."""
    known = None if isinstance(employment, Unknown) else employment.terms
    if known is not None:
        home = known.home
    elif hiring.placed is not None:
        home = _sent_from(hiring, hiring.placed, seen)
    else:
        home = _home(hiring, seen, today)
    terms = Terms(
        employment=hiring.employment,
        worker=hiring.worker,
        home=home,
        employer=hiring.employer,
        region=hiring.region,
        occupation=hiring.occupation,
        form=hiring.form,
        self_found=hiring.placed is None,
        transfer=None if hiring.placed is None else hiring.placed.transfer,
    )
    if known not in (None, terms):
        raise refusals.OtherTerms
    return terms


def _sent_from(hiring: Hiring, placed: Placed, seen: Seen) -> str:
    """The home by the transfer, where it goes on and leads to this job."""
    reception, vacancy = seen.state(RECEPTION, placed.transfer), seen.state(VACANCY, placed.vacancy)
    if isinstance(reception, NotNominated | Ended) or isinstance(vacancy, NotPublished):
        raise refusals.TransferDoesNotFit
    way = reception.way
    if (way.worker, way.host, way.vacancy) != (hiring.worker, hiring.region, placed.vacancy):
        raise refusals.TransferDoesNotFit
    if vacancy.employer != hiring.employer:
        raise refusals.TransferDoesNotFit
    return (reception.offer.origin if reception.offer else None) or way.home


def _home(hiring: Hiring, seen: Seen, today: date) -> str:
    person = seen.state(PERSON, hiring.worker)
    if person.region is not None:
        return require_known(person, today)
    if hiring.home is None or province_of(hiring.home) == province_of(hiring.region):
        raise refusals.HomeNotSaid
    return hiring.home


def at_employer(worker: str, employer: str) -> str:
    """The key of the guard of a job."""
    return f"{worker}/{employer}"


def reads(command: SignContract | StartEmployment) -> Iterable[Read]:
    hiring, placed = command.hiring, command.hiring.placed
    if placed is None:
        yield Read(PERSON, hiring.worker)
    else:
        yield Read(RECEPTION, placed.transfer)
        yield Read(VACANCY, placed.vacancy)
        yield Read(guard=(JOB_OF_TRANSFER, placed.transfer))
    yield Read(QUALIFICATION, hiring.worker)
    yield Read(guard=(AT_EMPLOYER, at_employer(hiring.worker, hiring.employer)))
