"""What the service gets from this folder."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from eventcore import Do
from eventcore.codec import Codec
from eventcore.decider import Decider
from eventcore.exchange.pairs import pairs_agree
from eventcore.readers import Alarm, Policy, View, When
from eventcore.store import Store
from fastapi import APIRouter

from placement.jobs.employments.events import EmploymentEvent
from placement.offers.agreements.events import AgreementEvent
from placement.offers.vacancies.events import VacancyEvent
from placement.policies import (
    when_a_guest_starts_a_job_note_who_nominates as guests,
)
from placement.policies import (
    when_a_job_starts_its_transfer_has_come_to_its_end as complete,
)
from placement.policies import (
    when_a_place_is_used_or_refused_the_transfer_goes_on as nominate,
)
from placement.policies import (
    when_a_reception_asks_or_ends_so_does_its_seat as seats,
)
from placement.policies import (
    when_a_seat_is_held_or_refused_the_host_answers as answer,
)
from placement.policies import (
    when_a_transfer_is_proposed_or_ends_so_does_its_place as places,
)
from placement.policies import (
    when_a_transfer_is_stopped_or_let_go_the_service_may_yield as give_way,
)
from placement.policies import (
    when_acting_or_a_worker_ends_stop_the_transfer as stop,
)
from placement.policies import (
    when_home_says_something_of_a_transfer_the_host_hears_it as tell_the_host,
)
from placement.policies import (
    when_the_host_says_something_of_a_transfer_home_hears_it as tell_home,
)
from placement.policies import (
    when_the_registry_moves_a_stewardship_begin_or_end_acting as act,
)
from placement.policies import (
    when_the_registry_tells_of_a_worker_note_it as note,
)
from placement.settings import PlacementSettings
from placement.transfers import api
from placement.transfers.home.commands import Expire
from placement.transfers.home.transfer import TRANSFER
from placement.transfers.host.commands import GiveUpWaiting
from placement.transfers.host.reception import RECEPTION
from placement.transfers.lists import listed
from placement.transfers.permission.permission import PERMISSION
from placement.transfers.persons.person import PERSON
from placement.transfers.views.transfers import TRANSFERS

DECIDERS: Final[Sequence[Decider[Any, Any, Any]]] = (PERSON, PERMISSION, TRANSFER, RECEPTION)

_PERSONS, _PERMISSIONS, _TRANSFERS, _RECEPTIONS = (Codec(each.events) for each in DECIDERS)
_AGREEMENTS, _VACANCIES, _JOBS = Codec(AgreementEvent), Codec(VacancyEvent), Codec(EmploymentEvent)


def _policy(
    react: Callable[[Any], Any], *own: Codec, foreign: tuple[str, ...] = (), when: When | None = None
) -> Policy:
    return Policy(react.__name__, react, own=own, foreign=foreign, when=when)


POLICIES: Final[Sequence[Policy]] = (
    _policy(note.when_the_registry_tells_of_a_worker_note_it, foreign=note.FOREIGN),
    _policy(guests.when_a_guest_starts_a_job_note_who_nominates, _JOBS),
    _policy(act.when_the_registry_moves_a_stewardship_begin_or_end_acting, foreign=act.FOREIGN),
    _policy(stop.when_acting_or_a_worker_ends_stop_the_transfer, _PERMISSIONS, _PERSONS),
    _policy(give_way.when_a_transfer_is_stopped_or_let_go_the_service_may_yield, _TRANSFERS),
    _policy(places.when_a_transfer_is_proposed_or_ends_so_does_its_place, _TRANSFERS),
    _policy(nominate.when_a_place_is_used_or_refused_the_transfer_goes_on, _AGREEMENTS, when=pairs_agree),
    _policy(
        tell_the_host.when_home_says_something_of_a_transfer_the_host_hears_it,
        _TRANSFERS,
        foreign=tell_the_host.FOREIGN,
    ),
    _policy(seats.when_a_reception_asks_or_ends_so_does_its_seat, _RECEPTIONS),
    _policy(answer.when_a_seat_is_held_or_refused_the_host_answers, _VACANCIES),
    _policy(
        tell_home.when_the_host_says_something_of_a_transfer_home_hears_it,
        _RECEPTIONS,
        foreign=tell_home.FOREIGN,
        when=pairs_agree,
    ),
    _policy(complete.when_a_job_starts_its_transfer_has_come_to_its_end, _JOBS, foreign=complete.FOREIGN),
)
VIEWS: Final[Sequence[View[Any]]] = (TRANSFERS,)


def _expire(key: str, name: str) -> Do[Any]:
    return Do(TRANSFER, key, Expire(waited_for=name))


def _give_up(key: str, name: str) -> Do[Any]:
    return Do(RECEPTION, key, GiveUpWaiting(transfer=key))


ALARMS: Final[Sequence[Alarm]] = (
    Alarm(TRANSFER.category, _expire, when=pairs_agree),
    Alarm(RECEPTION.category, _give_up, when=pairs_agree),
)
"""What was answered in time, and lost in a restore, comes again before."""


def routers(settings: PlacementSettings, store: Store) -> Sequence[APIRouter]:
    """Routes of this folder."""
    return api.routes(api.Routes()), listed
