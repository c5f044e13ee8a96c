"""The rules of spot checks (R-ADD-04): an independent committee draws samples by seed, its findings are resolved by
others, each sample is evaluated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Seen

from training.inspections import refusals
from training.inspections.drawing import digest, draw
from training.inspections.events import (
    CommitteeFormed,
    EvaluationPublished,
    FindingRecorded,
    FindingResolved,
    InspectionEvent,
    SampleDrawn,
    Scope,
)

FEWEST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCommittee:
    inspection: str
    region: str
    members: tuple[str, ...]
    evidence: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawSample:
    scope: Scope
    seed: str
    size: int
    population: tuple[str, ...]
    """All who got a seat in these days: whoever sends the command looked them up."""
    by: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFinding:
    sample: int
    subject: str
    step: str
    kind: str
    fact: str | None
    evidence: str
    by: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveFinding:
    finding: int
    outcome: str
    evidence: str
    official: str
    organisation: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishEvaluation:
    sample: int
    verdict: str
    evidence: str
    by: str
    organisation: str
    today: date


InspectionCommand: TypeAlias = FormCommittee | DrawSample | RecordFinding | ResolveFinding | PublishEvaluation


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Formed:
    committee: CommitteeFormed
    samples: tuple[SampleDrawn, ...] = ()
    findings: tuple[FindingRecorded, ...] = ()
    resolved: Mapping[int, FindingResolved] = field(default_factory=dict)
    evaluations: Mapping[int, EvaluationPublished] = field(default_factory=dict)

    def require_member(self, by: str) -> None:
        """Refuses who is not of the committee."""
        if by not in self.committee.members:
            raise refusals.NotAMember

    def sample(self, number: int) -> SampleDrawn:
        """Refuses where there is none."""
        if not 0 < number <= len(self.samples):
            raise refusals.SampleUnknown
        return self.samples[number - 1]

    def found_in(self, sample: int) -> tuple[FindingRecorded, ...]:
        return tuple(each for each in self.findings if each.sample == sample)


Inspection: TypeAlias = Unknown | Formed


def known(inspection: Inspection) -> Formed:
    """The inspection. Refuses where there is none."""
    if isinstance(inspection, Unknown):
        raise refusals.InspectionUnknown
    return inspection


def decide(command: InspectionCommand, inspection: Inspection, seen: Seen) -> Sequence[InspectionEvent]:
    match command:
        case FormCommittee():
            return form(command, inspection)
        case DrawSample():
            return draw_sample(command, known(inspection))
        case RecordFinding():
            return record(command, known(inspection))
        case ResolveFinding():
            return resolve(command, known(inspection))
        case PublishEvaluation():
            return evaluate(command, known(inspection))
        case _:
            assert_never(command)


def form(command: FormCommittee, inspection: Inspection) -> Sequence[InspectionEvent]:
    if isinstance(inspection, Formed):
        raise refusals.CommitteeAlreadyFormed
    members = set(command.members)
    if len(members) < max(FEWEST, len(command.members)) or command.official in members:
        raise refusals.CommitteeNotIndependent
    return [
        CommitteeFormed(
            inspection=command.inspection,
            region=command.region,
            members=command.members,
            formed_on=command.today,
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def draw_sample(command: DrawSample, found: Formed) -> Sequence[InspectionEvent]:
    found.require_member(command.by)
    if command.organisation == command.scope.institution:
        raise refusals.NotAMember
    if not command.scope.since <= command.scope.until < command.today:
        raise refusals.ScopeNotOver
    if not command.population:
        raise refusals.PopulationEmpty
    return [
        SampleDrawn(
            inspection=found.committee.inspection,
            sample=len(found.samples) + 1,
            scope=command.scope,
            seed=command.seed,
            population=len(command.population),
            digest=digest(command.population),
            drawn=draw(command.seed, command.population, command.size),
            drawn_on=command.today,
            by=command.by,
            organisation=command.organisation,
        )
    ]


def record(command: RecordFinding, found: Formed) -> Sequence[InspectionEvent]:
    found.require_member(command.by)
    if command.subject not in found.sample(command.sample).drawn:
        raise refusals.NotInSample
    return [
        FindingRecorded(
            inspection=found.committee.inspection,
            finding=len(found.findings) + 1,
            sample=command.sample,
            subject=command.subject,
            step=command.step,
            kind=command.kind,
            fact=command.fact,
            evidence=command.evidence,
            found_on=command.today,
            by=command.by,
            organisation=command.organisation,
        )
    ]


def resolve(command: ResolveFinding, found: Formed) -> Sequence[InspectionEvent]:
    if not 0 < command.finding <= len(found.findings):
        raise refusals.FindingUnknown
    if command.official in found.committee.members:
        raise refusals.MemberMayNotResolve
    before = found.resolved.get(command.finding)
    if before is not None:
        if before.outcome == command.outcome:
            return []
        raise refusals.FindingAlreadyResolved
    return [
        FindingResolved(
            inspection=found.committee.inspection,
            finding=command.finding,
            outcome=command.outcome,
            evidence=command.evidence,
            resolved_on=command.today,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def evaluate(command: PublishEvaluation, found: Formed) -> Sequence[InspectionEvent]:
    found.require_member(command.by)
    sample, findings = found.sample(command.sample), found.found_in(command.sample)
    before = found.evaluations.get(command.sample)
    if before is not None:
        if before.verdict == command.verdict:
            return []
        raise refusals.AlreadyEvaluated
    return [
        EvaluationPublished(
            inspection=found.committee.inspection,
            sample=command.sample,
            verdict=command.verdict,
            drawn=len(sample.drawn),
            findings=len(findings),
            unresolved=sum(each.finding not in found.resolved for each in findings),
            evidence=command.evidence,
            published_on=command.today,
            by=command.by,
            organisation=command.organisation,
        )
    ]


def evolve(inspection: Inspection, event: InspectionEvent) -> Inspection:
    if isinstance(event, CommitteeFormed):
        return Formed(committee=event)
    found = known(inspection)
    match event:
        case SampleDrawn():
            return replace(found, samples=(*found.samples, event))
        case FindingRecorded():
            return replace(found, findings=(*found.findings, event))
        case FindingResolved():
            return replace(found, resolved={**found.resolved, event.finding: event})
        case EvaluationPublished():
            return replace(found, evaluations={**found.evaluations, event.sample: event})
        case _:
            assert_never(event)


INSPECTION: Final[Decider[InspectionCommand, InspectionEvent, Inspection]] = Decider(
    category="inspection", initial=Unknown(), decide=decide, evolve=evolve, events=InspectionEvent
)
