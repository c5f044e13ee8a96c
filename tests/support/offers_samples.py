"""What tests of employers, vacancies and agreements begin with: a factory in Shenzhen and a county in Guizhou."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from eventcore import Acting
from placement.offers.agreements.events import Terms as AgreementTerms
from placement.offers.employers.events import EmployerRegistered
from placement.offers.vacancies.events import Terms, VacancyPublished

TODAY: Final = date(2026, 3, 2)
HOST_OFFICE: Final = Acting(official="zhao", organisation="hr-440306", today=TODAY)
HOME_OFFICE: Final = Acting(official="qian", organisation="hr-520000", today=TODAY)
EMPLOYER_KEY: Final = "91440300MA5DT43210"
CIRCUITS: Final = "2022/6-25-01-13"
AGREEMENT_KEY: Final = "0198e4a2-7c11-7d30-9a51-000000000001"
VACANCY_KEY: Final = "0198e4a2-7c11-7d30-9a51-000000000002"
PAIR: Final = AgreementTerms(
    kind="PROVINCE_PAIR",
    home="520000",
    host="440000",
    partner=None,
    occupations=(),
    quota=2,
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 1, 1),
)
REGISTERED: Final = EmployerRegistered(
    employer=EMPLOYER_KEY,
    title="深圳某电子厂",
    region="440306",
    registered_on=TODAY,
    official="zhao",
    organisation="hr-440306",
)
TERMS: Final = Terms(
    kind="REGULAR",
    occupation=CIRCUITS,
    level="0",
    certificate_needed=False,
    region="440306",
    heads=2,
    wage_from=500_000,
    wage_to=650_000,
    open_until=date(2026, 6, 30),
)


def published(**changed: Any) -> VacancyPublished:
    """A vacancy of two seats, shared with Guizhou; other terms or another agreement where they are given."""
    terms = {name: changed.pop(name) for name in list(changed) if name in Terms.__dataclass_fields__}
    event = VacancyPublished(
        vacancy=VACANCY_KEY,
        employer=EMPLOYER_KEY,
        terms=replace(TERMS, **terms),
        agreement=AGREEMENT_KEY,
        to=("520000",),
        official="zhao",
        organisation="hr-440306",
    )
    return replace(event, **changed)
