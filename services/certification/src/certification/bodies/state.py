"""What is known of an assessment body, and what its events mean."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from contracts.region import lies_in

from certification.bodies import refusals
from certification.bodies.events import (
    BodyEvent,
    BodyRegistered,
    BodyResumed,
    BodyScopeChanged,
    BodyStaffRegistered,
    BodySuspended,
    Member,
    MobileAssessmentFiled,
    ScopeLine,
)
from certification.numbers import Issuer

BODY_OFFICE: Final = "assessment-body"
"""The kind of office that acts for its own body only."""


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Where and when the body may assess away from its site."""

    region: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    body: str
    title: str
    region: str
    kind: str
    filing_code: str
    site: str
    appraisal_code: str | None
    scope: tuple[ScopeLine, ...] = ()
    staff: tuple[Member, ...] = ()
    filings: tuple[Filing, ...] = ()
    pauses: tuple[tuple[date, date | None], ...] = ()
    """Of each suspension the first day, and the first day after it."""

    def scope_on(self, code: str, occupation: str, level: str, day: date) -> ScopeLine | None:
        """What was said last of those that hold on that day."""
        wanted = (code, occupation, level)
        lines = (each for each in reversed(self.scope) if (each.route, each.occupation, each.level) == wanted)
        return next((each for each in lines if holds(each, day)), None)

    def has(self, person: str, role: str, day: date) -> bool:
        """Whether the person has the role on that day."""
        return any(each.person == person and each.role == role and holds(each, day) for each in self.staff)

    def teaching(self, institution: str, persons: Set[str | None]) -> Set[str]:
        """The staff numbers of these persons there, in whichever role they were registered."""
        posts = (post for each in self.staff if each.person in persons for post in each.teaches)
        return {post.teacher for post in posts if post.institution == institution}

    def filed(self, region: str, day: date) -> bool:
        """Whether an assessment at the trainees' place there is filed."""
        return any(holds(each, day) and lies_in(region, each.region, day) for each in self.filings)

    def is_suspended(self, day: date) -> bool:
        return any(first <= day and (after is None or day < after) for first, after in self.pauses)


Body: TypeAlias = Unknown | Registered


def holds(period: ScopeLine | Member | Filing, day: date) -> bool:
    """First and last day are part of a period."""
    return period.valid_from <= day and (period.valid_to is None or day <= period.valid_to)


def known(found: Body) -> Registered:
    """The body. Refuses where there is none."""
    if isinstance(found, Unknown):
        raise refusals.BodyNotRegistered
    return found


def evolve(found: Body, event: BodyEvent) -> Body:
    if isinstance(event, BodyRegistered):
        return Registered(
            body=event.body,
            title=event.title,
            region=event.region,
            kind=event.kind,
            filing_code=event.filing_code,
            site=event.site,
            appraisal_code=event.appraisal_code,
        )
    return _changed(known(found), event)


def _changed(
    body: Registered,
    event: BodyScopeChanged | BodyStaffRegistered | MobileAssessmentFiled | BodySuspended | BodyResumed,
) -> Registered:
    match event:
        case BodyScopeChanged(lines=lines):
            said = {_line_key(each) for each in lines}
            return replace(body, scope=(*(each for each in body.scope if _line_key(each) not in said), *lines))
        case BodyStaffRegistered(members=members):
            named = {(each.person, each.role) for each in members}
            kept = (each for each in body.staff if (each.person, each.role) not in named)
            return replace(body, staff=(*kept, *members))
        case MobileAssessmentFiled():
            filing = Filing(region=event.region, valid_from=event.valid_from, valid_to=event.valid_to)
            return replace(body, filings=(*body.filings, filing))
        case BodySuspended(suspended_on=day):
            return replace(body, pauses=(*body.pauses, (day, None)))
        case BodyResumed(resumed_on=day):
            return replace(body, pauses=(*body.pauses[:-1], (body.pauses[-1][0], day)))
        case _:
            assert_never(event)


def _line_key(line: ScopeLine) -> tuple[str, str, str, date]:
    return line.route, line.occupation, line.level, line.valid_from


def issuer(body: Registered) -> Issuer:
    """What the body is called in the numbers of certificates."""
    return Issuer(
        kind=body.kind,
        region=body.region,
        filing_code=body.filing_code,
        site=body.site,
        appraisal_code=body.appraisal_code,
    )
