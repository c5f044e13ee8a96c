"""Public events of employers, vacancies and cooperation agreements. Wages are in fen a month.

The stream of the event is the employer, the vacancy or the agreement.
"""

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import Field

from contracts.addressed import Addressed
from contracts.money import PositiveFen
from contracts.public_event import EntityId, ListCode, OccupationDigits, PublicEvent, RegionDigits, SkillLevel

Employer: TypeAlias = Annotated[
    str, Field(pattern=r"^[0-9A-Z]{18}$", description="Unified social credit code (GB 32100) 统一社会信用代码")
]
Heads: TypeAlias = Annotated[int, Field(ge=1, le=1_000_000, description="Number of persons 人数")]


class EmploymentBaseSelectedV1(PublicEvent):
    """An employer became an employment base for poor workers (R-PLC-22). 遴选就业基地"""

    type = "cn.labourbridge.placement.employment-base-selected.v1"
    employer: Employer
    region: RegionDigits
    selected_on: date
    organisation: EntityId


class EmploymentBaseRevokedV1(PublicEvent):
    """The employer is no employment base any more (R-PLC-22). 取消就业基地"""

    type = "cn.labourbridge.placement.employment-base-revoked.v1"
    employer: Employer
    ground: ListCode
    revoked_on: date
    organisation: EntityId


class Vacancy(Addressed):
    """What the vacancy offers now; each event says it whole (R-PLC-13)."""

    vacancy: EntityId
    employer: Employer
    kind: ListCode
    occupation: OccupationDigits
    level: Annotated[SkillLevel, Field(description="The lowest that is asked for; 0 for none")]
    certificate_needed: Annotated[bool, Field(description="A listed occupation: only with a valid certificate")]
    region: Annotated[RegionDigits, Field(description="County of the work")]
    heads: Heads
    wage_from: PositiveFen
    wage_to: PositiveFen
    open_until: date
    agreement: Annotated[EntityId | None, Field(description="The agreement under which others see it")] = None


class VacancyPublishedV1(Vacancy):
    """An employer of this province looks for people. 发布岗位"""

    type = "cn.labourbridge.placement.vacancy-published.v1"


class VacancyChangedV1(Vacancy):
    """The vacancy offers something else from now on. 岗位变更"""

    type = "cn.labourbridge.placement.vacancy-changed.v1"


class VacancyFilledV1(Addressed):
    """Every seat is held or taken. A seat that becomes free again is a change. 岗位招满"""

    type = "cn.labourbridge.placement.vacancy-filled.v1"
    vacancy: EntityId


class VacancyClosedV1(Addressed):
    """Nobody can be nominated any more. 岗位关闭"""

    type = "cn.labourbridge.placement.vacancy-closed.v1"
    vacancy: EntityId
    reason: ListCode


class Agreement(Addressed):
    """A cooperation agreement; both sides hold the same text under the same id (R-XRG-01, R-ADD-06, R-ADD-10)."""

    agreement: EntityId
    kind: ListCode
    home: Annotated[RegionDigits, Field(description="Where the workers come from: province or county")]
    host: Annotated[RegionDigits, Field(description="Where the work is: province or county")]
    partner: Annotated[EntityId | None, Field(description="Employer or school, by credit code")] = None
    occupations: Annotated[tuple[OccupationDigits, ...], Field(max_length=200, description="Empty: all")]
    quota: Heads
    valid_from: date
    valid_to: Annotated[date, Field(description="First day without it")]
    organisation: Annotated[EntityId, Field(description="The office that speaks for its side")]


class AgreementProposedV1(Agreement):
    """One side signed, and asks the other to. 提出协作协议"""

    type = "cn.labourbridge.placement.agreement-proposed.v1"


class AgreementSignedV1(Agreement):
    """The other side signed too: it is in force in its period. 签订协作协议"""

    type = "cn.labourbridge.placement.agreement-signed.v1"


class AgreementEndedV1(Addressed):
    """Nobody is nominated under it any more, from that day on. 终止协作协议"""

    type = "cn.labourbridge.placement.agreement-ended.v1"
    agreement: EntityId
    ended_on: date
    reason: ListCode
    organisation: EntityId
