"""Agreements: each side signs for itself, what the other says is noted if it may say so, and the quota is counted."""

from dataclasses import replace
from datetime import date

import pytest
from eventcore import Acting
from eventcore.testing import given
from offers_samples import AGREEMENT_KEY, CIRCUITS, HOME_OFFICE, HOST_OFFICE, PAIR, TODAY
from placement.offers.agreements import refusals
from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.commands import (
    EndAgreement,
    FreePlace,
    NoteEnd,
    NoteProposal,
    NoteSignature,
    ProposeAgreement,
    SignAgreement,
    UsePlace,
)
from placement.offers.agreements.events import (
    AgreementEnded,
    AgreementProposed,
    AgreementSigned,
    EndNoted,
    PlaceFreed,
    PlaceRefused,
    PlaceUsed,
    ProposalNoted,
    SignatureNoted,
    Terms,
)
from placement.offers.agreements.state import HOME, HOST

FACTORY = "91440300MA5DT43210"
WITH_FACTORY = replace(PAIR, kind="EMPLOYER", host="440306", partner=FACTORY)
PROPOSE = ProposeAgreement(agreement=AGREEMENT_KEY, side=HOME, terms=PAIR, by=HOME_OFFICE)
PROPOSED = AgreementProposed(
    agreement=AGREEMENT_KEY, side=HOME, terms=PAIR, to=("440000",), official="qian", organisation="hr-520000"
)
NOTED = ProposalNoted(agreement=AGREEMENT_KEY, side=HOST, terms=PAIR, said_by="hr-520000")
SIGNED = AgreementSigned(
    agreement=AGREEMENT_KEY, side=HOST, terms=PAIR, to=("520000",), official="zhao", organisation="hr-440306"
)
SIGNATURE = NoteSignature(terms=PAIR, province="440000", organisation="hr-440306")
SIGNATURE_NOTED = SignatureNoted(agreement=AGREEMENT_KEY, side=HOME, said_by="hr-440306")
HOME_IN_FORCE = (PROPOSED, SIGNATURE_NOTED)


def note(terms: Terms = PAIR, *, side: str = HOST, province: str = "520000") -> NoteProposal:
    return NoteProposal(agreement=AGREEMENT_KEY, side=side, terms=terms, province=province, organisation="hr-520000")


def use(transfer: str, *, on: date = TODAY) -> UsePlace:
    return UsePlace(transfer=transfer, occupation=CIRCUITS, on=on)


def used(transfer: str) -> PlaceUsed:
    return PlaceUsed(agreement=AGREEMENT_KEY, transfer=transfer)


def refused(transfer: str, reason: str) -> PlaceRefused:
    return PlaceRefused(agreement=AGREEMENT_KEY, transfer=transfer, reason=reason)


def test_one_side_proposes_and_tells_the_other_province() -> None:
    given(AGREEMENT).when(PROPOSE).then(PROPOSED)
    given(AGREEMENT, PROPOSED).when(PROPOSE).then()
    given(AGREEMENT, PROPOSED).when(replace(PROPOSE, terms=replace(PAIR, quota=9))).rejected(refusals.AgreementTaken)


def test_two_counties_of_one_province_need_no_exchange() -> None:
    terms = replace(PAIR, kind="COUNTY_PAIR", home="520526", host="520102")
    given(AGREEMENT).when(replace(PROPOSE, terms=terms)).then(replace(PROPOSED, terms=terms, to=()))


@pytest.mark.parametrize(
    "terms",
    [
        replace(PAIR, host="520100"),
        replace(PAIR, kind="COUNTY_PAIR"),
        replace(PAIR, kind="COUNTY_PAIR", home="520526", host="520526"),
        replace(PAIR, kind="EMPLOYER"),
        replace(PAIR, partner=FACTORY),
        replace(PAIR, valid_to=PAIR.valid_from),
    ],
)
def test_kind_sides_partner_and_period_go_together(terms: Terms) -> None:
    given(AGREEMENT).when(replace(PROPOSE, terms=terms)).rejected(refusals.AgreementTermsWrong)


def test_an_employer_is_asked_and_does_not_ask() -> None:
    command = replace(PROPOSE, side=HOST, terms=WITH_FACTORY)
    given(AGREEMENT).when(command).rejected(refusals.AgreementTermsWrong)


def test_a_proposal_is_noted_from_the_other_side_only() -> None:
    given(AGREEMENT).when(note()).then(NOTED)
    given(AGREEMENT, NOTED).when(note()).then()
    given(AGREEMENT).when(note(province="530000")).rejected(refusals.NotTheOtherSide)
    given(AGREEMENT, NOTED).when(note(replace(PAIR, quota=9))).rejected(refusals.AgreementTaken)
    given(AGREEMENT, *HOME_IN_FORCE).when(note(side=HOME, province="440000")).rejected(refusals.AgreementTaken)


