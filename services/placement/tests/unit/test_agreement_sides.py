"""What one side of an agreement says, the other notes: by the exchange from another province, by a policy at home."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from eventcore import Acting, Fact, Seen, fold
from eventcore.facts import Meta
from offers_samples import AGREEMENT_KEY, HOME_OFFICE, HOST_OFFICE, PAIR
from placement.offers.agreements.agreement import AGREEMENT
from placement.offers.agreements.commands import AgreementCommand, EndAgreement, ProposeAgreement, SignAgreement
from placement.offers.agreements.events import AgreementEvent, Terms
from placement.offers.agreements.publishing import publish
from placement.offers.agreements.state import HOME, HOST, Ended, InForce, side_key
from placement.policies.when_one_side_speaks_of_an_agreement_note_it_at_the_other import (
    when_one_side_speaks_of_an_agreement_note_it_at_the_other as react,
)

COUNTIES = replace(PAIR, kind="COUNTY_PAIR", home="520526", host="520102")


class Deployments:
    """Both provinces' agreement streams, and what they tell each other; one deployment where both sides are in it."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.logs: dict[tuple[str, str], list[AgreementEvent]] = {}

    def province(self, side: str) -> str:
        return (self.terms.home if side == HOME else self.terms.host)[:2] + "0000"

    def state(self, side: str) -> object:
        return fold(AGREEMENT, self.logs.get((self.province(side), side_key(AGREEMENT_KEY, side)), []))

    def send(self, side: str, command: AgreementCommand) -> None:
        self._carry_out(self.province(side), side_key(AGREEMENT_KEY, side), command)

    def _carry_out(self, province: str, key: str, command: AgreementCommand) -> None:
        log = self.logs.setdefault((province, key), [])
        decided = AGREEMENT.decide(command, fold(AGREEMENT, log), Seen())
        log.extend(decided)
        for event in decided:
            self._tell(province, event)

    def _tell(self, province: str, event: AgreementEvent) -> None:
        for do in react(_fact(event)):
            self._carry_out(province, do.key, do.command)
        told: Any = publish(event)
        for other in told.to if told else ():
            for do in react(_fact(told, f"/cn/{province}/placement")):
                self._carry_out(other, do.key, do.command)


def _fact(event: Any, source: str = "") -> Fact[Any]:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    return Fact(
        event=event,
        id="1",
        stream="agreement-1",
        version=1,
        position=1,
        occurred_at=now,
        recorded_at=now,
        meta=Meta(),
        source=source,
    )


@pytest.mark.parametrize("terms", [PAIR, COUNTIES], ids=["two provinces", "two counties"])
@pytest.mark.parametrize("asking", [HOME, HOST])
def test_both_sides_hold_the_same_agreement_and_end_it_together(terms: Terms, asking: str) -> None:
    world, asked = Deployments(terms), HOST if asking == HOME else HOME
    offices = {HOME: HOME_OFFICE, HOST: HOST_OFFICE}
    world.send(asking, ProposeAgreement(agreement=AGREEMENT_KEY, side=asking, terms=terms, by=offices[asking]))
    world.send(asked, SignAgreement(by=offices[asked]))
    for side in (HOME, HOST):
        assert world.state(side) == InForce(agreement=AGREEMENT_KEY, side=side, terms=terms)
    world.send(asked, EndAgreement(reason="BREACH", by=offices[asked]))
    for side in (HOME, HOST):
        assert world.state(side) == Ended(agreement=AGREEMENT_KEY, side=side, terms=terms, ended_on=date(2026, 3, 2))


def test_an_employer_signs_for_the_host_in_the_same_province() -> None:
    factory = "91520100MA6DT12340"
    terms = replace(PAIR, kind="EMPLOYER", host="520102", partner=factory)
    world = Deployments(terms)
    world.send(HOME, ProposeAgreement(agreement=AGREEMENT_KEY, side=HOME, terms=terms, by=HOME_OFFICE))
    world.send(HOST, SignAgreement(by=Acting(official="sun", organisation=factory, today=date(2026, 3, 3))))
    assert world.state(HOME) == InForce(agreement=AGREEMENT_KEY, side=HOME, terms=terms)


def test_what_another_service_says_of_an_agreement_is_not_noted() -> None:
    proposed = AGREEMENT.decide(
        ProposeAgreement(agreement=AGREEMENT_KEY, side=HOME, terms=PAIR, by=HOME_OFFICE), AGREEMENT.initial, Seen()
    )
    assert list(react(_fact(publish(proposed[0]), "/cn/520000/registry"))) == []
