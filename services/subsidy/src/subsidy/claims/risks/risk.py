"""The rules of an item of the list of risks: raised once, worked off by a person with a document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Seen

from subsidy.claims import refusals
from subsidy.claims.risks.events import RiskEvent, RiskRaised, RiskWorkedOff


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseRisk:
    risk: str
    region: str
    kind: str
    about: str
    due_on: date
    by: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOffRisk:
    document: str
    by: str
    organisation: str
    today: date


RiskCommand: TypeAlias = RaiseRisk | WorkOffRisk


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    risk: str
    region: str
    document: str | None = None
    """By which it was worked off."""


Risk: TypeAlias = Unknown | Raised


def decide(command: RiskCommand, risk: Risk, seen: Seen) -> Sequence[RiskEvent]:
    match command:
        case RaiseRisk():
            return _raise(command, risk)
        case WorkOffRisk():
            return _work_off(command, risk)
        case _:
            assert_never(command)


def _raise(command: RaiseRisk, risk: Risk) -> Sequence[RiskEvent]:
    if isinstance(risk, Raised):
        raise refusals.RiskAlreadyRaised
    if command.due_on < command.today:
        raise refusals.RiskDueInPast
    return [
        RiskRaised(
            risk=command.risk,
            region=command.region,
            kind=command.kind,
            about=command.about,
            raised_on=command.today,
            due_on=command.due_on,
            by=command.by,
            organisation=command.organisation,
        )
    ]


def _work_off(command: WorkOffRisk, risk: Risk) -> Sequence[RiskEvent]:
    raised = known(risk)
    if raised.document == command.document:
        return []
    if raised.document is not None:
        raise refusals.RiskAlreadyWorkedOff
    return [
        RiskWorkedOff(
            risk=raised.risk,
            document=command.document,
            worked_off_on=command.today,
            by=command.by,
            organisation=command.organisation,
        )
    ]


def known(risk: Risk) -> Raised:
    """The item. Refuses where there is none."""
    if isinstance(risk, Unknown):
        raise refusals.RiskNotRaised
    return risk


def evolve(risk: Risk, event: RiskEvent) -> Risk:
    match event:
        case RiskRaised():
            return Raised(risk=event.risk, region=event.region)
        case RiskWorkedOff():
            raised = known(risk)
            return Raised(risk=raised.risk, region=raised.region, document=event.document)
        case _:
            assert_never(event)


RISK: Final[Decider[RiskCommand, RiskEvent, Risk]] = Decider(
    category="risk", initial=Unknown(), decide=decide, evolve=evolve, events=RiskEvent
)
