"""Stewardship: its parts of the service, for `app.py`."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from contracts.employment import EmploymentEndedV1, EmploymentStartedV1
from contracts.roll import StewardsAnsweredV1, StewardsCalledV1
from contracts.stewardship import (
    StewardshipDeathReportedV1,
    StewardshipDeathWithdrawnV1,
    StewardshipGrantedV1,
    StewardshipHeldV1,
    StewardshipRecalledV1,
    StewardshipRefusedV1,
    StewardshipReleasedV1,
    StewardshipRequestedV1,
    StewardshipTakenBackV1,
    StewardshipYieldedV1,
)
from eventcore import Decider
from eventcore.clock import Clock
from eventcore.codec import Codec
from eventcore.deeds import Deeds
from eventcore.exchange import roll_call
from eventcore.exchange.outbound import SeriesOpened
from eventcore.exchange.pairs import pairs_agree
from eventcore.readers import Pages, Policy, View, Work
from eventcore.roll import ROLL
from eventcore.store import Store
from fastapi import APIRouter

from registry.policies.when_a_death_is_recorded_or_withdrawn_the_other_province_is_told import (
    when_a_death_is_recorded_or_withdrawn_the_other_province_is_told,
)
from registry.policies.when_a_guest_has_a_job_here_the_registry_knows_the_county import (
    when_a_guest_has_a_job_here_the_registry_knows_the_county,
)
from registry.policies.when_a_job_starts_its_province_becomes_responsible import (
    when_a_job_starts_its_province_becomes_responsible,
)
from registry.policies.when_a_service_has_stopped_acting_note_its_yield import (
    when_a_service_has_stopped_acting_note_its_yield,
)
from registry.policies.when_a_tenure_ends_the_registry_stops_acting import (
    when_a_tenure_ends_the_registry_stops_acting,
)
from registry.policies.when_another_province_says_whether_a_worker_lives_so_does_this_one import (
    when_another_province_says_whether_a_worker_lives_so_does_this_one,
)
from registry.policies.when_stewardship_is_granted_hold_it import when_stewardship_is_granted_hold_it
from registry.policies.when_stewardship_is_recalled_end_the_tenure import (
    when_stewardship_is_recalled_end_the_tenure,
)
from registry.policies.when_stewardship_is_refused_a_person_looks import when_stewardship_is_refused_a_person_looks
from registry.policies.when_stewardship_is_released_grant_it_on import when_stewardship_is_released_grant_it_on
from registry.policies.when_stewardship_is_requested_home_recalls_it import (
    when_stewardship_is_requested_home_recalls_it,
)
from registry.policies.when_the_roll_is_answered_note_it import when_the_roll_is_answered_note_it
from registry.stewardship import api
from registry.stewardship.ledger import LEDGER
from registry.stewardship.remembering import SENTENCE, Home, ledger_is_whole
from registry.stewardship.tenure import TENURE
from registry.stewardship.views import waits
from registry.workers.worker import WORKER

DECIDERS: Final[tuple[Decider[Any, Any, Any], ...]] = (LEDGER, TENURE, ROLL)
VIEWS: Final[tuple[View[Any], ...]] = (waits.WAITS,)

_LEDGER, _TENURE, _WORKER = Codec(LEDGER.events), Codec(TENURE.events), Codec(WORKER.events)

POLICIES: Final = (
    Policy(
        "when_a_job_starts_its_province_becomes_responsible",
        when_a_job_starts_its_province_becomes_responsible,
        foreign=(EmploymentStartedV1.type, EmploymentEndedV1.type),
        when=ledger_is_whole,
    ),
    Policy(
        "when_another_province_says_whether_a_worker_lives_so_does_this_one",
        when_another_province_says_whether_a_worker_lives_so_does_this_one,
        own=(_LEDGER, _TENURE),
        foreign=(StewardshipDeathReportedV1.type, StewardshipDeathWithdrawnV1.type),
    ),
    Policy(
        "when_a_death_is_recorded_or_withdrawn_the_other_province_is_told",
        when_a_death_is_recorded_or_withdrawn_the_other_province_is_told,
        own=(_WORKER,),
        when=ledger_is_whole,
    ),
    Policy(
        "when_stewardship_is_requested_home_recalls_it",
        when_stewardship_is_requested_home_recalls_it,
        foreign=(StewardshipRequestedV1.type,),
        when=ledger_is_whole,
    ),
    Policy(
        "when_stewardship_is_granted_hold_it",
        when_stewardship_is_granted_hold_it,
        own=(_LEDGER,),
        foreign=(StewardshipGrantedV1.type, StewardsCalledV1.type),
        when=pairs_agree,
    ),
    Policy(
        "when_stewardship_is_recalled_end_the_tenure",
        when_stewardship_is_recalled_end_the_tenure,
        own=(_LEDGER,),
        foreign=(StewardshipRecalledV1.type, StewardshipTakenBackV1.type),
    ),
    Policy(
        "when_a_guest_has_a_job_here_the_registry_knows_the_county",
        when_a_guest_has_a_job_here_the_registry_knows_the_county,
        own=(_TENURE,),
    ),
    Policy(
        "when_a_tenure_ends_the_registry_stops_acting",
        when_a_tenure_ends_the_registry_stops_acting,
        own=(_TENURE,),
    ),
    Policy(
        "when_a_service_has_stopped_acting_note_its_yield",
        when_a_service_has_stopped_acting_note_its_yield,
        own=(_WORKER,),
        foreign=(StewardshipYieldedV1.type,),
    ),
    Policy(
        "when_stewardship_is_released_grant_it_on",
        when_stewardship_is_released_grant_it_on,
        own=(_TENURE,),
        foreign=(StewardshipReleasedV1.type,),
        when=ledger_is_whole,
    ),
    Policy(
        "when_stewardship_is_refused_a_person_looks",
        when_stewardship_is_refused_a_person_looks,
        foreign=(StewardshipRefusedV1.type,),
    ),
    Policy("when_the_roll_is_answered_note_it", when_the_roll_is_answered_note_it, foreign=(StewardsAnsweredV1.type,)),
)
"""In the order in which one fact leads to the next. After a restore nobody is made responsible until the pairs agree;
to stop acting waits for nothing."""

FOLLOWS: Final = ("placement.employment.1", "placement.permission.1")


def works(store: Store, pages: Callable[[Sequence[Codec], Sequence[str]], Pages]) -> Sequence[Work]:
    """Readers that remember what was lost, and ask whether that is all."""
    return (
        Deeds(SENTENCE, store.pool, pages((), (StewardshipHeldV1.type,)), Home(store).note),
        Deeds(roll_call.SENTENCE, store.pool, pages((Codec(SeriesOpened),), ()), roll_call.Caller(store).call),
    )


def routers(clock: Clock, revoked: Callable[[], frozenset[str]]) -> Sequence[APIRouter]:
    return (api.routes(revoked), waits.routes(clock))
