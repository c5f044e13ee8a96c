"""When the registry says something of a worker that claims rest on, it is noted in the worker's dossier."""

from collections.abc import Iterable
from typing import Any

from contracts.registry import (
    DuplicateDecidedV1,
    PersonalDataErasedV1,
    SurveyApprovedV1,
    SurveyInvalidatedV1,
    SurveyRecordedV1,
    SurveyRejectedV1,
    UseRestrictedV1,
    UseRestrictionEndedV1,
    WorkerDeceasedV1,
    WorkerGroupAssignedV1,
    WorkerGroupEndedV1,
    WorkerGroupWithdrawnV1,
    WorkerMovedV1,
    WorkerRegisteredV1,
)
from eventcore import Do, Fact

from subsidy.claims.dossier.dossier import DOSSIER, DossierCommand, Note
from subsidy.claims.dossier.events import (
    DataUseNoted,
    DeathNoted,
    GroupNoted,
    HouseholdRegionNoted,
    Noted,
    PersonNoted,
    SurveyNoted,
    SurveyVerdictNoted,
)
from subsidy.claims.dossier.parts import Said

TYPES = tuple(
    event.type
    for event in (
        WorkerRegisteredV1,
        WorkerGroupAssignedV1,
        WorkerGroupEndedV1,
        WorkerGroupWithdrawnV1,
        WorkerMovedV1,
        WorkerDeceasedV1,
        DuplicateDecidedV1,
        UseRestrictedV1,
        UseRestrictionEndedV1,
        PersonalDataErasedV1,
        SurveyRecordedV1,
        SurveyApprovedV1,
        SurveyRejectedV1,
        SurveyInvalidatedV1,
    )
)


def when_the_registry_says_something_of_a_worker_note_it(fact: Fact[Any]) -> Iterable[Do[DossierCommand]]:
    for noted in _noted(fact, Said(fact=fact.id, order=fact.version)):
        yield Do(DOSSIER, noted.worker, Note(noted))


def _noted(fact: Fact[Any], said: Said) -> Iterable[Noted]:
    event = fact.event
    match event:
        case WorkerRegisteredV1():
            yield _region(event.worker, event.household_region, None, said)
            for each in event.groups:
                yield _group(event.worker, each.group, each.valid_from, each.valid_to, said)
        case WorkerGroupAssignedV1() | WorkerGroupEndedV1():
            yield _group(event.worker, event.group, event.valid_from, event.valid_to, said)
        case WorkerGroupWithdrawnV1():
            yield _group(event.worker, event.group, event.valid_from, None, said, withdrawn=True)
        case WorkerMovedV1():
            yield _region(event.worker, event.household_region, event.valid_from, said)
        case WorkerDeceasedV1():
            yield DeathNoted(worker=event.worker, died_on=event.died_on, said=said, concerns=())
        case DuplicateDecidedV1():
            yield from _person(event, fact)
        case UseRestrictedV1():
            yield DataUseNoted(worker=event.worker, use="RESTRICTED", said=said, concerns=())
        case UseRestrictionEndedV1():
            yield DataUseNoted(worker=event.worker, use="FREE", said=said, concerns=())
        case PersonalDataErasedV1():
            yield DataUseNoted(worker=event.worker, use="ERASED", said=said, concerns=())
        case _:
            yield from _survey(fact, said)


def _region(worker: str, region: str, valid_from: Any, said: Said) -> HouseholdRegionNoted:
    return HouseholdRegionNoted(worker=worker, region=region, valid_from=valid_from, said=said, concerns=())


def _group(
    worker: str, group: str, valid_from: Any, valid_to: Any, said: Said, *, withdrawn: bool = False
) -> GroupNoted:
    return GroupNoted(
        worker=worker,
        group=group,
        valid_from=valid_from,
        valid_to=valid_to,
        withdrawn=withdrawn,
        said=said,
        concerns=(),
    )


def _person(event: DuplicateDecidedV1, fact: Fact[Any]) -> Iterable[PersonNoted]:
    """Streams of several workers may say who stands for the other: the time of the decision orders them."""
    if event.links:
        said = Said(fact=fact.id, order=int(fact.occurred_at.timestamp() * 1_000_000))
        yield PersonNoted(worker=event.other, person=event.canonical or event.other, said=said, concerns=())


def _survey(fact: Fact[Any], said: Said) -> Iterable[SurveyNoted | SurveyVerdictNoted]:
    event = fact.event
    match event:
        case SurveyRecordedV1():
            yield SurveyNoted(
                worker=event.worker,
                survey=fact.stream,
                surveyed_on=event.surveyed_on,
                employment_form=event.employment_form,
                said=said,
                concerns=(),
            )
        case SurveyApprovedV1() | SurveyRejectedV1() | SurveyInvalidatedV1():
            holds = isinstance(event, SurveyApprovedV1)
            yield SurveyVerdictNoted(worker=event.worker, survey=fact.stream, holds=holds, said=said, concerns=())
        case _:
            return