def test_the_other_side_signs_and_the_first_notes_it() -> None:
    given(AGREEMENT, NOTED).when(SignAgreement(by=HOST_OFFICE)).then(SIGNED)
    given(AGREEMENT, NOTED, SIGNED).when(SignAgreement(by=HOST_OFFICE)).then()
    given(AGREEMENT, PROPOSED).when(SIGNATURE).then(SIGNATURE_NOTED)
    given(AGREEMENT, *HOME_IN_FORCE).when(SIGNATURE).then()


def test_nobody_signs_what_they_proposed_themselves() -> None:
    given(AGREEMENT, PROPOSED).when(SignAgreement(by=HOME_OFFICE)).rejected(refusals.AgreementNotOffered)
    given(AGREEMENT).when(SignAgreement(by=HOME_OFFICE)).rejected(refusals.AgreementNotKnown)


def test_a_signature_counts_from_the_other_side_and_under_the_same_text() -> None:
    given(AGREEMENT, PROPOSED).when(replace(SIGNATURE, province="530000")).rejected(refusals.NotTheOtherSide)
    longer = replace(SIGNATURE, terms=replace(PAIR, quota=500))
    given(AGREEMENT, PROPOSED).when(longer).rejected(refusals.NotTheOtherSide)


def test_the_employer_of_an_agreement_signs_it_and_no_office_does() -> None:
    noted = replace(NOTED, terms=WITH_FACTORY)
    factory = Acting(official="sun", organisation=FACTORY, today=TODAY)
    signed = replace(SIGNED, terms=WITH_FACTORY, official="sun", organisation=FACTORY)
    given(AGREEMENT, noted).when(SignAgreement(by=factory)).then(signed)
    given(AGREEMENT, noted).when(SignAgreement(by=HOST_OFFICE)).rejected(refusals.NotThePartner)


def test_either_side_ends_it_and_a_signature_that_crosses_the_end_comes_to_nothing() -> None:
    ended = AgreementEnded(
        agreement=AGREEMENT_KEY,
        side=HOME,
        terms=PAIR,
        ended_on=TODAY,
        reason="WITHDRAWN",
        to=("440000",),
        official="qian",
        organisation="hr-520000",
    )
    given(AGREEMENT, PROPOSED).when(EndAgreement(reason="WITHDRAWN", by=HOME_OFFICE)).then(ended)
    given(AGREEMENT, PROPOSED, ended).when(EndAgreement(reason="WITHDRAWN", by=HOME_OFFICE)).then()
    given(AGREEMENT, PROPOSED, ended).when(SIGNATURE).then()
    told = NoteEnd(on=TODAY, reason="WITHDRAWN", province="520000", organisation="hr-520000")
    noted = EndNoted(agreement=AGREEMENT_KEY, side=HOST, ended_on=TODAY, reason="WITHDRAWN", said_by="hr-520000")
    given(AGREEMENT, NOTED, SIGNED).when(told).then(noted)
    given(AGREEMENT, NOTED, SIGNED).when(replace(told, province="530000")).rejected(refusals.NotTheOtherSide)
    given(AGREEMENT).when(told).then()


def test_the_quota_of_an_agreement_is_counted() -> None:
    two = (*HOME_IN_FORCE, used("t1"), used("t2"))
    given(AGREEMENT, *HOME_IN_FORCE).when(use("t1")).then(used("t1"))
    given(AGREEMENT, *two).when(use("t2")).then()
    given(AGREEMENT, *two).when(use("t3")).then(refused("t3", "QUOTA"))
    freed = PlaceFreed(agreement=AGREEMENT_KEY, transfer="t1")
    given(AGREEMENT, *two).when(FreePlace(transfer="t1")).then(freed)
    given(AGREEMENT, *two, freed).when(FreePlace(transfer="t1")).then()
    given(AGREEMENT, *two, freed).when(use("t3")).then(used("t3"))
    given(AGREEMENT, *two, freed).when(use("t1")).then()


def test_nobody_has_a_place_before_after_or_beside_the_agreement() -> None:
    given(AGREEMENT, PROPOSED).when(use("t1")).then(refused("t1", "NOT_IN_FORCE"))
    given(AGREEMENT, *HOME_IN_FORCE).when(use("t1", on=date(2025, 12, 31))).then(refused("t1", "NOT_IN_FORCE"))
    given(AGREEMENT, *HOME_IN_FORCE).when(use("t1", on=PAIR.valid_to)).then(refused("t1", "NOT_IN_FORCE"))
    only = replace(PAIR, occupations=("2022/6-18-02-04",))
    other = (replace(PROPOSED, terms=only), SIGNATURE_NOTED)
    given(AGREEMENT, *other).when(use("t1")).then(refused("t1", "OCCUPATION"))
    given(AGREEMENT, *HOME_IN_FORCE, refused("t1", "QUOTA")).when(use("t1")).then()
