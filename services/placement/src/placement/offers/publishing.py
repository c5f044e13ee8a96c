"""What other services may know of this folder's events."""

from contracts.public_event import PublicEvent

from placement.offers.agreements import publishing as agreements
from placement.offers.agreements.events import AgreementEvent
from placement.offers.employers import publishing as employers
from placement.offers.employers.events import EmployerEvent
from placement.offers.vacancies import publishing as vacancies
from placement.offers.vacancies.events import VacancyEvent


def publish(event: object) -> PublicEvent | None:
    """The public event of a private one; None: it stays at home, or it is of another folder."""
    if isinstance(event, EmployerEvent):
        return employers.publish(event)
    if isinstance(event, VacancyEvent):
        return vacancies.publish(event)
    if isinstance(event, AgreementEvent):
        return agreements.publish(event)
    return None
