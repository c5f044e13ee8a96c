"""Groups of a worker over time (R-REG-17, R-REG-23 to R-REG-26, R-REG-29, tension 2): what surveys found, what offices
and the household's status say, and what follows from the names' own history.

For each group, the newest survey that names it says since when; one that does not name it says nothing about it. What
an office says, on evidence, stands above what surveys found: from the day that it names only its word counts, and an
end that it recorded is not undone by an older membership. Who is assigned to what a group became is not counted under
the old name any longer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from contracts.groups import GROUPS, becomes
from contracts.memberships import Membership

from registry.workers import refusals
from registry.workers.commands import AssignGroup, EndGroup
from registry.workers.events import Basis, WorkerEvent, WorkerGroupAssigned, WorkerGroupEnded, WorkerGroupWithdrawn
from registry.workers.folding import evolve, folded, ordered
from registry.workers.state import Registered, Worker, known, living


def assign(command: AssignGroup, worker: Worker) -> Sequence[WorkerEvent]:
    """An office, on evidence, or the household's status says that the worker belongs to the group. A status may be
    entered under a name that has ended since: what followed comes next."""
    found = living(worker)
    membership = Membership(group=command.group, valid_from=command.valid_from, valid_to=command.valid_to)
    if membership in found.assigned:
        return []
    if not membership.has_period(command.today):
        raise refusals.MembershipPeriodWrong
    if not membership.is_named_rightly(command.today if command.basis == "OFFICE" else command.valid_from):
        raise refusals.MembershipNameWrong
    others = [_cut(each, found.ends) for each in found.assigned if each.valid_from != membership.valid_from]
    if any(each.group == command.group and _overlap(each, membership) for each in others):
        raise refusals.MembershipOverlaps
    assigned = WorkerGroupAssigned(
        worker=found.worker,
        group=command.group,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        evidence=command.evidence,
        basis=command.basis,
        official=command.official,
        organisation=command.organisation,
    )
    after = known(evolve(found, assigned))
    return [assigned, *changes(after, evidence=command.evidence, organisation=command.organisation)]


def end(command: EndGroup, worker: Worker) -> Sequence[WorkerEvent]:
    """An office, on evidence, or the household's status says that the worker left the group."""
    found = known(worker)
    if command.valid_to > command.today:
        raise refusals.MembershipPeriodWrong
    held = [each for each in found.groups if each.group == command.group and each.valid_from < command.valid_to]
    if any(each.valid_to == command.valid_to for each in held):
        return []
    for membership in held:
        if membership.valid_to is None or command.valid_to < membership.valid_to:
            ended = _ended(found, membership, command.valid_to, command.evidence, command.organisation)
            ended = replace(ended, basis=command.basis, official=command.official)
            after = known(evolve(found, ended))
            return [ended, *changes(after, evidence=command.evidence, organisation=command.organisation)]
    return _taken_back(command, found)


def _taken_back(command: EndGroup, worker: Registered) -> Sequence[WorkerEvent]:
    """What an office assigned from that day or a later one on never held."""
    wrong = [each for each in worker.assigned if each.group == command.group and command.valid_to <= each.valid_from]
    if not wrong:
        raise refusals.NoSuchMembership
    events: list[WorkerEvent] = [
        _withdrawn(worker, each.group, each.valid_from, command.evidence, command.organisation) for each in wrong
    ]
    after = known(folded(worker, events))
    return [*events, *changes(after, evidence=command.evidence, organisation=command.organisation)]


def standing(worker: Registered) -> tuple[Membership, ...]:
    """The memberships that hold by the rules above, in the order of group and first day."""
    decided = [_cut(each, worker.ends) for each in worker.assigned]
    found = [_beside(_cut(each, worker.ends), decided) for each in _found(worker)]
    every = [*decided, *(each for each in found if each is not None)]
    return ordered(_succeeded(each, every) for each in every)


def _beside(membership: Membership, decided: Iterable[Membership]) -> Membership | None:
    """What is left of a membership that a survey found, beside what an office said of the same group: the time before
    it."""
    for other in decided:
        if other.group == membership.group and _overlap(other, membership):
            if other.valid_from <= membership.valid_from:
                return None
            membership = replace(membership, valid_to=other.valid_from)
    return membership


def _found(worker: Registered) -> Iterable[Membership]:
    newest = {each.group: finding.survey for finding in worker.findings for each in finding.groups}
    for finding in worker.findings:
        for each in finding.groups:
            if newest[each.group] == finding.survey:
                yield each


def _cut(membership: Membership, ends: Iterable[tuple[str, date]]) -> Membership:
    for group, day in ends:
        if group == membership.group and membership.valid_from < day and _goes_on(membership, day):
            membership = replace(membership, valid_to=day)
    return membership


def _succeeded(membership: Membership, all_of_them: Iterable[Membership]) -> Membership:
    """Ended where what the group became begins, if its own name has ended by then, else where its name ended."""
    name_ends = GROUPS.find(membership.group).valid_to
    if name_ends is None:
        return membership
    for other in all_of_them:
        until = max(other.valid_from, name_ends)
        if becomes(membership.group, other.group) and membership.valid_from < until and _goes_on(membership, until):
            membership = replace(membership, valid_to=until)
    return membership


def _goes_on(membership: Membership, day: date) -> bool:
    return membership.valid_to is None or day < membership.valid_to


def _overlap(one: Membership, other: Membership) -> bool:
    return _goes_on(one, other.valid_from) and _goes_on(other, one.valid_from)


def changes(worker: Registered, *, evidence: str, organisation: str) -> list[WorkerEvent]:
    """The events from what was told of the worker's groups to what holds by the rules."""
    told = {(each.group, each.valid_from): each for each in worker.groups}
    holds = {(each.group, each.valid_from): each for each in standing(worker)}
    events: list[WorkerEvent] = [
        _withdrawn(worker, group, first, evidence, organisation) for group, first in sorted(told.keys() - holds.keys())
    ]
    for key, membership in holds.items():
        before = told.get(key)
        if before is None or (before != membership and not _earlier_end(before, membership)):
            events.append(_assigned(worker, membership, evidence, organisation))
        elif before != membership and membership.valid_to is not None:
            events.append(_ended(worker, before, membership.valid_to, evidence, organisation))
    return events


def _earlier_end(before: Membership, now: Membership) -> bool:
    return now.valid_to is not None and _goes_on(before, now.valid_to)


_RULES: Basis = "RULES"


def _assigned(worker: Registered, membership: Membership, evidence: str, organisation: str) -> WorkerGroupAssigned:
    return WorkerGroupAssigned(
        worker=worker.worker,
        group=membership.group,
        valid_from=membership.valid_from,
        valid_to=membership.valid_to,
        evidence=evidence,
        basis=_RULES,
        official="",
        organisation=organisation,
    )


def _withdrawn(
    worker: Registered, group: str, valid_from: date, evidence: str, organisation: str
) -> WorkerGroupWithdrawn:
    return WorkerGroupWithdrawn(
        worker=worker.worker, group=group, valid_from=valid_from, evidence=evidence, organisation=organisation
    )


def _ended(
    worker: Registered, membership: Membership, valid_to: date, evidence: str, organisation: str
) -> WorkerGroupEnded:
    return WorkerGroupEnded(
        worker=worker.worker,
        group=membership.group,
        valid_from=membership.valid_from,
        valid_to=valid_to,
        evidence=evidence,
        basis=_RULES,
        official="",
        organisation=organisation,
    )
