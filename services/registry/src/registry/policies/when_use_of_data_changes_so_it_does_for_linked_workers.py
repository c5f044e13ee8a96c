"""When a person's data are erased or their use is restricted, so it is for every worker that was found to be them."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from registry.privacy.commands import EndRestriction, ErasePersonalData, PrivacyCommand, RestrictUse
from registry.privacy.events import PersonalDataErased, UseRestricted, UseRestrictionEnded
from registry.workers.worker import WORKER


def when_use_of_data_changes_so_it_does_for_linked_workers(fact: Fact[Any]) -> Iterable[Do[Any]]:
    match fact.event:
        case UseRestricted() | UseRestrictionEnded() | PersonalDataErased():
            for worker in fact.event.linked:
                yield Do(WORKER, worker, _same(fact.event, worker, fact))
        case _:
            return


def _same(
    event: UseRestricted | UseRestrictionEnded | PersonalDataErased, worker: str, fact: Fact[Any]
) -> PrivacyCommand:
    """Its numbers, and what it is compared by, are with the worker that stands for it."""
    by = {"worker": worker, "official": event.official, "organisation": event.organisation, "canonical": event.worker}
    match event:
        case UseRestricted():
            return RestrictUse(**by, ground=event.ground, until=event.until, today=fact.occurred_at.date())
        case UseRestrictionEnded():
            return EndRestriction(**by)
        case PersonalDataErased():
            today = fact.occurred_at.date()
            return ErasePersonalData(**by, ground=event.ground, numbers=(), signs=(), linked=(), today=today)
