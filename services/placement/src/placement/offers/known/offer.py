"""A vacancy as home knows it, of whichever province: whether somebody may be nominated for it. Only the province where
the work is may tell of it, and who has a seat it decides there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, assert_never

from eventcore import Decider, Rejected, Seen

from placement.offers.known.events import OfferClosed, OfferEvent, OfferFilled, OfferNoted


class NotTheHost(Rejected):
    """Another province than that of the work tells of the vacancy."""

    code = "not_the_host_of_the_vacancy"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOffer:
    """The province said so; what is known already is not noted again."""

    province: str | None
    """None: the own one."""
    event: OfferEvent


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class OnOffer:
    """Not closed. Where it is filled, a seat may become free again."""

    terms: OfferNoted
    filled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    terms: OfferNoted
    reason: str


Offer: TypeAlias = Unknown | OnOffer | Closed


def decide(command: NoteOffer, found: Offer, seen: Seen) -> Sequence[OfferEvent]:
    if command.province is not None and command.province != _host(found, command.event):
        raise NotTheHost
    return [command.event] if evolve(found, command.event) != found else []


def _host(found: Offer, event: OfferEvent) -> str | None:
    """The province that may tell of the vacancy; None: of nothing that is not known yet."""
    if isinstance(found, OnOffer | Closed):
        return found.terms.province
    return event.province if isinstance(event, OfferNoted) else None


def evolve(found: Offer, event: OfferEvent) -> Offer:
    match event:
        case OfferNoted():
            return found if isinstance(found, Closed) else OnOffer(terms=event)
        case OfferFilled():
            return replace(found, filled=True) if isinstance(found, OnOffer) else found
        case OfferClosed(reason=reason):
            return Closed(terms=found.terms, reason=reason) if isinstance(found, OnOffer) else found
        case _:
            assert_never(event)


OFFER: Final[Decider[NoteOffer, OfferEvent, Offer]] = Decider(
    category="offer", initial=Unknown(), decide=decide, evolve=evolve, events=OfferEvent
)
