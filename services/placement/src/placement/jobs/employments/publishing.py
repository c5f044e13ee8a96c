"""What others may know of a job: this province, and the home of the worker where that is another."""

from typing import Any, assert_never

from contracts.employment import ContractSignedV1, EmploymentEndedV1, EmploymentStartedV1, MonthConfirmedV1
from contracts.public_event import PublicEvent
from contracts.region import province_of

from placement.jobs.employments.events import (
    ContractSigned,
    EmploymentEnded,
    EmploymentEvent,
    EmploymentStarted,
    MonthConfirmed,
    Terms,
)


def publish(event: EmploymentEvent) -> PublicEvent:
    facts = _facts(event.terms)
    match event:
        case ContractSigned():
            return ContractSignedV1(**facts, signed_on=event.signed_on, ends_on=event.ends_on)
        case EmploymentStarted():
            return EmploymentStartedV1(**facts, started_on=event.started_on, organisation=event.organisation)
        case MonthConfirmed():
            return MonthConfirmedV1(**facts, month=event.month, days=event.days, wage=event.wage, insured=event.insured)
        case EmploymentEnded():
            return EmploymentEndedV1(
                **facts, ended_on=event.ended_on, reason=event.reason, responsible=event.responsible
            )
        case _:
            assert_never(event)


def _facts(terms: Terms) -> dict[str, Any]:
    home, host = province_of(terms.home), province_of(terms.region)
    return {
        "to": () if home == host else (home,),
        "employment": terms.employment,
        "worker": terms.worker,
        "home": terms.home,
        "employer": terms.employer,
        "region": terms.region,
        "occupation": terms.occupation,
        "form": terms.form,
        "self_found": terms.self_found,
        "transfer": terms.transfer,
    }
