"""What home knows of vacancies: noted from the host alone, own and foreign by one way."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from contracts.placement import VacancyClosedV1, VacancyPublishedV1
from eventcore import Fact, fold
from eventcore.facts import Meta
from eventcore.testing import given
from offers_samples import AGREEMENT_KEY, CIRCUITS, EMPLOYER_KEY, TERMS, VACANCY_KEY, published
from placement.offers.known.events import OfferClosed, OfferEvent, OfferFilled, OfferNoted
from placement.offers.known.offer import OFFER, NoteOffer, NotTheHost, OnOffer
from placement.offers.vacancies.events import VacancyFilled
from placement.offers.vacancies.publishing import publish
from placement.policies.when_a_host_tells_of_a_vacancy_note_the_offer import (
    when_a_host_tells_of_a_vacancy_note_the_offer as react,
)

NOTED: Final = OfferNoted(
    vacancy=VACANCY_KEY,
    province="440000",
    employer=EMPLOYER_KEY,
    kind="REGULAR",
    occupation=CIRCUITS,
    level="0",
    certificate_needed=False,
    region="440306",
    heads=2,
    wage_from=500_000,
    wage_to=650_000,
    open_until=TERMS.open_until,
    agreement=AGREEMENT_KEY,
)
FILLED: Final = OfferFilled(vacancy=VACANCY_KEY)
CLOSED: Final = OfferClosed(vacancy=VACANCY_KEY, reason="TERM")


def told(event: OfferEvent, province: str | None = "440000") -> NoteOffer:
    return NoteOffer(province=province, event=event)


def fact(event: Any, source: str = "") -> Fact[Any]:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    return Fact(
        event=event,
        id="1",
        stream=f"vacancy-{VACANCY_KEY}",
        version=1,
        position=1,
        occurred_at=now,
        recorded_at=now,
        meta=Meta(),
        source=source,
    )


def test_an_offer_is_noted_filled_reopened_and_closed_for_good() -> None:
    given(OFFER).when(told(NOTED)).then(NOTED)
    given(OFFER, NOTED).when(told(NOTED)).then()
    given(OFFER, NOTED).when(told(FILLED)).then(FILLED)
    filled: list[OfferEvent] = [NOTED, FILLED]
    assert fold(OFFER, filled) == OnOffer(terms=NOTED, filled=True)
    assert fold(OFFER, [*filled, NOTED]) == OnOffer(terms=NOTED, filled=False)
    given(OFFER, NOTED).when(told(CLOSED)).then(CLOSED)
    given(OFFER, NOTED, CLOSED).when(told(NOTED)).then()


def test_only_the_province_of_the_work_tells_of_a_vacancy() -> None:
    given(OFFER).when(told(NOTED, "330000")).rejected(NotTheHost)
    given(OFFER, NOTED).when(told(CLOSED, "330000")).rejected(NotTheHost)
    given(OFFER, NOTED).when(told(replace(NOTED, province="330000", region="330106"), "330000")).rejected(NotTheHost)
    given(OFFER).when(told(CLOSED)).rejected(NotTheHost)


def test_own_and_foreign_vacancies_come_to_the_same_offer() -> None:
    own, foreign = published(), publish(published())
    assert isinstance(foreign, VacancyPublishedV1)
    assert [each.command for each in react(fact(own))] == [told(NOTED, None)]
    assert [each.command for each in react(fact(foreign, "/cn/440000/placement"))] == [told(NOTED)]
    filled = VacancyFilled(vacancy=VACANCY_KEY, to=())
    assert [each.command for each in react(fact(filled))] == [told(FILLED, None)]


def test_what_another_service_says_is_no_vacancy_of_a_host() -> None:
    closed = VacancyClosedV1(to=(), vacancy=VACANCY_KEY, reason="TERM")
    assert list(react(fact(closed, "/cn/440000/registry"))) == []
