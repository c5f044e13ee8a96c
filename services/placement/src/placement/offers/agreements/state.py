"""What is known of one side of an agreement, and what its events mean."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from contracts.occupation import OccupationKey, equivalents
from contracts.region import province_of

from placement.offers.agreements import refusals
from placement.offers.agreements.events import (
    AgreementEnded,
    AgreementEvent,
    AgreementProposed,
    AgreementSigned,
    EndNoted,
    PlaceFreed,
    PlaceRefused,
    PlaceUsed,
    ProposalNoted,
    SignatureNoted,
    Terms,
)

HOME: Final = "HOME"
HOST: Final = "HOST"


def side_key(agreement: str, side: str) -> str:
    """Both sides may lie in one province, so each has a stream of its own."""
    return f"{agreement}-{side.lower()}"


def other(side: str) -> str:
    return HOST if side == HOME else HOME


def region_of(terms: Terms, side: str) -> str:
    """Whose labour office speaks for the side."""
    return terms.home if side == HOME else terms.host


def addressees(terms: Terms, side: str) -> tuple[str, ...]:
    """To which other province the side speaks."""
    there = province_of(region_of(terms, other(side)))
    return () if there == province_of(region_of(terms, side)) else (there,)


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """This side signed and waits for the other."""

    agreement: str
    side: str
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """The other side signed and waits for this one."""

    agreement: str
    side: str
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Nominations by what became of them; each is asked once."""

    used: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    freed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """Both signed; it holds in its period."""

    agreement: str
    side: str
    terms: Terms
    places: Places = Places()

    def unfit(self, occupation: str, day: date) -> str | None:
        """Why nobody is nominated under it for the occupation on that day: NOT_IN_FORCE or OCCUPATION; None: fits."""
        if not self.terms.valid_from <= day < self.terms.valid_to:
            return "NOT_IN_FORCE"
        same = {str(each) for each in equivalents(OccupationKey.parse(occupation), day)}
        return "OCCUPATION" if self.terms.occupations and same.isdisjoint(self.terms.occupations) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Either side ended it, before or after it was in force; places that are used go on to their end."""

    agreement: str
    side: str
    terms: Terms
    ended_on: date
    places: Places = Places()


Agreement: TypeAlias = Unknown | Proposed | Offered | InForce | Ended
Known: TypeAlias = Proposed | Offered | InForce | Ended


def known(found: Agreement) -> Known:
    """The agreement. Refuses where there is none."""
    if isinstance(found, Unknown):
        raise refusals.AgreementNotKnown
    return found


def in_force(found: Agreement, occupation: str, day: date) -> InForce:
    """The agreement. Refuses where it does not hold for the occupation on that day."""
    if not isinstance(found, InForce):
        raise refusals.AgreementNotInForce
    match found.unfit(occupation, day):
        case "NOT_IN_FORCE":
            raise refusals.AgreementNotInForce
        case "OCCUPATION":
            raise refusals.NotUnderTheAgreement
        case _:
            return found


def evolve(found: Agreement, event: AgreementEvent) -> Agreement:
    match event:
        case AgreementProposed():
            return Proposed(agreement=event.agreement, side=event.side, terms=event.terms)
        case ProposalNoted():
            return Offered(agreement=event.agreement, side=event.side, terms=event.terms)
        case AgreementSigned() | SignatureNoted():
            signed = known(found)
            return InForce(agreement=signed.agreement, side=signed.side, terms=signed.terms)
        case AgreementEnded() | EndNoted():
            return _ended(known(found), event.ended_on)
        case PlaceUsed() | PlaceRefused() | PlaceFreed():
            return _counted(known(found), event)
        case _:
            assert_never(event)


def _ended(found: Known, day: date) -> Ended:
    places = found.places if isinstance(found, InForce | Ended) else Places()
    return Ended(agreement=found.agreement, side=found.side, terms=found.terms, ended_on=day, places=places)


def _counted(found: Known, event: PlaceUsed | PlaceRefused | PlaceFreed) -> Known:
    if not isinstance(found, InForce | Ended):
        return found
    places, one = found.places, {event.transfer}
    match event:
        case PlaceUsed():
            places = replace(places, used=places.used | one)
        case PlaceRefused():
            places = replace(places, refused=places.refused | one)
        case PlaceFreed():
            places = replace(places, used=places.used - one, freed=places.freed | one)
        case _:
            assert_never(event)
    return replace(found, places=places)
