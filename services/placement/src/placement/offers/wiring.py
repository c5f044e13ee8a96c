"""What the service gets from this folder."""

from collections.abc import Sequence
from typing import Any, Final

from eventcore.codec import Codec
from eventcore.decider import Decider
from eventcore.reactions import Do
from eventcore.readers import Alarm, Policy, View
from eventcore.store import Store
from fastapi import APIRouter

from placement.offers.agreements import api as agreements
from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.views.agreements import AGREEMENTS
from placement.offers.employers import api as employers
from placement.offers.employers.employer import EMPLOYER
from placement.offers.employers.views.employers import EMPLOYERS
from placement.offers.known.api import offered
from placement.offers.known.offer import OFFER
from placement.offers.known.views.offers import OFFERS
from placement.offers.matching import api as matching
from placement.offers.matching.matching import MATCHING
from placement.offers.matching.views.candidates import CANDIDATES
from placement.offers.matching.views.matches import MATCHES
from placement.offers.vacancies import api as vacancies
from placement.offers.vacancies.commands import LapseVacancy, VacancyCommand
from placement.offers.vacancies.vacancy import VACANCY
from placement.policies import when_a_host_tells_of_a_vacancy_note_the_offer as note_offers
from placement.policies import when_one_side_speaks_of_an_agreement_note_it_at_the_other as note_agreements
from placement.settings import PlacementSettings


def _lapse(vacancy: str, _: str) -> Do[VacancyCommand]:
    return Do(VACANCY, vacancy, LapseVacancy())


DECIDERS: Final[Sequence[Decider[Any, Any, Any]]] = (EMPLOYER, VACANCY, AGREEMENT, OFFER, MATCHING)
POLICIES: Final[Sequence[Policy]] = (
    Policy(
        "when_a_host_tells_of_a_vacancy_note_the_offer",
        note_offers.when_a_host_tells_of_a_vacancy_note_the_offer,
        own=(Codec(VACANCY.events),),
        foreign=note_offers.FOREIGN,
    ),
    Policy(
        "when_one_side_speaks_of_an_agreement_note_it_at_the_other",
        note_agreements.when_one_side_speaks_of_an_agreement_note_it_at_the_other,
        own=(Codec(AGREEMENT.events),),
        foreign=note_agreements.FOREIGN,
    ),
)
VIEWS: Final[Sequence[View[Any]]] = (EMPLOYERS, AGREEMENTS, OFFERS, CANDIDATES, MATCHES)
ALARMS: Final[Sequence[Alarm]] = (Alarm(VACANCY.category, _lapse),)


def routers(settings: PlacementSettings, store: Store) -> Sequence[APIRouter]:
    """Routes of this folder."""
    return (
        employers.routes(),
        offered,
        vacancies.routes(vacancies.Routes()),
        agreements.routes(agreements.Routes()),
        matching.routes(matching.Routes()),
    )
