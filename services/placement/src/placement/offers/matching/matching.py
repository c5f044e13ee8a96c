"""The rules of a matching run: what was looked at is stored, each proposal follows from it and says why, and the worker
answers once (R-PLC-08, R-PLC-10, R-XRG-13). That the whole is the best possible is the assignment's to see to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Seen

from placement.offers.matching import refusals
from placement.offers.matching.commands import AcceptMatch, DeclineMatch, MatchingCommand, RunMatching
from placement.offers.matching.events import (
    MatchAccepted,
    MatchDeclined,
    MatchingEvent,
    MatchingRun,
    MatchProposed,
)
from placement.offers.matching.scoring import fit

MOST: Final = 200
"""Candidates, and openings, of one run."""


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    proposed: MatchProposed
    answer: MatchAccepted | MatchDeclined | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    run: MatchingRun
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    """By worker."""


Matching: TypeAlias = Unknown | Ran


def ran(found: Matching) -> Ran:
    """The run. Refuses where there is none."""
    if isinstance(found, Unknown):
        raise refusals.MatchNotProposed
    return found


def decide(command: MatchingCommand, found: Matching, seen: Seen) -> Sequence[MatchingEvent]:
    match command:
        case RunMatching():
            return run(command) if isinstance(found, Unknown) else []
        case AcceptMatch():
            return accept(command, ran(found))
        case DeclineMatch():
            return decline(command, ran(found))
        case _:
            assert_never(command)


def run(command: RunMatching) -> Sequence[MatchingEvent]:
    """Points and reasons are worked out here, from what is stored."""
    workers = Counter(row for row, _ in command.pairs)
    seats = Counter(column for _, column in command.pairs)
    if any(n > 1 for n in workers.values()) or any(n > command.openings[at].seats for at, n in seats.items()):
        raise refusals.ProposalsUnfit
    begun = MatchingRun(
        run=command.run,
        region=command.region,
        on=command.by.today,
        candidates=command.candidates,
        openings=command.openings,
        weights=command.weights,
        official=command.by.official,
        organisation=command.by.organisation,
    )
    return [begun, *(_proposed(begun, row, column) for row, column in sorted(command.pairs))]


def _proposed(begun: MatchingRun, row: int, column: int) -> MatchProposed:
    candidate, opening = begun.candidates[row], begun.openings[column]
    found = fit(candidate, opening, begun.weights, begun.on)
    if found is None:
        raise refusals.ProposalsUnfit
    return MatchProposed(
        run=begun.run,
        worker=candidate.worker,
        vacancy=opening.vacancy,
        region=candidate.region,
        points=found.points,
        reasons=found.reasons,
    )


def accept(command: AcceptMatch, found: Ran) -> Sequence[MatchingEvent]:
    proposal = _of(found, command.worker)
    if isinstance(proposal.answer, MatchAccepted):
        return []
    if proposal.answer is not None:
        raise refusals.MatchAnswered
    return [
        MatchAccepted(
            run=found.run.run,
            worker=command.worker,
            vacancy=proposal.proposed.vacancy,
            evidence=command.evidence,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def decline(command: DeclineMatch, found: Ran) -> Sequence[MatchingEvent]:
    """Also after it was accepted: the worker may think again until the nomination."""
    proposal = _of(found, command.worker)
    if isinstance(proposal.answer, MatchDeclined):
        return []
    return [
        MatchDeclined(
            run=found.run.run,
            worker=command.worker,
            vacancy=proposal.proposed.vacancy,
            reason=command.reason,
            official=command.by.official,
            organisation=command.by.organisation,
        )
    ]


def _of(found: Ran, worker: str) -> Proposal:
    proposal = found.proposals.get(worker)
    if proposal is None:
        raise refusals.MatchNotProposed
    return proposal


def evolve(found: Matching, event: MatchingEvent) -> Matching:
    match event:
        case MatchingRun():
            return Ran(run=event)
        case MatchProposed(worker=worker):
            known = ran(found)
            return replace(known, proposals={**known.proposals, worker: Proposal(proposed=event)})
        case MatchAccepted(worker=worker) | MatchDeclined(worker=worker):
            known = ran(found)
            answered = replace(known.proposals[worker], answer=event)
            return replace(known, proposals={**known.proposals, worker: answered})
        case _:
            assert_never(event)


MATCHING: Final[Decider[MatchingCommand, MatchingEvent, Matching]] = Decider(
    category="matching", initial=Unknown(), decide=decide, evolve=evolve, events=MatchingEvent
)
