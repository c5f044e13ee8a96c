"""Vacancies: who may publish what, who sees it, and that each seat has one holder, freed by home's answer alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
from eventcore import Seen, Wake, fold
from eventcore.clock import LEGAL
from eventcore.decider import Undecided
from eventcore.testing import Given, given
from hypothesis import given as given_any
from hypothesis import strategies as st
from offers_samples import (
    AGREEMENT_KEY,
    EMPLOYER_KEY,
    HOST_OFFICE,
    PAIR,
    REGISTERED,
    TERMS,
    VACANCY_KEY,
    published,
)
from placement.offers.agreements import refusals as agreement_refusals
from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.events import AgreementEvent, AgreementSigned, ProposalNoted
from placement.offers.agreements.events import Terms as AgreementTerms
from placement.offers.agreements.state import side_key
from placement.offers.employers import refusals as employer_refusals
from placement.offers.employers.employer import EMPLOYER
from placement.offers.vacancies import refusals
from placement.offers.vacancies.commands import (
    ChangeVacancy,
    CloseVacancy,
    FreeSeat,
    HoldSeat,
    LapseVacancy,
    PublishVacancy,
    SeatCommand,
    ShareVacancy,
    TakeSeat,
    VacancyCommand,
)
from placement.offers.vacancies.events import (
    SeatFreed,
    SeatHeld,
    SeatRefused,
    SeatTaken,
    Terms,
    VacancyChanged,
    VacancyClosed,
    VacancyEvent,
    VacancyFilled,
    VacancyReopened,
    VacancyShared,
)
from placement.offers.vacancies.state import HELD, TAKEN, Open, Vacancy, known
from placement.offers.vacancies.vacancy import VACANCY, effects

TO = ("520000",)
FILLED = VacancyFilled(vacancy=VACANCY_KEY, to=TO)
REOPENED = VacancyReopened(vacancy=VACANCY_KEY, employer=EMPLOYER_KEY, terms=TERMS, agreement=AGREEMENT_KEY, to=TO)
LAPSED = VacancyClosed(vacancy=VACANCY_KEY, reason="TERM", to=TO, official="", organisation="")


def held(transfer: str) -> SeatHeld:
    return SeatHeld(vacancy=VACANCY_KEY, transfer=transfer)


def taken(transfer: str) -> SeatTaken:
    return SeatTaken(vacancy=VACANCY_KEY, transfer=transfer)


def freed(transfer: str) -> SeatFreed:
    return SeatFreed(vacancy=VACANCY_KEY, transfer=transfer)


def refused(transfer: str, reason: str) -> SeatRefused:
    return SeatRefused(vacancy=VACANCY_KEY, transfer=transfer, reason=reason)


def agreed(terms: AgreementTerms = PAIR) -> Seen:
    """The employer is registered, and the agreement in force."""
    noted: AgreementEvent = ProposalNoted(agreement=AGREEMENT_KEY, side="HOST", terms=terms, said_by="hr-520000")
    signed = AgreementSigned(
        agreement=AGREEMENT_KEY, side="HOST", terms=terms, to=TO, official="zhao", organisation="hr-440000"
    )
    return Seen(
        {
            (EMPLOYER.category, EMPLOYER_KEY): fold(EMPLOYER, [REGISTERED]),
            (AGREEMENT.category, side_key(AGREEMENT_KEY, "HOST")): fold(AGREEMENT, [noted, signed]),
        }
    )


def publish(terms: Terms = TERMS, agreement: str | None = AGREEMENT_KEY) -> PublishVacancy:
    return PublishVacancy(vacancy=VACANCY_KEY, employer=EMPLOYER_KEY, terms=terms, agreement=agreement, by=HOST_OFFICE)


def change(terms: Terms, agreement: str | None = AGREEMENT_KEY) -> ChangeVacancy:
    return ChangeVacancy(terms=terms, employer=EMPLOYER_KEY, agreement=agreement, by=HOST_OFFICE)


def changed(terms: Terms) -> VacancyChanged:
    return VacancyChanged(
        vacancy=VACANCY_KEY,
        employer=EMPLOYER_KEY,
        terms=terms,
        agreement=AGREEMENT_KEY,
        to=TO,
        official="zhao",
        organisation="hr-440306",
    )


def on(*events: VacancyEvent, seen: Seen | None = None) -> Given[VacancyCommand, VacancyEvent, Vacancy]:
    return given(VACANCY, *events).having_seen(seen or agreed())


def test_a_vacancy_under_an_agreement_is_told_to_the_other_province() -> None:
    on().when(publish()).then(published())
    on(published()).when(publish()).then()
    on().when(publish(agreement=None)).then(published(agreement=None, to=()))


def test_a_vacancy_needs_a_registered_employer_of_the_province() -> None:
    nobody = Seen({**agreed().states, (EMPLOYER.category, EMPLOYER_KEY): EMPLOYER.initial})
    on(seen=nobody).when(publish()).rejected(employer_refusals.EmployerNotRegistered)
    elsewhere = publish(replace(TERMS, region="520526"), agreement=None)
    on().when(elsewhere).rejected(refusals.EmployerElsewhere)


@pytest.mark.parametrize("wrong", [replace(TERMS, wage_to=400_000), replace(TERMS, open_until=date(2026, 3, 1))])
def test_terms_make_sense(wrong: Terms) -> None:
    on().when(publish(wrong)).rejected(refusals.VacancyTermsWrong)


def test_an_agreement_covers_place_occupation_employer_and_day() -> None:
    other = (
        replace(PAIR, host="440100"),
        replace(PAIR, occupations=("2022/6-18-02-04",)),
        replace(PAIR, kind="EMPLOYER", host="440306", partner="91440300MA5DT99990"),
    )
    for terms in other:
        on(seen=agreed(terms)).when(publish()).rejected(agreement_refusals.NotUnderTheAgreement)
    over = agreed(replace(PAIR, valid_to=date(2026, 3, 2)))
    on(seen=over).when(publish()).rejected(agreement_refusals.AgreementNotInForce)


def test_a_vacancy_is_shared_later_and_under_one_agreement() -> None:
    alone = published(agreement=None, to=())
    shared = VacancyShared(
        vacancy=VACANCY_KEY,
        employer=EMPLOYER_KEY,
        terms=TERMS,
        agreement=AGREEMENT_KEY,
        to=TO,
        official="zhao",
        organisation="hr-440306",
    )
    on(alone).when(ShareVacancy(agreement=AGREEMENT_KEY, by=HOST_OFFICE)).then(shared)
    on(alone, held("t1"), held("t2")).when(ShareVacancy(agreement=AGREEMENT_KEY, by=HOST_OFFICE)).then(shared, FILLED)
    on(published()).when(ShareVacancy(agreement=AGREEMENT_KEY, by=HOST_OFFICE)).then()
    on(published()).when(ShareVacancy(agreement="another", by=HOST_OFFICE)).rejected(refusals.SharedAlready)
    with pytest.raises(Undecided):
        VACANCY.decide(change(replace(TERMS, heads=3), agreement=None), fold(VACANCY, [published()]), agreed())


def test_a_change_keeps_the_seats_that_are_in_use() -> None:
    one = replace(TERMS, heads=1)
    on(published()).when(change(TERMS)).then()
    on(published(), held("t1")).when(change(one)).then(changed(one), FILLED)
    on(published(), held("t1"), held("t2"), FILLED).when(change(one)).rejected(refusals.SeatsInUse)
    on(published(), held("t1"), held("t2"), FILLED).when(change(replace(TERMS, heads=3))).then(
        changed(replace(TERMS, heads=3))
    )


def test_a_change_of_work_or_place_has_to_be_of_the_agreement_and_any_other_may_come_after_its_end() -> None:
    over = agreed(replace(PAIR, valid_to=date(2026, 3, 2)))
    more = replace(TERMS, heads=3)
    on(published(), seen=over).when(change(more)).then(changed(more))
    elsewhere = replace(TERMS, region="440106")
    on(published()).when(change(elsewhere)).then(changed(elsewhere))
    on(published(), seen=over).when(change(elsewhere)).rejected(agreement_refusals.AgreementNotInForce)
    here = agreed(replace(PAIR, host="440300"))
    on(published(), seen=here).when(change(elsewhere)).rejected(agreement_refusals.NotUnderTheAgreement)


def test_the_last_seat_fills_the_vacancy_and_a_freed_one_reopens_it() -> None:
    on(published()).when(HoldSeat(transfer="t1")).then(held("t1"))
    on(published(), held("t1")).when(HoldSeat(transfer="t2")).then(held("t2"), FILLED)
    full = (published(), held("t1"), held("t2"), FILLED)
    on(*full).when(HoldSeat(transfer="t3")).then(refused("t3", "NO_SEAT"))
    on(*full).when(FreeSeat(transfer="t1")).then(freed("t1"), REOPENED)
    on(*full, freed("t1"), REOPENED).when(HoldSeat(transfer="t3")).then(held("t3"), FILLED)


def test_a_transfer_asks_for_a_seat_once() -> None:
    on(published(), held("t1")).when(HoldSeat(transfer="t1")).then()
    on(published(), held("t1"), freed("t1")).when(HoldSeat(transfer="t1")).then()
    on(published(), refused("t1", "NO_SEAT")).when(HoldSeat(transfer="t1")).then()
    on(published(), held("t1"), freed("t1")).when(FreeSeat(transfer="t1")).then()
    on(published()).when(FreeSeat(transfer="t1")).then()
    on(published()).when(TakeSeat(transfer="t1")).then()
    on(published(), held("t1")).when(TakeSeat(transfer="t1")).then(taken("t1"))
    on(published(), held("t1"), taken("t1")).when(FreeSeat(transfer="t1")).then(freed("t1"))


def test_a_seat_that_is_held_outlives_the_vacancys_own_timer() -> None:
    on(published(), held("t1")).when(LapseVacancy()).then(LAPSED)
    closed = (published(), held("t1"), LAPSED)
    assert known(fold(VACANCY, closed)).seats.of("t1") == HELD
    on(*closed).when(LapseVacancy()).then()
    on(*closed).when(TakeSeat(transfer="t1")).then(taken("t1"))
    on(*closed).when(FreeSeat(transfer="t1")).then(freed("t1"))
    on(*closed).when(HoldSeat(transfer="t2")).then(refused("t2", "CLOSED"))
    on(*closed).when(change(replace(TERMS, heads=3))).rejected(refusals.VacancyIsClosed)


def test_the_timer_rings_when_the_last_day_is_over() -> None:
    assert list(effects(VACANCY.initial, published())) == [Wake("open-until", datetime(2026, 7, 1, tzinfo=LEGAL))]
    later = changed(replace(TERMS, open_until=date(2026, 9, 30)))
    assert list(effects(VACANCY.initial, later)) == [Wake("open-until", datetime(2026, 10, 1, tzinfo=LEGAL))]
    closed = VacancyClosed(vacancy=VACANCY_KEY, reason="WITHDRAWN", to=TO, official="zhao", organisation="hr-440306")
    on(published()).when(CloseVacancy(reason="WITHDRAWN", by=HOST_OFFICE)).then(closed)
    assert list(effects(VACANCY.initial, closed)) == [Wake("open-until", None)]


SEATS = st.lists(st.tuples(st.sampled_from([HoldSeat, TakeSeat, FreeSeat]), st.sampled_from("abcdefg")), max_size=40)


@given_any(st.integers(1, 4), SEATS)
def test_never_more_transfers_than_seats_and_the_offer_says_whether_one_is_free(
    heads: int, wanted: Sequence[tuple[type[SeatCommand], str]]
) -> None:
    state: Vacancy = fold(VACANCY, [published(heads=heads)])
    said_filled = False
    for kind, transfer in wanted:
        for event in VACANCY.decide(kind(transfer=transfer), state, Seen()):
            state = VACANCY.evolve(state, event)
            said_filled = {VacancyFilled: True, VacancyReopened: False}.get(type(event), said_filled)
        assert isinstance(state, Open)
        seated = sum(each in (HELD, TAKEN) for each in state.seats.by_transfer.values())
        assert seated <= heads
        assert said_filled == (seated == heads)
