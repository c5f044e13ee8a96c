"""Employers: registered once, made a base by all three criteria and their own application, revoked with a ground."""

from datetime import date

from eventcore import Acting
from eventcore.testing import given
from placement.offers.employers import refusals
from placement.offers.employers.commands import AwardTitle, RegisterEmployer, RevokeBase, SelectBase
from placement.offers.employers.employer import EMPLOYER
from placement.offers.employers.events import BaseRevoked, BaseSelected, Criterion, EmployerRegistered, TitleAwarded

BY = Acting(official="zhao", organisation="hr-440306", today=date(2026, 3, 2))
KEY = "91440300MA5DT43210"
REGISTER = RegisterEmployer(employer=KEY, title="深圳某电子厂", region="440306", by=BY)
REGISTERED = EmployerRegistered(
    employer=KEY,
    title="深圳某电子厂",
    region="440306",
    registered_on=BY.today,
    official="zhao",
    organisation="hr-440306",
)
MET = tuple(Criterion(criterion=each, evidence="深人社 2026-3") for each in ("MANAGEMENT", "RESPONSIBILITY", "POSTS"))
SELECTED = BaseSelected(
    employer=KEY,
    region="440306",
    application="申请 2026-1",
    criteria=MET,
    selected_on=BY.today,
    official="zhao",
    organisation="hr-440306",
)
REVOKED = BaseRevoked(
    employer=KEY,
    ground="WAGE_ARREARS",
    evidence="深人社 2026-9",
    revoked_on=BY.today,
    official="zhao",
    organisation="hr-440306",
)


def select(*criteria: Criterion) -> SelectBase:
    return SelectBase(application="申请 2026-1", criteria=criteria, by=BY)


def test_an_employer_is_registered_once() -> None:
    given(EMPLOYER).when(REGISTER).then(REGISTERED)
    given(EMPLOYER, REGISTERED).when(REGISTER).then()
    other = RegisterEmployer(employer=KEY, title="另一家", region="440306", by=BY)
    given(EMPLOYER, REGISTERED).when(other).rejected(refusals.EmployerAlreadyRegistered)


def test_a_base_meets_every_criterion_once() -> None:
    given(EMPLOYER, REGISTERED).when(select(*MET)).then(SELECTED)
    given(EMPLOYER, REGISTERED, SELECTED).when(select(*MET)).then()
    for wrong in (MET[:2], (*MET, MET[0]), (MET[0], MET[0], MET[1])):
        given(EMPLOYER, REGISTERED).when(select(*wrong)).rejected(refusals.CriteriaNotMet)
    given(EMPLOYER).when(select(*MET)).rejected(refusals.EmployerNotRegistered)


def test_a_base_is_revoked_and_may_be_selected_again() -> None:
    revoke = RevokeBase(ground="WAGE_ARREARS", evidence="深人社 2026-9", by=BY)
    given(EMPLOYER, REGISTERED, SELECTED).when(revoke).then(REVOKED)
    given(EMPLOYER, REGISTERED).when(revoke).rejected(refusals.NotABase)
    given(EMPLOYER, REGISTERED, SELECTED, REVOKED).when(select(*MET)).then(SELECTED)


def test_a_title_is_awarded_once() -> None:
    award = AwardTitle(title="INTEGRITY_UNIT", evidence="深人社 2026-7", by=BY)
    awarded = TitleAwarded(
        employer=KEY,
        title="INTEGRITY_UNIT",
        evidence="深人社 2026-7",
        awarded_on=BY.today,
        official="zhao",
        organisation="hr-440306",
    )
    given(EMPLOYER, REGISTERED).when(award).then(awarded)
    given(EMPLOYER, REGISTERED, awarded).when(award).then()
