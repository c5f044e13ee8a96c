"""The rules of a yearly plan (R-TRN-03, R-TRN-04): approved once; the targets of its regions as they were stated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from contracts import region
from eventcore import Decider, Seen

from training.plans import refusals
from training.plans.events import AnnualPlanApproved, Line, PlanEvent, TargetSet


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePlan:
    plan: str
    region: str
    year: int
    content: str
    lines: tuple[Line, ...]
    institutions: tuple[str, ...]
    evidence: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTarget:
    region: str
    of: str
    stated: int
    of_them_free: int | None
    flag: str | None
    evidence: str
    official: str
    organisation: str
    today: date


PlanCommand: TypeAlias = ApprovePlan | SetTarget


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    plan: str
    region: str
    year: int
    content: str
    lines: tuple[Line, ...]
    institutions: tuple[str, ...]
    targets: tuple[TargetSet, ...] = ()
    """One for each region and whom it counts, as it was set last."""

    def names(self, occupation: str, institution: str, place: str, starts_on: date) -> None:
        """Refuses a class that is not of this plan."""
        occupations = {each.occupation for each in self.lines}
        if occupation not in occupations or institution not in self.institutions:
            raise refusals.NotPlanned
        if starts_on.year != self.year or not region.lies_in(place, self.region, starts_on):
            raise refusals.NotPlanned


Plan: TypeAlias = Unknown | Approved


def known(plan: Plan) -> Approved:
    """The plan. Refuses where there is none."""
    if isinstance(plan, Unknown):
        raise refusals.PlanUnknown
    return plan


def decide(command: PlanCommand, plan: Plan, seen: Seen) -> Sequence[PlanEvent]:
    match command:
        case ApprovePlan():
            return approve(command, plan)
        case SetTarget():
            return set_target(command, known(plan))
        case _:
            assert_never(command)


def approve(command: ApprovePlan, plan: Plan) -> Sequence[PlanEvent]:
    if len({each.occupation for each in command.lines}) < len(command.lines):
        raise refusals.PlanLineRepeated
    if len(set(command.institutions)) < len(command.institutions):
        raise refusals.PlanLineRepeated
    event = AnnualPlanApproved(
        plan=command.plan,
        region=command.region,
        year=command.year,
        content=command.content,
        lines=command.lines,
        institutions=command.institutions,
        approved_on=command.today,
        evidence=command.evidence,
        official=command.official,
        organisation=command.organisation,
    )
    if isinstance(plan, Unknown):
        return [event]
    if evolve(Unknown(), event) == replace(plan, targets=()):
        return []
    raise refusals.PlanAlreadyApproved


def set_target(command: SetTarget, plan: Approved) -> Sequence[PlanEvent]:
    if not region.lies_in(command.region, plan.region, command.today):
        raise refusals.TargetElsewhere
    target = TargetSet(
        plan=plan.plan,
        region=command.region,
        of=command.of,
        stated=command.stated,
        of_them_free=command.of_them_free,
        flag=command.flag,
        evidence=command.evidence,
        official=command.official,
        organisation=command.organisation,
    )
    return [] if target in plan.targets else [target]


def evolve(plan: Plan, event: PlanEvent) -> Plan:
    match event:
        case AnnualPlanApproved():
            return Approved(
                plan=event.plan,
                region=event.region,
                year=event.year,
                content=event.content,
                lines=event.lines,
                institutions=event.institutions,
            )
        case TargetSet():
            approved = known(plan)
            others = tuple(each for each in approved.targets if (each.region, each.of) != (event.region, event.of))
            return replace(approved, targets=(*others, event))
        case _:
            assert_never(event)


PLAN: Final[Decider[PlanCommand, PlanEvent, Plan]] = Decider(
    category="plan", initial=Unknown(), decide=decide, evolve=evolve, events=PlanEvent
)
