"""Whether a worker may be nominated: by whom, with whose consent, for which vacancy, under which agreement."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from contracts.occupation import OccupationKey, equivalents
from contracts.region import lies_in
from eventcore import Seen

from placement.jobs.qualifications.qualification import QUALIFICATION
from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.state import HOME, in_force, side_key
from placement.offers.known.events import OfferNoted
from placement.offers.known.offer import OFFER, OnOffer
from placement.transfers.home import refusals
from placement.transfers.home.commands import Propose
from placement.transfers.home.events import Plan, Skill, TransferEvent, TransferProposed
from placement.transfers.home.state import Transfer, Unknown
from placement.transfers.permission.permission import OPEN_TRANSFER, PERMISSION, require_steward
from placement.transfers.persons.person import PERSON, require_known
from placement.transfers.way import Way

LONGEST_WAIT: Final = timedelta(days=180)


def propose(command: Propose, found: Transfer, seen: Seen) -> Sequence[TransferEvent]:
    """R-XRG-01, R-XRG-13. The place under the agreement is asked for next."""
    if not isinstance(found, Unknown):
        raise refusals.TransferProposedAlready
    epoch = require_steward(seen.state(PERMISSION, command.worker))
    person, today = seen.state(PERSON, command.worker), command.by.today
    origin = require_known(person, today)
    home = person.guest_in or origin
    if seen.holder(OPEN_TRANSFER, command.worker) is not None:
        raise refusals.WorkerInTransfer
    if command.consented_on > today:
        raise refusals.ConsentMissing
    if not command.now < command.answer_until < command.dispatch_until <= command.now + LONGEST_WAIT:
        raise refusals.TermsOutOfOrder
    vacancy = _on_offer(command, seen)
    _require_agreement(command, home, vacancy, seen)
    way = Way(transfer=command.transfer, worker=command.worker, vacancy=command.vacancy, home=home, host=vacancy.region)
    plan = Plan(
        way=way,
        origin=None if home == origin else origin,
        agreement=command.agreement,
        groups=person.groups_on(today),
        skills=_skills(command, vacancy, seen),
        answer_until=command.answer_until,
        dispatch_until=command.dispatch_until,
        organisation=command.by.organisation,
    )
    return [
        TransferProposed(
            plan=plan,
            occupation=vacancy.occupation,
            proposed_on=today,
            epoch=epoch,
            consented_on=command.consented_on,
            consent=command.consent,
            official=command.by.official,
        )
    ]


def _on_offer(command: Propose, seen: Seen) -> OfferNoted:
    """What is known here of the vacancy; whether it has a seat its host decides."""
    vacancy = seen.state(OFFER, command.vacancy)
    if not isinstance(vacancy, OnOffer) or vacancy.filled or vacancy.terms.open_until < command.by.today:
        raise refusals.VacancyNotOnOffer
    return vacancy.terms


def _require_agreement(command: Propose, home: str, vacancy: OfferNoted, seen: Seen) -> None:
    today = command.by.today
    agreement = in_force(seen.state(AGREEMENT, side_key(command.agreement, HOME)), vacancy.occupation, today)
    terms = agreement.terms
    shared = vacancy.agreement in (None, command.agreement)
    if not (shared and lies_in(home, terms.home, today) and lies_in(vacancy.region, terms.host, today)):
        raise refusals.VacancyNotUnderAgreement


def _skills(command: Propose, vacancy: OfferNoted, seen: Seen) -> tuple[Skill, ...]:
    today = command.by.today
    held = seen.state(QUALIFICATION, command.worker).holding_on(today)
    if vacancy.certificate_needed:
        same = {str(each) for each in equivalents(OccupationKey.parse(vacancy.occupation), today)}
        if same.isdisjoint(each.occupation for each in held):
            raise refusals.CertificateMissing
    return tuple(Skill(certificate=each.certificate, occupation=each.occupation, level=each.level) for each in held)
