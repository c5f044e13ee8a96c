"""A worker's certificates: what certification of this province said, and what others nominated the worker with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

from contracts.region import province_of
from eventcore import Decider, Rejected, Seen

from placement.jobs.qualifications.events import CertificateMarked, CertificateNoted, QualificationEvent


class NotByHome(Rejected):
    """Only the province of home says which certificates a worker is nominated with."""

    code = "certificates_told_by_another_province"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Certification of this province said so."""

    event: QualificationEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    certificate: str
    occupation: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HearOf:
    """Another province nominates the worker: these are the certificates that hold, by what it knows on that day."""

    worker: str
    home: str
    """County of home: only its province may say so."""
    certificates: tuple[Held, ...]
    told_on: date
    told_by: str


QualificationCommand: TypeAlias = Note | HearOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A certificate with what was said of it since, in that order. Days of its marks never go back."""

    noted: CertificateNoted
    marks: tuple[CertificateMarked, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Also of a day that is long past: the last mark until then counts."""
        if day < self.noted.holds_from or (self.noted.valid_until is not None and day > self.noted.valid_until):
            return False
        return next((each.holds for each in reversed(self.marks) if each.marked_on <= day), True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifications:
    known: Mapping[str, Known] = field(default_factory=dict)

    def holding_on(self, day: date) -> tuple[Held, ...]:
        """The certificates that hold on that day, by their ids."""
        held = (each.noted for _, each in sorted(self.known.items()) if each.holds_on(day))
        return tuple(Held(certificate=each.certificate, occupation=each.occupation, level=each.level) for each in held)


def decide(command: QualificationCommand, qualifications: Qualifications, seen: Seen) -> Sequence[QualificationEvent]:
    match command:
        case Note(event=event):
            return [event] if _is_news(event, qualifications.known.get(event.certificate)) else []
        case HearOf():
            if command.told_by != province_of(command.home):
                raise NotByHome
            return [*_told(command, qualifications), *_told_no_more(command, qualifications)]
        case _:
            assert_never(command)


def _is_news(event: QualificationEvent, known: Known | None) -> bool:
    if isinstance(event, CertificateNoted):
        return known is None or known.noted.told_by != ""
    return known is not None and event not in known.marks


def _told(command: HearOf, qualifications: Qualifications) -> Iterable[QualificationEvent]:
    """What certification of this province issued is not for others to say."""
    for held in command.certificates:
        known = qualifications.known.get(held.certificate)
        if known is None:
            yield CertificateNoted(
                worker=command.worker,
                certificate=held.certificate,
                occupation=held.occupation,
                level=held.level,
                holds_from=command.told_on,
                valid_until=None,
                told_by=command.told_by,
            )
        elif known.noted.told_by and not known.holds_on(command.told_on):
            yield _mark(command, held.certificate, holds=True)


def _told_no_more(command: HearOf, qualifications: Qualifications) -> Iterable[QualificationEvent]:
    named = {each.certificate for each in command.certificates}
    for certificate, known in sorted(qualifications.known.items()):
        if known.noted.told_by == command.told_by and certificate not in named and known.holds_on(command.told_on):
            yield _mark(command, certificate, holds=False)


def _mark(command: HearOf, certificate: str, *, holds: bool) -> CertificateMarked:
    return CertificateMarked(worker=command.worker, certificate=certificate, holds=holds, marked_on=command.told_on)


def evolve(qualifications: Qualifications, event: QualificationEvent) -> Qualifications:
    before = qualifications.known.get(event.certificate)
    match event:
        case CertificateNoted():
            after = Known(noted=event)
        case CertificateMarked():
            if before is None:
                return qualifications
            after = replace(before, marks=(*before.marks, event))
        case _:
            assert_never(event)
    return replace(qualifications, known={**qualifications.known, event.certificate: after})


QUALIFICATION: Final[Decider[QualificationCommand, QualificationEvent, Qualifications]] = Decider(
    category="qualification", initial=Qualifications(), decide=decide, evolve=evolve, events=QualificationEvent
)
