"""The rules of an employer: registered once, selected as employment base by all criteria, revoked with a ground
(R-PLC-22)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, assert_never

from contracts.placement_codes import BASE_CRITERIA
from eventcore import Decider, Seen

from placement.offers.employers import refusals
from placement.offers.employers.commands import (
    AwardTitle,
    EmployerCommand,
    RegisterEmployer,
    RevokeBase,
    SelectBase,
)
from placement.offers.employers.events import (
    BaseRevoked,
    BaseSelected,
    EmployerEvent,
    EmployerRegistered,
    TitleAwarded,
)

CRITERIA: Final = sorted(each.code for each in BASE_CRITERIA.codes)


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    employer: str
    title: str
    region: str
    base: BaseSelected | None = None
    """Why it is an employment base; None: it is none."""
    titles: frozenset[str] = frozenset()


Employer: TypeAlias = Unknown | Registered


def known(found: Employer) -> Registered:
    """The employer. Refuses where there is none."""
    if isinstance(found, Unknown):
        raise refusals.EmployerNotRegistered
    return found


def decide(command: EmployerCommand, found: Employer, seen: Seen) -> Sequence[EmployerEvent]:
    match command:
        case RegisterEmployer():
            return register(command, found)
        case SelectBase():
            return select(command, known(found))
        case RevokeBase():
            return revoke(command, known(found))
        case AwardTitle():
            return award(command, known(found))
        case _:
            assert_never(command)


def register(command: RegisterEmployer, found: Employer) -> Sequence[EmployerEvent]:
    """Once; the same again is nothing."""
    if isinstance(found, Registered):
        if (found.title, found.region) == (command.title, command.region):
            return []
        raise refusals.EmployerAlreadyRegistered
    return [
        EmployerRegistered(
            employer=command.employer,
            title=command.title,
            region=command.region,
            registered_on=command.by.today,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def select(command: SelectBase, employer: Registered) -> Sequence[EmployerEvent]:
    """From its own application, by every criterion (R-PLC-22)."""
    if sorted(each.criterion for each in command.criteria) != CRITERIA:
        raise refusals.CriteriaNotMet
    if employer.base is not None:
        return []
    return [
        BaseSelected(
            employer=employer.employer,
            region=employer.region,
            application=command.application,
            criteria=command.criteria,
            selected_on=command.by.today,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def revoke(command: RevokeBase, employer: Registered) -> Sequence[EmployerEvent]:
    if employer.base is None:
        raise refusals.NotABase
    return [
        BaseRevoked(
            employer=employer.employer,
            ground=command.ground,
            evidence=command.evidence,
            revoked_on=command.by.today,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def award(command: AwardTitle, employer: Registered) -> Sequence[EmployerEvent]:
    if command.title in employer.titles:
        return []
    return [
        TitleAwarded(
            employer=employer.employer,
            title=command.title,
            evidence=command.evidence,
            awarded_on=command.by.today,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def evolve(found: Employer, event: EmployerEvent) -> Employer:
    match event:
        case EmployerRegistered():
            return Registered(employer=event.employer, title=event.title, region=event.region)
        case BaseSelected():
            return replace(known(found), base=event)
        case BaseRevoked():
            return replace(known(found), base=None)
        case TitleAwarded(title=title):
            employer = known(found)
            return replace(employer, titles=employer.titles | {title})
        case _:
            assert_never(event)


EMPLOYER: Final[Decider[EmployerCommand, EmployerEvent, Employer]] = Decider(
    category="employer", initial=Unknown(), decide=decide, evolve=evolve, events=EmployerEvent
)
