"""The rules of an institution: accredited for occupations, reviewed yearly, revoked on named grounds (R-INS-01 to
R-INS-06, R-INS-18, R-TRN-37, R-RGT-10)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from contracts import region
from contracts.training_codes import ACCREDITATION_CRITERIA
from eventcore import Decider, Seen

from training.institutions import refusals
from training.institutions.commands import (
    AccreditBase,
    FileMobileDelivery,
    InstitutionCommand,
    RegisterInstitution,
    ReviewBase,
    RevokeBase,
)
from training.institutions.events import (
    BaseAccredited,
    BaseReviewed,
    BaseRevoked,
    InstitutionEvent,
    InstitutionRegistered,
    MobileDeliveryFiled,
)


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    institution: str
    title: str
    kind: str
    region: str
    accreditations: tuple[BaseAccredited, ...] = ()
    """In the order of time; the last may hold."""
    reviews: tuple[tuple[int, str], ...] = ()
    revoked: BaseRevoked | None = None
    """None: never, or accredited anew since."""
    deliveries: tuple[MobileDeliveryFiled, ...] = ()

    @property
    def base(self) -> BaseAccredited:
        """The accreditation that holds. Refuses where there is none."""
        if self.revoked is not None:
            raise refusals.BaseIsRevoked
        if not self.accreditations:
            raise refusals.NotAccredited
        return self.accreditations[-1]

    def may_teach(self, occupation: str, on: date) -> None:
        """Refuses where it is not accredited for the occupation, or only after that day."""
        base = self.base
        if base.accredited_on > on:
            raise refusals.NotAccredited
        if occupation not in base.occupations:
            raise refusals.OccupationOutOfScope

    def may_teach_away(self, place: str, first: date, last: date) -> None:
        """Refuses where no filing covers the place and all of the days."""
        for filed in self.deliveries:
            ends_later = filed.valid_to is None or last < filed.valid_to
            if filed.valid_from <= first and ends_later and region.lies_in(place, filed.region, last):
                return
        raise refusals.DeliveryNotFiled


Institution: TypeAlias = Unknown | Registered


def known(institution: Institution) -> Registered:
    """The institution. Refuses where there is none."""
    if isinstance(institution, Unknown):
        raise refusals.InstitutionUnknown
    return institution


def decide(command: InstitutionCommand, institution: Institution, seen: Seen) -> Sequence[InstitutionEvent]:
    match command:
        case RegisterInstitution():
            return register(command, institution)
        case AccreditBase():
            return accredit(command, known(institution))
        case ReviewBase():
            return review(command, known(institution))
        case RevokeBase():
            return revoke(command, known(institution))
        case FileMobileDelivery():
            return file_delivery(command, known(institution))
        case _:
            assert_never(command)


def register(command: RegisterInstitution, institution: Institution) -> Sequence[InstitutionEvent]:
    if isinstance(institution, Registered):
        raise refusals.InstitutionAlreadyRegistered
    if not region.exists(command.region, command.today):
        raise refusals.PlaceUnknown
    return [
        InstitutionRegistered(
            institution=command.institution,
            title=command.title,
            kind=command.kind,
            region=command.region,
            registered_on=command.today,
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def accredit(command: AccreditBase, found: Registered) -> Sequence[InstitutionEvent]:
    if command.accredited_on > command.today:
        raise refusals.InstitutionDayInFuture
    criteria = [each.criterion for each in command.scores]
    if sorted(criteria) != sorted(each.code for each in ACCREDITATION_CRITERIA.codes):
        raise refusals.ScoresIncomplete
    before = [each.accredited_on for each in found.accreditations] + (
        [found.revoked.revoked_on] if found.revoked else []
    )
    if before and command.accredited_on <= max(before):
        raise refusals.AccreditedBefore
    return [
        BaseAccredited(
            institution=found.institution,
            accreditation=len(found.accreditations) + 1,
            title=found.title,
            region=found.region,
            grade=command.grade,
            scores=command.scores,
            occupations=tuple(sorted(set(command.occupations))),
            accredited_on=command.accredited_on,
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def review(command: ReviewBase, found: Registered) -> Sequence[InstitutionEvent]:
    """Once a year (R-INS-05)."""
    if (command.year, command.result) in found.reviews:
        return []
    if any(year == command.year for year, _ in found.reviews):
        raise refusals.ReviewedAlready
    if not found.accreditations:
        raise refusals.NotAccredited
    if not found.accreditations[0].accredited_on.year <= command.year <= command.today.year:
        raise refusals.ReviewYearWrong
    return [
        BaseReviewed(
            institution=found.institution,
            year=command.year,
            result=command.result,
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def revoke(command: RevokeBase, found: Registered) -> Sequence[InstitutionEvent]:
    base = found.base
    if command.revoked_on > command.today:
        raise refusals.InstitutionDayInFuture
    if command.revoked_on < base.accredited_on:
        raise refusals.AccreditedBefore
    if command.void_from is not None and command.void_from > command.revoked_on:
        raise refusals.VoidAfterRevocation
    return [
        BaseRevoked(
            institution=found.institution,
            accreditation=base.accreditation,
            ground=command.ground,
            revoked_on=command.revoked_on,
            void_from=command.void_from,
            evidence=command.evidence,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def file_delivery(command: FileMobileDelivery, found: Registered) -> Sequence[InstitutionEvent]:
    _ = found.base
    if command.valid_to is not None and command.valid_to <= command.valid_from:
        raise refusals.DeliveryPeriodWrong
    if not region.exists(command.region, command.valid_from):
        raise refusals.PlaceUnknown
    filed = MobileDeliveryFiled(
        institution=found.institution,
        region=command.region,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        evidence=command.evidence,
        official=command.official,
        organisation=command.organisation,
    )
    return [] if filed in found.deliveries else [filed]


def evolve(institution: Institution, event: InstitutionEvent) -> Institution:
    if isinstance(event, InstitutionRegistered):
        return Registered(institution=event.institution, title=event.title, kind=event.kind, region=event.region)
    found = known(institution)
    match event:
        case BaseAccredited():
            return replace(found, accreditations=(*found.accreditations, event), revoked=None)
        case BaseReviewed():
            return replace(found, reviews=(*found.reviews, (event.year, event.result)))
        case BaseRevoked():
            return replace(found, revoked=event)
        case MobileDeliveryFiled():
            return replace(found, deliveries=(*found.deliveries, event))
        case _:
            assert_never(event)


INSTITUTION: Final[Decider[InstitutionCommand, InstitutionEvent, Institution]] = Decider(
    category="institution", initial=Unknown(), decide=decide, evolve=evolve, events=InstitutionEvent
)
