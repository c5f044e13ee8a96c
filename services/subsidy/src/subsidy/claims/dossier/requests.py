"""Claims of other provinces that ask for what is given once: home keeps them with the worker, and puts them in line
under the person that the worker is (R-SUB-22)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from subsidy.claims import refusals
from subsidy.claims.dossier.border_events import Request, RequestPlaced, RequestTakenBack
from subsidy.provinces import province

Asked: TypeAlias = tuple[str, str]
"""Province and claim."""
Places: TypeAlias = Mapping[Asked, RequestPlaced]
NOBODY_ASKS: Final[Places] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRequest:
    """`said_by` is the province that sent it, `to` are those that it was sent to."""

    worker: str
    request: Request
    said_by: str
    to: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackRequest:
    """The claim needs it no more; only its own province says so."""

    worker: str
    request: Request
    said_by: str
    to: tuple[str, ...]
    because: str


def place(command: PlaceRequest, person: str, placed: Places) -> Sequence[RequestPlaced | RequestTakenBack]:
    """A claim asks again only after it gave back: what it asked for before is taken back with it."""
    _check(command)
    before = placed.get(_asked(command.request))
    if before is not None and before.request.ask >= command.request.ask:
        return []
    asks = RequestPlaced(worker=command.worker, person=person, request=command.request, because=command.because)
    return [asks] if before is None else [_back(before, command.because), asks]


def take_back(command: TakeBackRequest, placed: Places) -> Sequence[RequestTakenBack]:
    _check(command)
    before = placed.get(_asked(command.request))
    if before is None or before.request.ask != command.request.ask:
        return []
    return [_back(before, command.because)]


def moved(placed: Places, person: str, because: str) -> Iterator[RequestPlaced | RequestTakenBack]:
    """The worker turned out to be that person: they ask again under it."""
    for each in placed.values():
        if each.person != person:
            yield _back(each, because)
            yield RequestPlaced(worker=each.worker, person=person, request=each.request, because=because)


def after(placed: Places, event: RequestPlaced | RequestTakenBack) -> Places:
    key = _asked(event.request)
    if isinstance(event, RequestPlaced):
        return {**placed, key: event}
    return {each: found for each, found in placed.items() if each != key}


def _check(command: PlaceRequest | TakeBackRequest) -> None:
    """A province speaks for its own claims, and asks home alone."""
    request = command.request
    if command.said_by != province(request.region) or command.said_by == request.home:
        raise refusals.NotTheirClaim
    if command.to != (request.home,):
        raise refusals.NotTheHome


def _asked(request: Request) -> Asked:
    return province(request.region), request.claim


def _back(before: RequestPlaced, because: str) -> RequestTakenBack:
    return RequestTakenBack(worker=before.worker, person=before.person, request=before.request, because=because)
