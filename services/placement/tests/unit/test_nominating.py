"""Whether a worker may be nominated: by whom, with whose consent, for which vacancy, under which agreement."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from contracts.memberships import Membership
from eventcore import Seen
from eventcore.testing import given
from placement.jobs.qualifications.qualification import QUALIFICATION, Qualifications
from placement.offers.agreements import refusals as agreement_refusals
from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.events import Terms
from placement.offers.agreements.state import InForce, side_key
from placement.offers.known.events import OfferNoted
from placement.offers.known.offer import OFFER, OnOffer
from placement.transfers.home import refusals
from placement.transfers.home.commands import (
    Propose,
)
from placement.transfers.home.transfer import TRANSFER
from placement.transfers.permission.permission import OPEN_TRANSFER, PERMISSION, Acting, Holder, Idle, NotSteward
from placement.transfers.persons.person import PERSON, Person, WorkerEnded, WorkerNotKnown
from transfer_samples import AGREEMENT as AGREEMENT_ID
from transfer_samples import (
    ANSWER_UNTIL,
    AT,
    AT_HOME,
    DISPATCH_UNTIL,
    HOME,
    HOST,
    PLAN,
    PROPOSED,
    VACANCY,
    WELDER,
    WORKER,
)
from transfer_samples import TRANSFER as TRANSFER_ID

PROPOSE: Final = Propose(
    transfer=TRANSFER_ID,
    worker=WORKER,
    vacancy=VACANCY,
    agreement=AGREEMENT_ID,
    consented_on=date(2026, 5, 3),
    consent=PROPOSED.consent,
    answer_until=ANSWER_UNTIL,
    dispatch_until=DISPATCH_UNTIL,
    now=AT,
    by=AT_HOME,
)
OFFERED: Final = OfferNoted(
    vacancy=VACANCY,
    province="440000",
    employer="91440300MA5FABCD1X",
    kind="ORDINARY",
    occupation=WELDER,
    level="5",
    certificate_needed=False,
    region=HOST,
    heads=2,
    wage_from=500_000,
    wage_to=700_000,
    open_until=date(2026, 6, 30),
    agreement=AGREEMENT_ID,
)
TERMS: Final = Terms(
    kind="PROVINCE_PAIR",
    home="520000",
    host="440000",
    partner=None,
    occupations=(),
    quota=10,
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 1, 1),
)
KNOWN: Final = Person(
    region=HOME, groups=(Membership(group="POVERTY_LIFTED", valid_from=date(2021, 1, 1), valid_to=None),)
)


def seen(changed: Mapping[tuple[str, str], Any] | None = None, *, other: str | None = None) -> Seen:
    states = {
        (PERMISSION.category, WORKER): Acting(epoch=1, holder=Holder()),
        (PERSON.category, WORKER): KNOWN,
        (QUALIFICATION.category, WORKER): Qualifications(),
        (OFFER.category, VACANCY): OnOffer(terms=OFFERED),
        (AGREEMENT.category, side_key(AGREEMENT_ID, "HOME")): InForce(agreement=AGREEMENT_ID, side="HOME", terms=TERMS),
    }
    return Seen(states | dict(changed or {}), {(OPEN_TRANSFER, WORKER): other} if other else {})


def test_a_worker_who_agreed_is_proposed_with_groups_and_skills_and_no_name() -> None:
    proposed = replace(PROPOSED, plan=replace(PLAN, skills=()))
    given(TRANSFER).having_seen(seen()).when(PROPOSE).then(proposed)


def test_a_guest_is_nominated_by_the_county_of_the_work_and_the_host_hears_where_home_is() -> None:
    guest = Person(region="330106", guest_in=HOME)
    plan = replace(PLAN, origin="330106", groups=(), skills=())
    having = given(TRANSFER).having_seen(seen({(PERSON.category, WORKER): guest}))
    having.when(PROPOSE).then(replace(PROPOSED, plan=plan))
    unknown = Person(guest_in=HOME)  # whom nobody has surveyed here
    given(TRANSFER).having_seen(seen({(PERSON.category, WORKER): unknown})).when(PROPOSE).rejected(WorkerNotKnown)


def test_only_the_steward_nominates() -> None:
    elsewhere = Idle(newest=1, holder=Holder(epoch=2, region="440000"))
    tried = given(TRANSFER).having_seen(seen({(PERMISSION.category, WORKER): elsewhere})).when(PROPOSE)
    tried.rejected(NotSteward)


def test_who_holds_the_worker_is_named() -> None:
    elsewhere = Idle(newest=1, holder=Holder(epoch=2, region="440000"))
    with pytest.raises(NotSteward) as refused:
        TRANSFER.decide(PROPOSE, TRANSFER.initial, seen({(PERMISSION.category, WORKER): elsewhere}))
    assert refused.value.members() == {"steward": "440000"}


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (((PERSON.category, WORKER), Person()), WorkerNotKnown),
        (((PERSON.category, WORKER), replace(KNOWN, ended="DECEASED")), WorkerEnded),
        (((OFFER.category, VACANCY), OnOffer(terms=OFFERED, filled=True)), refusals.VacancyNotOnOffer),
        (
            ((OFFER.category, VACANCY), OnOffer(terms=replace(OFFERED, open_until=date(2026, 5, 3)))),
            refusals.VacancyNotOnOffer,
        ),
        (
            ((OFFER.category, VACANCY), OnOffer(terms=replace(OFFERED, agreement="another"))),
            refusals.VacancyNotUnderAgreement,
        ),
        (
            ((OFFER.category, VACANCY), OnOffer(terms=replace(OFFERED, certificate_needed=True))),
            refusals.CertificateMissing,
        ),
        (
            (
                (AGREEMENT.category, side_key(AGREEMENT_ID, "HOME")),
                InForce(agreement=AGREEMENT_ID, side="HOME", terms=replace(TERMS, home="520100")),
            ),
            refusals.VacancyNotUnderAgreement,
        ),
        (
            ((AGREEMENT.category, side_key(AGREEMENT_ID, "HOME")), AGREEMENT.initial),
            agreement_refusals.AgreementNotInForce,
        ),
    ],
    ids=["unknown", "dead", "filled", "lapsed", "other-agreement", "no-certificate", "other-county", "not-in-force"],
)
def test_nobody_is_nominated_for_what_does_not_hold(state: Any, refusal: Any) -> None:
    given(TRANSFER).having_seen(seen(dict([state]))).when(PROPOSE).rejected(refusal)


def test_a_worker_is_in_one_open_transfer_at_a_time() -> None:
    given(TRANSFER).having_seen(seen(other="another")).when(PROPOSE).rejected(refusals.WorkerInTransfer)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(PROPOSE, consented_on=date(2026, 5, 5)), refusals.ConsentMissing),
        (replace(PROPOSE, answer_until=AT), refusals.TermsOutOfOrder),
        (replace(PROPOSE, dispatch_until=ANSWER_UNTIL), refusals.TermsOutOfOrder),
        (replace(PROPOSE, dispatch_until=AT + timedelta(days=181)), refusals.TermsOutOfOrder),
    ],
    ids=["no-consent", "answer-over", "departure-before-the-answer", "too-long"],
)
def test_consent_and_terms_have_to_make_sense(command: Propose, refusal: Any) -> None:
    given(TRANSFER).having_seen(seen()).when(command).rejected(refusal)
